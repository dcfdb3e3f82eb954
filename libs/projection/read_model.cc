#include "libs/projection/read_model.h"

namespace holdfast {

ModelVersion::~ModelVersion() {
  // What is left of it when this fails is deleted at the next start, or before the slot is used.
  if (is_retired_) (void)rows_.Wipe(number_);
}

ReadModel::ReadModel(std::string name, Projection::Options reading, EventLog& log, ModelRows rows,
                     MakeFold make)
    : name_(std::move(name)),
      reading_(std::move(reading)),
      log_(log),
      rows_(std::move(rows)),
      make_(std::move(make)) {}

ReadModel::~ReadModel() { Stop(); }

Result<void> ReadModel::Start(const journal::v1::Head& witness) {
  const auto serving = rows_.Serving();
  if (!serving) return tl::unexpected(serving.error());
  // One that was being made, or was not deleted, when the process ended.
  if (auto wiped = rows_.Wipe(*serving + 1); !wiped) return wiped;
  {
    std::lock_guard lock(mutex_);
    serving_ = *serving;
  }
  live_ = Make(*serving);
  reader_ = std::make_unique<Projection>(reading_, log_, live_->fold());
  return reader_->Start(witness);
}

std::shared_ptr<ModelVersion> ReadModel::Make(uint64_t number) const {
  auto version = std::make_shared<ModelVersion>(rows_, number);
  version->fold_ = make_([&](uint32_t part) { return version->Open(part); });
  return version;
}

void ReadModel::Stop() {
  if (reader_ != nullptr) reader_->Stop();
}

Result<uint64_t> ReadModel::Rebuild() {
  std::lock_guard lock(mutex_);
  if (next_ != nullptr)
    return Fail(StatusCode::kFailedPrecondition, "REBUILD_RUNS",
                name_ + " is being made anew already");
  if (!last_.expired())
    return Fail(StatusCode::kFailedPrecondition, "STILL_READ",
                "the version of " + name_ + " before the one that serves is still being read");
  if (auto wiped = rows_.Wipe(serving_ + 1); !wiped) return tl::unexpected(wiped.error());
  next_ = Make(serving_ + 1);
  failure_.reset();
  reader_->Succeed({.fold = &next_->fold(),
                    .take_over = [this] { return TakeOver(); },
                    .ended = [this](const Result<void>& result) { OnEnded(result); }});
  return next_->number();
}

// On the reader's thread.
Result<void> ReadModel::TakeOver() {
  std::lock_guard lock(mutex_);
  if (auto serves = rows_.Serve(next_->number()); !serves) return serves;
  serving_ = next_->number();
  live_->is_retired_ = true;
  last_ = live_;
  live_ = next_;
  return {};
}

// On the reader's thread.
void ReadModel::OnEnded(const Result<void>& result) {
  std::lock_guard lock(mutex_);
  if (!result) {
    failure_ = result.error();
    next_->is_retired_ = true;
  }
  next_.reset();
}

std::vector<PartitionRead> ReadModel::partitions() const {
  return reader_ == nullptr ? std::vector<PartitionRead>{} : reader_->status();
}

ModelStatus ReadModel::status() const {
  ModelStatus status{.name = name_};
  {
    std::lock_guard lock(mutex_);
    status.is_made = next_ == nullptr;
    status.version = next_ == nullptr ? serving_ : next_->number();
    status.failure = failure_;
  }
  if (reader_ == nullptr) return status;
  LogEnds read;
  for (const auto& part : status.is_made ? reader_->status() : reader_->successor_status())
    read.emplace_back(part.partition, part.read.next_offset);
  if (read.empty()) {
    for (const auto& journal : reading_.journals) read.emplace_back(journal.partition, 0);
  }
  for (const auto& [partition, next_offset] : read) {
    const auto end = log_.EndNow(partition);
    if (end && *end > next_offset) status.behind += *end - next_offset;
  }
  return status;
}

}  // namespace holdfast
