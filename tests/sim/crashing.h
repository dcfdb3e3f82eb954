// A log and a store that stop their instance in the middle of what it does.
#pragma once

#include "libs/eventlog/event_log.h"
#include "libs/shard/state_store.h"

namespace holdfast {

// Thrown by a call that the instance does not survive.
struct SimulatedCrash {};

// Counts the calls that an instance makes to the world outside of it.
class CrashPlan {
 public:
  // The call after `calls` more is the last, and is half done if `after`: it has its effect and
  // never returns.
  void Arm(uint64_t calls, bool after) {
    left_ = calls + 1;
    after_ = after;
  }

  template <typename Call>
  auto Through(Call call) {
    const bool now = left_ > 0 && --left_ == 0;
    if (now && !after_) throw SimulatedCrash{};
    auto result = call();
    if (now) throw SimulatedCrash{};
    return result;
  }

 private:
  uint64_t left_ = 0;
  bool after_ = false;
};

class CrashingLog final : public EventLog {
 public:
  CrashingLog(EventLog& log, CrashPlan& plan) : log_(log), plan_(plan) {}

  std::string Id(const LogPartition& partition) const override { return log_.Id(partition); }
  void Append(const LogPartition& partition, std::string bytes, Reported reported) override {
    plan_.Through([&] {
      log_.Append(partition, std::move(bytes), std::move(reported));
      return true;
    });
  }
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override {
    return plan_.Through([&] { return log_.Read(partition, from, limit_bytes); });
  }
  Result<uint64_t> End(const LogPartition& partition) override { return log_.End(partition); }
  Watcher Watch(const LogPartition& partition, Wake wake) override {
    return log_.Watch(partition, std::move(wake));
  }

 private:
  EventLog& log_;
  CrashPlan& plan_;
};

class CrashingStore final : public StateStore {
 public:
  CrashingStore(StateStore& store, CrashPlan& plan) : store_(store), plan_(plan) {}

  Result<std::optional<std::string>> Get(std::string_view key) override {
    return plan_.Through([&] { return store_.Get(key); });
  }
  Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                      size_t limit) override {
    return plan_.Through([&] { return store_.Scan(prefix, after, limit); });
  }
  Result<void> Write(const RowChanges& changes) override {
    return plan_.Through([&] { return store_.Write(changes); });
  }
  Result<void> Wipe() override { return store_.Wipe(); }

 private:
  StateStore& store_;
  CrashPlan& plan_;
};

}  // namespace holdfast
