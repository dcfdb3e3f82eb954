#include "libs/journal/head_writer.h"

namespace holdfast {

HeadWriter::HeadWriter(std::filesystem::path path, HeadKey key, Heads& heads, const Clock& clock,
                       std::function<void(const Status&)> failed)
    : path_(std::move(path)),
      key_(key),
      heads_(heads),
      clock_(clock),
      failed_(std::move(failed)),
      thread_([this] { Run(); }) {}

HeadWriter::~HeadWriter() { Stop(); }

void HeadWriter::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void HeadWriter::Run() {
  std::unique_lock lock(mutex_);
  while (!wakes_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
    lock.unlock();
    WriteIfChanged();
    lock.lock();
  }
  WriteIfChanged();
}

void HeadWriter::WriteIfChanged() {
  if (auto head = heads_.TakeChanged(clock_.Now())) unwritten_ = std::move(head);
  if (!unwritten_) return;
  if (auto written = WriteHeadFile(path_, key_, *unwritten_); !written) return failed_(written.error());
  unwritten_.reset();
}

}  // namespace holdfast
