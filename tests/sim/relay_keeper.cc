#include "tests/sim/relay_keeper.h"

#include <sstream>

namespace holdfast {
namespace {

constexpr char kUntoldRows[] = "o";
constexpr size_t kSubjectSize = 16;

uint8_t NumberOf(const SubjectId& subject) { return subject.bytes[0]; }

bool Branches(std::string_view payload) { return payload.starts_with(">>"); }

std::string PayloadOf(const Relayed& relayed) {
  return "<" + std::to_string(relayed.source) + " " + std::to_string(relayed.number) + " " +
         relayed.payload;
}

Decision DecideTold(const Relay& relay, const SubjectId& subject, const std::string& request) {
  std::istringstream lines(request);
  Relayed relayed;
  unsigned source = 0;
  uint64_t through = 0;
  lines >> source >> through;
  relayed.source = static_cast<uint8_t>(source);
  const auto taken = relay.taken.find(relayed.source);
  Decision decision{.kind = journal::v1::OUTCOME_KIND_NO_OP, .result = "TAKEN"};
  decision.answer = "told " + std::to_string(NumberOf(subject)) + " by " + std::to_string(source) +
                    " through " + std::to_string(through);
  while (lines >> relayed.number && lines.get() == ' ' && std::getline(lines, relayed.payload)) {
    if (taken != relay.taken.end() && taken->second >= relayed.number) continue;
    decision.kind = journal::v1::OUTCOME_KIND_ACCEPTED;
    decision.events.push_back({subject, PayloadOf(relayed)});
  }
  return decision;
}

Decision DecideConfirm(const Relay& relay, const SubjectId& subject, const std::string& through) {
  const std::string answer = std::to_string(NumberOf(subject)) + " has told through " + through;
  if (relay.untold.empty() || relay.untold.begin()->first > std::stoull(through)) {
    return {journal::v1::OUTCOME_KIND_NO_OP, "TOLD", answer, {}};
  }
  return {journal::v1::OUTCOME_KIND_ACCEPTED, "TOLD", answer, {{subject, "=" + through}}};
}

Result<Outgoing> OutgoingOf(Subjects& subjects, const SubjectId& subject) {
  const auto& relay = StateOf<Relay>(subjects, subject);
  Outgoing outgoing;
  if (relay.untold.empty()) return outgoing;
  outgoing.through = relay.untold.rbegin()->first;
  std::map<SubjectId, PushedCommand> by_target;
  for (const auto& [number, payload] : relay.untold) {
    for (const SubjectId& target : RelayTargets(subject, payload)) {
      PushedCommand& pushed = by_target[target];
      if (pushed.request.empty()) {
        pushed = {.target = target, .name = "tell", .authority = "relays"};
        pushed.request = target.Bytes() + "<" + std::to_string(NumberOf(subject)) + " " +
                         std::to_string(outgoing.through);
      }
      pushed.request += "\n" + std::to_string(number) + " " + payload;
      pushed.target_pushes = pushed.target_pushes || Branches(payload);
      pushed.awaited = pushed.target_pushes;
    }
  }
  for (auto& [target, pushed] : by_target) outgoing.commands.push_back(std::move(pushed));
  return outgoing;
}

}  // namespace

SubjectId RelaySubject(uint8_t number) {
  SubjectId subject;
  subject.bytes[0] = number;
  return subject;
}

std::vector<SubjectId> RelayTargets(const SubjectId& subject, std::string_view payload) {
  const uint8_t number = NumberOf(subject);
  const auto in_tier = [](int tier, int place) {
    return RelaySubject(static_cast<uint8_t>(tier * kRelaySources + place % kRelaySources));
  };
  if (number < kRelaySources) {
    if (Branches(payload)) return {in_tier(1, number + 1), in_tier(1, number + 2)};
    if (payload.starts_with('>')) return {in_tier(1, number + 1)};
  } else if (number < 2 * kRelaySources) {
    const auto relayed = RelayedIn(payload);
    if (relayed && Branches(relayed->payload)) return {in_tier(2, number + 1)};
  }
  return {};
}

std::optional<Relayed> RelayedIn(std::string_view payload) {
  if (!payload.starts_with('<')) return std::nullopt;
  std::istringstream text(std::string(payload.substr(1)));
  Relayed relayed;
  unsigned source = 0;
  text >> source >> relayed.number;
  text.get();
  std::getline(text, relayed.payload);
  relayed.source = static_cast<uint8_t>(source);
  return relayed;
}

// As a list of texts: each map's size and entries, then the values.
std::string RelayKeeper::SaveState(const Relay& relay) const {
  List saved;
  saved.values.push_back(std::to_string(relay.untold.size()));
  for (const auto& [number, payload] : relay.untold) {
    saved.values.push_back(std::to_string(number));
    saved.values.push_back(payload);
  }
  saved.values.push_back(std::to_string(relay.taken.size()));
  for (const auto& [source, number] : relay.taken) {
    saved.values.push_back(std::to_string(source));
    saved.values.push_back(std::to_string(number));
  }
  saved.values.insert(saved.values.end(), relay.list.values.begin(), relay.list.values.end());
  return lists_.SaveState(saved);
}

Result<Relay> RelayKeeper::LoadState(const SubjectId& subject, std::string_view bytes) const {
  const auto saved = lists_.LoadState(subject, bytes);
  if (!saved) return tl::unexpected(saved.error());
  Relay relay;
  auto next = saved->values.begin();
  for (size_t left = std::stoull(*next++); left > 0; --left, next += 2) {
    relay.untold.emplace(std::stoull(*next), *(next + 1));
  }
  for (size_t left = std::stoull(*next++); left > 0; --left, next += 2) {
    relay.taken.emplace(static_cast<uint8_t>(std::stoul(*next)), std::stoull(*(next + 1)));
  }
  relay.list.values.assign(next, saved->values.end());
  return relay;
}

Result<void> RelayKeeper::EvolveState(Relay& relay, const AppliedEvent& event) const {
  if (event.payload.starts_with('=')) {
    const uint64_t through = std::stoull(std::string(event.payload.substr(1)));
    relay.untold.erase(relay.untold.begin(), relay.untold.upper_bound(through));
    return {};
  }
  if (const auto relayed = RelayedIn(event.payload)) relay.taken[relayed->source] = relayed->number;
  if (!RelayTargets(event.subject, event.payload).empty()) {
    relay.untold.emplace(event.number, event.payload);
  }
  return lists_.EvolveState(relay.list, event);
}

std::vector<IndexRow> RelayKeeper::IndexState(const SubjectId& subject, const Relay& relay) const {
  auto rows = lists_.IndexState(subject, relay.list);
  if (!relay.untold.empty()) rows.push_back({kUntoldRows + subject.Bytes(), {}});
  return rows;
}

Result<Decision> RelayKeeper::Decide(Subjects& subjects, const Command& command,
                                     const DecideContext&) const {
  const auto subject = SubjectId::FromBytes(command.request.substr(0, kSubjectSize));
  if (!subject || command.request.size() <= kSubjectSize) {
    return Fail(StatusCode::kInvalidArgument, "MALFORMED", "no request to a relay");
  }
  const Relay& relay = StateOf<Relay>(subjects, *subject);
  const std::string asked = command.request.substr(kSubjectSize + 1);
  switch (command.request[kSubjectSize]) {
    case '<':
      return DecideTold(relay, *subject, asked);
    case '=':
      return DecideConfirm(relay, *subject, asked);
    default:
      return DecideAppend(relay.list, *subject, asked);
  }
}

PusherOptions RelayPushes() {
  return {.service = "lists",
          .rows = kUntoldRows,
          .outgoing = OutgoingOf,
          .confirm = [](const SubjectId& subject, const Outgoing& told,
                        const std::vector<Answer>&) -> PushedCommand {
            return {.target = subject,
                    .name = "confirm",
                    .request = subject.Bytes() + "=" + std::to_string(told.through),
                    .authority = "relays"};
          }};
}

}  // namespace holdfast
