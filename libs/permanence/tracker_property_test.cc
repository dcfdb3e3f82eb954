// Sheets of several days, beside a record and a return, come to one history in whatever order they
// arrive.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/testing/child_of_sources.h"
#include "libs/testing/history_as_text.h"
#include "libs/testing/random.h"

namespace holdfast {
namespace {

using namespace cases::v1;

constexpr FactKind kKinds[] = {
    FACT_KIND_CARE_START, FACT_KIND_CARE_END, FACT_KIND_LEGAL_STATUS,
    FACT_KIND_REVIEW,     FACT_KIND_PANEL,    FACT_KIND_PLACEMENT_START,
    FACT_KIND_ORDER,      FACT_KIND_HEARING,  FACT_KIND_PLAN};

std::string SomeDay(Random& random) {
  return Day("2025-04-01").PlusDays(static_cast<int>(random.Below(14) * 11)).Iso();
}

std::string SomeCode(FactKind kind, Random& random) {
  if (kind == FACT_KIND_CARE_START || kind == FACT_KIND_REVIEW) return "";
  if (kind == FACT_KIND_HEARING) return "held";
  return random.Chance(600) ? "one" : "other";
}

std::vector<ToldEvent> SomeSheets(Random& random) {
  std::vector<ToldEvent> sheets;
  const auto count = 1 + random.Below(4);
  for (uint64_t i = 0; i < count; ++i) {
    SheetInTests sheet(Day("2026-01-31").PlusDays(static_cast<int>(random.Below(3) * 28)).Iso(), i);
    for (const auto kind : kKinds) {
      if (random.Chance(600)) sheet = sheet.Says(kind, SomeDay(random), SomeCode(kind, random));
    }
    sheets.emplace_back(sheet.Stated());
    if (random.Chance(150)) sheets.emplace_back(sheet.Withdrawn());
  }
  return sheets;
}

std::vector<ToldEvent> SomeRecord(Random& random) {
  std::vector<ToldEvent> events;
  for (const auto kind : kKinds) {
    if (kind == FACT_KIND_CARE_END || random.Chance(500)) continue;
    const RecordedInTests fact(FactKind_Name(kind), kind, SomeDay(random), SomeCode(kind, random));
    events.emplace_back(fact.Recorded());
    if (random.Chance(300)) events.emplace_back(fact.CorrectedTo(SomeDay(random), "2026-02-01"));
  }
  return events;
}

Lines Words(const History& history) {
  Lines words;
  for (const auto& lines :
       {CarePeriodsOf(history), PlacementsOf(history), LegalStatusesOf(history), ReviewsOf(history),
        OrdersOf(history), ProceedingsOf(history), DisagreementsOf(history)})
    words.insert(words.end(), lines.begin(), lines.end());
  for (const auto& plan : history.plans)
    words.push_back(plan.route + " " + plan.since.Iso() + " " + plan.entry.HexText());
  for (const auto& happening : history.happenings)
    words.push_back(NameOf(happening.kind) + " " + happening.on.Iso() + happening.entry.HexText());
  for (const auto& d : history.discrepancies)
    words.push_back(d.id.HexText() + d.entry.HexText() + d.opened.Iso());
  return words;
}

RC_GTEST_PROP(Tracker, ComesToOneHistoryInWhateverOrderSheetsArrive, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (int i = 0; i < 10; ++i) {
    auto sheets = SomeSheets(random);
    const auto record = SomeRecord(random);
    const auto returned = Return(2026).Has(HeaderBorn("2015-01-01"))
                              .Has(Episode(SomeDay(random), "S", "one", "one"));
    const bool has_return = random.Chance(500);
    const auto tell = [&](bool record_first) {
      ChildOfSources child;
      if (record_first) {
        for (const auto& event : record) child.Told(event);
      }
      for (const auto& event : sheets) child.Told(event);
      if (has_return) child.Told(returned);
      if (!record_first) {
        for (const auto& event : record) child.Told(event);
      }
      return child;
    };
    const auto one = tell(true);
    for (size_t left = sheets.size(); left > 1; --left)
      std::swap(sheets[left - 1], sheets[random.Below(left)]);
    const auto other = tell(false);
    const View earlier{.known_at = Day("2026-02-28")};
    RC_ASSERT(Words(one.AsKnown()) == Words(other.AsKnown()));
    RC_ASSERT(Words(one.AsKnown(earlier)) == Words(other.AsKnown(earlier)));
  }
}

}  // namespace
}  // namespace holdfast
