#include "services/cases/domain/hand_entry.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "services/cases/domain/born_on.h"
#include "services/cases/domain/fact_kinds.h"
#include "services/cases/domain/find_entry.h"

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

const RecordedVersion* NewestVersion(const ChildFacts& facts, const std::string& fact) {
  for (auto version = facts.record.rbegin(); version != facts.record.rend(); ++version) {
    if (version->fact.Bytes() == fact) return &*version;
  }
  return nullptr;
}

// A return's, or a tracker sheet's.
bool IsAnothers(const ChildFacts& facts, const std::string& fact) {
  const auto is_it = [&](const auto& stated) { return stated.fact.Bytes() == fact; };
  return std::ranges::any_of(facts.statements, is_it) || std::ranges::any_of(facts.tracker, is_it);
}

// What a fact says, as far as it is checked.
struct Said {
  FactKind kind;
  std::optional<CivilDate> on;
  std::string code;
  std::optional<CivilDate> until;
  bool parallel = false;
  bool contingency = false;
  std::string state{};
  std::string how{};
  std::string rate{};
};

std::optional<HandRefusal> CheckDay(const HandContext& context, const Said& said) {
  if (!said.on) return HandRefusal::kNoDay;
  if (*said.on > context.today && !IsPlanned(said.kind, said.code)) return HandRefusal::kFutureDay;
  const auto born = BornOn(context.facts);
  if (born && *said.on < *born) return HandRefusal::kBeforeBirth;
  return std::nullopt;
}

std::optional<HandRefusal> CheckCode(const HandContext& context, const Said& said) {
  if (!IsFactKind(said.kind)) return HandRefusal::kNoSuchKind;
  if (said.code.empty() && NeedsCode(said.kind)) return HandRefusal::kNeedsCode;
  if (!said.code.empty() && !HasCode(said.kind, said.code, NationOf(context.authority)))
    return HandRefusal::kNoSuchCode;
  return std::nullopt;
}

std::optional<HandRefusal> CheckState(const Said& said) {
  if (said.state.empty())
    return HasState(said.kind) ? std::optional(HandRefusal::kNeedsState) : std::nullopt;
  const bool is_one = HasState(said.kind) && IsState(said.state);
  return is_one ? std::nullopt : std::optional(HandRefusal::kNoState);
}

std::optional<HandRefusal> Check(const HandContext& context, const Said& said) {
  if (const auto refusal = CheckDay(context, said)) return refusal;
  if (const auto refusal = CheckCode(context, said)) return refusal;
  if ((said.parallel || said.contingency) && said.kind != FACT_KIND_PLAN)
    return HandRefusal::kNoParallel;
  if (said.parallel && said.contingency) return HandRefusal::kParallelAndContingency;
  if (!said.how.empty() && said.kind != FACT_KIND_VIEW) return HandRefusal::kNoHow;
  if (!said.how.empty() && !IsHow(said.how)) return HandRefusal::kNoSuchHow;
  if (!said.rate.empty() && said.kind != FACT_KIND_CONTACT_DIRECTION)
    return HandRefusal::kNoFrequency;
  if (said.until && !HasUntil(said.kind)) return HandRefusal::kNoUntil;
  if (!said.until && NeedsUntil(said.kind)) return HandRefusal::kNeedsUntil;
  if (const auto refusal = CheckState(said)) return refusal;
  if (said.until && *said.until < *said.on) return HandRefusal::kUntilBeforeDay;
  return std::nullopt;
}

History HistoryOf(const HandContext& context, const ChildFacts& facts) {
  return BuildHistory(context.child, facts, context.coverage, View{});
}

// The decision with the entry that holds `fact` once its events are applied.
HandDecision Holding(const HandContext& context, HandDecision decision, const FactId& fact) {
  ChildFacts after = context.facts;
  for (const auto& event : decision.events) Apply(event, Instant::max(), after);
  decision.fact = fact;
  decision.entry = EntryHolding(HistoryOf(context, after), fact).value_or(EntryId{});
  return decision;
}

// As bytes: equal words give equal ones. None where they were erased.
std::string Words(const common::v1::PersonalField& words) {
  return words.open().SerializeAsString();
}

bool SaysTheSame(const RecordedVersion& version, const Said& said) {
  return version.kind == said.kind && version.on == *said.on && version.code == said.code &&
         version.until == said.until && version.parallel == said.parallel &&
         version.contingency == said.contingency && version.state == said.state &&
         version.how == said.how && version.rate == said.rate;
}

// Of views and directions of contact: the same with other words is another. Why something was
// decided does not make it another decision.
bool AreToldApartByWords(FactKind kind) {
  return kind == FACT_KIND_VIEW || kind == FACT_KIND_CONTACT_DIRECTION;
}

