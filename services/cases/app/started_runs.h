// The runs of imports that this process has seen begin or asked about, so that not each child's
// rows ask the authority's partition again. Any thread may call.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "holdfast/cases/v1/cases_events.pb.h"

namespace holdfast::cases {

struct StartedRun {
  v1::Submission submission;
  bool repair = false;
};

class StartedRuns {
 public:
  std::optional<StartedRun> Find(const std::string& authority, const std::string& run) const {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find({authority, run});
    return found == runs_.end() ? std::nullopt : std::optional(found->second);
  }
  void Add(const std::string& authority, const StartedRun& run) {
    const std::lock_guard lock(mutex_);
    runs_[{authority, run.submission.run()}] = run;
  }
  // It takes no more rows: it was finished or withdrawn.
  void Remove(const std::string& authority, const std::string& run) {
    const std::lock_guard lock(mutex_);
    runs_.erase({authority, run});
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, StartedRun> runs_;  // guarded by mutex_
};

}  // namespace holdfast::cases
