#include "services/proceedings/proceedings_service.h"

#include <grpcpp/impl/service_type.h>

#include "libs/base/check.h"
#include "libs/shard/rocks_store.h"
#include "services/proceedings/api/proceedings_calls.h"
#include "services/proceedings/app/proceedings_keeper.h"
#include "services/proceedings/app/what_follows.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr size_t kThreads = 2;

// All of the service, from bottom to top.
class ProceedingsService final : public Service {
 public:
  explicit ProceedingsService(NodeContext& context)
      : context_(context),
        sealer_(context.key_store, {.service = {"proceedings"}}),
        pool_(context.key_store),
        macs_(context.key_store, context.keys),
        copies_(context.partition_count),
        keeper_({.sealer = sealer_,
                 .keys = pool_,
                 .macs = macs_,
                 .copies = copies_,
                 .manual_clock = context.clock_mode == ClockMode::kManual}) {}
  ~ProceedingsService() override { Stop(); }

  std::string name() const override { return "proceedings"; }

  Result<void> Start() override {
    auto database = RocksDatabase::Open(context_.data / "state" / "proceedings");
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    StartShards();
    if (auto started = shards_->Start(); !started) return started;
    if (auto serving = shards_->WaitUntilServing(kStartLimit); !serving) return serving;
    push_ =
        std::make_unique<Pusher>(proceedings::PushesOf(sealer_, copies_), *shards_, context_.clock);
    if (auto caught_up = push_->CatchUp(); !caught_up) return caught_up;
    parts_.reset(new proceedings::ProceedingsParts{
        *shards_, copies_, *push_, heard_, sealer_, macs_, context_.keys, context_.clock,
        context_.clock_mode == ClockMode::kManual, context_.audit});
    calls_ = proceedings::MakeProceedingsCalls(context_.gate, *parts_);
    return {};
  }

  grpc::Service& grpc_service() override {
    HOLDFAST_CHECK(calls_ != nullptr);
    return *calls_;
  }

  bool serving() const override { return shards_ != nullptr && shards_->all_serving(); }

  uint64_t behind() const override { return shards_ == nullptr ? 0 : shards_->behind(); }

  void Stop() override {
    if (push_ != nullptr) push_->Stop();
    if (shards_ != nullptr) shards_->Stop();
  }

 private:
  void StartShards() {
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "proceedings",
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
  }

  NodeContext& context_;
  PersonalSealer sealer_;
  DataKeyPool pool_;
  RequestMacs macs_;
  proceedings::SourceCopies copies_;
  proceedings::HeardDays heard_;
  proceedings::ProceedingsKeeper keeper_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<Pusher> push_;
  std::unique_ptr<proceedings::ProceedingsParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeProceedingsService(NodeContext& context) {
  return std::make_unique<ProceedingsService>(context);
}

}  // namespace holdfast
