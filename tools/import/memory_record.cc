#include "tools/import/memory_record.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "libs/permanence/kept_rows.h"
#include "services/cases/domain/state_return_rows.h"

namespace holdfast::import {
namespace {

constexpr std::array<uint8_t, 32> kNoDeployment{};  // the identity key where there is none

std::string TableName(const RowKey& key) { return std::to_string(static_cast<int>(key.table)); }

// Derives the ids that the service would.
void DeriveIds(const std::string& authority, const SubjectId& child, const std::string& command_id,
               cases::v1::StateReturnRows& command) {
  const std::string source = "ssda903/" + authority;
  for (auto& judged : *command.mutable_rows()) {
    const RowKey key = KeyOf(judged.row());
    const FactId fact{HmacId(kNoDeployment, "fact", {source, child.Bytes(), TableName(key), key.day ? key.day->Iso() : ""})};
    judged.set_fact(fact.Bytes());
    judged.set_assertion(AssertionId{HmacId(kNoDeployment, "assertion", {fact.Bytes(), command_id})}.Bytes());
  }
}

}  // namespace

SubjectId MemoryRecord::ChildOf(const std::string& local_id) const {
  return SubjectId{HmacId(kNoDeployment, "child", {authority_, local_id})};
}

Result<std::vector<SubjectId>> MemoryRecord::ChildrenOfLayer(CivilDate year_end) {
  std::vector<SubjectId> children;
  for (const auto& [child, facts] : children_) {
    if (!Layers(facts, View{}).KeysOf(year_end).empty()) children.push_back(child);
  }
  return children;
}

Result<std::vector<cases::v1::StateReturnRowsAnswer>> MemoryRecord::State(std::vector<ChildRows> children, bool dry_run,
                                                                          const Progress& progress) {
  std::vector<cases::v1::StateReturnRowsAnswer> answers;
  for (auto& child : children) {
    const SubjectId id = child.local_id.empty() ? child.child : ChildOf(child.local_id);
    DeriveIds(authority_, id, child.command.submission().run(), child.command);
    const auto found = children_.find(id);
    auto decision = cases::Decide(found == children_.end() ? ChildFacts{} : found->second, coverage_, child.command);
    decision.answer.set_child(id.Bytes());
    answers.push_back(std::move(decision.answer));
    if (!dry_run) {
      for (const auto& event : decision.events) Apply(event, Instant(std::chrono::microseconds(++recorded_)), children_[id]);
    }
    if (progress) progress(answers.size(), children.size());
  }
  return answers;
}

Result<void> MemoryRecord::Finish(const cases::v1::ReturnCovered& covered, const cases::v1::ImportRunFinished&) {
  if (!covered.whole()) return {};
  ReturnCoverage coverage;
  coverage.year_end = *DayOf(covered.submission().year_end());
  coverage.run = RunId::FromBytes(covered.submission().run()).value_or(RunId{});
  for (const int table : covered.tables()) coverage.tables.push_back(static_cast<cases::v1::ReturnTable>(table));
  coverage.recorded_at = Instant(std::chrono::microseconds(++recorded_));
  coverage_.returns.push_back(std::move(coverage));
  return {};
}

Result<Findings> MemoryRecord::Find() {
  Findings findings;
  for (const auto& [child, facts] : children_) AddFindings(child, facts, coverage_, findings);
  return findings;
}

void AddFindings(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage, Findings& findings) {
  const auto year_ends = CoveredYearEnds(coverage, cases::v1::RETURN_TABLE_EPISODES, View{});
  const Layers layers(facts, View{});
  const KeptRows rows = KeepRows(layers, year_ends);
  for (const auto& discrepancy : rows.discrepancies) {
    findings.overlap += discrepancy.kind == "overlap";
    findings.two_open += discrepancy.kind == "two_open";
    findings.lacks_continuation += discrepancy.kind == "388";
    findings.after_died += discrepancy.kind == "after_died";
    if (discrepancy.kind == "not_in_next_return") findings.not_in_next_return.emplace(child, *discrepancy.key_day);
  }
  for (const auto& offer : OfferMovedDates(layers, rows, year_ends)) findings.moved.emplace(child, offer.from, offer.to);
  findings.removed_in_resubmission += layers.Removed().size();
}

}  // namespace holdfast::import
