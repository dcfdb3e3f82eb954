#include "services/contact/contact_service.h"

#include <grpcpp/impl/service_type.h>

#include "libs/base/check.h"
#include "libs/shard/rocks_store.h"
#include "services/contact/api/contact_calls.h"
#include "services/contact/app/contact_keeper.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr size_t kThreads = 1;

// All of the service, from bottom to top.
class ContactService final : public Service {
 public:
  explicit ContactService(NodeContext& context)
      : context_(context),
        sealer_(context.key_store, {.service = {"contact"}}),
        macs_(context.key_store, context.keys),
        keeper_({.sealer = sealer_,
                 .macs = macs_,
                 .manual_clock = context.clock_mode == ClockMode::kManual}) {}
  ~ContactService() override { Stop(); }

  std::string name() const override { return "contact"; }

  Result<void> Start() override {
    auto database = RocksDatabase::Open(context_.data / "state" / "contact");
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "contact",
                             .partition_count = context_.partition_count,
                             .sources = {"cases"},
                             .threads = kThreads},
        ServiceSurroundings{
            .log = context_.log,
            .keeper = keeper_,
            .clock = context_.clock,
            .today = context_.today,
            .store = [this](uint32_t partition) { return database_->StoreOf(partition); },
            .heads = context_.heads,
            .witness = context_.witness});
    if (auto started = shards_->Start(); !started) return started;
    if (auto serving = shards_->WaitUntilServing(kStartLimit); !serving) return serving;
    parts_.reset(new contact::ContactParts{*shards_, sealer_, macs_, context_.keys, context_.clock,
                                           context_.today, context_.audit});
    calls_ = contact::MakeContactCalls(context_.gate, *parts_);
    return {};
  }

  grpc::Service& grpc_service() override {
    HOLDFAST_CHECK(calls_ != nullptr);
    return *calls_;
  }

  bool serving() const override { return shards_ != nullptr && shards_->all_serving(); }

  uint64_t behind() const override { return shards_ == nullptr ? 0 : shards_->behind(); }

  void Stop() override {
    if (shards_ != nullptr) shards_->Stop();
  }

 private:
  NodeContext& context_;
  PersonalSealer sealer_;
  RequestMacs macs_;
  contact::ContactKeeper keeper_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<contact::ContactParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeContactService(NodeContext& context) {
  return std::make_unique<ContactService>(context);
}

}  // namespace holdfast
