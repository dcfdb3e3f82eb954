// One child's submissions, decided and applied, for tests.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/dates.h"
#include "libs/testing/child_of_returns.h"
#include "services/cases/domain/state_return_rows.h"

namespace holdfast::cases {

// What is sent of the return whose year ends on 31 March of `year`; whole, with all tables, unless
// it says otherwise.
class Submitted {
 public:
  explicit Submitted(int year) : year_end_(YearEnd(year)), tables_(FactTables()) {}

  Submitted& Has(const RowInTests& row) { return Add(row, v1::ROW_VERDICT_TAKE); }
  Submitted& Refuses(const RowInTests& row) { return Add(row, v1::ROW_VERDICT_REFUSE); }
  Submitted& SetsAside(const RowInTests& row) { return Add(row, v1::ROW_VERDICT_SET_ASIDE); }
  Submitted& AsRepair() {
    repair_ = true;
    return *this;
  }
  Submitted& WithTables(std::vector<v1::ReturnTable> tables) {
    tables_ = std::move(tables);
    return *this;
  }

  CivilDate year_end() const { return year_end_; }
  bool repair() const { return repair_; }
  const std::vector<v1::ReturnTable>& tables() const { return tables_; }

  v1::StateReturnRows Command(uint64_t run_number) const {
    v1::StateReturnRows command;
    auto& submission = *command.mutable_submission();
    submission.set_authority("E06000901");
    SetDate(year_end_, submission.mutable_year_end());
    submission.set_run(RunId{HashId("run", {std::to_string(run_number)})}.Bytes());
    submission.set_run_number(run_number);
    command.set_repair(repair_);
    for (const auto table : tables_) command.add_tables(table);
    command.mutable_child()->mutable_open()->set_local_id("A1");
    command.set_new_key_id(std::string(16, 'k'));
    for (auto row : rows_) {
      row.set_assertion(AssertionId{HashId("assertion", {row.fact(), submission.run()})}.Bytes());
      *command.add_rows() = row;
    }
    return command;
  }

 private:
  Submitted& Add(const RowInTests& row, v1::RowVerdict verdict) {
    v1::JudgedRow judged;
    *judged.mutable_row() = row.row();
    judged.set_verdict(verdict);
    if (verdict == v1::ROW_VERDICT_REFUSE) judged.set_rule("147");
    judged.set_fact(row.fact().Bytes());
    rows_.push_back(judged);
    return *this;
  }

  CivilDate year_end_;
  bool repair_ = false;
  std::vector<v1::ReturnTable> tables_;
  std::vector<v1::JudgedRow> rows_;
};

class CaseInTests {
 public:
  // Decides the next run, applies its events and covers its year.
  StateReturnRowsDecision Submit(const Submitted& submitted) {
    const auto command = submitted.Command(++runs_);
    auto decision = Decide(facts_, coverage_, command);
    for (const auto& event : decision.events) Apply(event, Now(), facts_);
    if (!submitted.repair()) {
      coverage_.returns.push_back({.year_end = submitted.year_end(),
                                   .run = *RunId::FromBytes(command.submission().run()),
                                   .tables = submitted.tables(),
                                   .recorded_at = Now(),
                                   .withdrawn_at = {}});
    }
    return decision;
  }

  // Takes back run `run_number`, of the return of `year`.
  void Withdraw(uint64_t run_number, int year) {
    v1::CasesEvent event;
    *event.mutable_run_withdrawn()->mutable_submission() =
        Submitted(year).Command(run_number).submission();
    Apply(event, Now(), facts_);
    for (auto& covered : coverage_.returns) {
      if (covered.run.Bytes() == event.run_withdrawn().submission().run())
        covered.withdrawn_at = Now();
    }
  }

  const ChildFacts& facts() const { return facts_; }
  const Coverage& coverage() const { return coverage_; }
  History AsKnown() const { return BuildHistory(SubjectId{}, facts_, coverage_, {}); }

 private:
  Instant Now() { return Instant(std::chrono::microseconds(++recorded_)); }

  ChildFacts facts_;
  Coverage coverage_;
  uint64_t runs_ = 0;
  int64_t recorded_ = 0;
};

// How each row ended: "facts", "corrected", "unchanged", "set aside" or "refused RULE"; late rows
// with "late".
inline std::vector<std::string> OutcomesOf(const StateReturnRowsDecision& decision) {
  std::vector<std::string> outcomes;
  for (const auto& row : decision.answer.rows()) {
    switch (row.outcome()) {
      case v1::ROW_OUTCOME_REFUSED:
        outcomes.push_back("refused " + row.rule());
        break;
      case v1::ROW_OUTCOME_SET_ASIDE:
        outcomes.push_back("set aside");
        break;
      case v1::ROW_OUTCOME_CORRECTED:
        outcomes.push_back("corrected");
        break;
      case v1::ROW_OUTCOME_FACTS:
        outcomes.push_back("facts");
        break;
      case v1::ROW_OUTCOME_UNCHANGED:
        outcomes.push_back("unchanged");
        break;
      default:
        outcomes.push_back("none");
    }
    if (row.late()) outcomes.back() += " late";
  }
  return outcomes;
}

// "registered", "stated EPISODES 2019-05-01", "removed ..", "refused ..".
inline std::vector<std::string> EventsOf(const StateReturnRowsDecision& decision) {
  const auto key = [](v1::ReturnTable table, std::optional<CivilDate> day) {
    return v1::ReturnTable_Name(table).substr(std::string("RETURN_TABLE_").size()) +
           (day ? " " + day->Iso() : "");
  };
  const auto key_of = [&](const auto& event) {
    return key(event.table(), event.has_key_day() ? DayOf(event.key_day()) : std::nullopt);
  };
  std::vector<std::string> events;
  for (const auto& event : decision.events) {
    if (event.has_child_registered()) events.push_back("registered");
    if (event.has_row_stated()) {
      const RowKey stated = KeyOf(event.row_stated().row());
      events.push_back("stated " + key(stated.table, stated.day));
    }
    if (event.has_row_removed()) events.push_back("removed " + key_of(event.row_removed()));
    if (event.has_row_refused()) events.push_back("refused " + key_of(event.row_refused()));
  }
  return events;
}

}  // namespace holdfast::cases
