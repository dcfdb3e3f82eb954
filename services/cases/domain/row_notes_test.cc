// What is noted of rows that are taken.
#include "services/cases/domain/row_notes.h"

#include <gtest/gtest.h>

#include "libs/testing/history_as_text.h"
#include "services/cases/domain/submissions_in_tests.h"

namespace holdfast::cases {
namespace {

// "ROW FIELD RULE" of each note, rows counted from 0.
Lines NotesOf(const StateReturnRowsDecision& decision) {
  Lines notes;
  for (int i = 0; i < decision.answer.rows_size(); ++i) {
    for (const auto& note : decision.answer.rows(i).notes()) {
      notes.push_back(std::to_string(i) + " " + note.field() + " " + note.rule());
    }
  }
  return notes;
}

const RowInTests kHeader = HeaderBorn("2010-01-01");

// The notes of a child's one return of the year to 31 March 2020; row 0 is its header.
Lines NotesOf(const std::vector<RowInTests>& rows) {
  Submitted submitted(2020);
  submitted.Has(kHeader);
  for (const auto& row : rows) submitted.Has(row);
  CaseInTests child;
  return NotesOf(child.Submit(submitted));
}

RowInTests WithProvider(RowInTests row, const std::string& provider) {
  v1::ReturnRow changed = row.row();
  changed.mutable_episode()->set_place_provider(provider);
  return RowInTests(changed);
}

TEST(RowNotes, AreNoneOfAPlainYear) {
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "X1"),
                     Episode("2019-06-01", "P", "C2", "K2"), ReviewOn("2019-05-20"),
                     DecisionOn("2019-09-01"), MatchOn("2019-09-01", "2019-10-01")}),
            Lines{});
}

TEST(RowNotes, SayThatAnEpisodeGoesOnWhereTheOneBeforeEndedCare) {
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "E4A"),
                     Episode("2019-06-01", "P", "C2", "K2")}),
            Lines{"2 RNE 432"});
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "E4A"),
                     Episode("2019-06-01", "S", "C2", "K2")}),
            Lines{});
  // Also where the later row cuts the earlier one.
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "E4A"),
                     Episode("2019-05-20", "P", "C2", "K2").Until("2019-07-01", "E4A")}),
            Lines{"2 RNE 432"});
}

TEST(RowNotes, SayThatAfterAGapCareWasNotSaidToStartAgain) {
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "E4A"),
                     Episode("2019-07-01", "L", "C2", "K2")}),
            Lines{"2 RNE 433"});
  EXPECT_EQ(NotesOf({Episode("2019-05-01").Until("2019-06-01", "X1"),
                     Episode("2019-07-01", "L", "C2", "K2")}),
            Lines{});
}

TEST(RowNotes, SayThatValuesContradictTheReasonOfTheEpisode) {
  const auto first = Episode("2019-05-01").Until("2019-06-01", "X1");
  const auto then = [&](const char* rne, const char* status, const char* place) {
    return NotesOf({first, Episode("2019-06-01", rne, status, place)});
  };
  EXPECT_EQ(then("L", "E1", "U6"), Lines{});
  EXPECT_EQ(then("L", "C2", "U6"), Lines{"2 RNE 434"});
  EXPECT_EQ(then("L", "E1", "K2"), Lines{"2 RNE 434"});
  EXPECT_EQ(then("T", "C2", "K2"), Lines{});
  EXPECT_EQ(then("P", "E1", "K2"), Lines{"2 RNE 435"});
  EXPECT_EQ(then("P", "C2", "U6"), Lines{"2 RNE 435"});
  EXPECT_EQ(then("B", "E1", "K2"), Lines{});
  EXPECT_EQ(then("U", "C2", "K2"), Lines{"2 RNE 436"});
  EXPECT_EQ(NotesOf({first, Episode("2019-06-01", "P").WithUrn("1234567")}), Lines{})
      << "another home of one type";
}

TEST(RowNotes, SayThatAReviewLiesOutsideCare) {
  const auto care = Episode("2019-05-01").Until("2019-06-01", "E4A");
  EXPECT_EQ(NotesOf({care, ReviewOn("2019-04-30"), ReviewOn("2019-05-01"), ReviewOn("2019-06-01"),
                     ReviewOn("2019-06-02")}),
            (Lines{"2 REVIEW outside_care", "5 REVIEW outside_care"}));
}

TEST(RowNotes, SayThatAnAdoptionsDecisionIsNotThatOfTheOtherTable) {
  const auto care = Episode("2019-05-01");
  EXPECT_EQ(NotesOf({care, DecisionOn("2019-09-01"), MatchOn("2019-09-02", "2019-10-01")}),
            Lines{"3 DATE_INT agency_decision"});
  EXPECT_EQ(NotesOf({care, MatchOn("2019-09-02", "2019-10-01")}), Lines{})
      << "nothing to disagree with";
}

TEST(RowNotes, SayWhatTheDepartmentWouldRefuseOfOneRow) {
  EXPECT_EQ(NotesOf({Episode("2019-05-01", "S", "J1")}), Lines{"1 LS 358"});
  EXPECT_EQ(NotesOf({Episode("2020-01-01", "S", "J1")}), Lines{}) << "ten years old that day";
  EXPECT_EQ(NotesOf({Episode("2019-05-01", "S", "C2", "A5")}), Lines{"1 LS 408"});
  EXPECT_EQ(NotesOf({WithProvider(Episode("2019-05-01"), "PR0")}), Lines{"1 PLACE_PROVIDER 550"});
  EXPECT_EQ(NotesOf({WithProvider(Episode("2019-05-01", "S", "C2", "P1"), "PR0")}), Lines{});
  EXPECT_EQ(NotesOf({Episode("2019-05-01"), ReviewOn("2019-05-20", "PN0")}),
            Lines{"2 REVIEW_CODE 440"});
  CaseInTests baby;
  EXPECT_EQ(NotesOf(baby.Submit(Submitted(2020)
                                    .Has(HeaderBorn("2016-02-29"))
                                    .Has(Episode("2019-05-01"))
                                    .Has(ReviewOn("2020-02-28", "PN1"))
                                    .Has(ReviewOn("2020-02-29", "PN1")))),
            Lines{"2 REVIEW_CODE 441"});
}

TEST(RowNotes, AreTheSameWhateverALaterReturnHasSaid) {
  const auto row = Episode("2019-05-01");
  const Submitted earlier = Submitted(2020).Has(kHeader).Has(row).Has(ReviewOn("2020-01-01"));
  CaseInTests child;
  child.Submit(Submitted(2021).Has(kHeader).Has(row.Until("2019-06-01", "E4A")));
  EXPECT_EQ(NotesOf(child.Submit(earlier)), Lines{});
}

TEST(RowNotes, GoByEarlierReturnsTooAndAreSaidEachTime) {
  CaseInTests child;
  child.Submit(Submitted(2020).Has(kHeader).Has(Episode("2019-05-01").Until("2020-03-01", "E4A")));
  const Submitted next = Submitted(2021).Has(kHeader).Has(Episode("2020-05-01", "P"));
  EXPECT_EQ(NotesOf(child.Submit(next)), Lines{"1 RNE 433"});
  EXPECT_EQ(NotesOf(child.Submit(next)), Lines{"1 RNE 433"});
}

}  // namespace
}  // namespace holdfast::cases
