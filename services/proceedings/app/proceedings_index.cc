#include "services/proceedings/app/proceedings_index.h"

#include <set>

namespace holdfast::proceedings {
namespace {

std::string Of(char model, std::string_view name) {
  std::string prefix(1, model);
  prefix.append(name);
  prefix.push_back('\0');
  return prefix;
}

bool HasUntold(const SubjectId& subject, const ProceedingsState& state) {
  if (state.item.erased) return false;
  if (!state.item.source.empty() && !state.item.versions.empty())
    return state.item.newest > state.item.sent_through;
  if (state.case_ref.learnt) return state.case_ref.newest > state.case_ref.sent_through;
  const auto& source = state.source;
  return source.registered && source.newest > source.sent_through &&
         subject == SourceSubject(source.registered->source());
}

void AddParked(const SubjectId& subject, const ItemFacts& item, std::vector<IndexRow>& rows) {
  if (item.versions.empty() || item.erased || !ChildOf(item).empty()) return;
  rows.push_back({UnmatchedOfSource(item.source) + subject.Bytes(), subject.Bytes()});
  std::set<std::string> authorities;
  for (const auto& version : item.versions) authorities.insert(version.said.authority());
  authorities.erase("");
  for (const auto& authority : authorities)
    rows.push_back({UnmatchedOfAuthority(authority) + subject.Bytes(), subject.Bytes()});
}

void AddWaiting(const SubjectId& subject, const StatedChild& child, std::vector<IndexRow>& rows) {
  for (const auto& [item, known] : child.items) {
    if (known.waiting.empty() || child.erased) continue;
    const auto& waits = known.waiting.rbegin()->second;
    rows.push_back({UnmatchedOfSource(waits.statement().source()) + item, subject.Bytes()});
    if (!waits.authority().empty())
      rows.push_back({UnmatchedOfAuthority(waits.authority()) + item, subject.Bytes()});
  }
}

}  // namespace

std::string ErasedItems() { return "e"; }
std::string UntoldRows() { return "o"; }
std::string UnmatchedOfSource(std::string_view source) { return Of('s', source); }
std::string UnmatchedOfAuthority(std::string_view authority) { return Of('a', authority); }

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const ProceedingsState& state) {
  std::vector<IndexRow> rows;
  if (HasUntold(subject, state)) rows.push_back({UntoldRows() + subject.Bytes(), {}});
  if (state.item.erased)
    rows.push_back({ErasedItems() + subject.Bytes(), state.item.key.Bytes() + state.item.source});
  AddParked(subject, state.item, rows);
  AddWaiting(subject, state.child, rows);
  return rows;
}

}  // namespace holdfast::proceedings
