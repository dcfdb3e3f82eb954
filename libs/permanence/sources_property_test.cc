// Whatever courts, reporters and the team say, and in whatever order it arrives: once all has, the
// history and the disagreements are the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"
#include "libs/testing/random.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;
using namespace cases::v1;

// Each case of the property is this many seeds; 100 cases make 1,000.
constexpr int kSeedsPerCase = 10;
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

// The team's facts, and their corrections in the order of its journal.
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

// `feeds` in some order, some twice, among the record's in their own.
std::vector<ToldEvent> Arriving(std::vector<ToldEvent> feeds,
                                  const std::vector<ToldEvent>& record, Random& random) {
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

Lines Words(const History& history) {
  Lines words;
  const auto add = [&](const Lines& lines) {
    words.insert(words.end(), lines.begin(), lines.end());
  };
  add(OrdersOf(history));
  add(ProceedingsOf(history));
  add(DisagreementsOf(history));
  for (const auto& order : history.happenings) words.push_back(order.entry.HexText());
  for (const auto& proceeding : history.proceedings) words.push_back(proceeding.entry.HexText());
  for (const auto& discrepancy : history.discrepancies) {
    words.push_back(discrepancy.id.HexText() + " " + discrepancy.entry.HexText());
  }
  return words;
}

ChildOfSources Told(const std::vector<ToldEvent>& events) {
  ChildOfSources child;
  for (const auto& event : events) child.Told(event);
  return child;
}

RC_GTEST_PROP(Sources, ComeToOneHistoryInWhateverOrderTheyArrive, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < kSeedsPerCase; ++i) {
    std::vector<ToldEvent> feeds;
    SomeFeed("court", random, feeds);
    SomeFeed("reporter", random, feeds);
    const auto record = SomeRecord(random);
    const auto one = Told(Arriving(feeds, record, random));
    const auto other = Told(Arriving(feeds, record, random));
    const View earlier{.known_at = Day(SomeDay(random))};
    RC_ASSERT(Words(one.AsKnown()) == Words(other.AsKnown()));
    RC_ASSERT(Words(one.AsKnown(earlier)) == Words(other.AsKnown(earlier)));
  }
}

RC_GTEST_PROP(Sources, GiveEachDiscrepancyAndEachEntryAnIdOfItsOwn, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < kSeedsPerCase; ++i) {
    std::vector<ToldEvent> feeds;
    SomeFeed("court", random, feeds);
    SomeFeed("reporter", random, feeds);
    const auto history = Told(Arriving(feeds, SomeRecord(random), random)).AsKnown();
    std::set<EntryId> entries;
    for (const auto& order : history.happenings) RC_ASSERT(entries.insert(order.entry).second);
    for (const auto& p : history.proceedings) RC_ASSERT(entries.insert(p.entry).second);
    for (const auto& order : history.near_happenings) RC_ASSERT(entries.insert(order.entry).second);
    for (const auto& p : history.near_proceedings) RC_ASSERT(entries.insert(p.entry).second);
    std::set<DiscrepancyId> ids;
    for (const auto& discrepancy : history.discrepancies) {
      RC_ASSERT(ids.insert(discrepancy.id).second);
      if (discrepancy.kind == "differs") RC_ASSERT(entries.contains(discrepancy.entry));
    }
  }
}

}  // namespace
}  // namespace holdfast
