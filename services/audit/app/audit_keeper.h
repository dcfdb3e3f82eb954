// What audit is to its shards: each command is one event, and no state is kept but that there were
// some. Who read what is a read model of the journal (read_log.h). A request is the subject's 16
// bytes, then an AuditEvent.
#pragma once

#include "holdfast/audit/v1/audit_events.pb.h"
#include "libs/shard/keeper_of.h"

namespace holdfast::audit {

struct NothingKept {};

// The request of a command that records `event`.
std::string RequestOf(const SubjectId& subject, const v1::AuditEvent& event);

// Of an authority's records of several children.
SubjectId AuthoritySubject(std::string_view authority);

class AuditKeeper final : public KeeperOf<NothingKept> {
 public:
  std::string SaveState(const NothingKept&) const override { return "1"; }
  Result<NothingKept> LoadState(const SubjectId&, std::string_view) const override {
    return NothingKept{};
  }
  Result<void> EvolveState(NothingKept& state, const AppliedEvent& event) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;
};

}  // namespace holdfast::audit
