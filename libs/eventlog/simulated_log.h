// An event log in memory, with the faults that a distributed log has, drawn from a seed. Without
// faults it appends at once.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "libs/eventlog/event_log.h"
#include "libs/testing/random.h"

namespace holdfast {

// How often what goes wrong, in parts of a thousand.
struct LogFaults {
  uint32_t lost = 0;            // an append never arrives
  uint32_t doubled = 0;         // it arrives twice
  uint32_t late = 0;            // it arrives after up to `latest_us`
  uint32_t unknown = 0;         // its report says kUnknown, whatever became of it
  uint32_t false_report = 0;    // its report says kAppended though it is lost
  uint32_t gap = 0;             // an offset is skipped
  uint32_t lagging_read = 0;    // a reader sees an earlier end than there is
  uint32_t unreadable = 0;      // no broker answers a read
  uint64_t least_delay_us = 0;  // each append arrives after this, and up to `delay_us` more:
  uint64_t delay_us = 0;        // then appends overtake each other
  uint64_t latest_us = 0;
};

// What all instances share: the broker. Thread-safe.
class SimulatedLog {
 public:
  explicit SimulatedLog(uint64_t seed, LogFaults faults = {});

  // One instance's connection. It must not outlive the log.
  std::unique_ptr<EventLog> Connect();

  // Lets time pass: appends that are due arrive, in the order of their times.
  void AdvanceTo(uint64_t now_us);
  bool HasUndelivered() const;

  void SetFaults(LogFaults faults);
  // Loses all records from `offset` on, as a log does that was restored from an old copy.
  void Truncate(const LogPartition& partition, uint64_t offset);
  // All records, as an auditor would read them.
  std::vector<LogRecord> All(const LogPartition& partition) const;

 private:
  class Connection;
  struct Arrival {
    LogPartition partition;
    std::string bytes;
    EventLog::Reported reported;
    AppendReport report;
    bool arrives;
  };
  struct Watch_ {
    std::mutex mutex;  // held while `wake` runs, so that ending a watch waits for it
    EventLog::Wake wake;
  };
  struct Stored {
    std::vector<LogRecord> records;
    uint64_t end = 0;
  };

  void Append(const LogPartition& partition, std::string bytes, EventLog::Reported reported);
  void Arrive(Arrival arrival);

  mutable std::mutex mutex_;  // guards all below
  Random random_;
  LogFaults faults_;
  uint64_t now_us_ = 0;
  std::string id_;
  std::map<LogPartition, Stored> partitions_;
  std::multimap<uint64_t, Arrival> under_way_;  // by time of arrival
  std::map<LogPartition, std::list<std::weak_ptr<Watch_>>> watches_;
};

}  // namespace holdfast
