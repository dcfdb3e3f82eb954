#include "libs/rpc/raw_client.h"

#include <grpcpp/generic/generic_stub.h>

namespace holdfast {

CallResult<std::string> CallRaw(const std::shared_ptr<grpc::Channel>& channel,
                                const RawRequest& request, const CallOptions& options) {
  grpc::ClientContext context;
  Prepare(context, options);
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const grpc::Slice slice(request.bytes);
  const auto call =
      stub.PrepareUnaryCall(&context, "/" + request.method, grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer response;
  grpc::Status status;
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) return tl::unexpected(FromGrpc(status));
  grpc::Slice bytes;
  if (!response.DumpToSingleSlice(&bytes).ok()) return std::string();
  return std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

}  // namespace holdfast
