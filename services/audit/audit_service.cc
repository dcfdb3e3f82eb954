#include "services/audit/audit_service.h"

#include <grpcpp/impl/service_type.h>
#include <sodium.h>

#include "libs/base/check.h"
#include "libs/base/uuid.h"
#include "libs/shard/rocks_store.h"
#include "services/audit/api/audit_calls.h"
#include "services/audit/app/audit_keeper.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kStartLimit{30};

CommandId NewCommandId(Instant now) {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return {UuidV7(now, random)};
}

Projection::Options ReaderOptions(uint32_t partition_count) {
  Projection::Options options;
  for (uint32_t p = 0; p < partition_count; ++p) {
    options.journals.push_back({.partition = {"audit", p}, .partition_count = partition_count});
  }
  return options;
}

class AuditService final : public Service, public AuditTrail {
 public:
  explicit AuditService(NodeContext& context) : context_(context) {}
  ~AuditService() override { Stop(); }

  std::string name() const override { return "audit"; }

  Result<void> Start() override {
    auto database = RocksDatabase::Open(context_.data / "state" / "audit");
    if (!database) return tl::unexpected(database.error());
    database_ = std::move(*database);
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "audit", .partition_count = context_.partition_count},
        ServiceSurroundings{
            .log = context_.log,
            .keeper = keeper_,
            .clock = context_.clock,
            .today = context_.today,
            .store = [this](uint32_t partition) { return database_->StoreOf(partition); },
            .heads = context_.heads,
            .witness = context_.witness});
    log_ = std::make_unique<audit::ReadLog>(
        [this](uint32_t part) { return database_->StoreOf(part); }, context_.partition_count);
    reader_ =
        std::make_unique<Projection>(ReaderOptions(context_.partition_count), context_.log, *log_);
    if (auto started = shards_->Start(); !started) return started;
    if (auto serving = shards_->WaitUntilServing(kStartLimit); !serving) return serving;
    if (auto started = reader_->Start(context_.witness); !started) return started;
    parts_.reset(new audit::AuditParts{*shards_, *reader_, *log_, context_.clock});
    calls_ = audit::MakeAuditCalls(context_.gate, *parts_);
    return {};
  }

  void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) override {
    HOLDFAST_CHECK(shards_ != nullptr);
    const auto only =
        read.children_size() == 1 ? SubjectId::FromBytes(read.children(0)) : std::nullopt;
    const SubjectId subject = only ? *only : audit::AuthoritySubject(read.authority());
    audit::v1::AuditEvent event;
    *event.mutable_personal_data_read() = read;
    Append(subject, {read.authority(), read.who()}, event, std::move(then));
  }

  void RecordAct(audit::v1::OperatorActed act, std::function<void(Result<void>)> then) override {
    HOLDFAST_CHECK(shards_ != nullptr);
    audit::v1::AuditEvent event;
    *event.mutable_operator_acted() = act;
    Append(audit::AuthoritySubject(""), {.authority = {}, .who = act.who()}, event,
           std::move(then));
  }

  grpc::Service& grpc_service() override {
    HOLDFAST_CHECK(calls_ != nullptr);
    return *calls_;
  }

  bool serving() const override { return shards_ != nullptr && shards_->all_serving(); }

  uint64_t behind() const override { return shards_ == nullptr ? 0 : shards_->behind(); }

  void Stop() override {
    if (shards_ != nullptr) shards_->Stop();
    if (reader_ != nullptr) reader_->Stop();
  }

 private:
  struct Origin {
    std::string authority;
    std::string who;
  };
  void Append(const SubjectId& subject, const Origin& origin, const audit::v1::AuditEvent& event,
              std::function<void(Result<void>)> then) {
    Command command{.authority = origin.authority,
                    .id = NewCommandId(context_.clock.Now()),
                    .of_service = true,
                    .principal = origin.who,
                    .request = audit::RequestOf(subject, event),
                    .request_mac = {},
                    .mac_key = {}};
    shards_->Submit(shards_->PartitionFor(subject), std::move(command),
                    [then = std::move(then)](const Result<Answer>& answer) {
                      then(answer ? Result<void>{} : tl::unexpected(answer.error()));
                    });
  }

  NodeContext& context_;
  const audit::AuditKeeper keeper_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<audit::ReadLog> log_;
  std::unique_ptr<Projection> reader_;
  std::unique_ptr<audit::AuditParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
};

}  // namespace

std::unique_ptr<Service> MakeAuditService(NodeContext& context) {
  return std::make_unique<AuditService>(context);
}

}  // namespace holdfast
