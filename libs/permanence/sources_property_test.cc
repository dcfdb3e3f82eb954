// Whatever courts, reporters and the team say, and in whatever order it arrives: once all has, the
// history and the disagreements are the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "libs/testing/history_as_text.h"
#include "libs/testing/some_sources.h"

namespace holdfast {
namespace {

// Each case of the property is this many seeds; 100 cases make 1,000.
constexpr int kSeedsPerCase = 10;
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
    const auto feeds = SomeFeeds(random);
    const auto record = SomeRecord(random);
    const auto one = Told(Arriving(feeds, record, random));
    const auto other = Told(Arriving(feeds, record, random));
    const View earlier{
        .known_at = Day("2026-01-01").PlusDays(static_cast<int>(random.Below(100)))};
    RC_ASSERT(Words(one.AsKnown()) == Words(other.AsKnown()));
    RC_ASSERT(Words(one.AsKnown(earlier)) == Words(other.AsKnown(earlier)));
  }
}

RC_GTEST_PROP(Sources, GiveEachDiscrepancyAndEachEntryAnIdOfItsOwn, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < kSeedsPerCase; ++i) {
    const auto feeds = SomeFeeds(random);
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
