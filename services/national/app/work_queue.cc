#include "services/national/app/work_queue.h"

namespace holdfast::national {

WorkQueue::WorkQueue(size_t limit) : limit_(limit), thread_([this] { Run(); }) {}

WorkQueue::~WorkQueue() { Stop(); }

bool WorkQueue::Post(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || waiting_.size() >= limit_) return false;
  waiting_.push_back(std::move(work));
  wakes_.notify_one();
  return true;
}

void WorkQueue::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkQueue::Run() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      wakes_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    work();
  }
}

}  // namespace holdfast::national
