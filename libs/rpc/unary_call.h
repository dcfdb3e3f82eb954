// One unary call that was let in: answered later, from any thread, exactly once.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/slice.h>

#include <atomic>
#include <chrono>
#include <string_view>

#include "libs/base/authority_code.h"
#include "libs/base/status.h"
#include "libs/rpc/grpc_status.h"
#include "libs/rpc/role_table.h"

namespace holdfast {

// A call without its types. One that goes without an answer is answered UNAVAILABLE,
// OUTCOME_UNKNOWN.
class AnyUnaryCall {
 public:
  virtual ~AnyUnaryCall();
  AnyUnaryCall(const AnyUnaryCall&) = delete;
  AnyUnaryCall& operator=(const AnyUnaryCall&) = delete;

  const Principal& principal() const { return admission_.principal; }
  // Whether the caller may see what belongs to `authority`: to be asked of whatever an id in the
  // request leads to.
  bool Reaches(const AuthorityCode& authority) const { return admission_.Reaches(authority); }
  Reach reach() const { return admission_.reach; }
  // The request as it came, valid as long as the call.
  std::string_view request_bytes() const { return bytes_; }
  // When the caller stops waiting.
  std::chrono::system_clock::time_point deadline() const { return deadline_; }

  // Ends the call with a failure. The first answer counts; later ones do nothing.
  void Fail(const Status& status, const FailureFacts& facts = {});

 protected:
  struct Parts {
    Admission admission;
    std::chrono::system_clock::time_point deadline;
    grpc::Slice request;
    grpc::ByteBuffer* response;
    grpc::ServerUnaryReactor* reactor;
  };
  explicit AnyUnaryCall(Parts parts);

  void FinishWith(const google::protobuf::Message& response);

 private:
  friend class Gate;

  const Admission admission_;
  const std::chrono::system_clock::time_point deadline_;
  const grpc::Slice slice_;
  const std::string_view bytes_;
  grpc::ByteBuffer* const response_;
  grpc::ServerUnaryReactor* const reactor_;
  std::atomic<bool> answered_ = false;
};

template <typename RequestType, typename ResponseType>
class UnaryCall final : public AnyUnaryCall {
 public:
  const RequestType& request() const { return request_; }

  // Ends the call with an answer. The first answer counts; later ones do nothing.
  void Finish(const ResponseType& response) { FinishWith(response); }

 private:
  friend class Gate;

  explicit UnaryCall(Parts parts) : AnyUnaryCall(std::move(parts)) {}

  RequestType request_;
};

}  // namespace holdfast
