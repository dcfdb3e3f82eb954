// A child told by courts, reporters, the team and returns, for tests: what each says becomes the
// events that are stored, and the events are applied.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libs/permanence/build_history.h"
#include "libs/testing/contact_in_tests.h"
#include "libs/testing/child_of_returns.h"

namespace holdfast {

// A version of a source's item, as in
// Item("court", "e1", FEED_KIND_HEARING_SET, "2026-03-05", "H1").Sent("2026-02-01").
class ItemInTests {
 public:
  ItemInTests(std::string source, std::string event_id, proceedings::v1::FeedKind kind,
              std::string_view on, std::string ref = "");

  ItemInTests Sent(std::string_view day) const;  // at noon; without it, on its own day
  ItemInTests On(std::string_view day) const;
  ItemInTests Code(std::string code) const;
  ItemInTests Rate(std::string rate) const;
  ItemInTests Until(std::string_view day) const;
  ItemInTests Withdraws(std::string event_id) const;  // of the same source

  proceedings::v1::ProceedingsEvent Stated() const;
  // This version names the child `of` (blank: a person took the item away): another one than this.
  proceedings::v1::ProceedingsEvent TakenAway(const SubjectId& of) const;

  ItemId item() const;
  FactId fact() const;
  AssertionId assertion() const;

 private:
  std::string Content() const;

  std::string source_;
  std::string event_id_;
  std::string ref_;
  proceedings::v1::ItemStated stated_;
};

// A fact of the team's record.
class RecordedInTests {
 public:
  // `name` stands for the command that states it.
  RecordedInTests(std::string name, cases::v1::FactKind kind, std::string_view on,
                  std::string code = "");

  RecordedInTests Until(std::string_view day) const;
  RecordedInTests Reported(std::string_view day) const;  // without it, on its own day
  RecordedInTests OfEntry(std::vector<FactId> facts) const;
  RecordedInTests Rate(std::string rate) const;

  cases::v1::CasesEvent Recorded() const;
  cases::v1::CasesEvent CorrectedTo(std::string_view on, std::string_view reported) const;
  cases::v1::CasesEvent Withdrawn(std::string_view reported) const;

  FactId fact() const;

 private:
  std::string name_;
  CivilDate reported_;
  cases::v1::FactRecorded recorded_;
};

// A tracker sheet as of a day, as in SheetInTests("2026-03-01", 1).Says(FACT_KIND_PANEL, "2026-02-10",
// "adoption"). `run_number` counts the authority's imports.
class SheetInTests {
 public:
  SheetInTests(std::string_view as_of, uint64_t run_number);

  SheetInTests Says(cases::v1::FactKind kind, std::string_view on, std::string code = "") const;

  cases::v1::CasesEvent Stated() const;
  cases::v1::CasesEvent Withdrawn() const;  // the run is taken back

  static FactId FactOf(cases::v1::FactKind kind, const std::string& code = "");

 private:
  CivilDate as_of_;
  cases::v1::TrackerFactsStated stated_;
};

// A person decides about `discrepancy`: `keep` that source's version; blank: both are the same.
cases::v1::CasesEvent Resolved(const Discrepancy& discrepancy, std::string keep,
                               std::string_view reported);

using ToldEvent = std::variant<cases::v1::CasesEvent, proceedings::v1::ProceedingsEvent,
                               contact::v1::ContactEvent>;

class ChildOfSources {
 public:
  ChildOfSources& Told(const ToldEvent& event);
  ChildOfSources& Told(const ItemInTests& item) { return Told(item.Stated()); }
  ChildOfSources& Told(const RecordedInTests& fact) { return Told(fact.Recorded()); }
  ChildOfSources& Told(const SheetInTests& sheet) { return Told(sheet.Stated()); }
  ChildOfSources& Told(const ContactInTests& fact) { return Told(fact.Recorded()); }
  ChildOfSources& Told(const Return& submission);

  History AsKnown(const View& view = {}) const;
  // The only discrepancy of that kind. Checks that there is one.
  Discrepancy Only(std::string_view kind) const;

  static SubjectId id();
  const ChildFacts& facts() const { return facts_; }
  const Coverage& coverage() const { return returns_.coverage(); }

 private:
  ChildOfReturns returns_;
  ChildFacts facts_;
  int64_t recorded_ = 0;
};

}  // namespace holdfast
