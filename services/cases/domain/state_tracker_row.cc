#include "services/cases/domain/state_tracker_row.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/permanence/dates.h"
#include "services/cases/domain/born_on.h"
#include "services/cases/domain/fact_kinds.h"

namespace holdfast::cases {
namespace {

using namespace v1;

struct Reason {
  const char* rule;
  const char* message;
};

void Refuse(const Reason& reason, const char* field, RowAnswer& answer) {
  answer.set_outcome(ROW_OUTCOME_REFUSED);
  answer.set_rule(reason.rule);
  answer.set_field(field);
  answer.set_message(reason.message);
}

class Decider {
 public:
  Decider(const ChildFacts& facts, const StateTrackerRow& command)
      : facts_(facts),
        command_(command),
        nation_(NationOf(command.sheet().authority())),
        as_of_(DayOf(command.sheet().as_of()).value_or(kDistantPast)) {
    for (const auto& withdrawal : facts.withdrawals) withdrawn_.insert(withdrawal.run);
    const auto& child = command.child().open();
    born_ = facts.registered ? BornOn(facts) : std::nullopt;
    if (child.has_born()) stated_born_ = DayOf(child.born());
  }

  StateTrackerRowDecision Decide() {
    auto& row = *decision_.answer.mutable_row();
    if (const auto reason = WhyNotTheRow()) {
      Refuse(*reason, "born", row);
      return std::move(decision_);
    }
    if (!born_) born_ = stated_born_;
    worst_ = ROW_OUTCOME_UNCHANGED;
    if (!facts_.registered) Register();
    Assign();
    for (const auto& cell : command_.cells()) DecideCell(cell, *decision_.answer.add_cells());
    if (stated_.facts_size() > 0) {
      *stated_.mutable_sheet() = command_.sheet();
      *AddEvent().mutable_tracker_facts_stated() = std::move(stated_);
    }
    row.set_outcome(worst_);
    decision_.answer.set_events(decision_.events.size());
    return std::move(decision_);
  }

 private:
  std::optional<Reason> WhyNotTheRow() const {
    if (!facts_.registered && !stated_born_)
      return Reason{"no_born", "the child has no record yet, and the row has no day of birth"};
    if (stated_born_ && *stated_born_ > as_of_)
      return Reason{"born_ahead", "the day of birth is after the sheet's as-of day"};
    if (born_ && stated_born_ && *born_ != *stated_born_)
      return Reason{"born_differs", "the child's record has another day of birth"};
    return std::nullopt;
  }

  void Register() {
    worst_ = ROW_OUTCOME_FACTS;
    auto& child = *AddEvent().mutable_child_registered();
    child.set_authority(command_.sheet().authority());
    child.set_key_id(command_.new_key_id());
    child.set_assertion(command_.registration());
    *child.mutable_personal() = command_.child();
  }

  // A team's word counts before a sheet's, a later sheet's before an earlier one's.
  void Assign() {
    if (command_.worker().empty()) return;
    const SheetRank rank{as_of_, command_.sheet().run_number()};
    const auto& before = facts_.worker_of_sheet;
    const bool is_same = facts_.worker == command_.worker();
    if (before ? !(*before < rank) : !facts_.worker.empty()) return;
    if (is_same && before && before->as_of == as_of_) return;
    if (!is_same)
      Note(facts_.worker.empty() ? ROW_OUTCOME_FACTS : ROW_OUTCOME_CORRECTED);
    auto& assigned = *AddEvent().mutable_case_assigned();
    assigned.set_team(facts_.team);
    assigned.set_worker(command_.worker());
    *assigned.mutable_sheet() = command_.sheet();
  }

  std::optional<Reason> WhyNot(const TrackerCell& cell) const {
    if (!IsSheetKind(cell.kind()))
      return Reason{"unknown_kind", "a sheet cannot state this kind of fact"};
    if (cell.code().empty() && NeedsCode(cell.kind()))
      return Reason{"needs_code", "this kind of fact needs a code, and the row has none"};
    if (!cell.code().empty() && !HasCode(cell.kind(), cell.code(), nation_))
      return Reason{"no_such_code", "no code of this kind of fact in the authority's nation"};
    const auto on = cell.has_on() ? DayOf(cell.on()) : std::nullopt;
    if (!on) return Reason{"no_day", "the day is missing"};
    if (*on > as_of_ && !IsPlanned(cell.kind(), cell.code()))
      return Reason{"ahead", "the day is after the sheet's as-of day"};
    if (born_ && *on < *born_)
      return Reason{"before_birth", "the day is before the child was born"};
    return std::nullopt;
  }

  void DecideCell(const TrackerCell& cell, RowAnswer& answer) {
    if (const auto reason = WhyNot(cell)) {
      Refuse(*reason, "", answer);
      return Note(ROW_OUTCOME_REFUSED);
    }
    const CivilDate on = *DayOf(cell.on());
    const auto [said, is_first] = said_.try_emplace(cell.fact(), on);
    if (!is_first && said->second != on) {
      Refuse({"twice", "the row has another day for the same kind and code"}, "", answer);
      return Note(ROW_OUTCOME_REFUSED);
    }
    const auto* own = Newest(cell.fact(), true);
    const auto* before = own ? own : Newest(cell.fact(), false);
    const bool is_same = !is_first || (before && before->on == on);
    answer.set_outcome(is_same  ? ROW_OUTCOME_UNCHANGED
                       : before ? ROW_OUTCOME_CORRECTED
                                : ROW_OUTCOME_FACTS);
    Note(answer.outcome());
    if (!is_first || (own && own->on == on)) return;
    auto& stated = *stated_.add_facts();
    stated.set_fact(cell.fact());
    stated.set_assertion(cell.assertion());
    stated.set_kind(cell.kind());
    stated.set_code(cell.code());
    *stated.mutable_on() = cell.on();
  }

  // What the newest sheet that stands says of the fact, of this sheet's own day or of days before.
  const TrackerVersion* Newest(const std::string& fact, bool of_own_day) const {
    const TrackerVersion* newest = nullptr;
    for (const auto& version : facts_.tracker) {
      if (version.fact.Bytes() != fact || withdrawn_.contains(version.run)) continue;
      if (of_own_day ? version.as_of != as_of_ : version.as_of >= as_of_) continue;
      if (!newest || newest->Rank() <= version.Rank()) newest = &version;
    }
    return newest;
  }

  // The outcomes stand in the order in which they count for the row.
  void Note(RowOutcome outcome) { worst_ = std::min(worst_, outcome); }

  CasesEvent& AddEvent() {
    auto& event = decision_.events.emplace_back();
    SetDate(as_of_, event.mutable_reported_on());
    return event;
  }

  const ChildFacts& facts_;
  const StateTrackerRow& command_;
  const std::optional<Nation> nation_;
  const CivilDate as_of_;
  std::set<RunId> withdrawn_;
  std::optional<CivilDate> born_;
  std::optional<CivilDate> stated_born_;
  std::map<std::string, CivilDate> said_;
  RowOutcome worst_ = ROW_OUTCOME_UNCHANGED;
  TrackerFactsStated stated_;
  StateTrackerRowDecision decision_;
};

}  // namespace

bool IsSheetKind(FactKind kind) {
  return FACT_KIND_CARE_START <= kind && kind <= FACT_KIND_PLAN && IsFactKind(kind);
}

StateTrackerRowDecision Decide(const ChildFacts& facts, const StateTrackerRow& command) {
  return Decider(facts, command).Decide();
}

}  // namespace holdfast::cases
