// Agreements about contact that depart from what an order directs while it is in force.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/contact.h"
#include "libs/permanence/discrepancy.h"
#include "libs/permanence/feed_items.h"
#include "libs/permanence/history.h"
#include "libs/permanence/record_facts.h"

namespace holdfast {

// What an order says of contact with somebody.
struct ContactDirection {
  std::string party;
  std::string rate;  // see contact_rate.h; blank: not stated
  CivilDate from;
  std::vector<FactId> order;  // facts of the order that says it
  StatedVersion stated;       // its value: the rate
};

// What the team's record of contact states, and its source's name.
struct ContactStated {
  const std::vector<StandingContact>& standing;
  std::string source;
};

// Of the team's record (`source`: its name) and of feeds, by day.
std::vector<ContactDirection> ContactDirections(const std::vector<RecordFact>& record,
                                                const std::string& source, const FeedItems& feed);

// Each agreement that stands on `day` and each order in force on it whose last direction about that party says that there is
// no contact, or another frequency. Known by agreement and order. `history` has its entries named.
std::vector<Discrepancy> Departures(const std::vector<ContactDirection>& directions,
                                    const ContactStated& contact, CivilDate day,
                                    const History& history);

}  // namespace holdfast
