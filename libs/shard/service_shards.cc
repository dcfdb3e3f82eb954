#include "libs/shard/service_shards.h"

#include <sodium.h>

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

Nonce RandomNonce() {
  Nonce nonce;
  randombytes_buf(nonce.bytes.data(), nonce.bytes.size());
  return nonce;
}

bool IsReady(const ShardStatus& status) {
  return !status.failure && (status.assigned ? status.serving : status.caught_up);
}

}  // namespace

ServiceShards::ServiceShards(ServiceShardsOptions options, ServiceSurroundings surroundings)
    : options_(std::move(options)), around_(std::move(surroundings)) {
  HOLDFAST_CHECK(sodium_init() >= 0);
  for (size_t i = 0; i < std::max<size_t>(options_.threads, 1); ++i) {
    runners_.push_back(std::make_unique<Runner>());
  }
  const auto now = [this] {
    return Moment{
        .wall = around_.clock.Now(), .steady = around_.clock.Steady(), .today = around_.today()};
  };
  for (uint32_t partition = 0; partition < options_.partition_count; ++partition) {
    stores_.push_back(around_.store(partition));
    shards_.push_back(
        std::make_unique<Shard>(OptionsOf(partition), ShardSurroundings{.log = around_.log,
                                                                        .store = *stores_.back(),
                                                                        .keeper = around_.keeper,
                                                                        .now = now,
                                                                        .new_nonce = RandomNonce,
                                                                        .heads = around_.heads}));
    RunnerOf(partition).shards.push_back(shards_.back().get());
    RunnerOf(partition).signalled.push_back(true);
  }
}

ServiceShards::~ServiceShards() { Stop(); }

ShardOptions ServiceShards::OptionsOf(uint32_t partition) const {
  ShardOptions options = options_.shard;
  options.identity = {.partition = {options_.service, partition},
                      .partition_count = options_.partition_count};
  for (const std::string& source : options_.sources) {
    options.sources.push_back(
        {.partition = {source, partition}, .partition_count = options_.partition_count});
  }
  return options;
}

Result<void> ServiceShards::Start() {
  Result<void> result;
  for (const auto& shard : shards_) {
    std::vector<journal::v1::Checkpoint> witnesses;
    if (auto witness = WitnessFor(around_.witness, shard->partition())) {
      witnesses.push_back(std::move(*witness));
    }
    if (auto started = shard->Start(witnesses); !started && result) result = started;
  }
  for (const auto& runner : runners_) {
    for (Shard* shard : runner->shards) {
      const uint32_t partition = shard->partition().partition;
      const auto wake = [this, partition] { Signal(partition); };
      runner->watchers.push_back(around_.log.Watch(shard->partition(), wake));
      for (const std::string& source : options_.sources) {
        runner->watchers.push_back(around_.log.Watch({source, partition}, wake));
      }
    }
    runner->thread = std::thread([this, raw = runner.get()] { Run(*raw); });
  }
  return result;
}

void ServiceShards::Signal(uint32_t partition) {
  Runner& runner = RunnerOf(partition);
  {
    std::lock_guard lock(runner.mutex);
    auto signalled = runner.signalled[partition / runners_.size()];
    if (signalled) return;
    signalled = true;
  }
  runner.wakes.notify_one();
}

void ServiceShards::Run(Runner& runner) {
  std::vector<bool> more(runner.shards.size());
  for (auto work = WaitForWork(runner, more); !work.empty(); work = WaitForWork(runner, more)) {
    for (size_t i = 0; i < work.size(); ++i) {
      if (work[i]) more[i] = runner.shards[i]->Step();
    }
  }
  Drain(runner);
}

std::vector<bool> ServiceShards::WaitForWork(Runner& runner, const std::vector<bool>& more) {
  std::vector<bool> work = more;
  bool any = std::ranges::find(more, true) != more.end();
  Monotonic now = around_.clock.Steady();
  Monotonic next = now + std::chrono::seconds(1);
  for (const Shard* shard : runner.shards) next = std::min(next, shard->Due());
  any = any || next <= now;

  std::unique_lock lock(runner.mutex);
  const auto woken = [&] {
    return runner.stopping || std::ranges::find(runner.signalled, true) != runner.signalled.end();
  };
  if (!any) runner.wakes.wait_until(lock, next, woken);
  if (runner.stopping) return {};
  now = around_.clock.Steady();
  for (size_t i = 0; i < work.size(); ++i) {
    work[i] = work[i] || runner.signalled[i] || runner.shards[i]->Due() <= now;
    runner.signalled[i] = false;
  }
  return work;
}

void ServiceShards::Drain(Runner& runner) {
  for (Shard* shard : runner.shards) shard->Stop();
  const Monotonic limit = std::chrono::steady_clock::now() + options_.drain;
  const auto drained = [](const Shard* shard) { return shard->IsDrained(); };
  do {
    for (Shard* shard : runner.shards) shard->Step();
    if (std::ranges::all_of(runner.shards, drained)) break;
    std::unique_lock lock(runner.mutex);
    runner.wakes.wait_for(lock, std::chrono::milliseconds(5), [&] {
      return std::ranges::find(runner.signalled, true) != runner.signalled.end();
    });
    runner.signalled.assign(runner.signalled.size(), false);
  } while (std::chrono::steady_clock::now() < limit);
  for (Shard* shard : runner.shards) shard->Close();
}

Result<void> ServiceShards::WaitUntilServing(std::chrono::milliseconds limit) {
  const Monotonic deadline = std::chrono::steady_clock::now() + limit;
  for (const auto& shard : shards_) {
    while (true) {
      const ShardStatus status = shard->status();
      if (status.failure) return tl::unexpected(*status.failure);
      if (IsReady(status)) break;
      if (std::chrono::steady_clock::now() >= deadline) {
        return tl::unexpected(NotTaken("partition " + std::to_string(shard->partition().partition) +
                                       " of " + options_.service + " is not yet served"));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  return {};
}

bool ServiceShards::all_serving() const {
  return std::ranges::all_of(shards_, [](const auto& shard) { return IsReady(shard->status()); });
}

uint64_t ServiceShards::behind() const {
  uint64_t behind = 0;
  for (const auto& shard : shards_) behind += shard->status().behind;
  return behind;
}

void ServiceShards::Stop() {
  for (const auto& runner : runners_) {
    {
      std::lock_guard lock(runner->mutex);
      runner->stopping = true;
    }
    runner->wakes.notify_one();
  }
  for (const auto& runner : runners_) {
    if (runner->thread.joinable()) runner->thread.join();
    runner->watchers.clear();
  }
}

void ServiceShards::Assign(const std::set<uint32_t>& partitions) {
  for (const auto& shard : shards_) {
    const uint32_t partition = shard->partition().partition;
    shard->SetAssigned(partitions.contains(partition));
    Signal(partition);
  }
}

void ServiceShards::Submit(uint32_t partition, Command command, Reply reply) {
  if (around_.forwarder == nullptr || Owns(partition))
    return SubmitHere(partition, std::move(command), std::move(reply));
  around_.forwarder->Forward({options_.service, partition}, std::move(command), std::move(reply));
}

void ServiceShards::SubmitHere(uint32_t partition, Command command, Reply reply) {
  shards_.at(partition)->Submit(std::move(command), std::move(reply));
  Signal(partition);
}

void ServiceShards::Read(uint32_t partition, ShardRead read) {
  shards_.at(partition)->Read(std::move(read));
  Signal(partition);
}

}  // namespace holdfast
