#include "services/cases/app/hand_decisions.h"

#include "holdfast/cases/v1/cases_service.pb.h"
#include "services/cases/domain/hand_entry.h"
#include "services/cases/domain/told_child.h"

namespace holdfast::cases {
namespace {

// Whether the caller's authority may know of the subject: if not, nothing of it is opened.
bool IsForeign(const ChildContext& context) {
  return !context.state.owner.empty() && context.state.owner != context.place.authority.text();
}

template <typename Response>
Response ResponseTo(const ChildContext& context, const HandDecision& decided) {
  Response response;
  response.set_child(context.place.child.Bytes());
  response.set_result(decided.events.empty() ? "unchanged" : "accepted");
  return response;
}

template <typename Response>
Response ResponseWithEntry(const ChildContext& context, const HandDecision& decided) {
  auto response = ResponseTo<Response>(context, decided);
  response.set_fact(decided.fact.Bytes());
  if (!decided.entry.IsZero()) response.set_entry(decided.entry.Bytes());
  return response;
}

HandContext HandContextOf(const ChildContext& context, const ChildFacts& open) {
  return {.child = context.place.child,
          .authority = context.place.authority.text(),
          .facts = open,
          .coverage = context.coverage,
          .today = context.today,
          .manual_clock = context.manual_clock};
}

// `respond` makes the answer of what was decided.
template <typename ProtoCommand, typename Respond>
Result<Decision> DecideKnown(const ChildContext& context, const ProtoCommand& command,
                             Respond respond) {
  if (IsForeign(context)) return Refused(NameOf(HandRefusal::kUnknownChild));
  const auto open =
      OpenFacts(context.sealer, context.place, context.state.child, OpenWhat::kPersonAndWords);
  if (!open) return tl::unexpected(open.error());
  auto decided = Decide(HandContextOf(context, *open), command);
  if (!decided) return Refused(NameOf(decided.error()));
  std::string answer = respond(context, *decided).SerializeAsString();
  return Settle(context, open->key_id, std::move(decided->events), std::move(answer));
}

}  // namespace

Result<Decision> DecideByHand(const ChildContext& context, v1::RegisterChild command) {
  if (context.state.child.registered)
    return DecideKnown(context, command, ResponseTo<v1::RegisterChildResponse>);
  const auto key = context.keys.Take(context.place.authority);
  if (!key) return tl::unexpected(key.error());
  command.set_new_key_id(key->Bytes());
  const auto decided = Decide(HandContextOf(context, context.state.child), command);
  if (!decided) {
    context.keys.PutBack(context.place.authority, *key);
    return Refused(NameOf(decided.error()));
  }
  return Settle(context, *key, decided->events,
                ResponseTo<v1::RegisterChildResponse>(context, *decided).SerializeAsString());
}

Result<Decision> DecideByHand(const ChildContext& context, const v1::AssignCase& command) {
  return DecideKnown(context, command, ResponseTo<v1::AssignCaseResponse>);
}

Result<Decision> DecideByHand(const ChildContext& context, const v1::RecordFact& command) {
  return DecideKnown(context, command, ResponseWithEntry<v1::RecordFactResponse>);
}

Result<Decision> DecideByHand(const ChildContext& context, const v1::CorrectFact& command) {
  return DecideKnown(context, command, ResponseWithEntry<v1::CorrectFactResponse>);
}

Result<Decision> DecideByHand(const ChildContext& context, const v1::WithdrawFact& command) {
  return DecideKnown(context, command, [](const ChildContext& child, const HandDecision& decided) {
    auto response = ResponseTo<v1::WithdrawFactResponse>(child, decided);
    response.set_fact(decided.fact.Bytes());
    return response;
  });
}

Result<Decision> DecideByHand(const ChildContext& context, const v1::ResolveDiscrepancy& command) {
  return DecideKnown(context, command, [&](const ChildContext& child, const HandDecision& decided) {
    auto response = ResponseTo<v1::ResolveDiscrepancyResponse>(child, decided);
    response.set_discrepancy(command.discrepancy());
    return response;
  });
}

Result<Decision> DecideTold(const ChildContext& context, const v1::CasesCommand& command) {
  if (IsForeign(context)) return Refused(NameOf(HandRefusal::kUnknownChild));
  if (context.state.child.erased) return Refused("ERASED");
  const HandContext hand = HandContextOf(context, context.state.child);
  auto decided = command.has_tell_of_meeting()
                     ? Decide(hand, context.state.told, command.tell_of_meeting())
                     : Decide(hand, context.state.told, command.tell_of_siblings());
  if (!decided) return Refused(NameOf(decided.error()));
  v1::TellAnswer answer;
  answer.set_child(context.place.child.Bytes());
  return Settle(context, context.state.child.key_id, std::move(decided->events),
                answer.SerializeAsString());
}

}  // namespace holdfast::cases
