#include "libs/testing/some_sources.h"

#include <utility>

namespace holdfast {
namespace {

using namespace proceedings::v1;
using namespace cases::v1;

constexpr FeedKind kSomeKinds[] = {
    FEED_KIND_REFERRAL,           FEED_KIND_HEARING_SET,         FEED_KIND_HEARING_HELD,
    FEED_KIND_HEARING_CONTINUED,  FEED_KIND_HEARING_CANCELLED,   FEED_KIND_ORDER_MADE,
    FEED_KIND_ORDER_CONTINUED,    FEED_KIND_ORDER_TERMINATED,    FEED_KIND_APPLICATION_LODGED,
    FEED_KIND_APPLICATION_ISSUED, FEED_KIND_APPLICATION_DISPOSED};
constexpr FactKind kSomeFacts[] = {FACT_KIND_ORDER, FACT_KIND_HEARING, FACT_KIND_APPLICATION};
const SubjectId kOther{HashId("test", {"another child"})};

// Few days, so that what is said meets.
std::string SomeDay(Random& random) {
  return Day("2026-01-01").PlusDays(static_cast<int>(random.Below(12) * 9)).Iso();
}
std::string SomeCode(Random& random) { return random.Chance(700) ? "CSO" : "PO"; }

ItemInTests SomeVersion(const char* source, const std::string& event_id, FeedKind kind,
                        const std::string& ref, Random& random) {
  ItemInTests item(source, event_id, kind, SomeDay(random), ref);
  item = item.Sent(SomeDay(random));
  if (kind == FEED_KIND_WITHDRAWN) return item.Withdraws("e" + std::to_string(random.Below(6)));
  if (random.Chance(600)) item = item.Code(SomeCode(random));
  if (random.Chance(400)) item = item.Until(SomeDay(random));
  return item;
}

// What one source sends of a few items, in some versions; some name another child.
void SomeFeed(const char* source, Random& random, std::vector<ToldEvent>& events) {
  const int items = 2 + static_cast<int>(random.Below(5));
  for (int i = 0; i < items; ++i) {
    const std::string event_id = "e" + std::to_string(i);
    const FeedKind kind =
        random.Chance(100) ? FEED_KIND_WITHDRAWN : kSomeKinds[random.Below(std::size(kSomeKinds))];
    const std::string ref = random.Chance(800) ? std::to_string(random.Below(3)) : "";
    for (uint64_t versions = 1 + random.Below(3); versions > 0; --versions) {
      const auto version = SomeVersion(source, event_id, kind, ref, random);
      if (random.Chance(150)) {
        events.emplace_back(version.TakenAway(random.Chance(300) ? SubjectId{} : kOther));
      } else {
        events.emplace_back(version.Stated());
      }
    }
  }
}

}  // namespace

std::vector<ToldEvent> SomeFeeds(Random& random) {
  std::vector<ToldEvent> events;
  SomeFeed("court", random, events);
  SomeFeed("reporter", random, events);
  return events;
}

std::vector<ToldEvent> SomeRecord(Random& random) {
  std::vector<ToldEvent> events;
  for (uint64_t facts = random.Below(4); facts > 0; --facts) {
    const auto kind = kSomeFacts[random.Below(std::size(kSomeFacts))];
    RecordedInTests fact("r" + std::to_string(facts), kind, SomeDay(random),
                         kind == FACT_KIND_HEARING ? "held" : SomeCode(random));
    if (random.Chance(400)) fact = fact.Until(SomeDay(random));
    events.emplace_back(fact.Recorded());
    if (random.Chance(300)) events.emplace_back(fact.CorrectedTo(SomeDay(random), "2026-06-01"));
    if (random.Chance(150)) events.emplace_back(fact.Withdrawn("2026-06-02"));
  }
  return events;
}

std::vector<ToldEvent> SomeCare(Random& random) {
  const CivilDate start = Day("2026-01-05").PlusDays(static_cast<int>(random.Below(10)));
  std::vector<ToldEvent> events;
  const auto say = [&](const char* name, FactKind kind, int after, const char* code) {
    events.emplace_back(RecordedInTests(name, kind, start.PlusDays(after).Iso(), code).Recorded());
  };
  say("care", FACT_KIND_CARE_START, 0, "");
  say("status", FACT_KIND_LEGAL_STATUS, 0, "S25");
  say("place", FACT_KIND_PLACEMENT_START, 0, "FOST_LA");
  for (uint64_t reviews = random.Below(3), held = 0; held < reviews; ++held) {
    const auto on =
        start.PlusDays(15 + 80 * static_cast<int>(held) + static_cast<int>(random.Below(10)));
    const RecordedInTests review(held == 0 ? "first review" : "second review", FACT_KIND_REVIEW,
                                 on.Iso());
    events.emplace_back(review.Recorded());
    if (random.Chance(300)) {
      const auto right = on.PlusDays(1 + static_cast<int>(random.Below(5)));
      events.emplace_back(review.CorrectedTo(right.Iso(), "2026-05-30"));
    }
  }
  return events;
}

std::vector<ToldEvent> Arriving(std::vector<ToldEvent> feeds, const std::vector<ToldEvent>& record,
                                Random& random) {
  const size_t sent = feeds.size();
  for (size_t i = 0; i < sent; ++i) {
    if (random.Chance(300)) feeds.push_back(feeds[i]);
  }
  for (size_t i = feeds.size(); i > 1; --i) std::swap(feeds[i - 1], feeds[random.Below(i)]);
  size_t at = 0;
  for (const auto& event : record) {
    at += random.Below(feeds.size() - at + 1);
    feeds.insert(feeds.begin() + static_cast<std::ptrdiff_t>(at++), event);
  }
  return feeds;
}

}  // namespace holdfast
