#include "services/alerting/app/alerting_state.h"

#include <algorithm>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/permanence/dates.h"

namespace holdfast::alerting {
namespace {

using cases::v1::CasesEvent;
using contact::v1::ContactEvent;
using proceedings::v1::ProceedingsEvent;

Status Poison(const char* message) { return {StatusCode::kDataLoss, "POISON_EVENT", message}; }

// Whether clocks follow from it. An authority's own subject is left out: its copies say the same in
// each partition.
bool IsOfInterest(const CasesEvent& event, const AlertingState& state) {
  switch (event.event_case()) {
    case CasesEvent::kAuthorityRegistered:
    case CasesEvent::kAuthorityLive:
    case CasesEvent::kReturnCovered:
    case CasesEvent::kAimStated:
      return event.source_event() != 0;
    case CasesEvent::kRunWithdrawn:
      return event.source_event() != 0 || state.kept.cases_size() > 0;
    case CasesEvent::kImportRunStarted:
    case CasesEvent::kImportRunFinished:
    case CasesEvent::kMeetingPlanned:
    case CasesEvent::kMeetingHeld:
    case CasesEvent::kMeetingCorrected:
    case CasesEvent::kMeetingCancelled:
    case CasesEvent::kMeetingWithdrawn:
    case CasesEvent::kSiblingGroupCreated:
    case CasesEvent::kSiblingJoined:
    case CasesEvent::kSiblingLeft:
    case CasesEvent::kSiblingsDecided:
    case CasesEvent::kAllTold:
    case CasesEvent::kErasureStepDone:
    case CasesEvent::kHistoryLost:
    case CasesEvent::EVENT_NOT_SET:
      return false;
    default:
      return true;
  }
}

// Personal data that no answer of alerts shows.
void LeaveOutPersonal(CasesEvent& event) {
  if (event.has_row_stated()) event.mutable_row_stated()->mutable_row()->clear_personal();
  if (event.has_fact_recorded()) event.mutable_fact_recorded()->clear_personal();
  if (event.has_fact_corrected()) event.mutable_fact_corrected()->clear_personal();
  if (event.has_fact_withdrawn()) event.mutable_fact_withdrawn()->clear_personal();
  if (event.has_discrepancy_resolved()) event.mutable_discrepancy_resolved()->clear_personal();
}

void Take(const CasesEvent& event, Instant recorded_at, AlertingState& state) {
  if (event.source_event() != 0) return Apply(event, recorded_at, state.authority);
  Apply(event, recorded_at, state.child);
}

// What is stated of a child; of a source what its copy here has learnt.
bool IsOfInterest(const ProceedingsEvent& event) {
  switch (event.event_case()) {
    case ProceedingsEvent::kItemStated:
    case ProceedingsEvent::kItemTakenAway:
      return true;
    case ProceedingsEvent::kSourceRegistered:
      return event.source_registered().source_event() != 0;
    case ProceedingsEvent::kSourceHeardFrom:
      return event.source_heard_from().source_event() != 0;
    default:
      return false;
  }
}

void Take(const ProceedingsEvent& event, const v1::KeptEvent& kept, AlertingState& state) {
  if (event.has_source_registered() || event.has_source_heard_from())
    return proceedings::Apply(event, kept.number(), state.source);
  Apply(event, Instant(std::chrono::microseconds(kept.recorded_at())), state.child);
}

void LeaveOutPersonal(ContactEvent& event) {
  if (event.has_contact_recorded())
    event.mutable_contact_recorded()->mutable_said()->clear_personal();
  if (event.has_contact_corrected()) {
    event.mutable_contact_corrected()->mutable_said()->clear_personal();
    event.mutable_contact_corrected()->clear_personal();
  }
  if (event.has_contact_withdrawn()) event.mutable_contact_withdrawn()->clear_personal();
}

void Keep(std::string payload, Instant recorded_at, v1::KeptEvent& to) {
  to.set_payload(std::move(payload));
  to.set_recorded_at(recorded_at.time_since_epoch().count());
}

void AddFeed(const std::string& source, v1::KeptSubject& kept) {
  kept.set_feeds_counted(kept.feeds_counted() + 1);
  if (std::ranges::find(kept.feeds(), source) == kept.feeds().end()) kept.add_feeds(source);
}

Result<void> PutInForce(const v1::PolicyInForce& policy, AlertingState& state) {
  auto policies = PoliciesOf(policy);
  if (!policies) return tl::unexpected(policies.error());
  state.policies = std::make_shared<const PolicySet>(std::move(*policies));
  return {};
}

}  // namespace

uint64_t AlertingState::to_compute() const {
  if (kept.policies() > 0) return kept.policies();
  // It has no children at its first.
  return authority.registered ? static_cast<uint64_t>(kept.cases_size()) - 1 + kept.feeds_counted()
                              : 0;
}

SubjectId FeedSubject(std::string_view source, std::string_view authority) {
  return {HashId("feed", {source, authority})};
}

SubjectId PartitionSubject(uint32_t partition, uint32_t count) {
  for (uint64_t attempt = 0;; ++attempt) {
    const SubjectId id{
        HashId("alerting-partition", {std::to_string(partition), std::to_string(attempt)})};
    if (PartitionOf(id, count) == partition) return id;
  }
}

Result<void> AddCasesEvent(const AppliedEvent& applied, AlertingState& state) {
  CasesEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return tl::unexpected(Poison("alerting: an event of cases that cannot be read"));
  }
  if (!IsOfInterest(event, state)) return {};
  LeaveOutPersonal(event);
  Take(event, applied.recorded_at, state);
  Keep(event.SerializeAsString(), applied.recorded_at, *state.kept.add_cases());
  return {};
}

