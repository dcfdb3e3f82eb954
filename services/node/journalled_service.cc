#include "services/node/journalled_service.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};
constexpr std::chrono::minutes kCopyLimit{10};  // over a network, and perhaps from nothing

}  // namespace

JournalledService::JournalledService(NodeContext& context, std::string name)
    : context_(context), name_(std::move(name)) {}

JournalledService::~JournalledService() = default;

Result<void> JournalledService::Open(const Keeper& keeper, std::vector<std::string> sources,
                                     size_t threads) {
  auto database = RocksDatabase::Open(context_.data / "state" / name_);
  if (!database) return tl::unexpected(database.error());
  database_ = std::move(*database);
  shards_ = std::make_unique<ServiceShards>(
      ServiceShardsOptions{.service = name_,
                           .partition_count = context_.partition_count,
                           .sources = std::move(sources),
                           .threads = threads,
                           .shard = {.shared = context_.forwarder != nullptr}},
      ServiceSurroundings{
          .log = context_.log,
          .keeper = keeper,
          .clock = context_.clock,
          .today = context_.today,
          .store = [this](uint32_t partition) { return database_->StoreOf(partition); },
          .heads = context_.heads,
          .witness = context_.witness,
          .forwarder = context_.forwarder});
  return {};
}

Result<void> JournalledService::Serve() {
  if (auto started = shards_->Start(); !started) return started;
  return shards_->WaitUntilServing(shards_->is_shared() ? kCopyLimit : kStartLimit);
}

grpc::Service& JournalledService::grpc_service() {
  HOLDFAST_CHECK(calls_ != nullptr);
  return *calls_;
}

bool JournalledService::serving() const { return shards_ != nullptr && shards_->all_serving(); }

uint64_t JournalledService::behind() const { return shards_ == nullptr ? 0 : shards_->behind(); }

void JournalledService::Stop() {
  if (shards_ != nullptr) shards_->Stop();
}

}  // namespace holdfast
