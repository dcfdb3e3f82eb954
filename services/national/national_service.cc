#include "services/national/national_service.h"

#include "libs/shard/rocks_store.h"
#include "services/national/api/national_calls.h"

namespace holdfast {
namespace {

class NationalService final : public Service {
 public:
  explicit NationalService(NodeContext& context) : context_(context) {}

  std::string name() const override { return "national"; }

  Result<void> Start() override {
    auto opened = RocksDatabase::Open(context_.data / "state" / "national");
    if (!opened) return tl::unexpected(opened.error());
    rows_ = std::move(*opened);
    tables_ = std::make_unique<national::YearTables>(
        context_.log, context_.partition_count,
        [this](uint32_t partition) { return rows_->StoreOf(partition); });
    calls_ = std::make_unique<national::NationalCalls>(context_.gate, *tables_, context_.today);
    return tables_->Start(context_.witness);
  }

  // Only once started.
  grpc::Service& grpc_service() override { return *calls_; }
  bool serving() const override { return tables_ && tables_->serving(); }
  uint64_t behind() const override { return tables_ ? tables_->behind() : 0; }

  std::vector<ReadModel*> read_models() override { return {&tables_->read_model()}; }

  void Stop() override {
    if (tables_) tables_->Stop();
  }

 private:
  NodeContext& context_;
  std::unique_ptr<RocksDatabase> rows_;
  std::unique_ptr<national::YearTables> tables_;
  std::unique_ptr<national::NationalCalls> calls_;  // last: uses all above
};

}  // namespace

std::unique_ptr<Service> MakeNationalService(NodeContext& context) {
  return std::make_unique<NationalService>(context);
}

}  // namespace holdfast
