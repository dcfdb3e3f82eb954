#include "tools/import/memory_record.h"

#include <algorithm>

#include "libs/crypto/identity.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/layers.h"
#include "services/cases/app/row_ids.h"
#include "services/cases/domain/return_findings.h"
#include "services/cases/domain/state_return_rows.h"

namespace holdfast::import {
namespace {

Result<AuthorityCode> CodeOf(const std::string& authority) {
  const auto code = AuthorityCode::FromText(authority);
  if (!code) return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", "an authority's code is needed");
  return *code;
}

}  // namespace

SubjectId MemoryRecord::ChildOf(const std::string& local_id) const {
  const auto code = CodeOf(authority_);
  return code ? MakeChildId(NoDeploymentsIdentityKey(), *code, local_id) : SubjectId{};
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
  const auto code = CodeOf(authority_);
  if (!code) return tl::unexpected(code.error());
  const SecretKey key = NoDeploymentsIdentityKey();
  std::vector<cases::v1::StateReturnRowsAnswer> answers;
  for (auto& child : children) {
    const SubjectId id = child.local_id.empty() ? child.child : MakeChildId(key, *code, child.local_id);
    // The run stands for the commands that nobody gave.
    const auto command_id = CommandId::FromBytes(child.command.submission().run()).value_or(CommandId{});
    cases::DeriveRowIds({key, *code}, id, command_id, child.command);
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
  const auto open = cases::FindOpen(facts, coverage);
  for (const auto& kind : open.kinds) {
    findings.overlap += kind == "overlap";
    findings.two_open += kind == "two_open";
    findings.lacks_continuation += kind == "388";
    findings.after_died += kind == "after_died";
  }
  for (const auto day : open.not_in_next_return) findings.not_in_next_return.emplace(child, day);
  for (const auto& offer : open.moved) findings.moved.emplace(child, offer.from, offer.to);
  findings.removed_in_resubmission += open.removed_in_resubmission;
}

}  // namespace holdfast::import
