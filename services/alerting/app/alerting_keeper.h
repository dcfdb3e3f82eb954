// What alerting is to its shards. It reacts to the journals of cases, proceedings and contact: what
// becomes known of a child moves its alerts. A command's request is an AlertingCommand.
#pragma once

#include "holdfast/alerting/v1/alerting_commands.pb.h"
#include "libs/crypto/personal_sealer.h"
#include "libs/crypto/request_macs.h"
#include "libs/shard/keeper_of.h"
#include "services/alerting/app/alerting_state.h"
#include "services/alerting/domain/compute_child.h"

namespace holdfast::alerting {

// A child with what its partition knows that concerns it; nothing while no policy is in force or no
// day has begun.
std::optional<ChildKnown> KnownOf(Subjects& subjects, const SubjectId& child,
                                  uint32_t partition_count);

// Why the alert of a silent feed is not put off.
inline constexpr char kFeedNotSnoozed[] = "FEED_NOT_SNOOZED";

struct AlertingKeeperParts {
  PersonalSealer& sealer;  // of alerting: seals reasons
  RequestMacs& macs;
  uint32_t partition_count = 0;
};

class AlertingKeeper final : public KeeperOf<AlertingState> {
 public:
  // All of `parts` outlives it.
  explicit AlertingKeeper(AlertingKeeperParts parts) : parts_(parts) {}

  std::string SaveState(const AlertingState& state) const override {
    return state.kept.SerializeAsString();
  }
  Result<AlertingState> LoadState(const SubjectId& subject, std::string_view bytes) const override;
  Result<void> EvolveState(AlertingState& state, const AppliedEvent& event) const override {
    return AddOwnEvent(event, state);
  }
  std::vector<IndexRow> IndexState(const SubjectId& subject,
                                   const AlertingState& state) const override;
  Result<void> ConsumeInto(AlertingState& state, const SourceEvent& event) const override {
    if (event.service == "contact") return AddContactEvent(event.event, state);
    return event.service == "cases" ? AddCasesEvent(event.event, state)
                                    : AddProceedingsEvent(event.event, state);
  }
  Result<std::vector<NewEvent>> React(Subjects& subjects, const SourceEvent& event,
                                      const DecideContext& context) const override;
  Result<Decision> Decide(Subjects& subjects, const Command& command,
                          const DecideContext& context) const override;
  std::optional<std::string> MacUnder(const KeyId& key, std::string_view request) const override;

 private:
  Result<Decision> DecideByPerson(Subjects& subjects, const SubjectId& child,
                                  const Command& command, v1::AlertingCommand decoded) const;

  const AlertingKeeperParts parts_;
};

}  // namespace holdfast::alerting
