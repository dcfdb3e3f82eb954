// Rules 2 and 12 to 16 of the import: how a child's rows end, and the events that they cause.
#include "services/cases/domain/state_return_rows.h"

#include <gtest/gtest.h>

#include "libs/testing/history_as_text.h"
#include "services/cases/domain/submissions_in_tests.h"

namespace holdfast::cases {
namespace {

const RowInTests kHeader = HeaderBorn("2010-01-01");
const RowInTests kOpen = Episode("2019-05-01");

RowInTests Changed(const RowInTests& row, const std::function<void(v1::ReturnRow&)>& change) {
  v1::ReturnRow changed = row.row();
  change(changed);
  return RowInTests(changed);
}

TEST(StateReturnRows, RegistersTheChildWithItsFirstHeader) {
  CaseInTests child;
  const auto decision = child.Submit(Submitted(2020).Has(kHeader).Has(kOpen));
  EXPECT_EQ(EventsOf(decision),
            (Lines{"registered", "stated HEADER", "stated EPISODES 2019-05-01"}));
  EXPECT_EQ(OutcomesOf(decision), (Lines{"facts", "facts"}));
  const auto& registered = decision.events[0].child_registered();
  EXPECT_EQ(registered.authority(), "E06000901");
  EXPECT_EQ(registered.key_id(), std::string(16, 'k'));
  EXPECT_EQ(registered.personal().open().local_id(), "A1");
  for (const auto& event : decision.events) EXPECT_EQ(DayOf(event.reported_on()), YearEnd(2020));
  EXPECT_EQ(decision.answer.events(), 3u);
}

TEST(StateReturnRows, RegistersAChildWithoutEpisodesAndKeepsItThoughItsHeaderGoes) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader));
  EXPECT_TRUE(child.facts().registered);
  child.Submit(Submitted(2020));
  EXPECT_TRUE(child.facts().registered);
}

TEST(StateReturnRows, MakesNoEventTheSecondTimeAndSaysUnchanged) {
  CaseInTests child;
  const auto submitted = Submitted(2020)
                             .Has(kHeader)
                             .Has(kOpen)
                             .Refuses(Episode("2019-06-01"))
                             .SetsAside(ReviewOn("2020-05-01"));
  child.Submit(submitted);
  const auto again = child.Submit(submitted);
  EXPECT_EQ(EventsOf(again), Lines{});
  EXPECT_EQ(OutcomesOf(again), (Lines{"unchanged", "unchanged", "refused 147", "set aside"}));
}

TEST(StateReturnRows, RefusesInOrderOfPrecedence) {
  CaseInTests child;
  const auto unborn = Episode("2009-12-31");
  EXPECT_EQ(OutcomesOf(child.Submit(
                Submitted(2020).Refuses(unborn).SetsAside(ReviewOn("2020-05-01")).Has(unborn))),
            (Lines{"refused 147", "refused no_header", "refused no_header"}));
  EXPECT_EQ(
      OutcomesOf(child.Submit(Submitted(2020).Has(kHeader).Refuses(unborn).Has(unborn).SetsAside(
          ReviewOn("2020-05-01")))),
      (Lines{"facts", "refused 147", "refused 302", "set aside"}));
}

TEST(StateReturnRows, AsksOnlyEpisodesWhetherTheyAreBeforeBirth) {
  CaseInTests child;
  EXPECT_EQ(
      OutcomesOf(child.Submit(
          Submitted(2020).Has(kHeader).Has(ReviewOn("2009-12-31")).Has(Episode("2010-01-01")))),
      (Lines{"facts", "facts", "facts"}));
}

TEST(Header, OfTheYearsLayerServesASubmissionWithoutThatTable) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader));
  EXPECT_EQ(
      OutcomesOf(child.Submit(Submitted(2020).WithTables({v1::RETURN_TABLE_EPISODES}).Has(kOpen))),
      (Lines{"facts"}));
  EXPECT_EQ(
      OutcomesOf(child.Submit(Submitted(2021).WithTables({v1::RETURN_TABLE_EPISODES}).Has(kOpen))),
      (Lines{"refused no_header"}))
      << "another year's does not";
}

TEST(Header, ThatAWholeHeaderTableLacksIsNone) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader));
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).AsRepair().Has(kOpen))), (Lines{"facts"}))
      << "a repair replaces nothing";
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Has(kOpen))), (Lines{"refused no_header"}));
}

TEST(Header, RefusedInThisRunStaysAsTheLayerHadItOrIsNone) {
  CaseInTests child;
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Refuses(kHeader).Has(kOpen))),
            (Lines{"refused 147", "refused no_header"}));
  child.Submit(Submitted(2020).Has(kHeader));
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Refuses(kHeader).Has(kOpen))),
            (Lines{"refused 147", "facts"}));
}

TEST(Header, ComesFirstWhereverItStandsInTheSubmission) {
  CaseInTests child;
  EXPECT_EQ(
      OutcomesOf(child.Submit(Submitted(2020).Has(Episode("2009-12-31")).Has(kOpen).Has(kHeader))),
      (Lines{"refused 302", "facts", "facts"}));
}

