// A child's contact so far, as a statement about it is found its place in it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "libs/permanence/contact.h"
#include "services/contact/domain/contact_record.h"

namespace holdfast::contact {

// Where a statement belongs.
struct Belongs {
  const ContactVersion* goes_on = nullptr;  // the fact that it is another version of
  std::vector<FactId> facts;                // else those of its agreement or session; none: it begins one, or is of none
};

class ContactSoFar {
 public:
  // `facts` outlive it.
  ContactSoFar(const SubjectId& child, const ChildFacts& facts)
      : standing_(StandingContacts(facts, View{})), contact_(ContactOf(child, standing_)) {}

  const std::vector<StandingContact>& standing() const { return standing_; }

  // `said` with what follows where nothing is stated: an agreement is agreed and a session planned, both direct; a view is the
  // child's; a variation, a review or an end is of the party of the agreement named.
  v1::ContactFact Completed(v1::ContactFact said, const std::string& entry) const;

  // A planned session of that party and day goes on, and an agreement of that party and first day; one named by its entry goes
  // on whatever its day. A variation, end or review belongs to the agreement named, else to the only one that stands; an
  // observation to the session named, else to the only one of that party and day.
  tl::expected<Belongs, Refusal> Find(const v1::ContactFact& said, const std::string& entry) const;

 private:
  const ContactVersion* Standing(const FactId& fact) const;
  const ContactAgreement* AgreementNamed(const std::string& entry) const;
  const ContactSession* SessionNamed(const std::string& entry) const;
  tl::expected<Belongs, Refusal> FindForAgreement(const v1::ContactFact& said,
                                                  const std::string& entry) const;
  tl::expected<Belongs, Refusal> FindForSession(const v1::ContactFact& said,
                                                const std::string& entry) const;
  tl::expected<Belongs, Refusal> FindItsAgreement(const v1::ContactFact& said,
                                                  const std::string& entry) const;
  tl::expected<Belongs, Refusal> FindItsSession(const v1::ContactFact& said,
                                                const std::string& entry) const;

  const std::vector<StandingContact> standing_;
  const Contact contact_;
};

// The entry that holds `fact`; zero: none.
EntryId EntryHolding(const SubjectId& child, const ChildFacts& facts, const FactId& fact);

}  // namespace holdfast::contact
