// What holds of any submissions of any child.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "services/cases/domain/render_case.h"
#include "services/cases/domain/submissions_in_tests.h"

namespace holdfast::cases {
namespace {

constexpr int kFirstYear = 2019;
constexpr int kYears = 3;

std::string OneOf(std::initializer_list<std::string> choices) {
  return *rc::gen::elementOf(std::vector<std::string>(choices));
}

RowInTests SomeRow(CivilDate year_end) {
  const CivilDate day = year_end.PlusDays(-*rc::gen::element(0, 1, 30, 200, 364, 365, 500));
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return HeaderBorn(OneOf({"2010-01-01", "2018-10-01"}));
    case 1:
      return ReviewOn(day.Iso(), OneOf({"PN1", "PN2"}));
    case 2:
      return DecisionOn(day.Iso());
    case 3:
      return MissingFrom(day.Iso());
    default: {
      const auto row = Episode(day.Iso(), OneOf({"S", "P"}), OneOf({"C1", "C2"}));
      return *rc::gen::arbitrary<bool>() ? row
                                         : row.Until(year_end.Iso(), OneOf({"X1", "E4A", ""}));
    }
  }
}

// One submission, each key once, as an import sends it.
Submitted SomeSubmission(int year) {
  Submitted submitted(year);
  if (*rc::gen::weightedElement<bool>({{1, true}, {2, false}})) submitted.AsRepair();
  if (*rc::gen::weightedElement<bool>({{1, true}, {5, false}})) {
    submitted.WithTables({v1::RETURN_TABLE_EPISODES, v1::RETURN_TABLE_REVIEWS});
  }
  std::set<RowKey> keys;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    const RowInTests row = SomeRow(submitted.year_end());
    const bool has_table =
        std::ranges::find(submitted.tables(), row.key().table) != submitted.tables().end();
    if (!has_table || !keys.insert(row.key()).second) continue;
    switch (*rc::gen::weightedElement<int>({{8, 0}, {1, 1}, {1, 2}})) {
      case 1:
        submitted.Refuses(row);
        break;
      case 2:
        if (!row.row().has_header() && !row.row().has_episode()) submitted.SetsAside(row);
        break;
      default:
        submitted.Has(row);
    }
  }
  return submitted;
}

std::vector<Submitted> SomeSubmissions() {
  std::vector<Submitted> submissions;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    submissions.push_back(SomeSubmission(kFirstYear + *rc::gen::inRange(0, kYears)));
  }
  return submissions;
}

std::string Bytes(const CaseInTests& child) {
  return RenderCase(SubjectId{}, child.facts(), child.coverage(), {}).SerializeAsString();
}

RC_GTEST_PROP(StateReturnRows, DecidedAgainYieldsNothing, ()) {
  CaseInTests child;
  for (const auto& submitted : SomeSubmissions()) {
    const auto first = OutcomesOf(child.Submit(submitted));
    const std::string before = Bytes(child);
    const auto again = child.Submit(submitted);
    RC_ASSERT(EventsOf(again) == std::vector<std::string>{});
    const auto outcomes = OutcomesOf(again);
    for (size_t i = 0; i < outcomes.size(); ++i) {
      const bool settled = first[i].starts_with("refused") || first[i] == "set aside";
      RC_ASSERT(outcomes[i] == (settled ? first[i] : "unchanged"));
    }
    RC_ASSERT(Bytes(child) == before);
  }
}

// Submissions of one year keep their own order; the years arrive in any.
RC_GTEST_PROP(StateReturnRows, GiveTheSameHistoryInWhateverOrderTheYearsArrive, ()) {
  const auto submissions = SomeSubmissions();
  std::vector<std::vector<Submitted>> years(kYears);
  for (const auto& submitted : submissions)
    years[submitted.year_end().year() - kFirstYear].push_back(submitted);
  std::string expected;
  std::vector<int> order{0, 1, 2};
  do {
    CaseInTests child;
    for (const int year : order) {
      for (const auto& submitted : years[year]) child.Submit(submitted);
    }
    if (expected.empty()) expected = Bytes(child);
    RC_ASSERT(Bytes(child) == expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

RC_GTEST_PROP(StateReturnRows, ShowAsKnownAtAYearEndNothingOfALaterReturn, ()) {
  const auto submissions = SomeSubmissions();
  const CivilDate known_at = YearEnd(kFirstYear + *rc::gen::inRange(0, kYears));
  CaseInTests all;
  CaseInTests known;
  for (const auto& submitted : submissions) {
    all.Submit(submitted);
    if (submitted.year_end() <= known_at) known.Submit(submitted);
  }
  const View view{.known_at = known_at};
  auto shown = RenderCase(SubjectId{}, all.facts(), all.coverage(), view);
  auto expected = RenderCase(SubjectId{}, known.facts(), known.coverage(), view);
  if (!known.facts().registered) {  // who is asked for is known, whenever it was registered
    expected.set_authority(shown.authority());
    expected.set_nation(shown.nation());
    expected.mutable_personal()->set_local_id(shown.personal().local_id());
  }
  RC_ASSERT(shown.SerializeAsString() == expected.SerializeAsString());
}

}  // namespace
}  // namespace holdfast::cases
