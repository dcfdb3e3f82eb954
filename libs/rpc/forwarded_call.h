// A call of any method that another server serves, brought there as it is: its messages and its
// status byte by byte, for the same caller and purpose, until the same deadline.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>

#include <memory>
#include <mutex>
#include <optional>

#include "libs/base/status.h"
#include "libs/rpc/forwardable_call.h"

namespace holdfast {

// It lives until gRPC has done with it. One message at a time is on its way in each direction, so
// that whoever is slow slows the other side.
class ForwardedCall final : public grpc::ServerGenericBidiReactor,
                            public std::enable_shared_from_this<ForwardedCall> {
 public:
  // Begins. The channel's identity is of the role service.
  static std::shared_ptr<ForwardedCall> Start(const ForwardableCall& call,
                                              const std::shared_ptr<grpc::Channel>& channel);
  // A call that ends at once.
  static grpc::ServerGenericBidiReactor* TurnAway(const grpc::Status& why);

  // Waits for the other server no longer: the caller is told OUTCOME_UNKNOWN. Thread-safe.
  void GiveUp() { context_.TryCancel(); }

 private:
  // The other server's end of it.
  class Onward final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Onward(ForwardedCall& call) : call_(call) {}

    void OnReadDone(bool ok) override { call_.OnAnswerRead(ok); }
    void OnWriteDone(bool ok) override { call_.OnRequestWritten(ok); }
    void OnDone(const grpc::Status& status) override { call_.OnEnd(status); }

   private:
    ForwardedCall& call_;
  };

  explicit ForwardedCall(const ForwardableCall& call);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override { context_.TryCancel(); }
  void OnDone() override { const auto self = std::move(self_); }

  void OnRequestWritten(bool ok);
  void OnAnswerRead(bool ok);
  void OnEnd(const grpc::Status& status);

  const size_t max_request_bytes_;
  grpc::ClientContext context_;
  Onward onward_{*this};
  grpc::ByteBuffer request_;  // on its way there
  grpc::ByteBuffer answer_;   // on its way back

  std::shared_ptr<ForwardedCall> self_;  // until gRPC has done with it
  std::mutex mutex_;                     // guards the next three
  bool requests_ended_ = false;          // no other one is written
  bool request_written_ = true;    // none is under way; whoever finds both lets go of the hold
  std::optional<Status> refused_;  // why it was cancelled here
};

}  // namespace holdfast
