#include <algorithm>

#include "libs/base/london.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/facts.h"

namespace holdfast {
namespace {

using proceedings::v1::ProceedingsEvent;

template <typename SomeId>
SomeId IdOf(const std::string& bytes) {
  return SomeId::FromBytes(bytes).value_or(SomeId{});
}

FeedVersion VersionOf(const proceedings::v1::ItemStated& event, Instant recorded_at) {
  FeedVersion version;
  version.source = event.source();
  version.item = IdOf<ItemId>(event.item());
  version.fact = IdOf<FactId>(event.fact());
  version.assertion = IdOf<AssertionId>(event.assertion());
  version.kind = event.kind();
  version.on = DayOf(event.on()).value_or(kDistantPast);
  version.code = event.code();
  if (event.has_until()) version.until = DayOf(event.until());
  version.withdraws = ItemId::FromBytes(event.withdraws());
  version.sent_at = Instant(std::chrono::microseconds(event.sent_at_us()));
  version.content_sha256 = event.content_sha256();
  version.source_event = event.source_event();
  version.passed_on = event.passed_on();
  version.names_another = event.names_another_child();
  version.rate = event.rate();
  version.personal = event.personal();
  version.reported = LondonDay(version.sent_at);
  version.recorded_at = recorded_at;
  return version;
}

ItemDeparture DepartureOf(const proceedings::v1::ItemTakenAway& event, Instant recorded_at) {
  ItemDeparture departure;
  departure.source = event.source();
  departure.item = IdOf<ItemId>(event.item());
  departure.child = SubjectId::FromBytes(event.child());
  departure.sent_at = Instant(std::chrono::microseconds(event.sent_at_us()));
  departure.content_sha256 = event.content_sha256();
  departure.source_event = event.source_event();
  departure.reported = LondonDay(departure.sent_at);
  departure.recorded_at = recorded_at;
  return departure;
}

bool AreSame(const FeedVersion& a, const FeedVersion& b) {
  return a.item == b.item && a.Word() == b.Word() && a.passed_on == b.passed_on;
}
bool AreSame(const ItemDeparture& a, const ItemDeparture& b) {
  return a.item == b.item && a.Word() == b.Word();
}

template <typename Heard>  // FeedVersion or ItemDeparture
void AddOnce(Heard heard, std::vector<Heard>& all) {
  const bool is_known =
      std::ranges::any_of(all, [&](const Heard& other) { return AreSame(other, heard); });
  if (!is_known) all.push_back(std::move(heard));
}

}  // namespace

void Apply(const ProceedingsEvent& event, Instant recorded_at, ChildFacts& facts) {
  switch (event.event_case()) {
    case ProceedingsEvent::kItemStated:
      return AddOnce(VersionOf(event.item_stated(), recorded_at), facts.feed);
    case ProceedingsEvent::kItemTakenAway:
      return AddOnce(DepartureOf(event.item_taken_away(), recorded_at), facts.departures);
    default:
      return;
  }
}

}  // namespace holdfast