TEST(Header, WithAnotherDayOfBirthIsACorrectionAndJudgesTheEpisodes) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen));
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Has(HeaderBorn("2019-06-01")).Has(kOpen))),
            (Lines{"corrected", "refused 302"}));
  EXPECT_EQ(CarePeriodsOf(child.AsKnown()), (Lines{"2019-05-01 to open"}))
      << "what was believed of the key stays";
}

// Rule 13: what the row of 2020 said, what a later row says, and how that ends in 2021 and in 2020
// again.
TEST(Outcome, IsCorrectedFactsOrUnchangedByWhatItIsComparedWith) {
  const auto ended = [](const char* day) { return kOpen.Until(day, "E4A"); };
  const auto blank_rec = ended("2019-06-01").Until("2019-06-01");
  struct Case {
    const char* story;
    RowInTests before;
    RowInTests row;
    const char* next_year;
    const char* same_year;
  };
  const std::vector<Case> cases{
      {"the same", kOpen, kOpen, "unchanged", "unchanged"},
      {"an end after the earlier year end", kOpen, ended("2020-04-01"), "facts", "facts"},
      {"an end on the earlier year end", kOpen, ended("2020-03-31"), "corrected", "corrected"},
      {"a changed DEC", ended("2019-06-01"), ended("2019-06-02"), "corrected", "corrected"},
      {"an end taken back", ended("2019-06-01"), kOpen, "corrected", "corrected"},
      {"a reason filled", blank_rec, ended("2019-06-01"), "facts", "facts"},
      {"a reason taken back", ended("2019-06-01"), blank_rec, "corrected", "corrected"},
      {"a changed LS", kOpen, Episode("2019-05-01", "S", "C1"), "corrected", "corrected"},
      {"a URN filled", kOpen, kOpen.WithUrn("1"), "facts", "facts"},
      {"a URN filled and an LS changed", kOpen, Episode("2019-05-01", "S", "C1").WithUrn("1"),
       "corrected", "corrected"},
      {"a postcode changed",
       Changed(kOpen,
               [](auto& row) { row.mutable_personal()->mutable_open()->set_home_postcode("A"); }),
       Changed(kOpen,
               [](auto& row) { row.mutable_personal()->mutable_open()->set_home_postcode("B"); }),
       "corrected", "corrected"},
      {"a birth date", kHeader, HeaderBorn("2010-01-02"), "corrected", "corrected"},
      {"a review's code", ReviewOn("2019-06-01", "PN1"), ReviewOn("2019-06-01", "PN2"), "corrected",
       "corrected"},
      {"found again", MissingFrom("2019-06-01"), MissingFrom("2019-06-01").Until("2019-06-03"),
       "corrected", "corrected"},
      {"found in the next year", MissingFrom("2019-06-01"),
       MissingFrom("2019-06-01").Until("2020-06-03"), "facts", "facts"},
      {"a decision reversed", DecisionOn("2019-06-01"),
       DecisionOn("2019-06-01").Until("2020-06-03", "RD1"), "facts", "facts"},
      {"a match changed", MatchOn("2019-06-01", "2019-07-01"), MatchOn("2019-06-01", "2019-07-02"),
       "corrected", "corrected"},
  };
  for (const auto& c : cases) {
    for (const int year : {2020, 2021}) {
      CaseInTests child;
      child.Submit(Submitted(2020).Has(kHeader).Has(c.before));
      const auto decision = child.Submit(Submitted(year).AsRepair().Has(kHeader).Has(c.row));
      EXPECT_EQ(OutcomesOf(decision).back(), year == 2020 ? c.same_year : c.next_year)
          << c.story << " in " << year;
    }
  }
}

TEST(Outcome, OfARowThatRepeatsAnEarlierLayerIsUnchangedButRecorded) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen));
  const auto decision = child.Submit(Submitted(2021).Has(kHeader).Has(kOpen));
  EXPECT_EQ(OutcomesOf(decision), (Lines{"unchanged", "unchanged"}));
  EXPECT_EQ(EventsOf(decision), (Lines{"stated HEADER", "stated EPISODES 2019-05-01"}));
}

TEST(Outcome, IsNeverComparedWithANewerLayer) {
  CaseInTests child;
  child.Submit(Submitted(2021).Has(kHeader).Has(kOpen));
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Has(kHeader).Has(kOpen))),
            (Lines{"facts", "facts"}));
}

TEST(Outcome, OfTheThirdStepOfABAIsACorrection) {
  CaseInTests child;
  const auto a = Submitted(2020).Has(kHeader).Has(Episode("2019-05-01", "S", "C1"));
  const auto b = Submitted(2020).Has(kHeader).Has(Episode("2019-05-01", "S", "C2"));
  child.Submit(a);
  EXPECT_EQ(OutcomesOf(child.Submit(b)), (Lines{"unchanged", "corrected"}));
  EXPECT_EQ(OutcomesOf(child.Submit(a)), (Lines{"unchanged", "corrected"}));
  EXPECT_EQ(LegalStatusesOf(child.AsKnown()), (Lines{"2019-05-01 to open C1"}));
}

