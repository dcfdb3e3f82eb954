#include "libs/eventlog/kafka_end.h"

#include <algorithm>
#include <thread>

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A question to a broker that is gone has no answer until it ends.
constexpr milliseconds kOneTry{1'000};
constexpr milliseconds kAskAgain{50};

}  // namespace

Result<uint64_t> AskForEnd(rd_kafka_t* client, const KafkaPartition& partition, milliseconds limit,
                           const std::string& what) {
  const auto deadline = steady_clock::now() + limit;
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const auto patience = std::clamp(left, milliseconds(1), kOneTry);
    int64_t low = 0;
    int64_t high = 0;
    const auto error =
        rd_kafka_query_watermark_offsets(client, partition.topic.c_str(), partition.partition, &low,
                                         &high, static_cast<int>(patience.count()));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
      return static_cast<uint64_t>(std::max<int64_t>(high, 0));
    Status status = KafkaStatus(error, what);
    if (status.code != StatusCode::kUnavailable || steady_clock::now() + kAskAgain >= deadline)
      return tl::unexpected(std::move(status));
    std::this_thread::sleep_for(kAskAgain);
    AskForLeaders(client, OpenTopic(client, partition.topic).get());
  }
}

}  // namespace holdfast
