#include "libs/rpc/ordered_stream.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

#include "libs/rpc/grpc_status.h"

namespace holdfast {
namespace {

// Ends a stream that was not let in.
class TurnedAwayStream final : public StreamReactor {
 public:
  explicit TurnedAwayStream(const Status& why) { Finish(ToGrpc(why)); }

 private:
  void OnDone() override { delete this; }
};

}  // namespace

StreamReactor* OrderedStream::Open(size_t window, Take take) {
  const std::shared_ptr<OrderedStream> stream(new OrderedStream(window, std::move(take)));
  stream->self_ = stream;
  stream->Proceed();
  return stream.get();
}

StreamReactor* OrderedStream::TurnAway(const Status& why) { return new TurnedAwayStream(why); }

void OrderedStream::Answer(uint64_t number, Result<grpc::ByteBuffer> answer) {
  {
    const std::lock_guard lock(mutex_);
    if (number < first_ || number - first_ >= slots_.size()) return;
    Slot& slot = slots_[number - first_];
    if (slot.answer) return;
    slot.answer = std::move(answer);
  }
  Proceed();
}

void OrderedStream::OnReadDone(bool ok) {
  const auto self = shared_from_this();
  std::optional<uint64_t> number;
  {
    const std::lock_guard lock(mutex_);
    no_more_ = no_more_ || !ok;
    if (ok) {
      number = first_ + slots_.size();
      slots_.emplace_back();
    }
  }
  if (number) take_(self, *number, incoming_);
  incoming_.Clear();
  {
    const std::lock_guard lock(mutex_);
    reading_ = false;
  }
  Proceed();
}

void OrderedStream::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    broken_ = broken_ || !ok;
  }
  Proceed();
}

void OrderedStream::OnCancel() {
  {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  Proceed();
}

void OrderedStream::OnDone() {
  std::shared_ptr<OrderedStream> self;  // let go of last; who works on a message holds it too
  const std::lock_guard lock(mutex_);
  self.swap(self_);
}

OrderedStream::Act OrderedStream::NextAct() {
  const std::lock_guard lock(mutex_);
  if (finished_) {
    proceeding_ = false;
    return Act::kNothing;
  }
  const bool is_answered = !slots_.empty() && slots_.front().answer.has_value();
  const bool has_failed = is_answered && !*slots_.front().answer;
  const bool is_over = no_more_ && slots_.empty() && !writing_;
  if (broken_ || is_over || (has_failed && !writing_)) {
    finished_ = true;
    if (broken_) {
      end_ = grpc::Status(grpc::StatusCode::CANCELLED, "nobody listens");
    } else {
      end_ = has_failed ? ToGrpc(slots_.front().answer->error()) : grpc::Status::OK;
    }
    return Act::kFinish;
  }
  if (is_answered && !has_failed && !writing_) {
    outgoing_ = std::move(**slots_.front().answer);
    slots_.pop_front();
    ++first_;
    writing_ = true;
    return Act::kWrite;
  }
  if (!reading_ && !no_more_ && slots_.size() < window_) {
    reading_ = true;
    return Act::kRead;
  }
  proceeding_ = false;
  return Act::kNothing;
}

void OrderedStream::Proceed() {
  {
    const std::lock_guard lock(mutex_);
    if (proceeding_ || finished_) return;
    proceeding_ = true;
  }
  const auto self = weak_from_this().lock();
  while (true) {
    switch (NextAct()) {
      case Act::kNothing:
        return;
      case Act::kRead:
        StartRead(&incoming_);
        break;
      case Act::kWrite:
        StartWrite(&outgoing_);
        break;
      case Act::kFinish:
        return Finish(end_);
    }
  }
}

AnyStreamedMessage::~AnyStreamedMessage() {
  Fail({StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
        "the message was given up; it may have been done"});
}

void AnyStreamedMessage::Fail(const Status& status) {
  stream_->Answer(number_, tl::unexpected(status));
}

void AnyStreamedMessage::AnswerWith(const google::protobuf::Message& response) {
  grpc::ByteBuffer bytes;
  bool own = false;
  const auto written = grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(
      response, &bytes, &own);
  if (!written.ok())
    return Fail({StatusCode::kInternal, "NOT_SERIALISED", "the answer cannot be written"});
  stream_->Answer(number_, std::move(bytes));
}

}  // namespace holdfast
