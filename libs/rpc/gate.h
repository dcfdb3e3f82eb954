// The gate that each call passes: who calls, may they, what do they say. Handlers behind it are
// registered as raw callback methods, so that a message is parsed only once its sender was let in:
//
//   class Handlers final : public EchoService::WithRawCallbackMethod_Echo<EchoService::Service> {
//     grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
//                                    const grpc::ByteBuffer* request,
//                                    grpc::ByteBuffer* response) override {
//       return gate_.Unary<EchoRequest, EchoResponse>(
//           {context, "holdfast.testing.v1.EchoService/Echo", request, response},
//           [this](std::shared_ptr<UnaryCall<EchoRequest, EchoResponse>> call) {
//             call->Finish(AnswerTo(call->request()));  // or later, on another thread
//           });
//     }
//   };
//
// In order: the certificate's identity and the stated purpose; the role table's row; a deadline of
// at most 60 s; the row's size; the message; and, where the row's grant reaches the caller's own
// authority alone, that a field `authority` of the request, or of a message in it, names no other.
// What an id leads to is the handler's to check, with UnaryCall::Reaches. A source (a court, a
// reporter) is to its field `source` what an authority is to `authority`.
//
// A stream passes the same gate once, and each of its messages from the row's size on: see Ordered.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/rpc/forwardable_call.h"
#include "libs/rpc/live_stream.h"
#include "libs/rpc/ordered_stream.h"
#include "libs/rpc/unary_call.h"

namespace holdfast {

inline constexpr std::chrono::seconds kLongestDeadline{60};

// A call as gRPC hands it over.
struct RawCall {
  grpc::CallbackServerContext* context;
  std::string_view method;  // full name, as in the role table
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

// A stream as gRPC hands it over.
struct RawStream {
  grpc::CallbackServerContext* context;
  std::string_view method;  // full name, as in the role table
  size_t window = 1;        // messages that are worked on side by side
};

// A call that was turned away, for the log: no part of the request.
struct TurnedAway {
  std::string method;
  std::string peer;    // such as "ipv4:127.0.0.1:40022"
  std::string caller;  // identity URI; blank when it is not certain
  Status why;          // as it was, before it is told like any other
};

// What a call's connection and metadata claim.
Claims ClaimsOf(const grpc::ServerContextBase& context);

struct GateOptions {
  const RoleTable& roles;
  std::function<void(const TurnedAway&)> on_turned_away = [](const TurnedAway&) {};
  // Whom to take the caller for. Tests within a process, which has no certificates, put another in
  // its place.
  std::function<Result<Authenticated>(const grpc::ServerContextBase&)> authenticate =
      [](const grpc::ServerContextBase& context) { return Authenticate(ClaimsOf(context)); };
};

// Any thread; never blocks.
class Gate {
 public:
  explicit Gate(GateOptions options) : options_(std::move(options)) {}

  // Hands the call to `handle`, which returns at once and answers later. Calls turned away are
  // answered here.
  template <typename Request, typename Response, typename Handle>
  grpc::ServerUnaryReactor* Unary(const RawCall& raw, Handle&& handle) {
    grpc::ServerUnaryReactor* const reactor = raw.context->DefaultReactor();
    auto parts = Admit(raw, reactor);
    if (!parts) return reactor;
    std::shared_ptr<UnaryCall<Request, Response>> call(
        new UnaryCall<Request, Response>(std::move(*parts)));
    if (Read(raw, *call, call->request_)) std::forward<Handle>(handle)(std::move(call));
    return reactor;
  }

  // Hands the stream to `handle` with what was asked; it gives messages until the caller has gone.
  template <typename Request, typename Handle>
  LiveReactor* Live(const RawStream& raw, const grpc::ByteBuffer& bytes, Handle handle) {
    auto admitted = AdmitStream(raw);
    if (!admitted) return LiveStream::TurnAway(admitted.error());
    Request request;
    if (auto read = ReadMessage(*admitted, bytes, request); !read)
      return LiveStream::TurnAway(read.error());
    auto stream = LiveStream::Open(*admitted->admission);
    LiveReactor* const reactor = stream.get();
    handle(std::move(stream), std::move(request));
    return reactor;
  }

  // Hands each message of the stream to `handle`, which returns at once and answers later: answers
  // leave in the order of the messages. A message that is turned away ends the stream.
  template <typename Request, typename Response, typename Handle>
  StreamReactor* Ordered(const RawStream& raw, Handle handle) {
    auto admitted = AdmitStream(raw);
    if (!admitted) return OrderedStream::TurnAway(admitted.error());
    return OrderedStream::Open(
        raw.window, [this, admitted = std::move(*admitted), handle = std::move(handle)](
                        const std::shared_ptr<OrderedStream>& stream, uint64_t number,
                        const grpc::ByteBuffer& bytes) {
          std::shared_ptr<StreamedMessage<Request, Response>> message(
              new StreamedMessage<Request, Response>(
                  {admitted.admission, admitted.deadline, stream, number}));
          if (auto read = ReadMessage(admitted, bytes, message->request_); !read)
            return message->Fail(read.error());
          handle(std::move(message));
        });
  }

  // Lets in a call that another server is to serve: its caller, purpose and deadline. What it says
  // is that server's to read, and to let in again. NOT_TAKEN (kUnavailable) for one that was
  // brought here already.
  Result<ForwardableCall> AdmitForwardable(const grpc::CallbackServerContext& context,
                                           std::string_view method) const;

 private:
  // A stream that was let in.
  struct AdmittedStream {
    std::shared_ptr<const Admission> admission;
    std::chrono::system_clock::time_point deadline;
    const RoleRow* row;
    std::string peer;
  };
  // The caller, let in, and the row by which.
  struct AdmittedCaller {
    Admission admission;
    const RoleRow* row;
    std::string uri;
  };
  void Note(std::string_view method, const std::string& peer, const std::string& caller,
            const Status& why) const;
  Result<AdmittedCaller> AdmitCaller(const grpc::CallbackServerContext& context,
                                     std::string_view method) const;
  Result<AdmittedStream> AdmitStream(const RawStream& raw) const;
  Result<void> ReadMessage(const AdmittedStream& stream, const grpc::ByteBuffer& bytes,
                           google::protobuf::Message& message) const;
  // Nothing: the call was turned away.
  std::optional<AnyUnaryCall::Parts> Admit(const RawCall& raw,
                                           grpc::ServerUnaryReactor* reactor) const;
  bool Read(const RawCall& raw, AnyUnaryCall& call, google::protobuf::Message& request) const;

  GateOptions options_;
};

}  // namespace holdfast
