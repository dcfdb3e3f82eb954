// What cases is to its shards. It takes what proceedings and contact state of children into
// their facts, and reacts with nothing. A command's request is a CasesCommand; its answer the
// response message of the call, without positions (of StateReturnRows the StateReturnRowsAnswer).
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/crypto/data_key_pool.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/keeper_of.h"
#include "services/cases/app/cases_state.h"

namespace holdfast::cases {

// The subjects of copies, kept: finding one takes some hashing. Any thread may call.
class CopySubjects {
 public:
  explicit CopySubjects(uint32_t partition_count) : partition_count_(partition_count) {}

  // Of `authority` in the partition of `subject`.
  SubjectId Beside(const std::string& authority, const SubjectId& subject) const {
    return In(authority, PartitionOf(subject, partition_count_));
  }
  SubjectId In(const std::string& authority, uint32_t partition) const;

 private:
  const uint32_t partition_count_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, uint32_t>, SubjectId> found_;  // guarded by mutex_
};

struct CasesKeeperParts {
  PersonalSealer& sealer;
  DataKeyPool& keys;
  RequestMacs& macs;
  const CopySubjects& copies;
  bool manual_clock = false;
  std::string instance = {};  // that decides
};

class CasesKeeper final : public KeeperOf<CasesState> {
 public:
  // All of `parts` outlives it.
  explicit CasesKeeper(CasesKeeperParts parts) : parts_(parts) {}

  std::string SaveState(const CasesState& state) const override { return state.events; }
  Result<CasesState> LoadState(const SubjectId& subject, std::string_view bytes) const override {
    return StateOfEvents(subject, bytes);
  }
  Result<void> EvolveState(CasesState& state, const AppliedEvent& event) const override {
    return AddEvent(event, state);
  }
  bool Concerns(const SourceEvent& event) const override { return SaysOfAChild(event); }
  Result<void> ConsumeInto(CasesState& state, const SourceEvent& event) const override {
    return AddHeard(event, state);
  }
  std::vector<IndexRow> IndexState(const SubjectId& subject,
                                   const CasesState& state) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;
  std::optional<std::string> MacUnder(const KeyId& key, std::string_view request) const override;

 private:
  const CasesKeeperParts parts_;
};

}  // namespace holdfast::cases