Result<void> AddProceedingsEvent(const AppliedEvent& applied, AlertingState& state) {
  ProceedingsEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return tl::unexpected(Poison("alerting: an event of proceedings that cannot be read"));
  }
  if (!IsOfInterest(event)) return {};
  if (event.has_item_stated()) event.mutable_item_stated()->clear_personal();
  auto& kept = *state.kept.add_proceedings();
  Keep(event.SerializeAsString(), applied.recorded_at, kept);
  kept.set_number(applied.number);
  Take(event, kept, state);
  return {};
}

Result<void> AddContactEvent(const AppliedEvent& applied, AlertingState& state) {
  ContactEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return tl::unexpected(Poison("alerting: an event of contact that cannot be read"));
  }
  if (event.has_history_lost()) return {};
  LeaveOutPersonal(event);
  Apply(event, applied.recorded_at, state.child);
  Keep(event.SerializeAsString(), applied.recorded_at, *state.kept.add_contact());
  return {};
}

Result<void> AddOwnEvent(const AppliedEvent& applied, AlertingState& state) {
  v1::AlertingEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return tl::unexpected(Poison("alerting: an event that cannot be read"));
  }
  switch (event.event_case()) {
    case v1::AlertingEvent::kPolicyInForce:
      *state.kept.mutable_policy() = event.policy_in_force();
      state.kept.set_policies(state.kept.policies() + 1);
      return PutInForce(event.policy_in_force(), state);
    case v1::AlertingEvent::kDayStarted:
      *state.kept.mutable_day() = event.day_started().day();
      state.day = DayOf(event.day_started().day());
      return {};
    case v1::AlertingEvent::kFeedWatched:
      *state.kept.mutable_feed() = event.feed_watched();
      return {};
    case v1::AlertingEvent::kFeedCounts:
      AddFeed(event.feed_counts().source(), state.kept);
      return {};
    case v1::AlertingEvent::kChildrenComputed:
      state.kept.set_computed(event.children_computed().through());
      return {};
    case v1::AlertingEvent::kHistoryLost:
      return {};
    default:
      state.alerts = Evolve(std::move(state.alerts), event);
      Keep(std::string(applied.payload), applied.recorded_at, *state.kept.add_alerts());
      state.kept.mutable_alerts()->rbegin()->set_number(applied.number);
      return {};
  }
}

Result<AlertingState> StateOfKept(v1::KeptSubject kept) {
  AlertingState state;
  for (const auto& source : kept.cases()) {
    CasesEvent event;
    if (!event.ParseFromString(source.payload()))
      return tl::unexpected(Poison("alerting: a kept event of cases"));
    Take(event, Instant(std::chrono::microseconds(source.recorded_at())), state);
  }
  for (const auto& source : kept.proceedings()) {
    ProceedingsEvent event;
    if (!event.ParseFromString(source.payload()))
      return tl::unexpected(Poison("alerting: a kept event of proceedings"));
    Take(event, source, state);
  }
  for (const auto& source : kept.contact()) {
    ContactEvent event;
    if (!event.ParseFromString(source.payload()))
      return tl::unexpected(Poison("alerting: a kept event of contact"));
    Apply(event, Instant(std::chrono::microseconds(source.recorded_at())), state.child);
  }
  for (const auto& own : kept.alerts()) {
    v1::AlertingEvent event;
    if (!event.ParseFromString(own.payload()))
      return tl::unexpected(Poison("alerting: a kept event"));
    state.alerts = Evolve(std::move(state.alerts), event);
  }
  if (kept.has_policy()) {
    if (auto put = PutInForce(kept.policy(), state); !put) return tl::unexpected(put.error());
  }
  if (kept.has_day()) state.day = DayOf(kept.day());
  state.kept = std::move(kept);
  return state;
}

Result<PolicySet> PoliciesOf(const v1::PolicyInForce& policy) {
  std::vector<PolicyFile> files;
  for (const auto& file : policy.files()) files.push_back({file.name(), file.yaml()});
  return MakePolicySet(files);
}

v1::PolicyInForce PolicyOfFiles(std::span<const PolicyFile> files) {
  v1::PolicyInForce policy;
  for (const auto& file : files) {
    auto& added = *policy.add_files();
    added.set_name(file.name);
    const auto hash = Sha256(file.yaml);
    added.set_sha256(std::string(reinterpret_cast<const char*>(hash.data()), hash.size()));
    added.set_yaml(file.yaml);
  }
  return policy;
}

}  // namespace holdfast::alerting
