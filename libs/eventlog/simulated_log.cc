#include "libs/eventlog/simulated_log.h"

#include <algorithm>

namespace holdfast {

class SimulatedLog::Connection final : public EventLog {
 public:
  Connection(SimulatedLog& log, Random random) : log_(log), random_(random) {}

  std::string Id(const LogPartition&) const override { return log_.id_; }

  void Append(const LogPartition& partition, std::string bytes, Reported reported) override {
    log_.Append(partition, std::move(bytes), std::move(reported));
  }

  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override {
    const uint64_t visible = *End(partition);
    std::lock_guard lock(log_.mutex_);
    if (log_.faults_.unreadable > 0 && random_.Chance(log_.faults_.unreadable))
      return Fail(StatusCode::kUnavailable, "NOT_REACHED", "no broker answers");
    const auto& all = log_.partitions_[partition].records;
    auto it = std::ranges::lower_bound(all, from, {}, &LogRecord::offset);
    std::vector<LogRecord> records;
    size_t bytes = 0;
    for (; it != all.end() && it->offset < visible && bytes < limit_bytes; ++it) {
      bytes += it->bytes.size();
      records.push_back(*it);
    }
    return records;
  }

  Result<uint64_t> End(const LogPartition& partition) override {
    std::lock_guard lock(log_.mutex_);
    const uint64_t end = log_.partitions_[partition].end;
    // Who connects is shown all there is; it lags behind only later.
    uint64_t& seen = seen_.try_emplace(partition, end).first->second;
    const uint64_t behind = random_.Chance(log_.faults_.lagging_read) ? random_.Below(4) : 0;
    seen = std::max(std::min(seen, end), end - std::min(end, behind));
    return seen;
  }

  Watcher Watch(const LogPartition& partition, Wake wake) override {
    auto watch = std::make_shared<Watch_>();
    watch->wake = std::move(wake);
    {
      std::lock_guard lock(log_.mutex_);
      log_.watches_[partition].push_back(watch);
    }
    return {watch.get(), [watch](void*) mutable {
              std::lock_guard running(watch->mutex);
              watch->wake = nullptr;
            }};
  }

 private:
  SimulatedLog& log_;
  Random random_;
  std::map<LogPartition, uint64_t> seen_;
};

SimulatedLog::SimulatedLog(uint64_t seed, LogFaults faults) : random_(seed), faults_(faults) {
  for (int i = 0; i < 16; ++i) id_.push_back(static_cast<char>(random_.Next()));
}

std::unique_ptr<EventLog> SimulatedLog::Connect() {
  std::lock_guard lock(mutex_);
  return std::make_unique<Connection>(*this, random_.Split());
}

void SimulatedLog::Append(const LogPartition& partition, std::string bytes,
                          EventLog::Reported reported) {
  uint64_t now = 0;
  {
    std::lock_guard lock(mutex_);
    const bool lost = random_.Chance(faults_.lost);
    const bool doubled = random_.Chance(faults_.doubled);
    AppendReport report = lost ? AppendReport::kFailed : AppendReport::kAppended;
    if (random_.Chance(faults_.unknown)) report = AppendReport::kUnknown;
    if (lost && random_.Chance(faults_.false_report)) report = AppendReport::kAppended;
    const auto arrival_time = [&] {
      const bool late = random_.Chance(faults_.late);
      return now_us_ + faults_.least_delay_us +
             random_.Below((late ? faults_.latest_us : faults_.delay_us) + 1);
    };
    if (doubled) {
      under_way_.emplace(arrival_time(), Arrival{partition, bytes, {}, report, !lost});
    }
    under_way_.emplace(arrival_time(),
                       Arrival{partition, std::move(bytes), std::move(reported), report, !lost});
    now = now_us_;
  }
  AdvanceTo(now);
}

void SimulatedLog::AdvanceTo(uint64_t now_us) {
  while (true) {
    Arrival due;
    {
      std::lock_guard lock(mutex_);
      now_us_ = std::max(now_us_, now_us);
      if (under_way_.empty() || under_way_.begin()->first > now_us_) return;
      due = std::move(under_way_.begin()->second);
      under_way_.erase(under_way_.begin());
    }
    Arrive(std::move(due));
  }
}

void SimulatedLog::Arrive(Arrival arrival) {
  std::vector<std::shared_ptr<Watch_>> woken;
  if (arrival.arrives) {
    std::lock_guard lock(mutex_);
    Stored& stored = partitions_[arrival.partition];
    if (random_.Chance(faults_.gap)) ++stored.end;
    stored.records.push_back({.offset = stored.end++, .bytes = std::move(arrival.bytes)});
    auto& watches = watches_[arrival.partition];
    std::erase_if(watches, [](const auto& watch) { return watch.expired(); });
    for (const auto& watch : watches) {
      if (auto held = watch.lock()) woken.push_back(std::move(held));
    }
  }
  for (const auto& watch : woken) {
    std::lock_guard running(watch->mutex);
    if (watch->wake) watch->wake();
  }
  if (arrival.reported) arrival.reported(arrival.report);
}

bool SimulatedLog::HasUndelivered() const {
  std::lock_guard lock(mutex_);
  return !under_way_.empty();
}

void SimulatedLog::SetFaults(LogFaults faults) {
  std::lock_guard lock(mutex_);
  faults_ = faults;
}

void SimulatedLog::Truncate(const LogPartition& partition, uint64_t offset) {
  std::lock_guard lock(mutex_);
  Stored& stored = partitions_[partition];
  std::erase_if(stored.records, [&](const LogRecord& record) { return record.offset >= offset; });
  stored.end = std::min(stored.end, offset);
}

std::vector<LogRecord> SimulatedLog::All(const LogPartition& partition) const {
  std::lock_guard lock(mutex_);
  const auto it = partitions_.find(partition);
  return it == partitions_.end() ? std::vector<LogRecord>{} : it->second.records;
}

}  // namespace holdfast
