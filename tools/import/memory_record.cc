#include "tools/import/memory_record.h"

#include "libs/crypto/identity.h"
#include "libs/permanence/coverage_events.h"
#include "services/cases/app/row_ids.h"
#include "services/cases/domain/return_findings.h"
#include "services/cases/domain/state_return_rows.h"

namespace holdfast::import {
namespace {

Result<AuthorityCode> CodeOf(const std::string& authority) {
  const auto code = AuthorityCode::FromText(authority);
  if (!code)
    return Fail(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED", "an authority's code is needed");
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
    if (cases::IsSpokenOf(facts, year_end)) children.push_back(child);
  }
  return children;
}

Result<std::vector<cases::v1::StateReturnRowsAnswer>> MemoryRecord::State(
    std::vector<ChildRows> children, bool dry_run, const Progress& progress) {
  const auto code = CodeOf(authority_);
  if (!code) return tl::unexpected(code.error());
  const SecretKey key = NoDeploymentsIdentityKey();
  std::vector<cases::v1::StateReturnRowsAnswer> answers;
  for (auto& child : children) {
    const SubjectId id =
        child.local_id.empty() ? child.child : MakeChildId(key, *code, child.local_id);
    // The run stands for the commands that nobody gave.
    const auto command_id =
        CommandId::FromBytes(child.command.submission().run()).value_or(CommandId{});
    cases::DeriveRowIds({key, *code}, id, command_id, child.command);
    const auto found = children_.find(id);
    const ChildFacts& facts = found == children_.end() ? ChildFacts{} : found->second;
    if (dry_run) {
      answers.push_back(cases::Try(id, facts, coverage_, child.command));
    } else {
      auto decision = cases::Decide(facts, coverage_, child.command);
      decision.answer.set_child(id.Bytes());
      answers.push_back(std::move(decision.answer));
      for (const auto& event : decision.events) Apply(event, Now(), children_[id]);
    }
    if (progress) progress(answers.size(), children.size());
  }
  return answers;
}

Result<void> MemoryRecord::Finish(const cases::v1::ReturnCovered& covered,
                                  const cases::v1::ImportRunFinished&) {
  cases::v1::CasesEvent event;
  *event.mutable_return_covered() = covered;
  Apply(event, Now(), coverage_);
  return {};
}

Result<Findings> MemoryRecord::Find(const cases::Supposition& supposed) {
  Findings findings;
  const Coverage coverage = supposed.Of(coverage_);
  for (const auto& [child, facts] : children_) {
    auto open = cases::FindOpen(supposed.Of(facts), coverage);
    if (!open.IsEmpty()) findings.emplace(child, std::move(open));
  }
  return findings;
}

}  // namespace holdfast::import
