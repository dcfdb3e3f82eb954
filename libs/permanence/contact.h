// Agreements about contact, with their versions, ends and reviews, and sessions: what the team's record of contact comes to.
#pragma once

#include <vector>

#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"
#include "libs/permanence/view.h"

namespace holdfast {

// A fact of the record of contact as a view sees it: its newest version, not withdrawn. Views the facts.
struct StandingContact {
  const ContactVersion* version;
  CivilDate on;
  CivilDate first_on;  // of the assertion with the earliest reported day; of one day, the first recorded
};

// By day, then by fact.
std::vector<StandingContact> StandingContacts(const ChildFacts& facts, const View& view);

struct Contact {
  std::vector<ContactAgreement> agreements;  // by day, then party
  std::vector<ContactSession> sessions;      // by day, then party
};

// What the facts come to; entries are named. What belongs to an agreement that was withdrawn goes with it.
Contact ContactOf(const SubjectId& child, const std::vector<StandingContact>& standing);

}  // namespace holdfast
