#include "services/cases/domain/state_return_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/permanence/dates.h"
#include "libs/permanence/layers.h"
#include "services/cases/domain/return_findings.h"
#include "services/cases/domain/row_change.h"
#include "services/cases/domain/row_notes.h"

namespace holdfast::cases {
namespace {

using namespace v1;

// Decides one command, row by row: the header first, since it says which rows have a child.
class Decider {
 public:
  Decider(const ChildFacts& facts, const Coverage& coverage, const StateReturnRows& command)
      : facts_(facts),
        coverage_(coverage),
        command_(command),
        layers_(facts, View{}),
        year_end_(DayOf(command.submission().year_end()).value_or(kDistantPast)) {
    for (const auto year : CoveredYearEnds(coverage, RETURN_TABLE_EPISODES, View{})) {
      if (year < year_end_) newest_earlier_return_ = year;
    }
  }

  StateReturnRowsDecision Decide() {
    for (int i = 0; i < command_.rows_size(); ++i) decision_.answer.add_rows();
    CountStatedBefore();
    ForRows(true);
    FindHeader();
    ForRows(false);
    if (!command_.repair()) RemoveWhatIsLacking();
    decision_.answer.set_events(decision_.events.size());
    AddNotes();
    return std::move(decision_);
  }

 private:
  bool Has(ReturnTable table) const {
    return std::ranges::find(command_.tables(), table) != command_.tables().end();
  }

  void CountStatedBefore() {
    std::map<ReturnTable, uint64_t> counts;
    for (const auto& key : layers_.KeysOf(year_end_)) {
      if (layers_.At(key, year_end_).stated) ++counts[key.table];
    }
    for (const auto& [table, keys] : counts) {
      auto& count = *decision_.answer.add_stated_before();
      count.set_table(table);
      count.set_keys(keys);
    }
  }

  void ForRows(bool headers) {
    for (int i = 0; i < command_.rows_size(); ++i) {
      const auto& row = command_.rows(i);
      if (row.row().has_header() == headers) DecideRow(row, *decision_.answer.mutable_rows(i));
    }
  }

  // The header that the year's layer holds once this submission's Header table has been applied.
  void FindHeader() {
    const Statement* own = layers_.At({RETURN_TABLE_HEADER, {}}, year_end_).stated;
    bool refused = false;
    for (const auto& judged : command_.rows()) {
      if (!judged.row().has_header()) continue;
      if (judged.verdict() == ROW_VERDICT_TAKE) {
        header_ = &judged.row();
        return;
      }
      refused = true;
    }
    const bool replaced = Has(RETURN_TABLE_HEADER) && !command_.repair() && !refused;
    if (own && !replaced) header_ = &own->row;
  }

  void DecideRow(const JudgedRow& judged, RowAnswer& answer) {
    const RowKey key = KeyOf(judged.row());
    sent_.insert(key);
    if (judged.verdict() == ROW_VERDICT_REFUSE)
      return Refuse(judged, key, judged.rule(), "", "", answer);
    if (!judged.row().has_header()) {
      if (!header_)
        return Refuse(judged, key, "no_header", "CHILD", "the child is in no header of this return",
                      answer);
      const auto& born = header_->personal().open();
      if (judged.row().has_episode() && born.has_born() && key.day < DayOf(born.born())) {
        return Refuse(judged, key, "302", "DECOM", "the episode starts before the child was born",
                      answer);
      }
    }
    if (judged.verdict() == ROW_VERDICT_SET_ASIDE) return answer.set_outcome(ROW_OUTCOME_SET_ASIDE);
    Take(judged, key, answer);
  }

