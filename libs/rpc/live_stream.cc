#include "libs/rpc/live_stream.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "libs/rpc/grpc_status.h"

namespace holdfast {
namespace {

class TurnedAwayStream final : public LiveReactor {
 public:
  explicit TurnedAwayStream(const Status& why) { Finish(ToGrpc(why)); }

 private:
  void OnDone() override { delete this; }
};

}  // namespace

std::shared_ptr<LiveStream> LiveStream::Open(Admission admission) {
  std::shared_ptr<LiveStream> stream(new LiveStream(std::move(admission)));
  stream->self_ = stream;
  return stream;
}

LiveReactor* LiveStream::TurnAway(const Status& why) { return new TurnedAwayStream(why); }

void LiveStream::Start(Pull pull) {
  {
    const std::lock_guard lock(mutex_);
    pull_ = std::make_shared<Pull>(std::move(pull));
  }
  Proceed();
}

Result<grpc::ByteBuffer> LiveStream::BytesOf(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  const auto written = grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(
      message, &bytes, &own);
  if (!written.ok())
    return Fail(StatusCode::kInternal, "NOT_SERIALISED", "a message cannot be written");
  return bytes;
}

void LiveStream::GiveBytes(std::vector<grpc::ByteBuffer> messages) {
  {
    const std::lock_guard lock(mutex_);
    std::ranges::move(messages, std::back_inserter(given_));
    pulled_ = false;
  }
  Proceed();
}

void LiveStream::End(const Status& why) {
  {
    const std::lock_guard lock(mutex_);
    if (!end_) end_ = why;
  }
  Proceed();
}

bool LiveStream::ended() const {
  const std::lock_guard lock(mutex_);
  return end_.has_value() || finished_;
}

void LiveStream::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok && !end_)
      end_ = Status{StatusCode::kUnavailable, "NOBODY_LISTENS", "the caller has gone"};
  }
  Proceed();
}

void LiveStream::OnCancel() {
  {
    const std::lock_guard lock(mutex_);
    given_.clear();
    end_ = Status{StatusCode::kUnavailable, "NOBODY_LISTENS", "the caller has gone"};
  }
  Proceed();
}

void LiveStream::OnDone() {
  std::shared_ptr<LiveStream> self;  // let go of last
  std::shared_ptr<Pull> pull;        // may hold the stream
  const std::lock_guard lock(mutex_);
  pull.swap(pull_);
  self.swap(self_);
}

void LiveStream::Proceed() {
  const auto self = shared_from_this();
  std::unique_lock lock(mutex_);
  if (proceeding_) return;
  proceeding_ = true;
  while (!finished_ && !writing_) {
    if (!given_.empty()) {
      outgoing_ = std::move(given_.front());
      given_.pop_front();
      writing_ = true;
      lock.unlock();
      StartWrite(&outgoing_);
    } else if (end_) {
      finished_ = true;
      const grpc::Status status = ToGrpc(*end_);
      lock.unlock();
      Finish(status);
    } else if (pull_ && !pulled_) {
      pulled_ = true;
      const auto pull = pull_;
      lock.unlock();
      (*pull)();
    } else {
      break;
    }
    lock.lock();
  }
  proceeding_ = false;
}

}  // namespace holdfast
