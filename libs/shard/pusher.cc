#include "libs/shard/pusher.h"

#include <future>

namespace holdfast {

Pusher::Pusher(PusherOptions options, ServiceShards& shards, const Clock& clock)
    : partition_count_(shards.partition_count()),
      clock_(clock),
      rounds_(std::move(options),
              {.partition_count = shards.partition_count(),
               .submit =
                   [&shards](uint32_t partition, Command command, Reply reply) {
                     shards.Submit(partition, std::move(command), std::move(reply));
                   },
               .read = [&shards](uint32_t partition,
                                 ShardRead read) { shards.Read(partition, std::move(read)); },
               .now = [&clock] { return clock.Steady(); },
               .wake = [this] { Wake(); },
               .owns = [&shards](uint32_t partition) { return shards.Owns(partition); }}),
      thread_([this] { Run(); }) {}

Pusher::~Pusher() { Stop(); }

void Pusher::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
  work_.clear();
  rounds_.Stop();
}

Result<void> Pusher::CatchUp() {
  for (uint32_t partition = 0; partition < partition_count_; ++partition) {
    std::promise<Result<void>> promise;
    rounds_.CatchUp(partition, [&](Result<void> begun) { promise.set_value(std::move(begun)); });
    if (auto begun = promise.get_future().get(); !begun) return begun;
  }
  return {};
}

void Pusher::Post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    work_.push_back(std::move(work));
  }
  wakes_.notify_all();
}

void Pusher::Wake() {
  // Held once, so that Run waits already, or has yet to look when it is due.
  { const std::lock_guard lock(mutex_); }
  wakes_.notify_all();
}

void Pusher::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    std::function<void()> work;
    const Monotonic due = rounds_.Due();
    const Monotonic now = clock_.Steady();
    if (!work_.empty()) {
      work = std::move(work_.front());
      work_.pop_front();
    } else if (due <= now) {
      work = [this] { rounds_.Step(); };
    } else if (due == Monotonic::max()) {
      wakes_.wait(lock);
      continue;
    } else {
      wakes_.wait_for(lock, due - now);
      continue;
    }
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace holdfast
