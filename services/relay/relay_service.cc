#include "services/relay/relay_service.h"

#include <grpcpp/impl/service_type.h>

#include <atomic>
#include <mutex>

#include "libs/shard/rocks_store.h"
#include "services/node/cluster_options.h"
#include "services/relay/api/relay_calls.h"
#include "services/relay/kafka/kafka_relay.h"

namespace holdfast {
namespace {

class RelayService final : public Service {
 public:
  explicit RelayService(NodeContext& context) : context_(context) {}
  ~RelayService() override { Stop(); }

  std::string name() const override { return "relay"; }

  Result<void> Start() override {
    calls_ = relay::MakeRelayCalls(context_.gate, {.keys = context_.keys,
                                                   .partition_count = context_.partition_count,
                                                   .streams = [this] { return Streams(); }});
    return context_.cluster == nullptr ? Result<void>{} : StartPublishing();
  }

  grpc::Service& grpc_service() override { return *calls_; }  // only once started
  bool serving() const override {
    const std::lock_guard lock(mutex_);
    return calls_ != nullptr && !stopped_ && (!journals_ || !journals_->failure()) &&
           (!publisher_ || !publisher_->failure());
  }
  uint64_t behind() const override {
    const std::lock_guard lock(mutex_);
    return journals_ ? journals_->behind() : 0;
  }
  void Stop() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    ShowPublisher(nullptr);
    publisher_.reset();
    if (streams_) streams_->Stop();
    if (journals_) journals_->Stop();
  }

 private:
  // Started with the first subscriber: who streams nothing reads nothing twice.
  Result<relay::EventStreams*> Streams() {
    const std::lock_guard lock(mutex_);
    if (stopped_) return Fail(StatusCode::kUnavailable, "NOT_TAKEN", "the server stops");
    if (!streams_) {
      if (auto opened = OpenJournals(); !opened) return tl::unexpected(opened.error());
    }
    return streams_.get();
  }

  Result<void> OpenJournals() {
    auto rows = RocksDatabase::Open(context_.data / "state" / "relay");
    if (!rows) return tl::unexpected(rows.error());
    rows_ = std::move(*rows);
    auto journals = std::make_unique<relay::PublishedJournals>(
        context_.log, context_.partition_count,
        [this](uint32_t part) { return rows_->StoreOf(part); },
        [this] {
          if (auto* streams = shown_streams_.load()) streams->Signal();
          const std::lock_guard lock(shown_mutex_);
          if (shown_publisher_ != nullptr) shown_publisher_->Signal();
        });
    if (auto started = journals->Start(context_.witness); !started) return started;
    journals_ = std::move(journals);
    streams_ = std::make_unique<relay::EventStreams>(*journals_, context_.clock,
                                                     relay::EventStreams::Limits{});
    shown_streams_ = streams_.get();
    streams_->Signal();
    return {};
  }

  // On Kafka all is read from the start, for the topics of data teams and groups.
  Result<void> StartPublishing() {
    if (auto streams = Streams(); !streams) return tl::unexpected(streams.error());
    auto publisher = relay::KafkaRelay::Start({.journals = *journals_,
                                               .keys = context_.keys,
                                               .clock = context_.clock,
                                               .kafka = context_.cluster->kafka,
                                               .instance = context_.instance,
                                               .session = context_.cluster->session,
                                               .log = context_.program_log});
    if (!publisher) return tl::unexpected(publisher.error());
    {
      const std::lock_guard lock(mutex_);
      publisher_ = std::move(*publisher);
    }
    ShowPublisher(publisher_.get());
    return {};
  }

  void ShowPublisher(relay::KafkaRelay* publisher) {
    const std::lock_guard lock(shown_mutex_);
    shown_publisher_ = publisher;
    if (publisher != nullptr) publisher->Signal();
  }

  NodeContext& context_;
  mutable std::mutex mutex_;  // guards the next two, and the making of those below
  bool stopped_ = false;
  std::unique_ptr<RocksDatabase> rows_;
  std::atomic<relay::EventStreams*> shown_streams_ = nullptr;
  std::mutex shown_mutex_;  // guards the next
  relay::KafkaRelay* shown_publisher_ = nullptr;
  std::unique_ptr<relay::PublishedJournals> journals_;
  std::unique_ptr<relay::EventStreams> streams_;
  std::unique_ptr<relay::KafkaRelay> publisher_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeRelayService(NodeContext& context) {
  return std::make_unique<RelayService>(context);
}

}  // namespace holdfast
