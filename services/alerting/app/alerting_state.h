// What a shard of alerting keeps of one subject: a child, a partition's copy of an authority, or
// the partition itself. What it consumed of other journals stays sealed.
#pragma once

#include <memory>
#include <optional>

#include "holdfast/alerting/v1/alerting_state.pb.h"
#include "libs/permanence/facts.h"
#include "libs/policy/policy_set.h"
#include "libs/shard/keeper.h"
#include "services/alerting/domain/child_alerts.h"
#include "services/cases/domain/authority.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::alerting {

struct AlertingState {
  v1::KeptSubject kept;  // what is saved; all below follows from it

  ChildFacts child;
  ChildAlerts alerts;
  cases::AuthorityFacts authority;            // of a copy: its code and coverage
  proceedings::SourceFacts source;            // of a copy of a source
  std::shared_ptr<const PolicySet> policies;  // of the partition; null: none in force yet
  std::optional<CivilDate> day;               // of the partition; none: no day has begun

  // Whose alerts they are: the code of the child's authority, or of the one that the feed is
  // watched for. Blank: the subject has none.
  const std::string& owner() const {
    return kept.has_feed() ? kept.feed().authority() : child.authority;
  }

  // How many events ask for all children of the subject to be computed again.
  uint64_t to_compute() const;
  // True until they were.
  bool IsBehind() const { return kept.computed() < to_compute(); }
};

// The subject that holds the alerts of a feed that is watched for an authority.
SubjectId FeedSubject(std::string_view source, std::string_view authority);

// The subject that holds what the children of a partition have in common.
SubjectId PartitionSubject(uint32_t partition, uint32_t count);

// The subject with one event more, of cases, of proceedings, of contact or its own. A payload that is none is a
// poison event.
Result<void> AddCasesEvent(const AppliedEvent& event, AlertingState& state);
Result<void> AddProceedingsEvent(const AppliedEvent& event, AlertingState& state);
Result<void> AddContactEvent(const AppliedEvent& event, AlertingState& state);
Result<void> AddOwnEvent(const AppliedEvent& event, AlertingState& state);

Result<AlertingState> StateOfKept(v1::KeptSubject kept);

// The policy that the files of an event make, and the event of files.
Result<PolicySet> PoliciesOf(const v1::PolicyInForce& policy);
v1::PolicyInForce PolicyOfFiles(std::span<const PolicyFile> files);

}  // namespace holdfast::alerting
