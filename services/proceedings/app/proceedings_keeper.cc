#include "services/proceedings/app/proceedings_keeper.h"

#include "services/proceedings/app/proceedings_index.h"
#include "services/proceedings/app/sealed_items.h"

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsCommand;

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

Decision Refused(std::string_view refusal) {
  return {.kind = journal::v1::OUTCOME_KIND_REFUSED,
          .result = std::string(refusal),
          .answer = {},
          .events = {}};
}

// What a decision without personal data causes.
Decision Causing(const SubjectId& subject, const Events& events) {
  Decision decision{
      .kind = events.empty() ? journal::v1::OUTCOME_KIND_NO_OP : journal::v1::OUTCOME_KIND_ACCEPTED,
      .result = events.empty() ? "unchanged" : "accepted",
      .answer = {},
      .events = {}};
  for (const auto& event : events)
    decision.events.push_back({.subject = subject, .payload = event.SerializeAsString()});
  return decision;
}

// The same of one with personal data, which is sealed.
Result<Decision> Causing(PersonalSealer& sealer, const SubjectId& subject, const SealedUnder& under,
                         Events events) {
  Decision decision = Causing(subject, {});
  if (!events.empty()) {
    decision.kind = journal::v1::OUTCOME_KIND_ACCEPTED;
    decision.result = "accepted";
  }
  for (auto& event : events) {
    auto sealed = SealEvent(sealer, subject, under, std::move(event));
    if (!sealed && sealed.error().reason == "KEY_ERASED") return Refused("ERASED");
    if (!sealed) return tl::unexpected(sealed.error());
    decision.events.push_back(std::move(*sealed));
  }
  return decision;
}

template <typename Refusal>
Decision Causing(const SubjectId& subject, const tl::expected<Events, Refusal>& decided) {
  return decided ? Causing(subject, *decided) : Refused(NameOf(decided.error()));
}

// One command on its way to a decision.
struct Deciding {
  const ProceedingsKeeperParts& parts;
  Subjects& subjects;
  const SubjectId& subject;
  const ProceedingsState& state;
  const DecideContext& context;
};

Result<Decision> ReceiveItem(const Deciding& deciding, const v1::ReceiveItem& command) {
  const auto& parts = deciding.parts;
  const std::string& source = command.version().source();
  const auto now = parts.manual_clock ? std::nullopt : std::optional(deciding.context.recorded_at);
  auto decided =
      Decide(deciding.state.item, command,
             AgainstWhat(deciding.subjects, parts.copies, deciding.subject, source, now));
  if (!decided) {
    Decision refused = Refused(NameOf(decided.error().refusal));
    refused.answer = AnswerOf(decided.error()).SerializeAsString();
    return refused;
  }
  KeyId key = deciding.state.item.key;
  const auto code = AuthorityCode::FromText(source);
  if (!code) return Malformed("proceedings: an item without a source");
  if (key.IsZero()) {
    const auto made = parts.keys.Take(*code);
    if (!made) return tl::unexpected(made.error());
    key = *made;
    for (auto& event : decided->events) {
      if (event.has_item_received()) event.mutable_item_received()->set_key_id(key.Bytes());
    }
  }
  ItemFacts after = deciding.state.item;
  for (const auto& event : decided->events) Apply(event, after.newest + 1, after);
  auto decision =
      Causing(parts.sealer, deciding.subject, {key, source}, std::move(decided->events));
  if (decision && decision->kind != journal::v1::OUTCOME_KIND_REFUSED)
    decision->answer = AnswerOf(after, *decided).SerializeAsString();
  return decision;
}

// When a person says something, in microseconds. Under a manual clock that is on the manual day, as
// what sources send is: half the time of day keeps the order of a day, and is that day in London
// too.
int64_t SaidAt(const Deciding& deciding) {
  const int64_t now_us = deciding.context.recorded_at.time_since_epoch().count();
  if (!deciding.parts.manual_clock) return now_us;
  constexpr int64_t kDay_us = 86'400'000'000;
  return deciding.context.today.days_since_epoch() * kDay_us + now_us % kDay_us / 2;
}

