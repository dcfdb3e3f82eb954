#include "libs/shard/batch_builder.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr size_t kEventOverhead_bytes = 32;
constexpr size_t kOutcomeOverhead_bytes = 96;

void Refuse(SubmittedCommand& submitted, StatusCode code, std::string reason, std::string message,
            Effects& effects) {
  effects.answers.push_back(
      {std::move(submitted.reply), Fail(code, std::move(reason), std::move(message))});
}

void RefuseReuse(SubmittedCommand& submitted, Effects& effects) {
  Refuse(submitted, StatusCode::kFailedPrecondition, "COMMAND_ID_REUSED",
         "this command id was used for another request", effects);
}

// Milliseconds since 1970 that a UUIDv7 carries; nothing for another kind of id.
std::optional<int64_t> TimeOf(const CommandId& id) {
  if (id.bytes[6] >> 4 != 7) return std::nullopt;
  int64_t milliseconds = 0;
  for (int i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[static_cast<size_t>(i)];
  return milliseconds;
}

size_t SizeOf(const std::vector<NewEvent>& events) {
  size_t bytes = 0;
  for (const NewEvent& event : events) bytes += event.payload.size() + kEventOverhead_bytes;
  return bytes;
}

}  // namespace

BatchBuilder::BatchBuilder(const Keeper& keeper, KeptState& applied, Overlay& overlay,
                           BatchLimits limits, Mutant mutant)
    : keeper_(keeper), applied_(applied), overlay_(overlay), limits_(limits), mutant_(mutant) {}

void BatchBuilder::Begin(DecideContext context, uint64_t events_before) {
  HOLDFAST_CHECK(!HasOutcomesOrEvents());
  context_ = context;
  events_before_ = events_before;
  open_.record.set_recorded_at(context.recorded_at.time_since_epoch().count());
}

void BatchBuilder::Decide(SubmittedCommand submitted, Effects& effects) {
  const Command& command = submitted.command;
  if (JoinInFlight(submitted, effects) || AnswerRepeat(submitted, effects)) return;
  if (auto age = RequireAge(command); !age) {
    effects.answers.push_back({std::move(submitted.reply), tl::unexpected(age.error())});
    return;
  }
  if (command.request.size() > limits_.command_bytes) {
    return Refuse(submitted, StatusCode::kResourceExhausted, "COMMAND_TOO_LARGE",
                  "the request is too large", effects);
  }
  Subjects& seen =
      mutant_ == Mutant::kDecideOnAppliedOnly ? static_cast<Subjects&>(applied_) : overlay_;
  auto decision = keeper_.Decide(seen, command, context_);
  if (auto health = overlay_.health(); !health) decision = tl::unexpected(health.error());
  if (!decision) {
    effects.answers.push_back({std::move(submitted.reply), tl::unexpected(decision.error())});
    return;
  }
  if (SizeOf(decision->events) > limits_.command_bytes) {
    return Refuse(submitted, StatusCode::kResourceExhausted, "COMMAND_TOO_LARGE",
                  "the command would cause too many events at once", effects);
  }
  Keep(std::move(submitted), *decision);
}

bool BatchBuilder::JoinInFlight(SubmittedCommand& submitted, Effects& effects) {
  const Command& command = submitted.command;
  const auto [begin, end] = in_flight_.equal_range(command.id);
  for (auto it = begin; it != end; ++it) {
    PendingCommand& pending = *it->second;
    const bool any_authority = mutant_ == Mutant::kDedupeWithoutAuthority;
    if (pending.command.authority != command.authority && !any_authority) continue;
    const bool comparable = pending.command.mac_key == command.mac_key && !any_authority;
    if (comparable && pending.command.request_mac != command.request_mac) {
      RefuseReuse(submitted, effects);
    } else {
      pending.replies.push_back(std::move(submitted.reply));
    }
    return true;
  }
  return false;
}

bool BatchBuilder::AnswerRepeat(SubmittedCommand& submitted, Effects& effects) {
  auto found = applied_.outcomes().Find(submitted.command.authority, submitted.command.id);
  if (!found) {
    effects.answers.push_back({std::move(submitted.reply), tl::unexpected(found.error())});
    return true;
  }
  if (!*found) return false;
  if (!IsSameRequest(submitted.command, (*found)->outcome)) {
    RefuseReuse(submitted, effects);
    return true;
  }
  (*found)->answer.repeated = true;
  effects.answers.push_back({std::move(submitted.reply), std::move((*found)->answer)});
  return true;
}

