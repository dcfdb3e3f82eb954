// The rows of national's state: what the figures need of each event of a journal, under the
// authority it is of. A row follows from its event alone, so the state of a partition depends on
// nothing but how far it was read.
//
//   event of a child                key = 'e' authority 0x00 subject(16) number(8, big-endian)
//   event of an authority's copy    key = 'a' authority 0x00 subject(16) number(8, big-endian)
//     value = recorded_at(8, big-endian, microseconds since 1970 UTC) the event without its
//     personal data: a CasesEvent, or of the proceedings journal a ProceedingsEvent
#pragma once

#include <array>

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/shard/keeper.h"

namespace holdfast::national {

// The journals that figures are made of.
inline constexpr std::array<std::string_view, 2> kJournals = {"cases", "proceedings"};

enum class RowKind : char { kChild = 'e', kAuthority = 'a' };

// Events that are gone, as a row of each partition that lost some: key = kLostRows from(8,
// big-endian), value = to(8).
inline constexpr std::string_view kLostRows = "h";

// The number of the last event lost, when `key` and `value` are such a row and event `number` is
// among them.
std::optional<uint64_t> LostAround(uint64_t number, std::string_view key, std::string_view value);

// What the keys of one kind and authority begin with.
std::string PrefixOf(RowKind kind, std::string_view authority);

// What is said of a row that cannot be read.
Status StateNotRead();

// The row of an event of one of kJournals; none when no figure needs it. POISON_EVENT for bytes that
// are no event of it.
Result<std::optional<IndexRow>> RowOf(std::string_view journal, const AppliedEvent& event);

// An event as a row keeps it.
struct StoredEvent {
  SubjectId subject;
  uint64_t number = 0;  // in its partition of the journal
  Instant recorded_at;
  std::string_view payload;  // valid as long as the row
};

// STATE_NOT_READ (kDataLoss) for a row that RowOf did not make.
Result<StoredEvent> ReadRow(std::string_view key, std::string_view value);

// The event of a row, a cases::v1::CasesEvent or proceedings::v1::ProceedingsEvent; STATE_NOT_READ.
template <typename Event>
Result<Event> ReadEvent(const StoredEvent& stored) {
  Event event;
  if (!event.ParseFromArray(stored.payload.data(), static_cast<int>(stored.payload.size())))
    return tl::unexpected(StateNotRead());
  return event;
}

}  // namespace holdfast::national
