// A child told by returns, for tests: rows become the events that an import stores, and the events
// are applied.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "libs/permanence/build_history.h"
#include "libs/testing/day.h"

namespace holdfast {

// A row of a return, as in Episode("2019-04-01", "S", "C2", "U6").Until("2020-01-01", "X1").
class RowInTests {
 public:
  explicit RowInTests(cases::v1::ReturnRow row) : row_(std::move(row)) {}

  // Ends the row; `code` says why. Of a review and a header: not asked.
  RowInTests Until(std::string_view day, std::string_view code = "") const;
  // Another value of an episode.
  RowInTests WithUrn(std::string_view urn) const;

  const cases::v1::ReturnRow& row() const { return row_; }
  RowKey key() const { return KeyOf(row_); }
  // Of its table and key day, so that it can be read in a failure.
  FactId fact() const;

 private:
  cases::v1::ReturnRow row_;
};

RowInTests Episode(std::string_view decom, std::string_view rne = "S", std::string_view ls = "C2",
                   std::string_view place = "U6");
RowInTests HeaderBorn(std::string_view born);
RowInTests ReviewOn(std::string_view day, std::string_view code = "PN1");
// PlacedAdoption: the agency decision.
RowInTests DecisionOn(std::string_view day);
// AD1.
RowInTests MatchOn(std::string_view decision, std::string_view match);
RowInTests MissingFrom(std::string_view day);

// One submission of the return whose year ends on 31 March of `year`.
class Return {
 public:
  explicit Return(int year) : year_end_(YearEnd(year)) {}

  // States the row.
  Return& Has(const RowInTests& row);
  // Holds the row, but it could not be taken.
  Return& Refuses(const RowInTests& row);
  // Is a whole re-submission without the row, which its year's layer stated.
  Return& Lacks(const RowInTests& row);
  // Is a part that only adds.
  Return& AsRepair();

  struct Said {
    StatementKind kind;
    RowInTests row;
  };

  CivilDate year_end() const { return year_end_; }
  bool repair() const { return repair_; }
  const std::vector<Said>& said() const { return said_; }

 private:
  CivilDate year_end_;
  bool repair_ = false;
  std::vector<Said> said_;
};

// All tables of a return that make facts.
const std::vector<cases::v1::ReturnTable>& FactTables();

class ChildOfReturns {
 public:
  ChildOfReturns() = default;
  ChildOfReturns(std::initializer_list<Return> returns);

  // The next submission, counted from run 1.
  ChildOfReturns& Told(const Return& submission);
  // Takes back the run that was told as number `run_number`.
  ChildOfReturns& Withdraw(uint64_t run_number);

  History AsKnown(const View& view = {}) const;
  // As known at 31 March of `year`.
  History AsKnownIn(int year) const { return AsKnown({.known_at = YearEnd(year)}); }

  const ChildFacts& facts() const { return facts_; }
  const Coverage& coverage() const { return coverage_; }

 private:
  cases::v1::Submission SubmissionOf(CivilDate year_end, uint64_t run_number) const;
  Instant Now() { return Instant(std::chrono::microseconds(++recorded_)); }

  ChildFacts facts_;
  Coverage coverage_;
  uint64_t runs_ = 0;
  int64_t recorded_ = 0;
};

// The history that these submissions, told in this order, come to.
History HistoryOf(std::initializer_list<Return> returns);

}  // namespace holdfast
