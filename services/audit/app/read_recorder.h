// Makes the commands that record who read what, and brings them to the audit journal: where the
// service runs to its shards, elsewhere to the instance that owns the partition.
#pragma once

#include <functional>

#include "libs/base/clock.h"
#include "libs/shard/command.h"
#include "services/node/service.h"

namespace holdfast::audit {

class ReadRecorder final : public AuditTrail {
 public:
  // Decides a command of a partition, wherever that is.
  using Submit = std::function<void(uint32_t partition, Command command, Reply reply)>;

  // `clock` outlives it.
  ReadRecorder(uint32_t partition_count, const Clock& clock, Submit submit);

  void Record(v1::PersonalDataRead read, std::function<void(Result<void>)> then) override;
  void RecordAct(v1::OperatorActed act, std::function<void(Result<void>)> then) override;

 private:
  struct Origin {
    std::string authority;
    std::string who;
  };
  void Append(const SubjectId& subject, const Origin& origin, const v1::AuditEvent& event,
              std::function<void(Result<void>)> then);

  const uint32_t partition_count_;
  const Clock& clock_;
  const Submit submit_;
};

}  // namespace holdfast::audit