Result<Decision> MatchItem(const Deciding& deciding, const ProceedingsCommand& command) {
  const auto& item = deciding.state.item;
  if (item.erased && Concerns(item, command.authority())) return Refused("ERASED");
  const SubjectId copy = deciding.parts.copies.Beside(item.source, deciding.subject);
  const auto& source = StateOf<ProceedingsState>(deciding.subjects, copy).source;
  auto decided = Decide(
      item, command.match_item(),
      MatchContext{.authority = command.authority(), .source = source, .now_us = SaidAt(deciding)});
  if (!decided) return Refused(NameOf(decided.error()));
  return Causing(deciding.parts.sealer, deciding.subject, {item.key, item.source},
                 std::move(*decided));
}

Result<Decision> StateItem(const Deciding& deciding, const v1::StateItem& command) {
  const auto& child = deciding.state.child;
  const bool registered = !child.authority.empty();
  const auto item_key = KeyId::FromBytes(command.item_key_id());
  if (!item_key) return Malformed("proceedings: a statement without its item's key");
  if (child.erased)
    return command.has_taken_away() ? Causing(deciding.subject, Events{}) : Refused("ERASED");
  auto decision = registered ? Causing(deciding.parts.sealer, deciding.subject,
                                       {child.key, child.authority}, Decide(child, command))
                             : Causing(deciding.parts.sealer, deciding.subject,
                                       {*item_key, command.source()}, Decide(child, command));
  if (!decision) return decision;
  v1::StateItemAnswer answer;
  if (!command.has_taken_away()) {
    answer.set_waits(!registered);
    answer.set_child(deciding.subject.Bytes());
  }
  decision->answer = answer.SerializeAsString();
  return decision;
}

Events SentOf(const ProceedingsState& state, const v1::ConfirmSent& command) {
  v1::ProceedingsEvent event;
  if (!state.item.versions.empty()) {
    event.mutable_item_sent()->set_through(command.through());
    event.mutable_item_sent()->set_waits(command.waits());
  } else if (!state.case_ref.source.empty()) {
    event.mutable_case_ref_sent()->set_through(command.through());
  } else {
    event.mutable_source_sent()->set_through(command.through());
  }
  Events events{event};
  v1::EraseItem erase;
  erase.set_child(command.erased_child());
  if (!command.erased_child().empty()) {
    for (auto& erased : Decide(state.item, erase)) events.push_back(std::move(erased));
  }
  return events;
}

// What only the service tells itself.
Result<Decision> DecideByItself(const Deciding& deciding, const ProceedingsCommand& command) {
  const auto& state = deciding.state;
  const SubjectId& subject = deciding.subject;
  switch (command.command_case()) {
    case ProceedingsCommand::kLearnOfSource:
      return Causing(subject, Decide(state.source, command.learn_of_source()));
    case ProceedingsCommand::kFollowCaseRef:
      return Causing(subject, Decide(state.item, command.follow_case_ref()));
    case ProceedingsCommand::kHearWithdrawal:
      return Causing(subject, Decide(state.item, command.hear_withdrawal()));
    case ProceedingsCommand::kNameCaseRef:
      return Causing(subject, Decide(state.case_ref, command.name_case_ref()));
    case ProceedingsCommand::kLearnCaseRef:
      return Causing(subject, Decide(state.case_ref, command.learn_case_ref()));
    case ProceedingsCommand::kStateItem:
      return StateItem(deciding, command.state_item());
    case ProceedingsCommand::kConfirmSent:
      return Causing(subject, SentOf(state, command.confirm_sent()));
    case ProceedingsCommand::kEraseItem:
      return Causing(subject, Decide(state.item, command.erase_item()));
    default:
      return Malformed("proceedings: no such command");
  }
}

}  // namespace

JudgedAgainst AgainstWhat(Subjects& subjects, const SourceCopies& copies, const SubjectId& subject,
                          const std::string& source, std::optional<Instant> now) {
  const SubjectId copy = copies.Beside(source, subject);
  return {.source = StateOf<ProceedingsState>(subjects, copy).source, .now = now};
}

