// A secret of 32 bytes in memory that is locked, left out of core dumps, and wiped when it goes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast {

using KeyBytes = std::array<uint8_t, 32>;

// Movable, never copied by accident; a moved-from key holds nothing and may only be destroyed or
// assigned to. Locking is as far as RLIMIT_MEMLOCK allows; wiping is always done.
class SecretKey {
 public:
  SecretKey();  // 32 zero bytes
  ~SecretKey();
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;

  static SecretKey Random();
  // Nothing unless `bytes` are 32. The caller wipes its own.
  static std::optional<SecretKey> FromBytes(std::string_view bytes);

  SecretKey Copy() const;

  const KeyBytes& bytes() const { return *slot_; }
  KeyBytes& bytes() { return *slot_; }
  const uint8_t* data() const { return slot_->data(); }
  uint8_t* data() { return slot_->data(); }
  std::string_view view() const { return {reinterpret_cast<const char*>(data()), slot_->size()}; }

 private:
  KeyBytes* slot_;
};

}  // namespace holdfast
