#include "services/cases/domain/told_child.h"

#include <algorithm>
#include <map>

#include "libs/permanence/dates.h"
#include "services/cases/domain/fact_kinds.h"

namespace holdfast::cases {
namespace {

using namespace v1;

CasesEvent NewEvent(const HandContext& context) {
  CasesEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  return event;
}

bool IsKnown(const HandContext& context) {
  return context.facts.registered && context.facts.authority == context.authority;
}

// What it was told last of the meeting or group of that id, or null.
template <typename Told>
const Told* NewestOf(const std::vector<ToldVersion<Told>>& versions, const std::string& id) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if constexpr (requires { version->told.meeting(); }) {
      if (version->told.meeting() == id) return &version->told;
    } else {
      if (version->told.group() == id) return &version->told;
    }
  }
  return nullptr;
}

const RecordedVersion* NewestVersion(const ChildFacts& facts, const std::string& fact) {
  for (auto version = facts.record.rbegin(); version != facts.record.rend(); ++version) {
    if (version->fact.Bytes() == fact) return &*version;
  }
  return nullptr;
}

// A standing fact of the record that states the very same.
bool IsStatedAlready(const ChildFacts& facts, FactKind kind, const MeetingFact& fact) {
  return std::ranges::any_of(facts.record, [&](const RecordedVersion& version) {
    return version.kind == kind && version.on == DayOf(fact.on()) && version.code == fact.code() &&
           !version.withdrawn && NewestVersion(facts, version.fact.Bytes()) == &version;
  });
}

bool SaysTheSame(const MeetingFact& a, const MeetingFact& b) {
  return DayOf(a.on()) == DayOf(b.on()) && a.code() == b.code();
}

// The events by which one meeting's facts of a child become what the meeting states now.
class FactChanges {
 public:
  FactChanges(const HandContext& context, uint64_t version)
      : context_(context), version_(version) {}

  void State(const MeetingFact& fact) {
    const auto* newest = NewestVersion(context_.facts, fact.fact());
    if (newest != nullptr) return Correct(fact);
    const auto kind = FactKindNamed(fact.kind());
    if (!kind || IsStatedAlready(context_.facts, *kind, fact)) return;
    CasesEvent event = NewEvent(context_);
    auto& recorded = *event.mutable_fact_recorded();
    recorded.set_authority(context_.authority);
    recorded.set_fact(fact.fact());
    recorded.set_assertion(AssertionOf(fact.fact()));
    recorded.set_kind(*kind);
    *recorded.mutable_on() = fact.on();
    recorded.set_code(fact.code());
    events_.push_back(std::move(event));
  }

  // As it is now, which it was not.
  void Change(const MeetingFact& fact) {
    const auto* newest = NewestVersion(context_.facts, fact.fact());
    if (newest == nullptr) return State(fact);
    if (!newest->withdrawn) Correct(fact);  // else a person has said that it was never so
  }

  void Withdraw(const MeetingFact& fact) {
    const auto* newest = NewestVersion(context_.facts, fact.fact());
    if (newest == nullptr || newest->withdrawn) return;
    CasesEvent event = NewEvent(context_);
    auto& withdrawn = *event.mutable_fact_withdrawn();
    withdrawn.set_authority(context_.authority);
    withdrawn.set_fact(fact.fact());
    withdrawn.set_assertion(AssertionOf(fact.fact()));
    events_.push_back(std::move(event));
  }

  std::vector<CasesEvent> Take() { return std::move(events_); }

 private:
  void Correct(const MeetingFact& fact) {
    CasesEvent event = NewEvent(context_);
    auto& corrected = *event.mutable_fact_corrected();
    corrected.set_authority(context_.authority);
    corrected.set_fact(fact.fact());
    corrected.set_assertion(AssertionOf(fact.fact()));
    *corrected.mutable_on() = fact.on();
    corrected.set_code(fact.code());
    events_.push_back(std::move(event));
  }

  // Of the fact and of how much of the meeting it follows from: the same for ever.
  std::string AssertionOf(const std::string& fact) const {
    return AssertionId{HashId("meeting-assertion", {fact, std::to_string(version_)})}.Bytes();
  }

