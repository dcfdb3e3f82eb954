#include "libs/journal/head_writer.h"

namespace holdfast {

HeadWriter::HeadWriter(Options options, Heads& heads, const Clock& clock)
    : options_(std::move(options)), heads_(heads), clock_(clock), thread_([this] { Run(); }) {}

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
  while (!wakes_.wait_for(lock, options_.every, [this] { return stopping_; })) {
    lock.unlock();
    WriteIfChanged();
    lock.lock();
  }
  WriteIfChanged();
}

void HeadWriter::WriteIfChanged() {
  if (auto head = heads_.TakeChanged(clock_.Now())) unwritten_ = std::move(head);
  if (!unwritten_) return;
  const auto written = WriteHeadFile(options_.path, options_.key, *unwritten_);
  if (written) {
    unwritten_.reset();
  } else if (options_.failed) {
    options_.failed(written.error());
  }
}

}  // namespace holdfast
