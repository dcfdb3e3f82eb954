#include "services/contact/domain/contact_record.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "libs/permanence/contact.h"
#include "libs/permanence/dates.h"
#include "services/contact/domain/contact_kinds.h"
#include "services/contact/domain/find_contact.h"
#include "services/contact/domain/merge_said.h"

namespace holdfast::contact {
namespace {

using namespace v1;

ContactEvent NewEvent(const Context& context) {
  ContactEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  return event;
}

bool IsKnown(const Context& context) {
  return context.facts.registered && context.facts.authority == context.authority;
}

const ContactVersion* NewestVersion(const ChildFacts& facts, const std::string& fact) {
  const auto newest = std::find_if(facts.contact.rbegin(), facts.contact.rend(),
                                   [&](const ContactVersion& v) { return v.fact.Bytes() == fact; });
  return newest == facts.contact.rend() ? nullptr : &*newest;
}

std::optional<Refusal> CheckDay(const Context& context, const ContactFact& said) {
  const auto on = said.has_on() ? DayOf(said.on()) : std::nullopt;
  if (!on) return Refusal::kNoDay;
  if (*on > context.today && !MayLieAhead(said)) return Refusal::kFutureDay;
  return std::nullopt;
}

std::optional<Refusal> CheckCodes(const ContactFact& said) {
  const bool needs_party =
      said.kind() == CONTACT_KIND_AGREEMENT || said.kind() == CONTACT_KIND_SESSION;
  if (needs_party && said.party().empty()) return Refusal::kNeedsParty;
  if (!said.party().empty() && !IsParty(said.party())) return Refusal::kNoSuchParty;
  if (!said.way().empty() && !IsWay(said.way())) return Refusal::kNoSuchWay;
  if (!said.purpose().empty() && !IsPurpose(said.purpose())) return Refusal::kNoSuchPurpose;
  if (!said.state().empty() && !IsState(said.kind(), said.state())) return Refusal::kNoSuchState;
  if (!said.by().empty() && !IsPerson(said.by())) return Refusal::kNoSuchPerson;
  if (!said.outcome().empty() && !IsOutcome(said.outcome())) return Refusal::kNoSuchOutcome;
  if (HasForeignField(said)) return Refusal::kForeignField;
  return std::nullopt;
}

std::optional<Refusal> Check(const Context& context, const ContactFact& said) {
  if (!IsContactKind(said.kind())) return Refusal::kNoSuchKind;
  if (const auto refusal = CheckDay(context, said)) return refusal;
  if (const auto refusal = CheckCodes(said)) return refusal;
  if (said.has_review() && DayOf(said.review()) < DayOf(said.on())) return Refusal::kReviewBeforeDay;
  const bool needs_words =
      said.kind() == CONTACT_KIND_OBSERVATION || said.kind() == CONTACT_KIND_CONTACT_VIEW;
  if (needs_words && said.personal().open().text().empty()) return Refusal::kNeedsWords;
  return std::nullopt;
}

// The decision with the entry that holds `fact` once its events are applied.
Decision Holding(const Context& context, std::vector<ContactEvent> events, const FactId& fact) {
  ChildFacts after = context.facts;
  for (const auto& event : events) Apply(event, Instant::max(), after);
  return {std::move(events), fact, EntryHolding(context.child, after, fact)};
}

ContactEvent CorrectedTo(const Context& context, const FactId& fact, const std::string& assertion,
                         ContactFact said) {
  ContactEvent event = NewEvent(context);
  auto& corrected = *event.mutable_contact_corrected();
  corrected.set_authority(context.authority);
  corrected.set_fact(fact.Bytes());
  corrected.set_assertion(assertion);
  *corrected.mutable_said() = std::move(said);
  return event;
}

bool AreSame(const ContactFact& one, const ContactFact& other) {
  return google::protobuf::util::MessageDifferencer::Equals(one, other);
}

// A fact that goes on: the same one, with what it says from now on.
Decision GoOn(const Context& context, const ContactVersion& standing, const RecordContact& command,
              ContactFact said) {
  // What was held was planned: saying so again does not undo it.
  if (said.state() == "planned") said.clear_state();
  const ContactFact merged = Merged(standing.said, said);
  std::vector<ContactEvent> events;
  if (!AreSame(merged, standing.said))
    events.push_back(CorrectedTo(context, standing.fact, command.assertion(), merged));
  return Holding(context, std::move(events), standing.fact);
}

// The standing fact that says the very same of the same entry, or null.
const ContactVersion* StatedAlready(const std::vector<StandingContact>& standing,
                                    const ContactFact& said, const std::vector<FactId>& of) {
  for (const auto& stated : standing) {
    if (stated.version->entry_facts == of && AreSame(stated.version->said, said))
      return stated.version;
  }
  return nullptr;
}

Decision StateNew(const Context& context, const RecordContact& command, ContactFact said,
                  const std::vector<FactId>& of) {
  ContactEvent event = NewEvent(context);
  auto& recorded = *event.mutable_contact_recorded();
  recorded.set_authority(context.authority);
  recorded.set_fact(command.fact());
  recorded.set_assertion(command.assertion());
  *recorded.mutable_said() = std::move(said);
  for (const auto& fact : of) recorded.add_entry_facts(fact.Bytes());
  return Holding(context, {std::move(event)},
                 FactId::FromBytes(command.fact()).value_or(FactId{}));
}

}  // namespace

Decided Decide(const Context& context, const RecordContact& command) {
  if (!IsKnown(context)) return tl::unexpected(Refusal::kUnknownChild);
  const ContactSoFar so_far(context.child, context.facts);
  ContactFact said = so_far.Completed(command.said(), command.entry());
  if (const auto refusal = Check(context, said)) return tl::unexpected(*refusal);
  const auto belongs = so_far.Find(said, command.entry());
  if (!belongs) return tl::unexpected(belongs.error());
  if (belongs->goes_on) return GoOn(context, *belongs->goes_on, command, said);
  if (const auto* stated = StatedAlready(so_far.standing(), said, belongs->facts))
    return Holding(context, {}, stated->fact);
  return StateNew(context, command, std::move(said), belongs->facts);
}

Decided Decide(const Context& context, const CorrectContact& command) {
  if (!IsKnown(context)) return tl::unexpected(Refusal::kUnknownChild);
  const auto* newest = NewestVersion(context.facts, command.fact());
  if (!newest || newest->withdrawn) return tl::unexpected(Refusal::kUnknownFact);
  const ContactFact said = Merged(newest->said, command.said());
  if (const auto refusal = Check(context, said)) return tl::unexpected(*refusal);
  std::vector<ContactEvent> events;
  if (!AreSame(said, newest->said)) {
    events.push_back(CorrectedTo(context, newest->fact, command.assertion(), said));
    if (command.reason().has_open())
      *events.back().mutable_contact_corrected()->mutable_personal() = command.reason();
  }
  return Holding(context, std::move(events), newest->fact);
}

Decided Decide(const Context& context, const WithdrawContact& command) {
  if (!IsKnown(context)) return tl::unexpected(Refusal::kUnknownChild);
  const auto* newest = NewestVersion(context.facts, command.fact());
  if (!newest) return tl::unexpected(Refusal::kUnknownFact);
  Decision decision;
  decision.fact = newest->fact;
  if (newest->withdrawn) return decision;
  ContactEvent event = NewEvent(context);
  auto& withdrawn = *event.mutable_contact_withdrawn();
  withdrawn.set_authority(context.authority);
  withdrawn.set_fact(command.fact());
  withdrawn.set_assertion(command.assertion());
  if (command.reason().has_open()) *withdrawn.mutable_personal() = command.reason();
  decision.events.push_back(std::move(event));
  return decision;
}

}  // namespace holdfast::contact
