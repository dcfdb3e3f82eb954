#include "libs/rpc/forwarded_call.h"

#include <grpcpp/generic/generic_stub.h>

#include "libs/rpc/client.h"
#include "libs/rpc/grpc_status.h"

namespace holdfast {
namespace {

class CallTurnedAway final : public grpc::ServerGenericBidiReactor {
 public:
  explicit CallTurnedAway(const grpc::Status& why) { Finish(why); }

 private:
  void OnDone() override { delete this; }
};

// A failure without details is the connection's: nobody knows what the other server has done.
grpc::Status AsTold(const grpc::Status& status) {
  if (status.ok() || !status.error_details().empty()) return status;
  const auto failure = FromGrpc(status).status;
  if (failure.code != StatusCode::kUnavailable) return status;
  return ToGrpc({StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
                 "the instance that serves this did not answer: " + status.error_message()});
}

}  // namespace

grpc::ServerGenericBidiReactor* ForwardedCall::TurnAway(const grpc::Status& why) {
  return new CallTurnedAway(why);
}

ForwardedCall::ForwardedCall(const ForwardableCall& call)
    : max_request_bytes_(call.max_request_bytes) {
  context_.set_deadline(call.deadline);
  context_.AddMetadata(kPurposeMetadata, std::string(Text(call.purpose)));
  context_.AddMetadata(kCallerMetadata, IdentityUri(call.caller));
  context_.AddMetadata(kForwardedMetadata, "1");
}

std::shared_ptr<ForwardedCall> ForwardedCall::Start(const ForwardableCall& call,
                                                    const std::shared_ptr<grpc::Channel>& channel) {
  std::shared_ptr<ForwardedCall> forwarded(new ForwardedCall(call));
  forwarded->self_ = forwarded;
  grpc::GenericStub stub(channel);
  stub.PrepareBidiStreamingCall(&forwarded->context_, "/" + call.method, {}, &forwarded->onward_);
  // Reads and writes there begin when those here end, not in reactions of its own: a hold for each
  // direction, until nothing more comes of it.
  forwarded->onward_.AddMultipleHolds(2);
  forwarded->onward_.StartRead(&forwarded->answer_);
  forwarded->onward_.StartCall();
  forwarded->StartRead(&forwarded->request_);
  return forwarded;
}

void ForwardedCall::OnReadDone(bool ok) {
  const bool too_large = ok && request_.Length() > max_request_bytes_;
  {
    const std::lock_guard lock(mutex_);
    if (requests_ended_) return;
    request_written_ = false;
    if (too_large) {
      refused_ = Status{StatusCode::kResourceExhausted, "TOO_LARGE",
                        "the request has " + std::to_string(request_.Length()) +
                            " bytes; this call takes " + std::to_string(max_request_bytes_)};
    }
  }
  if (ok && !too_large) return onward_.StartWrite(&request_);
  if (too_large) {
    context_.TryCancel();
  } else {
    onward_.StartWritesDone();
  }
  {
    const std::lock_guard lock(mutex_);
    requests_ended_ = request_written_ = true;
  }
  onward_.RemoveHold();
}

void ForwardedCall::OnRequestWritten(bool) {
  bool ended = false;
  {
    const std::lock_guard lock(mutex_);
    request_written_ = true;
    ended = requests_ended_;
  }
  if (ended) return onward_.RemoveHold();
  StartRead(&request_);
}

void ForwardedCall::OnAnswerRead(bool ok) {
  if (ok) return StartWrite(&answer_);
  bool release = false;
  {
    const std::lock_guard lock(mutex_);
    release = !std::exchange(requests_ended_, true) && request_written_;
  }
  if (release) onward_.RemoveHold();
  onward_.RemoveHold();
}

void ForwardedCall::OnWriteDone(bool ok) {
  if (!ok) context_.TryCancel();
  onward_.StartRead(&answer_);
}

void ForwardedCall::OnEnd(const grpc::Status& status) {
  std::optional<Status> refused;
  {
    const std::lock_guard lock(mutex_);
    refused = refused_;
  }
  Finish(refused ? ToGrpc(*refused) : AsTold(status));
}

}  // namespace holdfast
