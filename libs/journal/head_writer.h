// Writes the HEAD file each second when a head has moved, and when it is told to stop.
#pragma once

#include <condition_variable>
#include <functional>
#include <thread>

#include "libs/journal/head_file.h"

namespace holdfast {

class HeadWriter {
 public:
  // `failed` is called, on the writer's thread, when the file could not be written; it is tried again a second later.
  HeadWriter(std::filesystem::path path, HeadKey key, Heads& heads, const Clock& clock,
             std::function<void(const Status&)> failed);
  ~HeadWriter();  // stops

  // Writes the last heads: the service's shards have been closed.
  void Stop();

 private:
  void Run();
  void WriteIfChanged();

  const std::filesystem::path path_;
  const HeadKey key_;
  Heads& heads_;
  const Clock& clock_;
  const std::function<void(const Status&)> failed_;
  std::optional<journal::v1::Head> unwritten_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable wakes_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace holdfast
