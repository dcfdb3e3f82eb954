// The journals whose events are published, and the index by which each finds those whose it is.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "services/relay/app/body_index.h"
#include "services/relay/app/journal_walk.h"

namespace holdfast::relay {

// Thread-safe once started.
class PublishedJournals {
 public:
  // `on_news` is called after events were applied, on the reader's thread: signal there, and
  // return.
  PublishedJournals(EventLog& log, uint32_t partition_count, const OpenStore& open_store,
                    std::function<void()> on_news);
  ~PublishedJournals();  // stops

  Result<void> Start(const journal::v1::Head& witness);
  void Stop();

  uint32_t partition_count() const { return partition_count_; }
  const BodyIndex& index() const { return index_; }
  // Why a journal is read no further.
  std::optional<Status> failure() const;
  // Records of the journals not yet read.
  uint64_t behind() const;

  // A walk over one partition of one journal, from the event after that one. It must not outlive
  // this.
  std::unique_ptr<JournalWalk> WalkAfter(const LogPartition& partition, uint64_t event);
  // The same from a place where a walk has been, or from the beginning.
  std::unique_ptr<JournalWalk> WalkFrom(const LogPartition& partition,
                                        const std::optional<journal::v1::Checkpoint>& place);

 private:
  Result<void> CatchUp();

  EventLog& log_;
  const uint32_t partition_count_;
  BodyIndex index_;
  Projection projection_;  // last: its thread uses all above
};

}  // namespace holdfast::relay
