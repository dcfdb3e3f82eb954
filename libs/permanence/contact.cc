#include "libs/permanence/contact.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "libs/permanence/dates.h"
#include "libs/permanence/entry_ids.h"

namespace holdfast {
namespace {

using namespace contact::v1;

std::optional<CivilDate> ReviewIn(const ContactFact& said) {
  return said.has_review() ? DayOf(said.review()) : std::nullopt;
}

ContactAgreement AgreementOf(const StandingContact& stated) {
  const auto& said = stated.version->said;
  ContactAgreement agreement;
  agreement.first_key_day = stated.first_on;
  agreement.party = said.party();
  agreement.way = said.way();
  agreement.agreed = said.state() != "proposed";
  agreement.from = stated.on;
  agreement.terms.push_back({.from = stated.on,
                             .purpose = said.purpose(),
                             .rate = said.rate(),
                             .review = ReviewIn(said),
                             .fact = stated.version->fact});
  agreement.facts.push_back(stated.version->fact);
  return agreement;
}

// What a variation does not state stays as it was.
void Vary(const StandingContact& stated, ContactAgreement& agreement) {
  const auto& said = stated.version->said;
  ContactTerms terms = agreement.terms.back();
  terms.from = stated.on;
  if (!said.purpose().empty()) terms.purpose = said.purpose();
  if (!said.rate().empty()) terms.rate = said.rate();
  terms.review = ReviewIn(said);
  terms.fact = stated.version->fact;
  agreement.terms.push_back(std::move(terms));
  agreement.facts.push_back(stated.version->fact);
}

void Review(const StandingContact& stated, ContactAgreement& agreement) {
  const auto& said = stated.version->said;
  agreement.reviews.push_back({.entry = {},
                               .first_key_day = stated.first_on,
                               .on = stated.on,
                               .outcome = said.outcome(),
                               .next = ReviewIn(said),
                               .facts = {stated.version->fact}});
}

void AddTo(const StandingContact& stated, ContactAgreement& agreement) {
  switch (stated.version->said.kind()) {
    case CONTACT_KIND_AGREEMENT:
      return Vary(stated, agreement);
    case CONTACT_KIND_AGREEMENT_END:
      agreement.ended = stated.on;
      agreement.facts.push_back(stated.version->fact);
      return;
    case CONTACT_KIND_CONTACT_REVIEW:
      return Review(stated, agreement);
    default:
      return;
  }
}

bool BeginsAgreement(const StandingContact& stated) {
  return stated.version->said.kind() == CONTACT_KIND_AGREEMENT &&
         stated.version->entry_facts.empty();
}

bool BelongsTo(const StandingContact& stated, const ContactAgreement& agreement) {
  const auto& own = agreement.terms.front().fact;
  return std::ranges::find(stated.version->entry_facts, own) != stated.version->entry_facts.end();
}

ContactSession SessionOf(const StandingContact& stated) {
  const auto& said = stated.version->said;
  return {.entry = {},
          .first_key_day = stated.first_on,
          .party = said.party(),
          .way = said.way(),
          .on = stated.on,
          .state = said.state(),
          .by = said.by(),
          .facts = {stated.version->fact}};
}

void Name(const SubjectId& child, Contact& contact) {
  EntryIds ids(child);
  for (auto& agreement : contact.agreements) {
    agreement.entry = ids.Name("agreement/" + agreement.party, agreement.first_key_day);
    for (auto& review : agreement.reviews)
      review.entry = ids.Name("contact_review/" + agreement.party, review.first_key_day);
  }
  for (auto& session : contact.sessions)
    session.entry = ids.Name("session/" + session.party, session.first_key_day);
}

}  // namespace

std::optional<CivilDate> ContactAgreement::NextReview() const {
  std::optional<CivilDate> next;
  CivilDate stated_on = kDistantPast;
  for (const auto& stated : terms) {
    if (!stated.review) continue;
    next = stated.review;
    stated_on = stated.from;
  }
  if (!reviews.empty() && stated_on <= reviews.back().on) next = reviews.back().next;
  return next;
}

std::vector<StandingContact> StandingContacts(const ChildFacts& facts, const View& view) {
  struct Versions {
    const ContactVersion* newest = nullptr;
    const ContactVersion* first = nullptr;
  };
  std::map<FactId, Versions> by_fact;
  for (const auto& version : facts.contact) {
    if (!view.Sees(version.reported, version.recorded_at)) continue;
    auto& versions = by_fact[version.fact];
    versions.newest = &version;
    if (!versions.first || version.reported < versions.first->reported) versions.first = &version;
  }
  const auto day_of = [](const ContactVersion& version) {
    return DayOf(version.said.on()).value_or(kDistantPast);
  };
  std::vector<StandingContact> standing;
  for (const auto& [fact, versions] : by_fact) {
    if (!versions.newest->withdrawn)
      standing.push_back({versions.newest, day_of(*versions.newest), day_of(*versions.first)});
  }
  std::ranges::sort(standing, {}, [](const StandingContact& stated) {
    return std::tuple(stated.on, stated.version->fact);
  });
  return standing;
}

Contact ContactOf(const SubjectId& child, const std::vector<StandingContact>& standing) {
  Contact contact;
  for (const auto& stated : standing) {
    if (BeginsAgreement(stated)) contact.agreements.push_back(AgreementOf(stated));
    if (stated.version->said.kind() == CONTACT_KIND_SESSION)
      contact.sessions.push_back(SessionOf(stated));
  }
  for (const auto& stated : standing) {
    for (auto& agreement : contact.agreements) {
      if (BelongsTo(stated, agreement)) AddTo(stated, agreement);
    }
  }
  std::ranges::sort(contact.agreements, {}, [](const ContactAgreement& a) {
    return std::tuple(a.from, a.party, a.facts);
  });
  std::ranges::sort(contact.sessions, {},
                    [](const ContactSession& s) { return std::tuple(s.on, s.party, s.facts); });
  Name(child, contact);
  return contact;
}

}  // namespace holdfast
