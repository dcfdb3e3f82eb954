#include "tests/sim/clients.h"

#include <algorithm>

#include "tests/sim/relay_keeper.h"

namespace holdfast {
namespace {

constexpr int64_t kStart_ms = 1'700'000'000'000;

// A UUIDv7. Callers of two authorities draw the same ones.
CommandId NewId(uint64_t number, uint64_t caller) {
  CommandId id;
  int64_t milliseconds = kStart_ms;
  for (int i = 5; i >= 0; --i, milliseconds >>= 8) {
    id.bytes[static_cast<size_t>(i)] = static_cast<uint8_t>(milliseconds);
  }
  id.bytes[6] = 0x70;
  id.bytes[14] = static_cast<uint8_t>(caller);
  id.bytes[15] = static_cast<uint8_t>(number);
  return id;
}

}  // namespace

Clients::Clients(Parts parts) : parts_(parts) {
  for (uint32_t i = 0; i < parts_.profile.clients; ++i) {
    clients_.push_back(
        {.authority = i % 2 ? "B" : "A", .session = std::vector<uint64_t>(partition_count())});
  }
}

void Clients::Act() { ActAs(clients_[parts_.random.Below(clients_.size())]); }

void Clients::ActHealing() {
  for (Client& client : clients_) {
    if (client.command && !client.waiting) Send(client, *client.command);
    if (client.waiting && parts_.now_us >= client.give_up_us) client.waiting = false;
  }
}

bool Clients::IsIdle() const {
  return std::ranges::all_of(clients_, [](const Client& client) { return !client.command; });
}

void Clients::ActAs(Client& client) {
  if (client.waiting && parts_.now_us >= client.give_up_us) {
    client.waiting = false;
    ++history_.commands[*client.command].unknown;
  }
  if (client.waiting) return;
  if (client.command) return Send(client, *client.command);
  if (parts_.random.Chance(300)) return SendRead(client);
  if (parts_.random.Chance(parts_.profile.repeat) && !history_.commands.empty()) {
    const size_t old = parts_.random.Below(history_.commands.size());
    if (history_.commands[old].authority == client.authority) return Send(client, old);
  }
  if (history_.commands.size() < parts_.profile.commands) SendNew(client);
}

void Clients::SendNew(Client& client) {
  Random& random = parts_.random;
  CommandSeen command{.authority = client.authority};
  const uint64_t caller = static_cast<uint64_t>(&client - clients_.data());
  command.id = NewId(client.sent++, caller / 2);
  command.subject = RelaySubject(static_cast<uint8_t>(random.Below(kRelaySources)));
  if (parts_.profile.pushes && random.Chance(500)) command.value = random.Chance(500) ? ">" : ">>";
  command.value +=
      random.Chance(100) ? "!" : std::string(1, static_cast<char>('a' + random.Below(3)));
  command.value += random.Chance(300) ? std::string(40, 'x') : "";
  command.invoked = ++happenings_;
  history_.commands.push_back(std::move(command));
  Send(client, history_.commands.size() - 1);
}

Instance* Clients::AnyInstance() {
  Instance& instance = *parts_.services[parts_.random.Below(parts_.services.size())];
  return instance.IsUp() ? &instance : nullptr;
}

void Clients::Send(Client& client, size_t command) {
  Instance* instance = AnyInstance();
  if (instance == nullptr) return;
  CommandSeen& seen = history_.commands[command];
  client.command = command;
  client.waiting = true;
  client.give_up_us = parts_.now_us + 4'000'000;
  const Attempt attempt{.client = static_cast<size_t>(&client - clients_.data()),
                        .command = command,
                        .number = ++seen.attempts,
                        .instance = instance};
  instance->shard(instance->PartitionFor(seen.subject))
      .Submit({.authority = seen.authority,
               .id = seen.id,
               .principal = "simulated",
               .request = AppendRequest(seen.subject, seen.value),
               .request_mac = seen.subject.Bytes() + seen.value},
              [this, attempt](const Result<Answer>& answer) { OnAnswer(attempt, answer); });
}

void Clients::OnAnswer(const Attempt& attempt, const Result<Answer>& answer) {
  Client& client = clients_[attempt.client];
  CommandSeen& seen = history_.commands[attempt.command];
  ++happenings_;
  const bool awaited =
      client.waiting && client.command == attempt.command && seen.attempts == attempt.number;
  if (awaited) client.waiting = false;
  if (answer) {
    OnAnswered(attempt, *answer);
    if (!awaited) return;
    client.command.reset();
    uint64_t& session = client.session[attempt.instance->PartitionFor(seen.subject)];
    session = std::max(session, answer->last_event);
    return;
  }
  const bool retriable =
      answer.error().reason == "NOT_TAKEN" || answer.error().reason == "OUTCOME_UNKNOWN";
  if (!retriable) history_.violations.push_back("I2: " + answer.error().reason);
  ++(answer.error().reason == "NOT_TAKEN" ? seen.not_taken : seen.unknown);
  // Some are content to know that nothing was done.
  const bool content = awaited && seen.not_taken == seen.attempts && parts_.random.Chance(100);
  if (content) client.command.reset();
}

void Clients::OnAnswered(const Attempt& attempt, const Answer& answer) {
  CommandSeen& seen = history_.commands[attempt.command];
  Answer first_time = answer;
  first_time.repeated = false;
  if (!seen.answer) {
    seen.answer = first_time;
    seen.answered = happenings_;
  } else if (*seen.answer != first_time) {
    history_.violations.push_back("I2: a repeat was answered differently");
  }
  if (seen.value.starts_with('>')) Push(*attempt.instance, seen.subject, answer.last_event);
}

// As the calls of services do, once their own command is answered.
void Clients::Push(Instance& instance, const SubjectId& subject, uint64_t through) {
  instance.pushes().Push(
      subject, [this, subject, through](const Result<std::vector<Answer>>& told) {
        if (!told) return;
        PushSeen push{.subject = subject, .through = through};
        for (uint32_t partition = 0; partition < partition_count(); ++partition) {
          const auto log = parts_.broker.All({"lists", partition});
          push.ends.push_back(log.empty() ? 0 : log.back().offset + 1);
        }
        history_.pushes.push_back(std::move(push));
      });
}

void Clients::SendRead(Client& client) {
  Instance* instance = AnyInstance();
  if (instance == nullptr) return;
  const uint64_t subjects = parts_.profile.pushes ? kRelaySubjects : kRelaySources;
  ReadSeen read{.subject = RelaySubject(static_cast<uint8_t>(parts_.random.Below(subjects)))};
  const uint32_t partition = instance->PartitionFor(read.subject);
  read.at_least = client.session[partition];
  const size_t who = static_cast<size_t>(&client - clients_.data());
  instance->shard(partition).Read(
      {.at_least = read.at_least,
       .deadline = Monotonic(std::chrono::microseconds(parts_.now_us + 5'000'000)),
       .run = [this, who, partition, read](const Result<ShardView>& answer) mutable {
         if (!answer) return;
         ShardView view = *answer;
         read.position = view.position();
         read.values = StateOf<Relay>(view.subjects(), read.subject).list.values;
         uint64_t& session = clients_[who].session[partition];
         session = std::max(session, read.position);
         history_.reads.push_back(read);
       }});
}

}  // namespace holdfast