bool BatchBuilder::IsSameRequest(const Command& command,
                                 const journal::v1::Outcome& outcome) const {
  if (outcome.request_mac().empty()) return true;
  const KeyId key = KeyId::FromBytes(outcome.mac_key()).value_or(KeyId{});
  if (key == command.mac_key) return outcome.request_mac() == command.request_mac;
  const auto mac = keeper_.MacUnder(key, command.request);
  return !mac || *mac == outcome.request_mac();
}

Result<void> BatchBuilder::RequireAge(const Command& command) const {
  if (command.of_service) return {};
  const auto made_at_ms = TimeOf(command.id);
  if (!made_at_ms) {
    return Fail(StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7", "the command id is no UUIDv7");
  }
  const int64_t now_us = context_.recorded_at.time_since_epoch().count();
  const int64_t made_at_us = *made_at_ms * 1000;
  if (made_at_us >= now_us - kOldestCommand_us && made_at_us <= now_us + kNewestCommand_us)
    return {};
  return Fail(StatusCode::kFailedPrecondition, "COMMAND_TOO_OLD",
              "the command id is older than 25 days, or more than 5 minutes ahead");
}

void BatchBuilder::Keep(SubmittedCommand submitted, const Decision& decision) {
  AddOutcome(submitted.command, decision);
  HOLDFAST_CHECK(AddEvents(decision.events));
  submitted.command.request.clear();
  PendingCommand& pending = open_.commands.emplace_back();
  pending.command = std::move(submitted.command);
  pending.replies.push_back(std::move(submitted.reply));
  in_flight_.emplace(pending.command.id, &pending);
}

void BatchBuilder::AddOutcome(const Command& command, const Decision& decision) {
  auto& outcome = *open_.record.add_outcomes();
  outcome.set_authority(command.authority);
  outcome.set_command_id(command.id.Bytes());
  outcome.set_request_mac(command.request_mac);
  if (!command.request_mac.empty()) outcome.set_mac_key(command.mac_key.Bytes());
  outcome.set_first_event(static_cast<uint32_t>(open_.record.events_size()));
  outcome.set_event_count(static_cast<uint32_t>(decision.events.size()));
  outcome.set_kind(decision.kind);
  outcome.set_result(decision.result);
  outcome.set_answer(decision.answer);
  outcome.set_principal(command.principal);
  open_.bytes += kOutcomeOverhead_bytes + command.authority.size() + command.principal.size() +
                 decision.result.size() + decision.answer.size();
}

Result<void> BatchBuilder::AddEvents(const std::vector<NewEvent>& events) {
  for (const NewEvent& event : events) {
    auto& added = *open_.record.add_events();
    added.set_subject(event.subject.Bytes());
    added.set_payload(event.payload);
    const auto evolved = overlay_.Evolve(
        {.subject = event.subject,
         .payload = added.payload(),
         .number = events_before_ + static_cast<uint64_t>(open_.record.events_size()),
         .recorded_at = context_.recorded_at},
        open_.touched);
    if (!evolved) return evolved;
  }
  open_.bytes += SizeOf(events);
  return {};
}

Result<void> BatchBuilder::React(const SourceEvent& event, const Chain& source_chain) {
  if (keeper_.Concerns(event)) {
    overlay_.Consume(event, open_.touched);
    const auto events = keeper_.React(overlay_, event, context_);
    if (auto health = overlay_.health(); !health) return health;
    if (!events) return tl::unexpected(events.error());
    if (auto added = AddEvents(*events); !added) return added;
  }
  auto& ranges = *open_.record.mutable_sources();
  journal::v1::SourceRange* range = nullptr;
  for (auto& known : ranges) {
    if (known.service() == event.service && known.partition() == event.partition) range = &known;
  }
  if (range == nullptr) {
    range = ranges.Add();
    range->set_service(std::string(event.service));
    range->set_partition(event.partition);
    range->set_from(event.event.number);
  }
  range->set_to(event.event.number);
  range->set_chain(std::string(AsBytes(source_chain)));
  return {};
}

bool BatchBuilder::IsFull() const {
  return open_.bytes >= limits_.batch_bytes - limits_.command_bytes ||
         open_.commands.size() >= limits_.batch_commands;
}

bool BatchBuilder::HasOutcomesOrEvents() const {
  return open_.record.outcomes_size() > 0 || open_.record.events_size() > 0;
}

PendingBatch BatchBuilder::Take() { return std::exchange(open_, PendingBatch{}); }

void BatchBuilder::Forget(const PendingBatch& batch) {
  for (const PendingCommand& command : batch.commands) {
    auto [it, end] = in_flight_.equal_range(command.command.id);
    while (it != end) it = it->second == &command ? in_flight_.erase(it) : std::next(it);
  }
}

PendingBatch BatchBuilder::DropAll() {
  in_flight_.clear();
  return Take();
}

}  // namespace holdfast
