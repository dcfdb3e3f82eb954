#include "services/audit/audit_service.h"

#include "libs/base/check.h"
#include "services/audit/api/audit_calls.h"
#include "services/audit/app/audit_keeper.h"
#include "services/audit/app/read_recorder.h"
#include "services/node/journalled_service.h"

namespace holdfast {
namespace {

class AuditService final : public JournalledService, public AuditTrail {
 public:
  explicit AuditService(NodeContext& context) : JournalledService(context, "audit") {}
  ~AuditService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {}, 1); !opened) return opened;
    if (auto serving = Serve(); !serving) return serving;
    if (auto started = StartReads(); !started) return started;
    parts_.reset(new audit::AuditParts{*shards_, *reads_, context_.clock});
    calls_ = audit::MakeAuditCalls(context_.gate, *parts_);
    return {};
  }

  void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) override {
    HOLDFAST_CHECK(shards_ != nullptr);
    recorder_.Record(std::move(read), std::move(then));
  }

  void RecordAct(audit::v1::OperatorActed act, std::function<void(Result<void>)> then) override {
    HOLDFAST_CHECK(shards_ != nullptr);
    recorder_.RecordAct(std::move(act), std::move(then));
  }

  void Stop() override {
    JournalledService::Stop();
    if (reads_ != nullptr) reads_->Stop();
  }

  std::vector<ReadModel*> read_models() override { return {reads_.get()}; }

 private:
  Result<void> StartReads() {
    const uint32_t count = context_.partition_count;
    reads_ = std::make_unique<ReadModelOf<audit::ReadLog>>(
        "reads", Projection::Options{.journals = JournalsOf("audit", count)}, context_.log,
        audit::ReadLogRows([this](uint32_t part) { return database_->StoreOf(part); }, count),
        [count](const OpenPart& open) { return std::make_unique<audit::ReadLog>(open, count); });
    return reads_->Start(context_.witness);
  }

  const audit::AuditKeeper keeper_;
  audit::ReadRecorder recorder_{context_.partition_count, context_.clock,
                                [this](uint32_t partition, Command command, Reply reply) {
                                  shards_->Submit(partition, std::move(command), std::move(reply));
                                }};
  std::unique_ptr<ReadModelOf<audit::ReadLog>> reads_;
  std::unique_ptr<audit::AuditParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeAuditService(NodeContext& context) {
  return std::make_unique<AuditService>(context);
}

}  // namespace holdfast
