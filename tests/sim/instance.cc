#include "tests/sim/instance.h"

namespace holdfast {
namespace {

constexpr int64_t kStart_us = 1'700'000'000'000'000;

}  // namespace

Instance::Instance(Parts parts) : parts_(std::move(parts)) {}

Moment Instance::Now() const {
  return {.wall = Instant(std::chrono::microseconds(
              kStart_us + static_cast<int64_t>(parts_.now_us) + parts_.skew_us)),
          .steady = Monotonic(std::chrono::microseconds(parts_.now_us)),
          .today = {}};
}

bool Instance::Start(bool assigned) {
  connection_ = parts_.broker.Connect();
  plan_ = {};
  log_ = std::make_unique<CrashingLog>(*connection_, plan_);
  crashing_store_ = std::make_unique<CrashingStore>(store_, plan_);
  const auto new_nonce = [this] {
    Nonce nonce;
    for (uint8_t& byte : nonce.bytes) byte = static_cast<uint8_t>(parts_.random.Next());
    return nonce;
  };
  shard_ =
      std::make_unique<Shard>(parts_.options, ShardSurroundings{.log = *log_,
                                                                .store = *crashing_store_,
                                                                .keeper = parts_.keeper,
                                                                .now = [this] { return Now(); },
                                                                .new_nonce = new_nonce});
  shard_->SetAssigned(assigned);
  return shard_->Start({}).has_value();
}

void Instance::Step() {
  try {
    shard_->Step();
  } catch (const SimulatedCrash&) {
    Crash(lose_writes_);
  }
}

void Instance::Crash(bool lose_writes) {
  shard_.reset();
  if (lose_writes) {
    store_.Crash(parts_.random.Below(store_.unsynced_writes() + 1));
  } else {
    store_.Sync();
  }
}

void Instance::CrashWithin(uint64_t calls, bool lose_writes) {
  lose_writes_ = lose_writes;
  plan_.Arm(calls, parts_.random.Chance(500));
}

void Instance::Close() {
  plan_ = {};
  shard_->Close();
  shard_.reset();
}

}  // namespace holdfast
