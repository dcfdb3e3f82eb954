// Strong 16-byte ids. They look random, carry no identity, and are the same on every retry and import.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

std::string Hex(std::string_view bytes);                       // lower case
std::optional<std::string> FromHex(std::string_view text);     // either case

// 16 bytes of one meaning. Tag keeps the meanings apart.
template <typename Tag>
struct Id {
  std::array<uint8_t, 16> bytes{};

  static std::optional<Id> FromBytes(std::string_view text) {
    if (text.size() != 16) return std::nullopt;
    Id id;
    std::memcpy(id.bytes.data(), text.data(), 16);
    return id;
  }
  static std::optional<Id> FromHexText(std::string_view text) {
    const auto bytes = FromHex(text);
    return bytes ? FromBytes(*bytes) : std::nullopt;
  }
  std::string Bytes() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  std::string HexText() const { return Hex(Bytes()); }
  bool IsZero() const { return *this == Id{}; }

  auto operator<=>(const Id&) const = default;
};

using SubjectId = Id<struct SubjectTag>;      // a child, an authority, ...: what topics are keyed by
using FactId = Id<struct FactTag>;            // of source and natural key; constant over corrections
using AssertionId = Id<struct AssertionTag>;  // of fact id and command id
using EntryId = Id<struct EntryTag>;          // of child, kind and first key day
using AlertId = Id<struct AlertTag>;          // of child, clock, entry and occurrence
using RunId = Id<struct RunTag>;              // of an import run
using CommandId = Id<struct CommandTag>;      // a UUID of the caller
using ItemId = Id<struct ItemTag>;            // of a source's item: of source and event id
using DiscrepancyId = Id<struct DiscrepancyTag>;  // of child, kind and what identifies it
using KeyId = Id<struct KeyTag>;              // of a data key

// The parts of an id, joined so that no two lists give the same bytes: label, 0x00, then each part preceded by its
// length as 4 bytes big-endian.
std::string IdMaterial(std::string_view label, std::initializer_list<std::string_view> parts);

// First 16 bytes of SHA-256 of the material: for ids made inside pure functions (entry, alert, discrepancy).
std::array<uint8_t, 16> HashId(std::string_view label, std::initializer_list<std::string_view> parts);

// First 16 bytes of HMAC-SHA-256 of the material under an authority's identity key: for subject, fact and assertion ids.
std::array<uint8_t, 16> HmacId(const std::array<uint8_t, 32>& identity_key, std::string_view label,
                               std::initializer_list<std::string_view> parts);

// SHA-256.
std::array<uint8_t, 32> Sha256(std::string_view bytes);

// The partition of a subject: FNV-1a 64 of its 16 bytes, modulo `count`.
uint32_t PartitionOf(const SubjectId& subject, uint32_t count);

}  // namespace holdfast

template <typename Tag>
struct std::hash<holdfast::Id<Tag>> {
  size_t operator()(const holdfast::Id<Tag>& id) const noexcept {
    // Both halves: the first of a UUIDv7 is mostly its time.
    std::array<uint64_t, 2> words;
    std::memcpy(words.data(), id.bytes.data(), sizeof words);
    return words[0] ^ words[1];
  }
};
