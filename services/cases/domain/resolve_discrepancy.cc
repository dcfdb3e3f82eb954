#include <algorithm>

#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "services/cases/domain/hand_entry.h"

namespace holdfast::cases {
namespace {

using namespace v1;

// Whether the discrepancy is already decided in this way.
bool IsSo(const Discrepancy& discrepancy, const ResolveDiscrepancy& command) {
  if (!discrepancy.resolved) return false;
  return command.same() ? discrepancy.counts.empty() : discrepancy.counts == command.keep();
}

std::optional<HandRefusal> Check(const Discrepancy& discrepancy,
                                 const ResolveDiscrepancy& command) {
  if (command.reason().open().text().empty()) return HandRefusal::kNoReason;
  if (command.same() == !command.keep().empty()) return HandRefusal::kKeepOrSame;
  if (command.same() && (discrepancy.identity.size() != 2)) return HandRefusal::kNoPair;
  const auto kept = std::ranges::find(discrepancy.versions, command.keep(), &StatedVersion::source);
  if (!command.same() && kept == discrepancy.versions.end()) return HandRefusal::kNoSuchVersion;
  return std::nullopt;
}

CasesEvent EventOf(const HandContext& context, const Discrepancy& discrepancy,
                   const ResolveDiscrepancy& command) {
  CasesEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  auto& resolved = *event.mutable_discrepancy_resolved();
  resolved.set_authority(context.authority);
  resolved.set_discrepancy(discrepancy.id.Bytes());
  resolved.set_kind(discrepancy.kind);
  resolved.set_field(discrepancy.field);
  resolved.set_keep(command.keep());
  resolved.set_same(command.same());
  for (const auto& version : discrepancy.versions) resolved.add_compared(version.assertion.Bytes());
  for (const auto& fact : discrepancy.facts) resolved.add_facts(fact.Bytes());
  resolved.set_assertion(command.assertion());
  *resolved.mutable_personal() = command.reason();
  return event;
}

}  // namespace

HandResult Decide(const HandContext& context, const ResolveDiscrepancy& command) {
  if (!context.facts.registered || context.facts.authority != context.authority)
    return tl::unexpected(HandRefusal::kUnknownChild);
  const History history =
      BuildHistory(context.child, context.facts, context.coverage, {.known_at = context.today});
  const auto found = std::ranges::find_if(history.discrepancies, [&](const Discrepancy& d) {
    return d.id.Bytes() == command.discrepancy();
  });
  if (found == history.discrepancies.end()) return tl::unexpected(HandRefusal::kUnknownDiscrepancy);
  if (const auto refusal = Check(*found, command)) return tl::unexpected(*refusal);
  HandDecision decision;
  if (!IsSo(*found, command)) decision.events.push_back(EventOf(context, *found, command));
  return decision;
}

}  // namespace holdfast::cases
