// The subjects of partitions' copies of sources, kept: finding one takes some hashing. Any thread
// may call.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

class SourceCopies {
 public:
  explicit SourceCopies(uint32_t partition_count) : partition_count_(partition_count) {}

  uint32_t partition_count() const { return partition_count_; }
  // Of `source` in the partition of `subject`.
  SubjectId Beside(const std::string& source, const SubjectId& subject) const {
    return In(source, PartitionOf(subject, partition_count_));
  }
  SubjectId In(const std::string& source, uint32_t partition) const {
    const std::lock_guard lock(mutex_);
    const auto [found, added] = found_.try_emplace({source, partition});
    if (added) found->second = SourceCopySubject(source, partition, partition_count_);
    return found->second;
  }

 private:
  const uint32_t partition_count_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, uint32_t>, SubjectId> found_;  // guarded by mutex_
};

}  // namespace holdfast::proceedings