  void Refuse(const JudgedRow& judged, const RowKey& key, const std::string& rule,
              const std::string& field, const std::string& message, RowAnswer& answer) {
    answer.set_outcome(ROW_OUTCOME_REFUSED);
    answer.set_rule(rule);
    answer.set_field(field);
    answer.set_message(message);
    const LayerCell own = layers_.At(key, year_end_);
    if (key.table != RETURN_TABLE_EPISODES || own.stated || own.refused ||
        !refused_.insert(key).second)
      return;
    auto& refused = *AddEvent().mutable_row_refused();
    *refused.mutable_submission() = command_.submission();
    refused.set_fact(judged.fact());
    refused.set_table(key.table);
    if (key.day) SetDate(*key.day, refused.mutable_key_day());
    refused.set_rule(rule);
  }

  void Take(const JudgedRow& judged, const RowKey& key, RowAnswer& answer) {
    const Statement* own = layers_.At(key, year_end_).stated;
    const Statement* earlier = layers_.NewestBefore(key, year_end_);
    const Statement* before = own ? own : earlier;
    const RowChange change =
        before ? Compare(before->row, before->year_end, judged.row()) : RowChange::kFilled;
    answer.set_outcome(change == RowChange::kSame        ? ROW_OUTCOME_UNCHANGED
                       : change == RowChange::kCorrected ? ROW_OUTCOME_CORRECTED
                                                         : ROW_OUTCOME_FACTS);
    answer.set_late(key.table == RETURN_TABLE_EPISODES && !before && newest_earlier_return_ &&
                    *key.day <= *newest_earlier_return_);
    if (own && change == RowChange::kSame) return;
    if (judged.row().has_header() && !facts_.registered) Register();
    auto& stated = *AddEvent().mutable_row_stated();
    *stated.mutable_submission() = command_.submission();
    stated.set_fact(judged.fact());
    stated.set_assertion(judged.assertion());
    *stated.mutable_row() = judged.row();
  }

  void Register() {
    auto& child = *AddEvent().mutable_child_registered();
    child.set_authority(command_.submission().authority());
    child.set_key_id(command_.new_key_id());
    child.set_assertion(command_.registration());
    child.mutable_personal()->mutable_open()->set_local_id(command_.child().open().local_id());
  }

  // Rule 15: a whole re-submission replaces its year's layer for each table that it has.
  void RemoveWhatIsLacking() {
    std::map<ReturnTable, uint64_t> counts;
    for (const auto& key : layers_.KeysOf(year_end_)) {
      if (!Has(key.table) || sent_.contains(key)) continue;
      const LayerCell cell = layers_.At(key, year_end_);
      if (cell.stated) ++counts[key.table];
      auto& removed = *AddEvent().mutable_row_removed();
      *removed.mutable_submission() = command_.submission();
      removed.set_fact((cell.stated ? cell.stated : cell.refused)->fact.Bytes());
      removed.set_table(key.table);
      if (key.day) SetDate(*key.day, removed.mutable_key_day());
    }
    for (const auto& [table, keys] : counts) {
      auto& count = *decision_.answer.add_removed();
      count.set_table(table);
      count.set_keys(keys);
    }
  }

  void AddNotes() {
    if (command_.rows_size() == 0) return;
    ChildFacts after = facts_;
    for (const auto& event : decision_.events) Apply(event, Instant::max(), after);
    NoteRows(after, Supposition{.without = {}, .covering = CoveredBy(command_)}.Of(coverage_),
             command_, decision_.answer);
  }

  CasesEvent& AddEvent() {
    auto& event = decision_.events.emplace_back();
    SetDate(year_end_, event.mutable_reported_on());
    return event;
  }

  const ChildFacts& facts_;
  const Coverage& coverage_;
  const StateReturnRows& command_;
  const Layers layers_;
  const CivilDate year_end_;
  std::optional<CivilDate> newest_earlier_return_;
  const ReturnRow* header_ = nullptr;
  std::set<RowKey> sent_;
  std::set<RowKey> refused_;
  StateReturnRowsDecision decision_;
};

}  // namespace

StateReturnRowsDecision Decide(const ChildFacts& facts, const Coverage& coverage,
                               const StateReturnRows& command) {
  return Decider(facts, coverage, command).Decide();
}

}  // namespace holdfast::cases
