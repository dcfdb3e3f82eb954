// The instances of a deployment: what each has told of itself since its last start, and which of
// them are there, as far as this one has been told.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace holdfast {

struct InstanceView {
  std::string id;
  std::string endpoint;  // HOST:PORT where it is reached; blank: it has not told
  uint32_t pid = 0;      // on its machine
  std::vector<std::string> services;

  bool Runs(const std::string& service) const {
    return std::ranges::find(services, service) != services.end();
  }
  bool operator==(const InstanceView&) const = default;
};

// Thread-safe.
class Instances {
 public:
  void Note(InstanceView told) {
    const std::lock_guard lock(mutex_);
    told_[told.id] = std::move(told);
  }
  void SetPresent(std::set<std::string> ids) {
    const std::lock_guard lock(mutex_);
    present_ = std::move(ids);
  }

  // Those that are there, by id.
  std::vector<InstanceView> Present() const {
    const std::lock_guard lock(mutex_);
    std::vector<InstanceView> present;
    for (const auto& id : present_) {
      const auto found = told_.find(id);
      present.push_back(found == told_.end() ? InstanceView{.id = id} : found->second);
    }
    return present;
  }
  // Those that are there and run a service.
  std::vector<InstanceView> Running(const std::string& service) const {
    auto running = Present();
    std::erase_if(running, [&](const auto& one) { return !one.Runs(service); });
    return running;
  }
  // Those that ever joined, by id, as they last told of themselves.
  std::vector<InstanceView> Known() const {
    const std::lock_guard lock(mutex_);
    std::vector<InstanceView> known;
    for (const auto& [id, one] : told_) known.push_back(one);
    return known;
  }
  // Whether any instance ran it at its last start, there or not.
  bool IsKnown(const std::string& service) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(told_, [&](const auto& one) { return one.second.Runs(service); });
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, InstanceView> told_;  // by id
  std::set<std::string> present_;
};

}  // namespace holdfast
