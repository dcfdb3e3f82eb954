#include "tests/sim/instance.h"

#include <algorithm>

namespace holdfast {
namespace {

constexpr int64_t kStart_us = 1'700'000'000'000'000;

}  // namespace

Instance::Instance(Parts parts) : parts_(std::move(parts)), served_(parts_.shards.size()) {}

Moment Instance::Now() const {
  return {.wall = Instant(std::chrono::microseconds(
              kStart_us + static_cast<int64_t>(parts_.now_us) + parts_.skew_us)),
          .steady = Monotonic(std::chrono::microseconds(parts_.now_us)),
          .today = {}};
}

bool Instance::Start(const std::vector<bool>& assigned) {
  connection_ = parts_.broker.Connect();
  plan_ = {};
  log_ = std::make_unique<CrashingLog>(*connection_, plan_);
  const auto new_nonce = [this] {
    Nonce nonce;
    for (uint8_t& byte : nonce.bytes) byte = static_cast<uint8_t>(parts_.random.Next());
    return nonce;
  };
  is_up_ = true;
  bool started = true;
  for (size_t i = 0; i < served_.size(); ++i) {
    Served& served = served_[i];
    served.crashing_store = std::make_unique<CrashingStore>(served.store, plan_);
    Result<void> result;
    do {  // who starts while the log cannot be read ends, and is started again
      served.shard = std::make_unique<Shard>(parts_.shards[i],
                                             ShardSurroundings{.log = *log_,
                                                               .store = *served.crashing_store,
                                                               .keeper = parts_.keeper,
                                                               .now = [this] { return Now(); },
                                                               .new_nonce = new_nonce});
      result = served.shard->Start({});
    } while (!result && result.error().code == StatusCode::kUnavailable);
    served.shard->SetAssigned(assigned[i]);
    started = result.has_value() && started;
  }
  if (parts_.pushes) StartPushes();
  return started;
}

void Instance::StartPushes() {
  pushes_ = std::make_unique<PushRounds>(
      *parts_.pushes,
      PushSurroundings{.partition_count = partition_count(),
                       .submit =
                           [this](uint32_t partition, Command command, Reply reply) {
                             shard(partition).Submit(std::move(command), std::move(reply));
                           },
                       .read = [this](uint32_t partition,
                                      ShardRead read) { shard(partition).Read(std::move(read)); },
                       .now = [this] { return Now().steady; },
                       .wake = [] {},
                       .mutant = parts_.shards.front().mutant});
  for (uint32_t partition = 0; partition < partition_count(); ++partition) {
    pushes_->CatchUp(partition, [](const auto&) {});
  }
}

std::optional<Status> Instance::failure() const {
  for (const Served& served : served_) {
    if (auto failure = served.shard->status().failure) return failure;
  }
  return std::nullopt;
}

uint64_t Instance::behind() const {
  uint64_t behind = 0;
  for (const Served& served : served_) behind += served.shard->status().behind;
  return behind;
}

template <typename Do>
void Instance::OrCrash(Do what) {
  try {
    what();
  } catch (const SimulatedCrash&) {
    Crash(lose_writes_);
  }
}

void Instance::Step() {
  const size_t parts = served_.size() + (pushes_ ? 1 : 0);
  const size_t part = parts == 1 ? 0 : parts_.random.Below(parts);
  OrCrash([&] {
    if (part == served_.size()) return pushes_->Step();
    served_[part].shard->Step();
  });
}

bool Instance::StepAll() {
  bool more = false;
  OrCrash([&] {
    for (Served& served : served_) more = served.shard->Step() || more;
    if (pushes_) pushes_->Step();
  });
  return more;
}

void Instance::Crash(bool lose_writes) {
  is_up_ = false;
  for (Served& served : served_) {
    served.shard.reset();
    if (lose_writes) {
      served.store.Crash(parts_.random.Below(served.store.unsynced_writes() + 1));
    } else {
      served.store.Sync();
    }
  }
  pushes_.reset();
}

void Instance::CrashWithin(uint64_t calls, bool lose_writes) {
  lose_writes_ = lose_writes;
  plan_.Arm(calls, parts_.random.Chance(500));
}

void Instance::Close() {
  plan_ = {};
  is_up_ = false;
  if (pushes_) pushes_->Stop();
  for (Served& served : served_) {
    served.shard->Close();
    served.shard.reset();
  }
  pushes_.reset();
}

}  // namespace holdfast
