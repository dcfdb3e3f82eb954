// A stream from the server that goes on until its caller ends it or its deadline passes: messages
// leave as fast as the caller takes them, and more are asked for only then.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "libs/base/status.h"
#include "libs/rpc/role_table.h"

namespace holdfast {

using LiveReactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;

// It lives until gRPC has done with it and nobody holds it.
class LiveStream final : public LiveReactor, public std::enable_shared_from_this<LiveStream> {
 public:
  // Called when all that was given is written: give more, then or later, from any thread. Never
  // twice before more was given; never again after the end.
  using Pull = std::function<void()>;

  // A stream of a caller that was let in. It writes nothing until Start.
  static std::shared_ptr<LiveStream> Open(Admission admission);
  // A stream that ends at once.
  static LiveReactor* TurnAway(const Status& why);

  const Principal& principal() const { return admission_.principal; }
  bool Reaches(const AuthorityCode& authority) const { return admission_.Reaches(authority); }
  Reach reach() const { return admission_.reach; }

  // To be called once; asks for messages at once.
  void Start(Pull pull);
  // Writes these, at least one. Thread-safe.
  template <typename Message>
  void Give(const std::vector<Message>& messages) {
    std::vector<grpc::ByteBuffer> all;
    for (const Message& message : messages) {
      auto bytes = BytesOf(message);
      if (!bytes) return End(bytes.error());
      all.push_back(std::move(*bytes));
    }
    GiveBytes(std::move(all));
  }
  // Ends the stream once what was given is written.
  void End(const Status& why);
  // True once it has ended or nobody listens: nothing need be given any more.
  bool ended() const;

 private:
  explicit LiveStream(Admission admission) : admission_(std::move(admission)) {}

  static Result<grpc::ByteBuffer> BytesOf(const google::protobuf::Message& message);
  void GiveBytes(std::vector<grpc::ByteBuffer> messages);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  // Does what is due, never under the lock: gRPC may call back from within.
  void Proceed();

  const Admission admission_;
  grpc::ByteBuffer outgoing_;  // while a write is under way

  mutable std::mutex mutex_;  // guards all below
  std::shared_ptr<Pull> pull_;  // shared, so that it outlives a call of it
  std::deque<grpc::ByteBuffer> given_;
  std::optional<Status> end_;
  bool pulled_ = false;  // asked for more, and none was given yet
  bool writing_ = false;
  bool finished_ = false;
  bool proceeding_ = false;
  std::shared_ptr<LiveStream> self_;  // until gRPC has done with it
};

}  // namespace holdfast