TEST(Outcome, OfARowWhoseRunWasWithdrawnIsFactsAnew) {
  CaseInTests child;
  const auto submitted = Submitted(2020).Has(kHeader).Has(kOpen);
  child.Submit(submitted);
  child.Withdraw(1, 2020);
  const auto again = child.Submit(submitted);
  EXPECT_EQ(OutcomesOf(again), (Lines{"facts", "facts"}));
  EXPECT_EQ(EventsOf(again), (Lines{"stated HEADER", "stated EPISODES 2019-05-01"}))
      << "registered children stay";
}

TEST(Late, IsAnEpisodeOfAnEarlierTimeThatNoEarlierReturnHad) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen));
  const auto decision = child.Submit(Submitted(2021)
                                         .Has(kHeader)
                                         .Has(kOpen)
                                         .Has(Episode("2020-03-31", "P"))
                                         .Has(Episode("2020-04-01", "P"))
                                         .Has(ReviewOn("2019-06-01")));
  EXPECT_EQ(OutcomesOf(decision),
            (Lines{"unchanged", "unchanged", "facts late", "facts", "facts"}));
}

TEST(Late, IsNothingOfTheFirstReturnNorOfOneImportedBackwards) {
  CaseInTests child;
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2021).Has(kHeader).Has(Episode("2015-05-01")))),
            (Lines{"facts", "facts"}));
  EXPECT_EQ(OutcomesOf(child.Submit(Submitted(2020).Has(kHeader).Has(Episode("2016-05-01")))),
            (Lines{"facts", "facts"}));
}

TEST(Refused, EpisodesAreRememberedOnceEvenOfAChildWithoutARecord) {
  CaseInTests child;
  const auto first = child.Submit(Submitted(2020).Refuses(kOpen).Refuses(ReviewOn("2019-06-01")));
  EXPECT_EQ(EventsOf(first), (Lines{"refused EPISODES 2019-05-01"}));
  EXPECT_FALSE(child.facts().registered);
  EXPECT_EQ(EventsOf(child.Submit(Submitted(2020).Refuses(kOpen))), Lines{});
}

TEST(WholeResubmission, RemovesWhatItLacksAndCountsIt) {
  CaseInTests child;
  child.Submit(Submitted(2020)
                   .Has(kHeader)
                   .Has(kOpen)
                   .Has(ReviewOn("2019-06-01"))
                   .Has(ReviewOn("2019-07-01")));
  const auto decision =
      child.Submit(Submitted(2020).Has(kHeader).Has(kOpen).Has(ReviewOn("2019-07-01")));
  EXPECT_EQ(EventsOf(decision), (Lines{"removed REVIEWS 2019-06-01"}));
  ASSERT_EQ(decision.answer.removed_size(), 1);
  EXPECT_EQ(decision.answer.removed(0).keys(), 1u);
  EXPECT_EQ(decision.answer.stated_before_size(), 3);
  EXPECT_EQ(ReviewsOf(child.AsKnown()), (Lines{"2019-07-01 PN1 in period 1"}));
}

TEST(WholeResubmission, RemovesNothingOfATableThatItDoesNotHave) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen).Has(ReviewOn("2019-06-01")));
  EXPECT_EQ(
      EventsOf(child.Submit(Submitted(2020).WithTables({v1::RETURN_TABLE_EPISODES}).Has(kOpen))),
      Lines{});
}

TEST(WholeResubmission, DoesNotLackWhatItRefusesOrSetsAside) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen).Has(ReviewOn("2019-06-01")));
  EXPECT_EQ(EventsOf(child.Submit(
                Submitted(2020).Has(kHeader).Refuses(kOpen).Refuses(ReviewOn("2019-06-01")))),
            Lines{});
}

TEST(WholeResubmission, ForgetsTheRefusedEpisodesThatItLacks) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Refuses(kOpen));
  const auto decision = child.Submit(Submitted(2020).Has(kHeader));
  EXPECT_EQ(EventsOf(decision), (Lines{"removed EPISODES 2019-05-01"}));
  EXPECT_EQ(decision.answer.removed_size(), 0) << "nothing was stated";
  EXPECT_EQ(DiscrepanciesOf(child.AsKnown()), Lines{});
  EXPECT_EQ(EventsOf(child.Submit(Submitted(2020).Has(kHeader))), Lines{});
}

TEST(Repair, OnlyAdds) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(kOpen).Refuses(Episode("2019-06-01", "P")));
  const auto decision = child.Submit(Submitted(2020).AsRepair().Has(Episode("2019-06-01", "P")));
  EXPECT_EQ(EventsOf(decision), (Lines{"stated EPISODES 2019-06-01"}));
  EXPECT_EQ(OutcomesOf(decision), (Lines{"facts"}));
}

}  // namespace
}  // namespace holdfast::cases
