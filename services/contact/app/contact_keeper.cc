#include "services/contact/app/contact_keeper.h"

#include "holdfast/contact/v1/contact_service.pb.h"
#include "services/contact/app/sealed_words.h"
#include "services/contact/domain/contact_record.h"

namespace holdfast::contact {
namespace {

using v1::ContactCommand;

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

holdfast::Decision Refused(std::string_view refusal) {
  return {.kind = journal::v1::OUTCOME_KIND_REFUSED,
          .result = std::string(refusal),
          .answer = {},
          .events = {}};
}

// The domain's decision, and the answer to it.
struct Answered {
  Decided decided;
  std::string answer;
};

template <typename Response, typename DomainCommand>
Answered AnswerTo(const Context& context, const DomainCommand& command) {
  Answered answered{Decide(context, command), {}};
  if (!answered.decided) return answered;
  const Decision& decision = *answered.decided;
  Response response;
  response.set_child(context.child.Bytes());
  response.set_fact(decision.fact.Bytes());
  if constexpr (requires { response.entry(); }) {
    if (!decision.entry.IsZero()) response.set_entry(decision.entry.Bytes());
  }
  response.set_result(decision.events.empty() ? "unchanged" : "accepted");
  answered.answer = response.SerializeAsString();
  return answered;
}

std::optional<Answered> DecideOn(const Context& context, const ContactCommand& command) {
  switch (command.command_case()) {
    case ContactCommand::kRecordContact:
      return AnswerTo<v1::RecordContactResponse>(context, command.record_contact());
    case ContactCommand::kCorrectContact:
      return AnswerTo<v1::CorrectContactResponse>(context, command.correct_contact());
    case ContactCommand::kWithdrawContact:
      return AnswerTo<v1::WithdrawContactResponse>(context, command.withdraw_contact());
    case ContactCommand::COMMAND_NOT_SET:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<ContactState> ContactKeeper::LoadState(const SubjectId&, std::string_view bytes) const {
  v1::KeptChild kept;
  if (!kept.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "contact: a child that cannot be read");
  return StateOfKept(std::move(kept));
}

Result<std::vector<NewEvent>> ContactKeeper::React(Subjects& subjects, const SourceEvent& event,
                                                   const DecideContext&) const {
  const SubjectId& child = event.event.subject;
  const auto& state = StateOf<ContactState>(subjects, child);
  if (state.child.erased || !IsErasure(event.event.payload)) return std::vector<NewEvent>{};
  v1::ContactEvent erased;
  erased.mutable_child_erased()->set_authority(state.child.authority);
  return std::vector<NewEvent>{{.subject = child, .payload = erased.SerializeAsString()}};
}

Result<holdfast::Decision> ContactKeeper::Decide(Subjects& subjects, const Command& command,
                                                 const DecideContext& at) const {
  ContactCommand decoded;
  if (!decoded.ParseFromString(command.request))
    return Malformed("contact: a command that cannot be read");
  const auto child = SubjectId::FromBytes(decoded.subject());
  const auto authority = AuthorityCode::FromText(decoded.authority());
  if (!child || !authority) return Malformed("contact: a command without child or authority");
  const auto& state = StateOf<ContactState>(subjects, *child);
  // Of another authority's child nothing is opened.
  if (state.child.authority != authority->text()) return Refused(NameOf(Refusal::kUnknownChild));
  if (state.child.erased) return Refused("ERASED");
  const ChildPlace place{*authority, *child};
  const auto open = OpenWords(parts_.sealer, place, state.child);
  if (!open) return tl::unexpected(open.error());
  auto answered =
      DecideOn({*child, authority->text(), *open, at.today, parts_.manual_clock}, decoded);
  if (!answered) return Malformed("contact: a command that asks for nothing");
  if (!answered->decided) return Refused(NameOf(answered->decided.error()));
  auto& events = answered->decided->events;
  holdfast::Decision decision;
  decision.kind =
      events.empty() ? journal::v1::OUTCOME_KIND_NO_OP : journal::v1::OUTCOME_KIND_ACCEPTED;
  decision.result = events.empty() ? "unchanged" : "accepted";
  decision.answer = std::move(answered->answer);
  auto sealed = SealEvents(parts_.sealer, place, open->key_id, std::move(events));
  if (!sealed && sealed.error().reason == "KEY_ERASED") return Refused("ERASED");
  if (!sealed) return tl::unexpected(sealed.error());
  decision.events = std::move(*sealed);
  return decision;
}

std::optional<std::string> ContactKeeper::MacUnder(const KeyId& key,
                                                   std::string_view request) const {
  ContactCommand decoded;
  if (!decoded.ParseFromArray(request.data(), static_cast<int>(request.size())))
    return std::nullopt;
  const auto authority = AuthorityCode::FromText(decoded.authority());
  return authority ? parts_.macs.Under(key, *authority, request) : std::nullopt;
}

}  // namespace holdfast::contact
