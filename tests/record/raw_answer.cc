#include "tests/record/raw_answer.h"

#include <grpcpp/generic/generic_stub.h>

#include "libs/rpc/client.h"

namespace holdfast::testing {

RawAnswer AskRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                 const std::string& message, const Sayings& sayings) {
  grpc::ClientContext context;
  if (sayings.deadline) Prepare(context, {.timeout = sayings.timeout});
  if (!sayings.purpose.empty()) context.AddMetadata(kPurposeMetadata, sayings.purpose);
  if (!sayings.caller.empty()) context.AddMetadata(kCallerMetadata, sayings.caller);
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const grpc::Slice slice(message);
  const auto call =
      stub.PrepareUnaryCall(&context, "/" + method, grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer response;
  grpc::Status status;
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (status.ok()) {
    grpc::Slice bytes;
    if (!response.DumpToSingleSlice(&bytes).ok()) return {true, ""};
    return {true, std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size())};
  }
  std::string bytes = std::to_string(status.error_code()) + "\n" + status.error_message() + "\n" +
                      status.error_details();
  for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
    bytes.append("\n")
        .append(name.data(), name.size())
        .append(": ")
        .append(value.data(), value.size());
  }
  return {false, bytes};
}

}  // namespace holdfast::testing
