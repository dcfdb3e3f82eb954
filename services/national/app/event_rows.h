// The rows of national's state: what the figures need of each event of the cases journal, under the
// authority it is of. A row follows from its event alone, so the state of a partition depends on
// nothing but how far it was read.
//
//   event of a child                key = 'e' authority 0x00 subject(16) number(8, big-endian)
//   event of an authority's copy    key = 'a' authority 0x00 subject(16) number(8, big-endian)
//     value = recorded_at(8, big-endian, microseconds since 1970 UTC) CasesEvent without its
//     personal data
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/shard/keeper.h"

namespace holdfast::national {

enum class RowKind : char { kChild = 'e', kAuthority = 'a' };

// Events that are gone, as a row of each partition that lost some: key = kLostRows from(8,
// big-endian), value = to(8).
inline constexpr std::string_view kLostRows = "h";

// The number of the last event lost, when `key` and `value` are such a row and event `number` is
// among them.
std::optional<uint64_t> LostAround(uint64_t number, std::string_view key, std::string_view value);

// What the keys of one kind and authority begin with.
std::string PrefixOf(RowKind kind, std::string_view authority);

// The row of `event`; none when no figure needs it. POISON_EVENT for bytes that are no event of
// cases.
Result<std::optional<IndexRow>> RowOf(const AppliedEvent& event);

// An event as a row keeps it.
struct StoredEvent {
  SubjectId subject;
  uint64_t number = 0;  // in its partition of the cases journal
  Instant recorded_at;
  cases::v1::CasesEvent event;
};

// STATE_NOT_READ (kDataLoss) for a row that RowOf did not make.
Result<StoredEvent> ReadRow(std::string_view key, std::string_view value);

}  // namespace holdfast::national
