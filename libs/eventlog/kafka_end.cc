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

using KafkaPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                        KafkaFree<rd_kafka_topic_partition_list_destroy>>;

// By the question for the offset of a time, of which the last is one: librdkafka before 2.3 waits
// for ever in rd_kafka_query_watermark_offsets once the broker that it asks is gone.
rd_kafka_resp_err_t AskOnce(rd_kafka_t* client, const KafkaPartition& partition,
                            milliseconds patience, int64_t& end) {
  const KafkaPartitions asked(rd_kafka_topic_partition_list_new(1));
  auto* one =
      rd_kafka_topic_partition_list_add(asked.get(), partition.topic.c_str(), partition.partition);
  one->offset = RD_KAFKA_OFFSET_END;
  const auto error =
      rd_kafka_offsets_for_times(client, asked.get(), static_cast<int>(patience.count()));
  end = one->offset;
  return error == RD_KAFKA_RESP_ERR_NO_ERROR ? one->err : error;
}

}  // namespace

Result<uint64_t> AskForEnd(rd_kafka_t* client, const KafkaPartition& partition, milliseconds limit,
                           const std::string& what) {
  const auto deadline = steady_clock::now() + limit;
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const auto patience = std::clamp(left, milliseconds(1), kOneTry);
    int64_t end = 0;
    const auto error = AskOnce(client, partition, patience, end);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
      return static_cast<uint64_t>(std::max<int64_t>(end, 0));
    Status status = KafkaStatus(error, what);
    if (status.code != StatusCode::kUnavailable || steady_clock::now() + kAskAgain >= deadline)
      return tl::unexpected(std::move(status));
    std::this_thread::sleep_for(kAskAgain);
    AskForLeaders(client, OpenTopic(client, partition.topic).get());
  }
}

}  // namespace holdfast