  const HandContext& context_;
  const uint64_t version_;
  std::vector<CasesEvent> events_;
};

const MeetingFact* FindIn(const MeetingTold& told, const std::string& fact) {
  const auto found = std::ranges::find(told.facts(), fact, &MeetingFact::fact);
  return found == told.facts().end() ? nullptr : &*found;
}

template <typename Told>
bool SaysNothingNew(const Told* known, Told told) {
  if (known == nullptr) return false;
  told.set_version(known->version());
  return told.SerializeAsString() == known->SerializeAsString();
}

}  // namespace

HandResult Decide(const HandContext& context, const ToldChild& known,
                  const TellOfMeeting& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  const MeetingTold& told = command.told();
  const MeetingTold* before = NewestOf(known.meetings, told.meeting());
  HandDecision decision;
  if (before != nullptr && before->version() >= told.version()) return decision;
  if (SaysNothingNew(before, told)) return decision;
  const MeetingTold none;
  if (before == nullptr) before = &none;
  FactChanges changes(context, told.version());
  for (const auto& fact : before->facts()) {
    if (FindIn(told, fact.fact()) == nullptr) changes.Withdraw(fact);
  }
  for (const auto& fact : told.facts()) {
    const auto* as_before = FindIn(*before, fact.fact());
    if (as_before == nullptr) changes.State(fact);
    if (as_before != nullptr && !SaysTheSame(*as_before, fact)) changes.Change(fact);
  }
  decision.events = changes.Take();
  CasesEvent event = NewEvent(context);
  *event.mutable_meeting_told() = told;
  decision.events.push_back(std::move(event));
  return decision;
}

HandResult Decide(const HandContext& context, const ToldChild& known,
                  const TellOfSiblings& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  const SiblingsTold& told = command.told();
  const SiblingsTold* before = NewestOf(known.siblings, told.group());
  HandDecision decision;
  if (before != nullptr && before->version() >= told.version()) return decision;
  if (SaysNothingNew(before, told)) return decision;
  CasesEvent event = NewEvent(context);
  *event.mutable_siblings_told() = told;
  decision.events.push_back(std::move(event));
  return decision;
}

void Apply(const CasesEvent& event, Instant recorded_at, ToldChild& child) {
  const CivilDate reported = ReportedOn(event, recorded_at);
  if (event.has_meeting_told())
    child.meetings.push_back({event.meeting_told(), reported, recorded_at});
  if (event.has_siblings_told())
    child.siblings.push_back({event.siblings_told(), reported, recorded_at});
}

void RenderTold(const ToldChild& child, const View& view, CaseView& rendered) {
  std::map<std::string, const MeetingTold*> meetings;
  for (const auto& version : child.meetings) {
    if (view.Sees(version.reported, version.recorded_at))
      meetings[version.told.meeting()] = &version.told;
  }
  std::vector<const MeetingTold*> by_day;
  for (const auto& [id, told] : meetings) {
    if (told->state() != "withdrawn") by_day.push_back(told);
  }
  std::ranges::stable_sort(by_day, {}, [](const MeetingTold* told) { return DayOf(told->on()); });
  for (const auto* told : by_day) {
    auto& shown = *rendered.add_meetings();
    shown.set_meeting(told->meeting());
    shown.set_kind(told->kind());
    *shown.mutable_on() = told->on();
    shown.set_state(told->state());
  }
  std::map<std::string, const SiblingsTold*> groups;
  for (const auto& version : child.siblings) {
    if (view.Sees(version.reported, version.recorded_at))
      groups[version.told.group()] = &version.told;
  }
  for (const auto& [id, told] : groups) {
    if (told->children().empty()) continue;
    auto& shown = *rendered.add_siblings();
    shown.set_group(told->group());
    shown.set_decision(told->decision());
    if (told->has_on()) *shown.mutable_on() = told->on();
    if (told->has_review()) *shown.mutable_review() = told->review();
    *shown.mutable_children() = told->children();
  }
}

}  // namespace holdfast::cases
