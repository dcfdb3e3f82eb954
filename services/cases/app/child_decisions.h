// Commands on one child, decided by the domain: opened before, sealed after.
#pragma once

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/crypto/data_key_pool.h"
#include "libs/shard/keeper.h"
#include "services/cases/app/cases_state.h"
#include "services/cases/app/sealed_facts.h"

namespace holdfast::cases {

struct ChildContext {
  ChildPlace place;
  const CasesState& state;
  const Coverage& coverage;  // the partition's copy
  CivilDate today;
  bool manual_clock;
  const std::string& instance;  // that decides
  PersonalSealer& sealer;
  DataKeyPool& keys;
};

// The child's id and one message for the caller in `answer`; without events kNoOp.
Result<Decision> DecideOnChild(const ChildContext& context, v1::StateReturnRows command);
Result<Decision> DecideOnChild(const ChildContext& context, v1::StateTrackerRow command);
Result<Decision> DecideOnChild(const ChildContext& context, const v1::WithdrawRun& command);

Decision Refused(std::string_view refusal);

// What a decision causes, for the journal. Refused, ERASED, when the child's key is gone.
Result<Decision> Settle(const ChildContext& context, const KeyId& key,
                        std::vector<v1::CasesEvent> events, std::string answer);

}  // namespace holdfast::cases
