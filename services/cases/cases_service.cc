#include "services/cases/cases_service.h"

#include <grpcpp/impl/service_type.h>

#include "libs/base/check.h"
#include "libs/shard/rocks_store.h"
#include "services/cases/api/cases_calls.h"
#include "services/cases/app/tell_children.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr size_t kThreads = 2;

Projection::Options LookupOptions(uint32_t partition_count) {
  Projection::Options options;
  for (uint32_t p = 0; p < partition_count; ++p) {
    options.journals.push_back({.partition = {"cases", p}, .partition_count = partition_count});
  }
  return options;
}

// All of the service, from bottom to top.
class CasesService final : public Service {
 public:
  explicit CasesService(NodeContext& context)
      : context_(context),
        sealer_(context.key_store, {.service = {"cases"}}),
        of_proceedings_(context.key_store, {.service = {"proceedings"}}),
        pool_(context.key_store),
        macs_(context.key_store, context.keys),
        copies_(context.partition_count),
        keeper_({.sealer = sealer_,
                 .keys = pool_,
                 .macs = macs_,
                 .copies = copies_,
                 .manual_clock = context.clock_mode == ClockMode::kManual}) {}
  ~CasesService() override { Stop(); }

  std::string name() const override { return "cases"; }

  Result<void> Start() override {
    auto database = RocksDatabase::Open(context_.data / "state" / "cases");
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "cases",
                             .partition_count = context_.partition_count,
                             .sources = {"proceedings", "contact"},
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
    if (auto started = StartLookup(); !started) return started;
    push_ = std::make_unique<cases::AuthorityPush>(*shards_, copies_, context_.clock);
    if (auto caught_up = push_->CatchUp(); !caught_up) return caught_up;
    tell_ = std::make_unique<Pusher>(cases::TellChildren(), *shards_, context_.clock);
    if (auto caught_up = tell_->CatchUp(); !caught_up) return caught_up;
    parts_.reset(new cases::CasesParts{*shards_, copies_, *push_, *tell_, runs_, sealer_,
                                       of_proceedings_, macs_, context_.keys, context_.clock,
                                       context_.today, context_.audit, *people_, *people_reader_});
    calls_ = cases::MakeCasesCalls(context_.gate, *parts_);
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
    if (tell_ != nullptr) tell_->Stop();
    if (shards_ != nullptr) shards_->Stop();
    if (people_reader_ != nullptr) people_reader_->Stop();
  }

 private:
  Result<void> StartLookup() {
    people_ = std::make_unique<cases::PersonLookup>(
        cases::LookupKeys{sealer_, context_.keys},
        [this](uint32_t part) { return database_->StoreOf(part); }, context_.partition_count);
    people_reader_ = std::make_unique<Projection>(LookupOptions(context_.partition_count),
                                                  context_.log, *people_);
    return people_reader_->Start(context_.witness);
  }

  NodeContext& context_;
  PersonalSealer sealer_;
  PersonalSealer of_proceedings_;
  DataKeyPool pool_;
  RequestMacs macs_;
  cases::CopySubjects copies_;
  cases::StartedRuns runs_;
  cases::CasesKeeper keeper_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<cases::PersonLookup> people_;
  std::unique_ptr<Projection> people_reader_;
  std::unique_ptr<cases::AuthorityPush> push_;
  std::unique_ptr<Pusher> tell_;
  std::unique_ptr<cases::CasesParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeCasesService(NodeContext& context) {
  return std::make_unique<CasesService>(context);
}

}  // namespace holdfast
