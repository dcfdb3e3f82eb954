#include "tests/sim/world.h"

#include <algorithm>

#include "tests/sim/checker.h"

namespace holdfast {
namespace {

constexpr int64_t kStart_us = 1'700'000'000'000'000;
const LogPartition kLists{"lists", 0};
const LogPartition kEchoes{"echoes", 0};

// A UUIDv7. Callers of two authorities draw the same ones.
CommandId NewId(uint64_t now_us, uint64_t number, uint64_t caller) {
  CommandId id;
  int64_t milliseconds = (kStart_us + static_cast<int64_t>(now_us)) / 1000;
  for (int i = 5; i >= 0; --i, milliseconds >>= 8) {
    id.bytes[static_cast<size_t>(i)] = static_cast<uint8_t>(milliseconds);
  }
  id.bytes[6] = 0x70;
  id.bytes[14] = static_cast<uint8_t>(caller);
  id.bytes[15] = static_cast<uint8_t>(number);
  return id;
}

}  // namespace

RunResult RunSeed(uint64_t seed, const Profile& profile, Mutant mutant) {
  return World(seed, profile, mutant).Run();
}

World::World(uint64_t seed, const Profile& profile, Mutant mutant)
    : profile_(profile), mutant_(mutant), random_(seed), broker_(random_.Next(), profile.faults) {
  const size_t echoes = profile.echo ? 2 : 0;
  service_instances_ = profile.instances;
  for (size_t i = 0; i < profile.instances + echoes; ++i) {
    const bool echo = i >= service_instances_;
    instances_.push_back(std::make_unique<Instance>(
        Instance::Parts{.broker = broker_,
                        .keeper = echo ? static_cast<const Keeper&>(echoes_) : lists_,
                        .options = OptionsOf(echo ? kEchoes.service : kLists.service, mutant),
                        .random = random_.Split(),
                        .now_us = now_us_,
                        .skew_us = static_cast<int64_t>(random_.Below(profile.skew_us + 1))}));
    StartInstance(i);
  }
  for (uint32_t i = 0; i < profile.clients; ++i) {
    clients_.push_back({.authority = i % 2 ? "B" : "A"});
  }
}

ShardOptions World::OptionsOf(const std::string& service, Mutant mutant) const {
  ShardOptions options{.identity = {.partition = {service, 0}, .partition_count = 1}};
  if (service == kEchoes.service) {
    options.sources.push_back({.partition = kLists, .partition_count = 1});
    options.source_events_a_turn = 3;
  }
  options.owner.limits.batch_commands = 4;
  options.owner.batches_in_flight = 3;
  options.flush_every = std::chrono::milliseconds(5);
  options.read_bytes = 600;
  options.subjects_in_memory = 2;
  options.mutant = mutant;
  options.checks = {
      .epoch = mutant != Mutant::kNoEpochCheck,
      .seq = mutant != Mutant::kNoOrderCheck,
      .prev = mutant != Mutant::kNoOrderCheck && mutant != Mutant::kServeBeforeClaimIsRead};
  return options;
}

RunResult World::Run() {
  for (uint32_t i = 0; i < profile_.actions; ++i) Act();
  Heal();
  const auto log = broker_.All(kLists);
  auto& violations = history_.violations;
  std::ranges::move(CheckHistory(history_, log), std::back_inserter(violations));
  if (profile_.echo) {
    std::ranges::move(CheckReactions(log, broker_.All(kEchoes)), std::back_inserter(violations));
  }
  CheckStates();
  RunResult result{.violations = violations, .digest = Digest()};
  for (const CommandSeen& command : history_.commands) result.answered += command.answer ? 1 : 0;
  result.events = log.size();
  return result;
}

void World::StartInstance(size_t number) {
  const bool assigned = number == assigned_ || (number >= service_instances_ && !healing_) ||
                        number == service_instances_;
  if (!instances_[number]->Start(assigned)) {
    history_.violations.push_back("I10: an instance did not start");
    instances_[number]->Crash(false);
  }
}

void World::Act() {
  now_us_ += random_.Below(800);
  broker_.AdvanceTo(now_us_);
  Disturb();
  if (random_.Chance(700)) {
    StepInstance(random_.Below(instances_.size()));
  } else {
    ActAsClient(clients_[random_.Below(clients_.size())]);
  }
}

void World::Disturb() {
  Instance& instance = *instances_[random_.Below(instances_.size())];
  const bool lose = random_.Chance(profile_.lost_writes);
  if (random_.Chance(profile_.pause)) now_us_ += 500'000 + random_.Below(2'500'000);
  if (random_.Chance(profile_.crash) && instance.IsUp()) instance.Crash(lose);
  if (random_.Chance(profile_.io_crash) && instance.IsUp()) {
    instance.CrashWithin(random_.Below(12), lose);
  }
  if (random_.Chance(profile_.reassign)) Reassign();
}

void World::Reassign() {
  const size_t before = assigned_;
  assigned_ = random_.Below(service_instances_);
  if (before != assigned_ && instances_[before]->IsUp() && !random_.Chance(profile_.overlap)) {
    instances_[before]->shard().SetAssigned(false);
  }
  if (instances_[assigned_]->IsUp()) instances_[assigned_]->shard().SetAssigned(true);
}

void World::StepInstance(size_t number) {
  Instance& instance = *instances_[number];
  if (!instance.IsUp()) return StartInstance(number);
  instance.Step();
  if (instance.IsUp() && instance.shard().status().failure) {
    history_.violations.push_back("I10: " + instance.shard().status().failure->message);
    instance.Crash(false);
  }
}

void World::ActAsClient(Client& client) {
  if (client.waiting && now_us_ >= client.give_up_us) {
    client.waiting = false;
    ++history_.commands[*client.command].unknown;
  }
  if (client.waiting) return;
  if (client.command) return Send(client, *client.command);
  if (random_.Chance(300)) return SendRead(client);
  if (random_.Chance(profile_.repeat) && !history_.commands.empty()) {
    const size_t old = random_.Below(history_.commands.size());
    if (history_.commands[old].authority == client.authority) return Send(client, old);
  }
  if (history_.commands.size() < profile_.commands) SendNew(client);
}

void World::SendNew(Client& client) {
  CommandSeen command{.authority = client.authority};
  const uint64_t caller = static_cast<uint64_t>(&client - clients_.data());
  command.id = NewId(0, client.sent++, caller / 2);
  command.subject.bytes[0] = static_cast<uint8_t>(random_.Below(4));
  command.value =
      random_.Chance(100) ? "!" : std::string(1, static_cast<char>('a' + random_.Below(3)));
  command.value += random_.Chance(300) ? std::string(40, 'x') : "";
  command.invoked = ++happenings_;
  history_.commands.push_back(std::move(command));
  Send(client, history_.commands.size() - 1);
}

void World::Send(Client& client, size_t command) {
  Instance& instance = *instances_[random_.Below(service_instances_)];
  if (!instance.IsUp()) return;
  CommandSeen& seen = history_.commands[command];
  client.command = command;
  client.waiting = true;
  client.give_up_us = now_us_ + 4'000'000;
  const uint32_t attempt = ++seen.attempts;
  const size_t who = static_cast<size_t>(&client - clients_.data());
  instance.shard().Submit({.authority = seen.authority,
                           .id = seen.id,
                           .principal = "simulated",
                           .request = AppendRequest(seen.subject, seen.value),
                           .request_mac = seen.subject.Bytes() + seen.value},
                          [this, who, command, attempt](const Result<Answer>& answer) {
                            OnAnswer(clients_[who], command, attempt, answer);
                          });
}

void World::OnAnswer(Client& client, size_t command, uint32_t attempt,
                     const Result<Answer>& answer) {
  CommandSeen& seen = history_.commands[command];
  ++happenings_;
  const bool awaited = client.waiting && client.command == command && seen.attempts == attempt;
  if (awaited) client.waiting = false;
  if (!answer) {
    const bool retriable =
        answer.error().reason == "NOT_TAKEN" || answer.error().reason == "OUTCOME_UNKNOWN";
    if (!retriable) history_.violations.push_back("I2: " + answer.error().reason);
    ++(answer.error().reason == "NOT_TAKEN" ? seen.not_taken : seen.unknown);
    // Some are content to know that nothing was done.
    if (awaited && seen.not_taken == seen.attempts && random_.Chance(100)) client.command.reset();
    return;
  }
  Answer first_time = *answer;
  first_time.repeated = false;
  if (!seen.answer) {
    seen.answer = first_time;
    seen.answered = happenings_;
  } else if (*seen.answer != first_time) {
    history_.violations.push_back("I2: a repeat was answered differently");
  }
  if (awaited) {
    client.command.reset();
    client.session = std::max(client.session, answer->last_event);
  }
}

void World::SendRead(Client& client) {
  Instance& instance = *instances_[random_.Below(service_instances_)];
  if (!instance.IsUp()) return;
  ReadSeen read{.at_least = client.session};
  read.subject.bytes[0] = static_cast<uint8_t>(random_.Below(4));
  const size_t who = static_cast<size_t>(&client - clients_.data());
  instance.shard().Read({.at_least = read.at_least,
                         .deadline = Monotonic(std::chrono::microseconds(now_us_ + 5'000'000)),
                         .run = [this, who, read](const Result<ShardView>& answer) mutable {
                           if (!answer) return;
                           ShardView view = *answer;
                           read.position = view.position();
                           read.values = StateOf<List>(view.subjects(), read.subject).values;
                           Client& reader = clients_[who];
                           reader.session = std::max(reader.session, read.position);
                           history_.reads.push_back(read);
                         }});
}

bool World::IsHealed() const {
  const auto idle = [](const Client& client) { return !client.command; };
  if (!std::ranges::all_of(clients_, idle) || broker_.HasUndelivered()) return false;
  return std::ranges::all_of(instances_, [](const auto& instance) {
    return instance->IsUp() && instance->shard().status().behind == 0;
  });
}

void World::Heal() {
  healing_ = true;
  broker_.SetFaults({});
  for (size_t i = 0; i < instances_.size(); ++i) {
    if (!instances_[i]->IsUp()) StartInstance(i);
    if (!instances_[i]->IsUp()) continue;
    instances_[i]->shard().SetAssigned(i == assigned_ || i == service_instances_);
    instances_[i]->Survive();
  }
  constexpr int kMostRounds = 4000;
  int healed = 0;
  for (int round = 0; round < kMostRounds && healed < 20; ++round) {
    now_us_ += round % 8 == 0 ? 2'000'000 : 1000;
    broker_.AdvanceTo(now_us_);
    for (size_t i = 0; i < instances_.size(); ++i) StepInstance(i);
    for (Client& client : clients_) {
      if (client.command && !client.waiting) Send(client, *client.command);
      if (client.waiting && now_us_ >= client.give_up_us) client.waiting = false;
    }
    healed = IsHealed() ? healed + 1 : 0;
  }
  if (healed < 20) history_.violations.push_back("I10: no progress though all faults were healed");
}

void World::CheckStates() {
  for (size_t i = 0; i < instances_.size(); ++i) {
    if (!instances_[i]->IsUp()) continue;
    instances_[i]->Close();
    const bool echo = i >= service_instances_;
    CompareWithRebuild(echo ? kEchoes.service : kLists.service,
                       echo ? static_cast<const Keeper&>(echoes_) : lists_, *instances_[i]);
  }
  if (random_.Chance(100)) CheckRegression();
}

// I5: what an instance keeps, after all its crashes, is what a fresh rebuild of the log gives.
void World::CompareWithRebuild(const std::string& service, const Keeper& keeper,
                               Instance& instance) {
  Instance fresh({.broker = broker_,
                  .keeper = keeper,
                  .options = OptionsOf(service, Mutant::kNone),
                  .random = random_.Split(),
                  .now_us = now_us_});
  if (!fresh.Start(false)) {
    history_.violations.push_back("I5: the log cannot be rebuilt from");
    return;
  }
  for (int quiet = 0; quiet < 3;) quiet = fresh.shard().Step() ? 0 : quiet + 1;
  const bool failed = fresh.shard().status().failure.has_value();
  fresh.Close();
  if (failed || fresh.store().rows() != instance.store().rows()) {
    history_.violations.push_back("I5: the state differs from a rebuild of the log");
  }
}

// A log that is shorter than what was read is refused.
void World::CheckRegression() {
  const auto log = broker_.All(kLists);
  if (log.empty() || instances_[0]->store().rows().empty()) return;
  broker_.Truncate(kLists, log[random_.Below(log.size())].offset);
  if (instances_[0]->Start(false)) {
    history_.violations.push_back("I12: a log that lost its end was taken");
  }
}

uint64_t World::Digest() const {
  std::string text;
  for (const LogRecord& record : broker_.All(kLists)) text += record.bytes;
  for (const LogRecord& record : broker_.All(kEchoes)) text += record.bytes;
  for (const CommandSeen& command : history_.commands) {
    text += command.answer ? command.answer->answer : "-";
    text += std::to_string(command.attempts);
  }
  const auto sum = Sha256(text);
  uint64_t digest = 0;
  std::memcpy(&digest, sum.data(), sizeof digest);
  return digest;
}

}  // namespace holdfast
