// One thread for work that is too long for a reader's or a caller's.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace holdfast::national {

// Thread-safe.
class WorkQueue {
 public:
  explicit WorkQueue(size_t limit);
  ~WorkQueue();  // stops

  // False when `limit` are waiting, or it has stopped: `work` will not run.
  bool Post(std::function<void()> work);
  // Runs what waits, then ends the thread.
  void Stop();

 private:
  void Run();

  const size_t limit_;
  std::mutex mutex_;  // guards all below but the thread
  std::condition_variable wakes_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;

  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast::national