// Whether what is said of a thing's course, or of contact under an order, is of the same thing.
bool IsOfEntryNamed(const RecordedVersion& version, const std::optional<FoundEntry>& named) {
  return !named || std::ranges::any_of(version.entry_facts, [&](const FactId& fact) {
    return std::ranges::find(named->facts, fact) != named->facts.end();
  });
}

// The standing fact of the record that states the very same, or null.
const RecordedVersion* StatedAlready(const HandContext& context, const Said& said,
                                     const v1::RecordFact& command) {
  std::optional<FoundEntry> named;
  const bool is_of_another = IsEnd(said.kind) || SaysMore(said.kind) || NeedsEntry(said.kind);
  if (const auto id = EntryId::FromBytes(command.entry()); id && is_of_another)
    named = FindEntry(HistoryOf(context, context.facts), EntryKindOf(said.kind), *id);
  for (const auto& version : context.facts.record) {
    if (NewestVersion(context.facts, version.fact.Bytes()) != &version || version.withdrawn)
      continue;
    const bool same_words =
        !AreToldApartByWords(said.kind) || Words(version.words) == Words(command.words());
    if (SaysTheSame(version, said) && same_words && IsOfEntryNamed(version, named)) return &version;
  }
  return nullptr;
}

// What the statement belongs to: named by the person, or, for an end, what is open the day before,
// and for what is said of its course, what is open on the day.
tl::expected<std::optional<FoundEntry>, HandRefusal> EntryFor(const HandContext& context,
                                                              const v1::RecordFact& command,
                                                              CivilDate on) {
  if (command.entry().empty() && NeedsEntry(command.kind()))
    return tl::unexpected(HandRefusal::kNeedsEntry);
  const bool is_of_another = IsEnd(command.kind()) || SaysMore(command.kind());
  if (command.entry().empty() && !is_of_another) return std::nullopt;
  const History history = HistoryOf(context, context.facts);
  const EntryKind kind = EntryKindOf(command.kind());
  if (!command.entry().empty()) {
    auto named = FindEntry(history, kind, EntryId::FromBytes(command.entry()).value_or(EntryId{}));
    if (!named) return tl::unexpected(HandRefusal::kUnknownEntry);
    if (is_of_another && named->start > on) return tl::unexpected(HandRefusal::kEndBeforeStart);
    return named;
  }
  const auto open = EntriesOpenOn(history, kind, IsEnd(command.kind()) ? on.PlusDays(-1) : on);
  if (open.empty()) return tl::unexpected(HandRefusal::kNothingOpen);
  if (open.size() > 1) return tl::unexpected(HandRefusal::kSeveralOpen);
  return open.front();
}

void SetReason(const common::v1::PersonalField& reason, common::v1::PersonalField* personal) {
  if (reason.has_open()) *personal = reason;
}

// What the registration says of the child with what a person states now: that counts, whoever
// registered the child before.
common::v1::Personal Restated(const common::v1::Personal& known,
                              const common::v1::Personal& stated) {
  common::v1::Personal personal = known;
  personal.MergeFrom(stated);
  return personal;
}

}  // namespace

HandResult Decide(const HandContext& context, const RegisterChild& command) {
  const auto& open = command.personal().open();
  if (open.local_id().empty()) return tl::unexpected(HandRefusal::kNoLocalId);
  const auto born = open.has_born() ? DayOf(open.born()) : std::nullopt;
  const bool is_new = !context.facts.registered;
  if (!born && (is_new || open.has_born())) return tl::unexpected(HandRefusal::kNoDay);
  if (born && *born > context.today) return tl::unexpected(HandRefusal::kFutureDay);
  HandDecision decision;
  const auto& known = context.facts.personal.open();
  const auto personal = Restated(known, open);
  if (is_new || personal.SerializeAsString() != known.SerializeAsString()) {
    CasesEvent event = NewEvent(context);
    auto& registered = *event.mutable_child_registered();
    registered.set_authority(context.authority);
    registered.set_key_id(is_new ? command.new_key_id() : context.facts.key_id.Bytes());
    registered.set_assertion(command.registration());
    *registered.mutable_personal()->mutable_open() = personal;
    decision.events.push_back(std::move(event));
  }
  const bool names_someone = !command.team().empty() || !command.worker().empty();
  if (names_someone &&
      (context.facts.team != command.team() || context.facts.worker != command.worker())) {
    CasesEvent event = NewEvent(context);
    event.mutable_case_assigned()->set_team(command.team());
    event.mutable_case_assigned()->set_worker(command.worker());
    decision.events.push_back(std::move(event));
  }
  return decision;
}

