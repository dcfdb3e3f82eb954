#include "libs/testing/child_of_returns.h"

#include "libs/permanence/dates.h"

namespace holdfast {
namespace {

using namespace cases::v1;

const SubjectId kChild{HashId("test", {"child"})};

RunId RunNamed(uint64_t run_number) { return {HashId("run", {std::to_string(run_number)})}; }

template <typename Event>  // RowRemoved or RowRefused
void SetKey(const RowInTests& row, Event& event) {
  event.set_fact(row.fact().Bytes());
  event.set_table(row.key().table);
  if (row.key().day) SetDate(*row.key().day, event.mutable_key_day());
}

CasesEvent EventOf(const Return::Said& said, const Submission& submission) {
  CasesEvent event;
  *event.mutable_reported_on() = submission.year_end();
  switch (said.kind) {
    case StatementKind::kStated: {
      auto& stated = *event.mutable_row_stated();
      *stated.mutable_submission() = submission;
      stated.set_fact(said.row.fact().Bytes());
      stated.set_assertion(
          AssertionId{HashId("assertion", {said.row.fact().Bytes(), submission.run()})}.Bytes());
      *stated.mutable_row() = said.row.row();
      break;
    }
    case StatementKind::kRemoved:
      *event.mutable_row_removed()->mutable_submission() = submission;
      SetKey(said.row, *event.mutable_row_removed());
      break;
    case StatementKind::kRefused:
      *event.mutable_row_refused()->mutable_submission() = submission;
      SetKey(said.row, *event.mutable_row_refused());
      break;
  }
  return event;
}

}  // namespace

RowInTests RowInTests::Until(std::string_view day, std::string_view code) const {
  ReturnRow row = row_;
  if (row.has_episode()) {
    SetDate(Day(day), row.mutable_episode()->mutable_dec());
    row.mutable_episode()->set_rec(std::string(code));
  } else if (row.has_placed_adoption()) {
    SetDate(Day(day), row.mutable_placed_adoption()->mutable_date_placed_ceased());
    row.mutable_placed_adoption()->set_reason_placed_ceased(std::string(code));
  } else {
    HOLDFAST_CHECK(row.has_missing());
    SetDate(Day(day), row.mutable_missing()->mutable_mis_end());
  }
  return RowInTests(row);
}

RowInTests RowInTests::WithUrn(std::string_view urn) const {
  ReturnRow row = row_;
  row.mutable_episode()->set_urn(std::string(urn));
  return RowInTests(row);
}

FactId RowInTests::fact() const {
  std::string name = key().day ? key().day->Iso() : "";
  name.resize(15, ' ');
  return *FactId::FromBytes(std::to_string(static_cast<int>(key().table)) + name);
}

RowInTests Episode(std::string_view decom, std::string_view rne, std::string_view ls,
                   std::string_view place) {
  ReturnRow row;
  SetDate(Day(decom), row.mutable_episode()->mutable_decom());
  row.mutable_episode()->set_rne(std::string(rne));
  row.mutable_episode()->set_ls(std::string(ls));
  row.mutable_episode()->set_place(std::string(place));
  return RowInTests(row);
}

RowInTests HeaderBorn(std::string_view born) {
  ReturnRow row;
  row.mutable_header()->set_sex("F");
  SetDate(Day(born), row.mutable_personal()->mutable_open()->mutable_born());
  return RowInTests(row);
}

RowInTests ReviewOn(std::string_view day, std::string_view code) {
  ReturnRow row;
  SetDate(Day(day), row.mutable_review()->mutable_review());
  row.mutable_review()->set_review_code(std::string(code));
  return RowInTests(row);
}

RowInTests DecisionOn(std::string_view day) {
  ReturnRow row;
  SetDate(Day(day), row.mutable_placed_adoption()->mutable_date_placed());
  return RowInTests(row);
}

RowInTests MatchOn(std::string_view decision, std::string_view match) {
  ReturnRow row;
  SetDate(Day(decision), row.mutable_ad1()->mutable_date_int());
  SetDate(Day(match), row.mutable_ad1()->mutable_date_match());
  return RowInTests(row);
}

RowInTests MissingFrom(std::string_view day) {
  ReturnRow row;
  SetDate(Day(day), row.mutable_missing()->mutable_mis_start());
  row.mutable_missing()->set_missing("M");
  return RowInTests(row);
}

Return& Return::Has(const RowInTests& row) {
  said_.push_back({StatementKind::kStated, row});
  return *this;
}

Return& Return::Refuses(const RowInTests& row) {
  said_.push_back({StatementKind::kRefused, row});
  return *this;
}

Return& Return::Lacks(const RowInTests& row) {
  said_.push_back({StatementKind::kRemoved, row});
  return *this;
}

Return& Return::AsRepair() {
  repair_ = true;
  return *this;
}

const std::vector<ReturnTable>& FactTables() {
  static const std::vector<ReturnTable> tables{RETURN_TABLE_HEADER,
                                               RETURN_TABLE_EPISODES,
                                               RETURN_TABLE_REVIEWS,
                                               RETURN_TABLE_UASC,
                                               RETURN_TABLE_AD1,
                                               RETURN_TABLE_PLACED_ADOPTION,
                                               RETURN_TABLE_PREVIOUS_PERMANENCE,
                                               RETURN_TABLE_MISSING};
  return tables;
}

ChildOfReturns::ChildOfReturns(std::initializer_list<Return> returns) {
  for (const auto& submission : returns) Told(submission);
}

Submission ChildOfReturns::SubmissionOf(CivilDate year_end, uint64_t run_number) const {
  Submission submission;
  submission.set_authority("E06000901");
  SetDate(year_end, submission.mutable_year_end());
  submission.set_run(RunNamed(run_number).Bytes());
  submission.set_run_number(run_number);
  return submission;
}

ChildOfReturns& ChildOfReturns::Told(const Return& told) {
  const Submission submission = SubmissionOf(told.year_end(), ++runs_);
  for (const auto& said : told.said()) Apply(EventOf(said, submission), Now(), facts_);
  if (told.repair()) return *this;
  coverage_.returns.push_back({.year_end = told.year_end(),
                               .run = RunNamed(runs_),
                               .tables = FactTables(),
                               .recorded_at = Now(),
                               .withdrawn_at = {}});
  return *this;
}

ChildOfReturns& ChildOfReturns::Withdraw(uint64_t run_number) {
  for (auto& covered : coverage_.returns) {
    if (covered.run != RunNamed(run_number)) continue;
    CasesEvent event;
    *event.mutable_run_withdrawn()->mutable_submission() =
        SubmissionOf(covered.year_end, run_number);
    covered.withdrawn_at = Now();
    Apply(event, *covered.withdrawn_at, facts_);
  }
  return *this;
}

History ChildOfReturns::AsKnown(const View& view) const {
  return BuildHistory(kChild, facts_, coverage_, view);
}

History HistoryOf(std::initializer_list<Return> returns) {
  return ChildOfReturns(returns).AsKnown();
}

}  // namespace holdfast