v1::ReceiveItemAnswer AnswerOf(const ItemFacts& after, const ItemDecision& decision) {
  v1::ReceiveItemAnswer answer;
  answer.set_outcome(std::string(NameOf(decision.outcome)));
  if (decision.outcome == ItemOutcome::kParked) answer.set_reason(std::string(WhyParked(after)));
  answer.set_child(ChildOf(after));
  answer.set_to_be_sent(after.newest > after.sent_through);
  answer.set_waits(after.waits);
  return answer;
}

v1::ReceiveItemAnswer AnswerOf(const RefusedItem& refused) {
  v1::ReceiveItemAnswer answer;
  answer.set_outcome("refused");
  answer.set_reason(std::string(NameOf(refused.refusal)));
  answer.set_field(std::string(refused.field));
  return answer;
}

Result<ProceedingsState> ProceedingsKeeper::LoadState(const SubjectId&,
                                                      std::string_view bytes) const {
  auto state = StateOfBytes(bytes);
  if (!state) {
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ",
                "proceedings: a subject that cannot be read");
  }
  return std::move(*state);
}

std::vector<IndexRow> ProceedingsKeeper::IndexState(const SubjectId& subject,
                                                    const ProceedingsState& state) const {
  return IndexRowsOf(subject, state);
}

Result<Decision> ProceedingsKeeper::Decide(Subjects& subjects, const Command& command,
                                           const DecideContext& context) const {
  ProceedingsCommand decoded;
  if (!decoded.ParseFromString(command.request))
    return Malformed("proceedings: a command that cannot be read");
  const auto subject = SubjectId::FromBytes(decoded.subject());
  if (!subject) return Malformed("proceedings: a command without subject");
  const auto& state = StateOf<ProceedingsState>(subjects, *subject);
  const Deciding deciding{parts_, subjects, *subject, state, context};
  switch (decoded.command_case()) {
    case ProceedingsCommand::kRegisterSource:
      return Causing(*subject, proceedings::Decide(state.source, decoded.register_source()));
    case ProceedingsCommand::kHearFromSource:
      return Causing(*subject, proceedings::Decide(state.source, decoded.hear_from_source()));
    case ProceedingsCommand::kReceiveItem:
      return ReceiveItem(deciding, decoded.receive_item());
    case ProceedingsCommand::kMatchItem:
      return MatchItem(deciding, decoded);
    default:
      if (!command.of_service)
        return Malformed("proceedings: a command that only the service gives");
      return DecideByItself(deciding, decoded);
  }
}

std::optional<std::string> ProceedingsKeeper::MacUnder(const KeyId& key,
                                                       std::string_view request) const {
  ProceedingsCommand decoded;
  if (!decoded.ParseFromArray(request.data(), static_cast<int>(request.size())))
    return std::nullopt;
  const auto authority = AuthorityCode::FromText(decoded.authority());
  return authority ? parts_.macs.Under(key, *authority, request) : std::nullopt;
}

Result<void> ProceedingsKeeper::ConsumeInto(ProceedingsState& state,
                                            const SourceEvent& event) const {
  return AddCasesEvent(event.event.payload, state);
}

Result<std::vector<NewEvent>> ProceedingsKeeper::React(Subjects& subjects, const SourceEvent& event,
                                                       const DecideContext&) const {
  const SubjectId& subject = event.event.subject;
  const auto& child = StateOf<ProceedingsState>(subjects, subject).child;
  std::vector<NewEvent> events;
  if (child.authority.empty()) return events;
  if (!child.erased && IsErasure(event.event.payload)) {
    v1::ProceedingsEvent erased;
    erased.mutable_child_erased()->set_authority(child.authority);
    events.push_back({.subject = subject, .payload = erased.SerializeAsString()});
    return events;
  }
  for (auto& released : Release(child)) {
    if (released.has_item_stated()) {
      auto& stated = *released.mutable_item_stated();
      auto open = OpenWaiting(parts_.sealer, subject, stated);
      if (!open) return tl::unexpected(open.error());
      *stated.mutable_personal() = std::move(*open);
    }
    auto sealed = SealEvent(parts_.sealer, subject, {child.key, child.authority}, released);
    if (!sealed && sealed.error().reason == "KEY_ERASED") continue;
    if (!sealed) return tl::unexpected(sealed.error());
    events.push_back(std::move(*sealed));
  }
  return events;
}

}  // namespace holdfast::proceedings
