#include "services/alerting/alerting_service.h"

#include <grpcpp/impl/service_type.h>

#include "libs/base/check.h"
#include "libs/shard/rocks_store.h"
#include "services/alerting/api/alerting_calls.h"
#include "services/alerting/app/alerting_keeper.h"
#include "services/alerting/app/clock_check.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr size_t kThreads = 2;

// All of the service, from bottom to top.
class AlertingService final : public Service {
 public:
  explicit AlertingService(NodeContext& context)
      : context_(context),
        sealer_(context.key_store, {.service = {"alerting"}}),
        registrations_(context.key_store, {.service = {"cases"}}),
        macs_(context.key_store, context.keys),
        keeper_({.sealer = sealer_, .macs = macs_, .partition_count = context.partition_count}) {}
  ~AlertingService() override { Stop(); }

  std::string name() const override { return "alerting"; }

  Result<void> Start() override {
    auto database = RocksDatabase::Open(context_.data / "state" / "alerting");
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    auto refused = context_.clock_mode == ClockMode::kManual
                       ? Result<std::string>("")
                       : alerting::WhyClockIsRefused(context_.log, context_.partition_count,
                                                     context_.clock.Now());
    if (!refused) return tl::unexpected(refused.error());
    StartShards();
    if (auto started = shards_->Start(); !started) return started;
    if (auto serving = shards_->WaitUntilServing(kStartLimit); !serving) return serving;
    rounds_ = std::make_unique<alerting::Rounds>(
        alerting::RoundsParts{.shards = *shards_,
                              .log = context_.log,
                              .clock = context_.clock,
                              .today = context_.today,
                              .clock_mode = context_.clock_mode,
                              .policy = alerting::PolicyOfFiles(ShippedPolicyFiles())},
        std::move(*refused));
    rounds_->Start();
    parts_.reset(new alerting::AlertingParts{*shards_, context_.log, *rounds_, registrations_,
                                             macs_, context_.clock, context_.clock_mode,
                                             context_.manual_day, context_.audit});
    calls_ = alerting::MakeAlertingCalls(context_.gate, *parts_);
    return {};
  }

  grpc::Service& grpc_service() override {
    HOLDFAST_CHECK(calls_ != nullptr);
    return *calls_;
  }

  bool serving() const override {
    return rounds_ != nullptr && rounds_->status().refused.empty() && shards_->all_serving();
  }

  uint64_t behind() const override { return shards_ == nullptr ? 0 : shards_->behind(); }

  void Stop() override {
    if (rounds_ != nullptr) rounds_->Stop();
    if (shards_ != nullptr) shards_->Stop();
  }

 private:
  void StartShards() {
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "alerting",
                             .partition_count = context_.partition_count,
                             .sources = {"cases", "proceedings", "contact"},
                             .threads = kThreads},
        ServiceSurroundings{
            .log = context_.log,
            .keeper = keeper_,
            .clock = context_.clock,
            .today = context_.today,
            .store = [this](uint32_t partition) { return database_->StoreOf(partition); },
            .heads = context_.heads,
            .witness = context_.witness});
  }

  NodeContext& context_;
  PersonalSealer sealer_;
  PersonalSealer registrations_;
  RequestMacs macs_;
  alerting::AlertingKeeper keeper_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<alerting::Rounds> rounds_;
  std::unique_ptr<alerting::AlertingParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeAlertingService(NodeContext& context) {
  return std::make_unique<AlertingService>(context);
}

}  // namespace holdfast
