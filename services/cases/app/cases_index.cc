#include "services/cases/app/cases_index.h"

#include <set>

#include "services/cases/domain/authority.h"

namespace holdfast::cases {
namespace {

std::string Of(char model, std::string_view authority) {
  std::string prefix(1, model);
  prefix.append(authority);
  prefix.push_back('\0');
  return prefix;
}

std::string Of(char model, std::string_view authority, std::string_view name) {
  std::string prefix = Of(model, authority);
  for (int shift = 24; shift >= 0; shift -= 8)
    prefix.push_back(static_cast<char>(name.size() >> shift));
  prefix.append(name);
  return prefix;
}

// A group that never had a child has nobody to tell.
bool IsUntold(const CasesState& state) {
  return state.meeting.version > state.meeting.told ||
         (state.group.version > state.group.told && !state.group.ever.empty());
}

}  // namespace

std::string ChildrenOf(std::string_view authority) { return Of('c', authority); }
std::string ChildrenOfTeam(std::string_view authority, std::string_view team) {
  return Of('t', authority, team);
}
std::string ChildrenOfWorker(std::string_view authority, std::string_view worker) {
  return Of('w', authority, worker);
}
std::string ChildrenWithReturns(std::string_view authority) { return Of('r', authority); }
std::string FactRow(std::string_view authority, std::string_view fact) {
  return Of('f', authority) + std::string(fact);
}
std::string MeetingsOf(std::string_view authority) { return Of('m', authority); }
std::string UntoldRows() { return "u"; }
std::string OpenErasures() { return "x"; }
std::string Authorities() { return "a"; }

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const CasesState& state) {
  std::vector<IndexRow> rows;
  const std::string id = subject.Bytes();
  const std::string& owner = state.owner;
  if (state.authority.registered && subject == AuthoritySubject(owner))
    rows.push_back({Authorities() + owner, {}});
  if (state.meeting.state != MeetingState::kNone) rows.push_back({MeetingsOf(owner) + id, {}});
  if (IsUntold(state)) rows.push_back({UntoldRows() + id, {}});
  const ChildFacts& child = state.child;
  if (state.erasure.erased && !state.erasure.complete) rows.push_back({OpenErasures() + id, {}});
  if (child.registered && !child.erased) {
    rows.push_back({ChildrenOf(owner) + id, {}});
    if (!child.team.empty()) rows.push_back({ChildrenOfTeam(owner, child.team) + id, {}});
    if (!child.worker.empty()) rows.push_back({ChildrenOfWorker(owner, child.worker) + id, {}});
  }
  if (!child.statements.empty()) rows.push_back({ChildrenWithReturns(owner) + id, {}});
  std::set<FactId> facts;
  for (const auto& statement : child.statements) facts.insert(statement.fact);
  for (const auto& version : child.record) facts.insert(version.fact);
  for (const auto& version : child.tracker) facts.insert(version.fact);
  for (const auto& fact : facts) rows.push_back({FactRow(owner, fact.Bytes()), id});
  return rows;
}

}  // namespace holdfast::cases
