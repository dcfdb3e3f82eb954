// A bidirectional stream of which each message is answered by one message, in the order of the
// messages, while the messages themselves are worked on side by side: at most `window` of them, the
// next is read once there is room.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "libs/base/status.h"
#include "libs/rpc/role_table.h"

namespace holdfast {

using StreamReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// The stream without its types. It lives until gRPC has done with it and every message of it is
// answered.
class OrderedStream final : public StreamReactor,
                            public std::enable_shared_from_this<OrderedStream> {
 public:
  // What is done with a message: its number, from 0, and its bytes. Called on a thread of gRPC, in
  // order; returns at once, and Answer comes later.
  using Take = std::function<void(const std::shared_ptr<OrderedStream>&, uint64_t number,
                                  const grpc::ByteBuffer& message)>;

  // A stream that reads.
  static StreamReactor* Open(size_t window, Take take);
  // A stream that ends at once.
  static StreamReactor* TurnAway(const Status& why);

  // Any thread. The first answer to a message counts; a failure ends the stream once those before
  // it are answered.
  void Answer(uint64_t number, Result<grpc::ByteBuffer> answer);

 private:
  struct Slot {
    std::optional<Result<grpc::ByteBuffer>> answer;
  };
  enum class Act { kNothing, kRead, kWrite, kFinish };

  OrderedStream(size_t window, Take take) : window_(window), take_(std::move(take)) {}

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  // Does what is due, one act after the other: never two threads at once, never under the lock,
  // since gRPC may call back from within.
  void Proceed();
  Act NextAct();

  const size_t window_;
  const Take take_;
  grpc::ByteBuffer incoming_;  // while a read is under way
  grpc::ByteBuffer outgoing_;  // while a write is
  grpc::Status end_;           // once finishing

  std::mutex mutex_;  // guards all below
  std::deque<Slot> slots_;
  uint64_t first_ = 0;  // number of the first slot
  bool proceeding_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool no_more_ = false;  // the caller has said all
  bool broken_ = false;   // nobody listens
  bool finished_ = false;
  std::shared_ptr<OrderedStream> self_;  // until gRPC has done with it
};

// One message of a stream that was let in: answered later, from any thread, exactly once. One that
// goes without an answer ends the stream with UNAVAILABLE, OUTCOME_UNKNOWN.
class AnyStreamedMessage {
 public:
  virtual ~AnyStreamedMessage();
  AnyStreamedMessage(const AnyStreamedMessage&) = delete;
  AnyStreamedMessage& operator=(const AnyStreamedMessage&) = delete;

  const Principal& principal() const { return admission_->principal; }
  bool Reaches(const AuthorityCode& body) const { return admission_->Reaches(body); }
  Reach reach() const { return admission_->reach; }
  std::chrono::system_clock::time_point deadline() const { return deadline_; }

  // Ends the stream with a failure once the messages before this one are answered.
  void Fail(const Status& status);

 protected:
  struct Parts {
    std::shared_ptr<const Admission> admission;
    std::chrono::system_clock::time_point deadline;
    std::shared_ptr<OrderedStream> stream;
    uint64_t number;
  };
  explicit AnyStreamedMessage(Parts parts)
      : admission_(std::move(parts.admission)),
        deadline_(parts.deadline),
        stream_(std::move(parts.stream)),
        number_(parts.number) {}

  void AnswerWith(const google::protobuf::Message& response);

 private:
  friend class Gate;

  const std::shared_ptr<const Admission> admission_;
  const std::chrono::system_clock::time_point deadline_;
  const std::shared_ptr<OrderedStream> stream_;
  const uint64_t number_;
};

template <typename RequestType, typename ResponseType>
class StreamedMessage final : public AnyStreamedMessage {
 public:
  const RequestType& request() const { return request_; }
  void Finish(const ResponseType& response) { AnswerWith(response); }

 private:
  friend class Gate;

  explicit StreamedMessage(Parts parts) : AnyStreamedMessage(std::move(parts)) {}

  RequestType request_;
};

}  // namespace holdfast
