#include "services/audit/audit_service.h"

#include <sodium.h>

#include "libs/base/check.h"
#include "libs/base/uuid.h"
#include "services/audit/api/audit_calls.h"
#include "services/audit/app/audit_keeper.h"
#include "services/node/journalled_service.h"

namespace holdfast {
namespace {

CommandId NewCommandId(Instant now) {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return {UuidV7(now, random)};
}

class AuditService final : public JournalledService, public AuditTrail {
 public:
  explicit AuditService(NodeContext& context) : JournalledService(context, "audit") {}
  ~AuditService() override { Stop(); }

  Result<void> Start() override {
    if (auto opened = Open(keeper_, {}, 1); !opened) return opened;
    log_ = std::make_unique<audit::ReadLog>(
        [this](uint32_t part) { return database_->StoreOf(part); }, context_.partition_count);
    reader_ = std::make_unique<Projection>(
        Projection::Options{.journals = JournalsOf("audit", context_.partition_count)},
        context_.log, *log_);
    if (auto serving = Serve(); !serving) return serving;
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

  void Stop() override {
    JournalledService::Stop();
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

  const audit::AuditKeeper keeper_;
  std::unique_ptr<audit::ReadLog> log_;
  std::unique_ptr<Projection> reader_;
  std::unique_ptr<audit::AuditParts> parts_;
};

}  // namespace

std::unique_ptr<Service> MakeAuditService(NodeContext& context) {
  return std::make_unique<AuditService>(context);
}

}  // namespace holdfast
