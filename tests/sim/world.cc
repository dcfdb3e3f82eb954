#include "tests/sim/world.h"

#include <algorithm>

#include "tests/sim/checker.h"

namespace holdfast {
namespace {

constexpr char kLists[] = "lists";
const LogPartition kEchoes{"echoes", 0};

}  // namespace

RunResult RunSeed(uint64_t seed, const Profile& profile, Mutant mutant) {
  return World(seed, profile, mutant).Run();
}

World::World(uint64_t seed, const Profile& profile, Mutant mutant)
    : profile_(profile),
      random_(seed),
      broker_(random_.Next(), profile.faults),
      assigned_(partition_count()),
      untold_(partition_count()) {
  const size_t count = profile.instances + (profile.echo ? 2 : 0);
  for (size_t i = 0; i < count; ++i) {
    Instance::Parts parts = PartsOf(IsEcho(i), mutant);
    parts.skew_us = static_cast<int64_t>(random_.Below(profile.skew_us + 1));
    instances_.push_back(std::make_unique<Instance>(std::move(parts)));
  }
  clients_ =
      std::make_unique<Clients>(Clients::Parts{.profile = profile_,
                                               .random = random_,
                                               .now_us = now_us_,
                                               .broker = broker_,
                                               .services = {instances_.data(), profile.instances}});
  for (size_t i = 0; i < count; ++i) StartInstance(i);
}

ShardOptions World::OptionsOf(const LogPartition& partition, Mutant mutant) const {
  const bool echo = partition == kEchoes;
  ShardOptions options{
      .identity = {.partition = partition, .partition_count = echo ? 1 : partition_count()}};
  for (uint32_t source = 0; echo && source < partition_count(); ++source) {
    options.sources.push_back(
        {.partition = {kLists, source}, .partition_count = partition_count()});
  }
  if (echo) options.source_events_a_turn = 3;
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

Instance::Parts World::PartsOf(bool echo, Mutant mutant) {
  Instance::Parts parts{.broker = broker_,
                        .keeper = echo ? static_cast<const Keeper&>(echoes_) : relays_,
                        .random = random_.Split(),
                        .now_us = now_us_};
  if (echo) parts.shards.push_back(OptionsOf(kEchoes, mutant));
  for (uint32_t partition = 0; !echo && partition < partition_count(); ++partition) {
    parts.shards.push_back(OptionsOf({kLists, partition}, mutant));
  }
  if (!echo && profile_.pushes) parts.pushes = RelayPushes();
  return parts;
}

std::vector<std::vector<LogRecord>> World::Logs() const {
  std::vector<std::vector<LogRecord>> logs;
  for (uint32_t partition = 0; partition < partition_count(); ++partition) {
    logs.push_back(broker_.All({kLists, partition}));
  }
  return logs;
}

RunResult World::Run() {
  for (uint32_t i = 0; i < profile_.actions; ++i) Act();
  Heal();
  CheckLogs();
  CheckStates();
  const History& history = clients_->history();
  RunResult result{
      .violations = history.violations, .digest = Digest(), .pushed = history.pushes.size()};
  for (const CommandSeen& command : history.commands) result.answered += command.answer ? 1 : 0;
  for (const auto& log : Logs()) result.events += log.size();
  return result;
}

// Of those that echo all may claim; when all is healed, one.
std::vector<bool> World::AssignedTo(size_t number) const {
  if (IsEcho(number)) return {!healing_ || number == profile_.instances};
  std::vector<bool> assigned;
  for (const size_t owner : assigned_) assigned.push_back(owner == number);
  return assigned;
}

void World::StartInstance(size_t number) {
  if (instances_[number]->Start(AssignedTo(number))) return;
  clients_->history().violations.push_back("I10: an instance did not start");
  instances_[number]->Crash(false);
}

void World::Act() {
  now_us_ += random_.Below(800);
  broker_.AdvanceTo(now_us_);
  Disturb();
  if (random_.Chance(700)) {
    StepInstance(random_.Below(instances_.size()));
  } else {
    clients_->Act();
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

// Mostly one instance has all, as no process reaches the shards of another to push.
void World::Reassign() {
  const size_t to = random_.Below(profile_.instances);
  const bool only_one = partition_count() > 1 && random_.Chance(300);
  const uint32_t one = only_one ? static_cast<uint32_t>(random_.Below(partition_count())) : 0;
  for (uint32_t partition = 0; partition < partition_count(); ++partition) {
    if (!only_one || partition == one) AssignTo(to, partition);
  }
}

void World::AssignTo(size_t number, uint32_t partition) {
  const size_t before = std::exchange(assigned_[partition], number);
  Instance& old = *instances_[before];
  if (before != number && old.IsUp() && !random_.Chance(profile_.overlap)) {
    old.shard(partition).SetAssigned(false);
  }
  if (instances_[number]->IsUp()) instances_[number]->shard(partition).SetAssigned(true);
}

void World::StepInstance(size_t number) {
  Instance& instance = *instances_[number];
  if (!instance.IsUp()) return StartInstance(number);
  if (healing_) {
    instance.StepAll();
  } else {
    instance.Step();
  }
  CrashIfFailed(instance);
}

void World::CrashIfFailed(Instance& instance) {
  if (!instance.IsUp() || !instance.failure()) return;
  clients_->history().violations.push_back("I10: " + instance.failure()->message);
  instance.Crash(false);
}

bool World::IsHealed() const {
  if (!clients_->IsIdle() || broker_.HasUndelivered()) return false;
  if (std::ranges::any_of(untold_, [](size_t subjects) { return subjects > 0; })) return false;
  return std::ranges::all_of(
      instances_, [](const auto& instance) { return instance->IsUp() && instance->behind() == 0; });
}

// Asks the owner of all; the answer comes with its next steps.
void World::LookForUntold() {
  Instance& owner = *instances_[assigned_.front()];
  if (!owner.IsUp()) return;
  for (uint32_t partition = 0; profile_.pushes && partition < partition_count(); ++partition) {
    owner.shard(partition).Read({.deadline = Monotonic(std::chrono::microseconds(now_us_)),
                                 .run = [this, partition](Result<ShardView> view) {
                                   if (!view) return;
                                   const auto rows = view->Scan(RelayPushes().rows, "", SIZE_MAX);
                                   if (rows) untold_[partition] = rows->size();
                                 }});
  }
}

void World::Heal() {
  healing_ = true;
  broker_.SetFaults({});
  assigned_.assign(partition_count(), assigned_.front());
  untold_.assign(partition_count(), profile_.pushes ? 1 : 0);
  for (size_t i = 0; i < instances_.size(); ++i) {
    if (!instances_[i]->IsUp()) StartInstance(i);
    if (!instances_[i]->IsUp()) continue;
    const auto assigned = AssignedTo(i);
    for (uint32_t partition = 0; partition < assigned.size(); ++partition) {
      instances_[i]->shard(partition).SetAssigned(assigned[partition]);
    }
    instances_[i]->Survive();
  }
  constexpr int kMostRounds = 4000;
  int healed = 0;
  for (int round = 0; round < kMostRounds && healed < 20; ++round) {
    now_us_ += round % 8 == 0 ? 2'000'000 : 1000;
    broker_.AdvanceTo(now_us_);
    LookForUntold();
    for (size_t i = 0; i < instances_.size(); ++i) StepInstance(i);
    clients_->ActHealing();
    healed = IsHealed() ? healed + 1 : 0;
  }
  if (healed < 20) {
    clients_->history().violations.push_back("I10: no progress though all faults were healed");
  }
}

void World::CheckLogs() {
  History& history = clients_->history();
  const auto logs = Logs();
  const auto add = [&](std::vector<std::string> violations) {
    std::ranges::move(violations, std::back_inserter(history.violations));
  };
  for (uint32_t partition = 0; partition < logs.size(); ++partition) {
    add(CheckHistory(history.Of(partition, partition_count()), logs[partition]));
  }
  if (profile_.echo) add(CheckReactions(logs, broker_.All(kEchoes)));
  if (profile_.pushes) add(CheckPushes(history, logs));
}

void World::CheckStates() {
  for (size_t i = 0; i < instances_.size(); ++i) {
    if (!instances_[i]->IsUp()) continue;
    instances_[i]->Close();
    CompareWithRebuild(*instances_[i], IsEcho(i));
  }
  if (random_.Chance(100)) CheckRegression();
}

// I5: what an instance keeps, after all its crashes, is what a fresh rebuild of the logs gives.
void World::CompareWithRebuild(Instance& instance, bool echo) {
  auto& violations = clients_->history().violations;
  Instance::Parts parts = PartsOf(echo, Mutant::kNone);
  parts.pushes.reset();
  Instance fresh(std::move(parts));
  if (!fresh.Start(std::vector<bool>(instance.partition_count()))) {
    return violations.push_back("I5: the log cannot be rebuilt from");
  }
  for (int quiet = 0; quiet < 3;) quiet = fresh.StepAll() ? 0 : quiet + 1;
  const bool failed = fresh.failure().has_value();
  fresh.Close();
  for (uint32_t partition = 0; partition < instance.partition_count(); ++partition) {
    if (failed || fresh.store(partition).rows() != instance.store(partition).rows()) {
      violations.push_back("I5: the state differs from a rebuild of the log");
    }
  }
}

// A log that is shorter than what was read is refused.
void World::CheckRegression() {
  const auto log = broker_.All({kLists, 0});
  if (log.empty() || instances_[0]->store(0).rows().empty()) return;
  broker_.Truncate({kLists, 0}, log[random_.Below(log.size())].offset);
  if (instances_[0]->Start(AssignedTo(0))) {
    clients_->history().violations.push_back("I12: a log that lost its end was taken");
  }
}

uint64_t World::Digest() const {
  std::string text;
  auto logs = Logs();
  logs.push_back(broker_.All(kEchoes));
  for (const auto& log : logs) {
    for (const LogRecord& record : log) text += record.bytes;
  }
  const History& history = clients_->history();
  for (const CommandSeen& command : history.commands) {
    text += command.answer ? command.answer->answer : "-";
    text += std::to_string(command.attempts);
  }
  text += std::to_string(history.pushes.size());
  const auto sum = Sha256(text);
  uint64_t digest = 0;
  std::memcpy(&digest, sum.data(), sizeof digest);
  return digest;
}

}  // namespace holdfast
