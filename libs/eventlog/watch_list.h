// Who is to be woken when a partition has more: the watchers of an event log. Thread-safe.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "libs/eventlog/event_log.h"

namespace holdfast {

class WatchList {
 public:
  // Ends when what it returns goes; no call comes after that.
  EventLog::Watcher Add(const LogPartition& partition, EventLog::Wake wake) {
    auto watch = std::make_shared<Watch>();
    watch->wake = std::move(wake);
    {
      std::lock_guard lock(mutex_);
      watches_[partition].push_back(watch);
    }
    return {watch.get(), [watch](void*) mutable {
              std::lock_guard running(watch->mutex);
              watch->wake = nullptr;
            }};
  }

  void Wake(const LogPartition& partition) {
    for (const auto& watch : Living(partition)) {
      std::lock_guard running(watch->mutex);
      if (watch->wake) watch->wake();
    }
  }

 private:
  struct Watch {
    std::mutex mutex;  // held while `wake` runs, so that ending a watch waits for it
    EventLog::Wake wake;
  };

  std::vector<std::shared_ptr<Watch>> Living(const LogPartition& partition) {
    std::vector<std::shared_ptr<Watch>> living;
    std::lock_guard lock(mutex_);
    auto& watches = watches_[partition];
    for (auto it = watches.begin(); it != watches.end();) {
      auto watch = it->lock();
      it = watch ? std::next(it) : watches.erase(it);
      if (watch) living.push_back(std::move(watch));
    }
    return living;
  }

  std::mutex mutex_;
  std::map<LogPartition, std::list<std::weak_ptr<Watch>>> watches_;
};

}  // namespace holdfast
