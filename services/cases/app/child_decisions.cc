#include "services/cases/app/child_decisions.h"

#include <algorithm>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "services/cases/domain/state_return_rows.h"
#include "services/cases/domain/state_tracker_row.h"
#include "services/cases/domain/withdraw_run.h"

namespace holdfast::cases {
namespace {

bool Registers(const std::vector<v1::CasesEvent>& events) {
  return std::ranges::any_of(events, &v1::CasesEvent::has_child_registered);
}

}  // namespace

Decision Refused(std::string_view refusal) {
  Decision decision;
  decision.kind = journal::v1::OUTCOME_KIND_REFUSED;
  decision.result = std::string(refusal);
  return decision;
}

Result<Decision> Settle(const ChildContext& context, const KeyId& key,
                        std::vector<v1::CasesEvent> events, std::string answer) {
  Decision decision;
  decision.kind =
      events.empty() ? journal::v1::OUTCOME_KIND_NO_OP : journal::v1::OUTCOME_KIND_ACCEPTED;
  decision.result = events.empty() ? "unchanged" : "accepted";
  decision.answer = std::move(answer);
  auto sealed = SealEvents(context.sealer, context.place, key, std::move(events));
  if (!sealed && sealed.error().reason == "KEY_ERASED") return Refused("ERASED");
  if (!sealed) return tl::unexpected(sealed.error());
  decision.events = std::move(*sealed);
  return decision;
}

namespace {

// Decides rows of an import, whose child is registered with a new key if it has no record yet.
template <typename Rows, typename DecideRows>
Result<Decision> DecideRowsOf(const ChildContext& context, Rows command, OpenWhat what,
                              const DecideRows& decide) {
  const bool is_known = !context.state.owner.empty();
  // A child of another authority, or one that is named by an id that nobody gave.
  if (is_known ? context.state.owner != context.place.authority.text()
               : command.child().open().local_id().empty()) {
    return Refused("UNKNOWN_CHILD");
  }
  const auto facts = OpenFacts(context.sealer, context.place, context.state.child, what);
  if (!facts) return tl::unexpected(facts.error());
  KeyId key = facts->key_id;
  if (!facts->registered) {
    const auto spare = context.keys.Take(context.place.authority);
    if (!spare) return tl::unexpected(spare.error());
    key = *spare;
    command.set_new_key_id(key.Bytes());
  }
  auto decided = decide(*facts, command);
  if (!facts->registered && !Registers(decided.events))
    context.keys.PutBack(context.place.authority, key);
  decided.answer.set_child(context.place.child.Bytes());
  return Settle(context, key, std::move(decided.events), decided.answer.SerializeAsString());
}

}  // namespace

Result<Decision> DecideOnChild(const ChildContext& context, v1::StateReturnRows command) {
  return DecideRowsOf(context, std::move(command), OpenWhat::kAll,
                      [&](const ChildFacts& facts, const v1::StateReturnRows& rows) {
                        return Decide(facts, context.coverage, rows);
                      });
}

Result<Decision> DecideOnChild(const ChildContext& context, v1::StateTrackerRow command) {
  return DecideRowsOf(
      context, std::move(command), OpenWhat::kPerson,
      [](const ChildFacts& facts, const v1::StateTrackerRow& row) { return Decide(facts, row); });
}

Result<Decision> DecideOnChild(const ChildContext& context, const v1::WithdrawRun& command) {
  const std::string& authority = context.place.authority.text();
  if (context.state.owner != authority) return Refused("UNKNOWN_CHILD");
  auto events = Decide(authority, context.state.child, command);
  v1::WithdrawRunResponse response;
  response.set_result(events.empty() ? "unchanged" : "accepted");
  return Settle(context, context.state.child.key_id, std::move(events),
                response.SerializeAsString());
}

}  // namespace holdfast::cases
