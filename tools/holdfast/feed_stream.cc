#include "tools/holdfast/feed_stream.h"

#include <thread>

#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"

namespace holdfast::cli {
namespace {

using proceedings::v1::ProceedingsService;
using proceedings::v1::StreamItemsRequest;
using proceedings::v1::StreamItemsResponse;
using std::chrono::seconds;

constexpr seconds kStream{60};   // the longest that a server lets one last
constexpr seconds kWriting{20};  // then what is under way is waited for
constexpr seconds kNoProgress{30};
constexpr std::chrono::milliseconds kTryAgain{100};

bool MayBeSentAgain(const Status& status) { return status.code == StatusCode::kUnavailable; }

// One stream, from the first item without a receipt on.
Result<void> StreamOnce(Client& client, const std::vector<StreamItemsRequest>& items,
                        std::vector<StreamItemsResponse>& receipts,
                        const std::function<void(size_t)>& progress) {
  ProceedingsService::Stub stub(client.Channel());
  grpc::ClientContext context;
  Prepare(context, {.timeout = kStream});
  const auto stream = stub.StreamItems(&context);
  std::thread writer([&, first = receipts.size()] {
    const auto end = std::chrono::steady_clock::now() + kWriting;
    for (size_t i = first; i < items.size() && std::chrono::steady_clock::now() < end; ++i) {
      if (!stream->Write(items[i])) break;
    }
    stream->WritesDone();
  });
  StreamItemsResponse receipt;
  while (stream->Read(&receipt)) {
    receipts.push_back(std::move(receipt));
    progress(receipts.size());
  }
  writer.join();
  const auto status = stream->Finish();
  if (!status.ok()) return tl::unexpected(Client::StatusOf(FromGrpc(status)));
  return {};
}

}  // namespace

Result<std::vector<StreamItemsResponse>> StreamAll(Client& client,
                                                   const std::vector<StreamItemsRequest>& items,
                                                   const std::function<void(size_t)>& progress) {
  std::vector<StreamItemsResponse> receipts;
  auto last_progress = std::chrono::steady_clock::now();
  while (receipts.size() < items.size()) {
    const size_t before = receipts.size();
    const auto streamed = StreamOnce(client, items, receipts, progress);
    const auto now = std::chrono::steady_clock::now();
    if (receipts.size() > before) last_progress = now;
    if (streamed) continue;
    if (!MayBeSentAgain(streamed.error()) || now - last_progress > kNoProgress)
      return tl::unexpected(streamed.error());
    std::this_thread::sleep_for(kTryAgain);
    client.Reconnect();
  }
  return receipts;
}

}  // namespace holdfast::cli