HandResult Decide(const HandContext& context, const AssignCase& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  HandDecision decision;
  if (context.facts.team == command.team() && context.facts.worker == command.worker())
    return decision;
  CasesEvent event = NewEvent(context);
  event.mutable_case_assigned()->set_team(command.team());
  event.mutable_case_assigned()->set_worker(command.worker());
  decision.events.push_back(std::move(event));
  return decision;
}

HandResult Decide(const HandContext& context, const v1::RecordFact& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  const Said said{.kind = command.kind(),
                  .on = command.has_on() ? DayOf(command.on()) : std::nullopt,
                  .code = command.code(),
                  .until = command.has_until() ? DayOf(command.until()) : std::nullopt,
                  .parallel = command.parallel(),
                  .contingency = command.contingency(),
                  .state = command.state(),
                  .how = command.how(),
                  .rate = command.rate()};
  if (const auto refusal = Check(context, said)) return tl::unexpected(*refusal);
  if (const auto* stated = StatedAlready(context, said, command))
    return Holding(context, {}, stated->fact);
  const auto entry = EntryFor(context, command, *said.on);
  if (!entry) return tl::unexpected(entry.error());

  CasesEvent event = NewEvent(context);
  auto& recorded = *event.mutable_fact_recorded();
  recorded.set_authority(context.authority);
  recorded.set_fact(command.fact());
  recorded.set_assertion(command.assertion());
  recorded.set_kind(command.kind());
  *recorded.mutable_on() = command.on();
  recorded.set_code(command.code());
  if (said.until) SetDate(*said.until, recorded.mutable_until());
  recorded.set_parallel(said.parallel);
  recorded.set_contingency(said.contingency);
  recorded.set_state(said.state);
  recorded.set_how(said.how);
  recorded.set_rate(said.rate);
  if (command.words().has_open()) *recorded.mutable_personal() = command.words();
  if (*entry) {
    recorded.set_entry((*entry)->id.Bytes());
    for (const auto& fact : (*entry)->facts) recorded.add_entry_facts(fact.Bytes());
  }
  HandDecision decision;
  decision.events.push_back(std::move(event));
  return Holding(context, std::move(decision),
                 FactId::FromBytes(command.fact()).value_or(FactId{}));
}

HandResult Decide(const HandContext& context, const CorrectFact& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  const auto* newest = NewestVersion(context.facts, command.fact());
  if (!newest && IsAnothers(context.facts, command.fact()))
    return tl::unexpected(HandRefusal::kAnotherSources);
  if (!newest || newest->withdrawn) return tl::unexpected(HandRefusal::kUnknownFact);
  const Said said{.kind = newest->kind,
                  .on = command.has_on() ? DayOf(command.on()) : newest->on,
                  .code = command.has_code() ? command.code() : newest->code,
                  .until = command.has_until() ? DayOf(command.until()) : newest->until,
                  .parallel = newest->parallel,
                  .contingency = newest->contingency,
                  .state = command.has_state() ? command.state() : newest->state,
                  .how = newest->how,
                  .rate = command.has_rate() ? command.rate() : newest->rate};
  if (const auto refusal = Check(context, said)) return tl::unexpected(*refusal);
  if (SaysTheSame(*newest, said)) return Holding(context, {}, newest->fact);

  CasesEvent event = NewEvent(context);
  auto& corrected = *event.mutable_fact_corrected();
  corrected.set_authority(context.authority);
  corrected.set_fact(command.fact());
  corrected.set_assertion(command.assertion());
  SetDate(*said.on, corrected.mutable_on());
  corrected.set_code(said.code);
  if (said.until) SetDate(*said.until, corrected.mutable_until());
  corrected.set_rate(said.rate);
  corrected.set_state(said.state);
  SetReason(command.reason(), corrected.mutable_personal());
  HandDecision decision;
  decision.events.push_back(std::move(event));
  return Holding(context, std::move(decision), newest->fact);
}

HandResult Decide(const HandContext& context, const WithdrawFact& command) {
  if (!IsKnown(context)) return tl::unexpected(HandRefusal::kUnknownChild);
  const auto* newest = NewestVersion(context.facts, command.fact());
  if (!newest && IsAnothers(context.facts, command.fact()))
    return tl::unexpected(HandRefusal::kAnotherSources);
  if (!newest) return tl::unexpected(HandRefusal::kUnknownFact);
  HandDecision decision;
  decision.fact = newest->fact;
  if (newest->withdrawn) return decision;
  CasesEvent event = NewEvent(context);
  auto& withdrawn = *event.mutable_fact_withdrawn();
  withdrawn.set_authority(context.authority);
  withdrawn.set_fact(command.fact());
  withdrawn.set_assertion(command.assertion());
  SetReason(command.reason(), withdrawn.mutable_personal());
  decision.events.push_back(std::move(event));
  return decision;
}

}  // namespace holdfast::cases
