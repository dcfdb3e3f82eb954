// Writes the HEAD file from time to time when a head has moved, and when it is told to stop.
#pragma once

#include <condition_variable>
#include <functional>
#include <thread>

#include "libs/journal/head_file.h"

namespace holdfast {

class HeadWriter {
 public:
  struct Options {
    std::filesystem::path path;
    HeadKey key;
    std::chrono::milliseconds every{1000};
    std::function<void(const Status&)> failed;  // called on the writer's thread; it will try again
  };
  HeadWriter(Options options, Heads& heads, const Clock& clock);
  ~HeadWriter();  // stops

  // Writes the last heads: the service's shards have been closed.
  void Stop();

 private:
  void Run();
  void WriteIfChanged();

  const Options options_;
  Heads& heads_;
  const Clock& clock_;
  std::optional<journal::v1::Head> unwritten_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable wakes_;
  bool stopping_ = false;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
