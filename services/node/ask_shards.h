// Asks a service's shards and waits for the answer: for threads that nothing else waits for.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "libs/shard/keeper_of.h"
#include "libs/shard/service_shards.h"

namespace holdfast {

inline constexpr std::chrono::seconds kAskLimit{5};

// Reads the partition of `subject` as it is now.
template <typename T>
Result<T> ReadNow(ServiceShards& shards, const SubjectId& subject, const Clock& clock,
                  const std::function<T(Subjects&)>& read) {
  const auto told = std::make_shared<std::promise<Result<T>>>();
  shards.Read(
      shards.PartitionFor(subject),
      {.deadline = clock.Steady() + kAskLimit, .run = [&read, told](Result<ShardView> view) {
         if (!view) return told->set_value(tl::unexpected(view.error()));
         told->set_value(read(view->subjects()));
       }});
  return told->get_future().get();
}

// The read-model rows of a partition that start with `prefix`.
inline Result<std::vector<IndexRow>> ScanNow(ServiceShards& shards, uint32_t partition,
                                             const std::string& prefix, const Clock& clock) {
  const auto told = std::make_shared<std::promise<Result<std::vector<IndexRow>>>>();
  shards.Read(partition, {.deadline = clock.Steady() + kAskLimit,
                          .run = [prefix, told](Result<ShardView> view) {
                            if (!view) return told->set_value(tl::unexpected(view.error()));
                            told->set_value(view->Scan(prefix, "", SIZE_MAX));
                          }});
  return told->get_future().get();
}

// Decides a command, here or where its partition is owned.
inline Result<Answer> SubmitNow(ServiceShards& shards, const SubjectId& subject, Command command) {
  const auto told = std::make_shared<std::promise<Result<Answer>>>();
  shards.Submit(shards.PartitionFor(subject), std::move(command),
                [told](Result<Answer> answer) { told->set_value(std::move(answer)); });
  return told->get_future().get();
}

}  // namespace holdfast
