#include "services/contact/domain/find_contact.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::contact {
namespace {

using namespace v1;

CivilDate OnOf(const ContactFact& said) { return DayOf(said.on()).value_or(kDistantPast); }

bool Holds(const std::vector<FactId>& facts, const FactId& fact) {
  return std::ranges::find(facts, fact) != facts.end();
}

}  // namespace

const ContactVersion* ContactSoFar::Standing(const FactId& fact) const {
  const auto found = std::ranges::find_if(
      standing_, [&](const StandingContact& stated) { return stated.version->fact == fact; });
  return found == standing_.end() ? nullptr : found->version;
}

const ContactAgreement* ContactSoFar::AgreementNamed(const std::string& entry) const {
  const auto found = std::ranges::find_if(
      contact_.agreements, [&](const ContactAgreement& a) { return a.entry.Bytes() == entry; });
  return found == contact_.agreements.end() ? nullptr : &*found;
}

const ContactSession* ContactSoFar::SessionNamed(const std::string& entry) const {
  const auto found = std::ranges::find_if(
      contact_.sessions, [&](const ContactSession& s) { return s.entry.Bytes() == entry; });
  return found == contact_.sessions.end() ? nullptr : &*found;
}

ContactFact ContactSoFar::Completed(ContactFact said, const std::string& entry) const {
  if (const auto* agreement = AgreementNamed(entry)) {
    if (said.party().empty()) said.set_party(agreement->party);
    if (said.kind() == CONTACT_KIND_AGREEMENT) said.set_way(agreement->way);
  }
  if (const auto* session = SessionNamed(entry)) {
    if (said.party().empty()) said.set_party(session->party);
    if (said.kind() == CONTACT_KIND_SESSION && said.way().empty()) said.set_way(session->way);
  }
  const bool is_named = SessionNamed(entry) != nullptr;
  const bool has_way = said.kind() == CONTACT_KIND_AGREEMENT || said.kind() == CONTACT_KIND_SESSION;
  if (has_way && said.way().empty()) said.set_way("direct");
  if (said.kind() == CONTACT_KIND_AGREEMENT && said.state().empty()) said.set_state("agreed");
  if (said.kind() == CONTACT_KIND_SESSION && said.state().empty() && !is_named)
    said.set_state("planned");
  if (said.kind() == CONTACT_KIND_CONTACT_VIEW && said.by().empty()) said.set_by("child");
  return said;
}

tl::expected<Belongs, Refusal> ContactSoFar::Find(const ContactFact& said,
                                                  const std::string& entry) const {
  switch (said.kind()) {
    case CONTACT_KIND_AGREEMENT:
      return FindForAgreement(said, entry);
    case CONTACT_KIND_SESSION:
      return FindForSession(said, entry);
    case CONTACT_KIND_AGREEMENT_END:
    case CONTACT_KIND_CONTACT_REVIEW:
      return FindItsAgreement(said, entry);
    case CONTACT_KIND_OBSERVATION:
      return FindItsSession(said, entry);
    default:
      if (!entry.empty()) return FindItsAgreement(said, entry);
      return Belongs{};
  }
}

tl::expected<Belongs, Refusal> ContactSoFar::FindForAgreement(const ContactFact& said,
                                                              const std::string& entry) const {
  if (!entry.empty()) return FindItsAgreement(said, entry);
  for (const auto& agreement : contact_.agreements) {
    if (agreement.party == said.party() && agreement.way == said.way() &&
        agreement.from == OnOf(said))
      return Belongs{.goes_on = Standing(agreement.terms.front().fact), .facts = {}};
  }
  return Belongs{};
}

tl::expected<Belongs, Refusal> ContactSoFar::FindForSession(const ContactFact& said,
                                                            const std::string& entry) const {
  if (!entry.empty()) {
    const auto* named = SessionNamed(entry);
    if (named == nullptr) return tl::unexpected(Refusal::kUnknownEntry);
    return Belongs{.goes_on = Standing(named->facts.front()), .facts = {}};
  }
  const auto meets = [&](const ContactSession& session) {
    return session.party == said.party() && session.way == said.way() && session.on == OnOf(said);
  };
  for (const auto& session : contact_.sessions) {
    const bool was_planned = session.state == "planned" || said.state() == "planned";
    if (meets(session) && (was_planned || session.state == said.state()))
      return Belongs{.goes_on = Standing(session.facts.front()), .facts = {}};
  }
  return Belongs{};
}

tl::expected<Belongs, Refusal> ContactSoFar::FindItsAgreement(const ContactFact& said,
                                                              const std::string& entry) const {
  const CivilDate on = OnOf(said);
  if (!entry.empty()) {
    const auto* named = AgreementNamed(entry);
    if (named == nullptr) return tl::unexpected(Refusal::kUnknownEntry);
    if (on < named->from) return tl::unexpected(Refusal::kBeforeStart);
    return Belongs{.goes_on = nullptr, .facts = {named->terms.front().fact}};
  }
  std::vector<const ContactAgreement*> open;
  for (const auto& agreement : contact_.agreements) {
    const bool is_meant = said.party().empty() || agreement.party == said.party();
    const bool ended_so = agreement.ended == on && said.kind() == CONTACT_KIND_AGREEMENT_END;
    if (is_meant && agreement.from <= on && (agreement.StandsOn(on) || ended_so))
      open.push_back(&agreement);
  }
  if (open.empty()) return tl::unexpected(Refusal::kNothingOpen);
  if (open.size() > 1) return tl::unexpected(Refusal::kSeveralOpen);
  return Belongs{.goes_on = nullptr, .facts = {open.front()->terms.front().fact}};
}

tl::expected<Belongs, Refusal> ContactSoFar::FindItsSession(const ContactFact& said,
                                                            const std::string& entry) const {
  if (!entry.empty()) {
    const auto* named = SessionNamed(entry);
    if (named == nullptr) return tl::unexpected(Refusal::kUnknownEntry);
    return Belongs{.goes_on = nullptr, .facts = {named->facts.front()}};
  }
  std::vector<const ContactSession*> of_day;
  for (const auto& session : contact_.sessions) {
    const bool is_meant = said.party().empty() || session.party == said.party();
    if (is_meant && session.on == OnOf(said)) of_day.push_back(&session);
  }
  if (of_day.size() != 1) return Belongs{};
  return Belongs{.goes_on = nullptr, .facts = {of_day.front()->facts.front()}};
}

EntryId EntryHolding(const SubjectId& child, const ChildFacts& facts, const FactId& fact) {
  const auto standing = StandingContacts(facts, View{});
  const Contact contact = ContactOf(child, standing);
  for (const auto& agreement : contact.agreements) {
    if (Holds(agreement.facts, fact)) return agreement.entry;
    for (const auto& review : agreement.reviews) {
      if (Holds(review.facts, fact)) return review.entry;
    }
  }
  for (const auto& session : contact.sessions) {
    if (Holds(session.facts, fact)) return session.entry;
  }
  return {};
}

}  // namespace holdfast::contact
