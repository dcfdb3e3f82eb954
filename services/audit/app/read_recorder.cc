#include "services/audit/app/read_recorder.h"

#include <sodium.h>

#include "libs/base/uuid.h"
#include "services/audit/app/audit_keeper.h"

namespace holdfast::audit {
namespace {

CommandId NewCommandId(Instant now) {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return {UuidV7(now, random)};
}

}  // namespace

ReadRecorder::ReadRecorder(uint32_t partition_count, const Clock& clock, Submit submit)
    : partition_count_(partition_count), clock_(clock), submit_(std::move(submit)) {}

void ReadRecorder::Record(v1::PersonalDataRead read, std::function<void(Result<void>)> then) {
  const auto only =
      read.children_size() == 1 ? SubjectId::FromBytes(read.children(0)) : std::nullopt;
  const SubjectId subject = only ? *only : AuthoritySubject(read.authority());
  v1::AuditEvent event;
  *event.mutable_personal_data_read() = read;
  Append(subject, {read.authority(), read.who()}, event, std::move(then));
}

void ReadRecorder::RecordAct(v1::OperatorActed act, std::function<void(Result<void>)> then) {
  v1::AuditEvent event;
  *event.mutable_operator_acted() = act;
  Append(AuthoritySubject(""), {.authority = {}, .who = act.who()}, event, std::move(then));
}

void ReadRecorder::Append(const SubjectId& subject, const Origin& origin,
                          const v1::AuditEvent& event, std::function<void(Result<void>)> then) {
  submit_(PartitionOf(subject, partition_count_),
          Command{.authority = origin.authority,
                  .id = NewCommandId(clock_.Now()),
                  .of_service = true,
                  .principal = origin.who,
                  .request = RequestOf(subject, event),
                  .request_mac = {},
                  .mac_key = {}},
          [then = std::move(then)](const Result<Answer>& answer) {
            then(answer ? Result<void>{} : tl::unexpected(answer.error()));
          });
}

}  // namespace holdfast::audit
