#include "libs/permanence/departures.h"

#include <algorithm>
#include <tuple>

#include "libs/base/check.h"
#include "libs/permanence/contact_rate.h"

namespace holdfast {
namespace {

bool IsOf(const ContactDirection& direction, const Happening& order) {
  return std::ranges::any_of(direction.order, [&](const FactId& fact) {
    return std::ranges::find(order.facts, fact) != order.facts.end();
  });
}

// The last one that the order gives about the party by `day`, or null.
const ContactDirection* DirectionOf(const std::vector<ContactDirection>& directions,
                                    const Happening& order, const std::string& party,
                                    CivilDate day) {
  const ContactDirection* last = nullptr;
  for (const auto& direction : directions) {
    if (direction.party == party && direction.from <= day && IsOf(direction, order))
      last = &direction;
  }
  return last;
}

// What the agreement's last terms state.
StatedVersion TermsStated(const ContactAgreement& agreement, const ContactStated& contact) {
  const FactId& fact = agreement.terms.back().fact;
  const auto stated = std::ranges::find_if(
      contact.standing, [&](const StandingContact& s) { return s.version->fact == fact; });
  HOLDFAST_CHECK(stated != contact.standing.end());
  return {.source = contact.source,
          .fact = fact,
          .assertion = stated->version->assertion,
          .reported = stated->version->reported,
          .value = agreement.rate().empty() ? "agreed" : agreement.rate()};
}

// In what the agreement departs; blank: in nothing.
std::string FieldOf(const ContactDirection& direction, const ContactAgreement& agreement) {
  if (direction.rate == kNoContact) return agreement.rate() == kNoContact ? "" : "party";
  const auto says = [](const std::string& rate) { return !rate.empty() && rate != kUnreadRate; };
  const bool both_say = says(direction.rate) && says(agreement.rate());
  return both_say && direction.rate != agreement.rate() ? "frequency" : "";
}

Discrepancy Departure(const ContactAgreement& agreement, const Happening& order, std::string field,
                      std::vector<StatedVersion> versions) {
  Discrepancy departs{.kind = "departs", .facts = {}, .key_day = {}, .detail = {}};
  for (const auto& version : versions) {
    departs.facts.push_back(version.fact);
    departs.opened = std::max(departs.opened, version.reported);
  }
  std::ranges::sort(departs.facts);
  departs.field = std::move(field);
  departs.identity = {agreement.entry.Bytes(), order.entry.Bytes()};
  departs.versions = std::move(versions);
  departs.entry = agreement.entry;
  return departs;
}

}  // namespace

std::vector<ContactDirection> ContactDirections(const std::vector<RecordFact>& record,
                                                const std::string& source, const FeedItems& feed) {
  std::vector<ContactDirection> directions;
  for (const auto& fact : record) {
    if (fact.kind != cases::v1::FACT_KIND_CONTACT_DIRECTION) continue;
    directions.push_back({fact.code,
                          fact.rate,
                          fact.on,
                          fact.entry_facts,
                          {source, fact.fact, fact.assertion, fact.reported, fact.rate}});
  }
  for (const auto* item : feed.counting) {
    if (item->kind != proceedings::v1::FEED_KIND_CONTACT_DIRECTION) continue;
    directions.push_back({item->code,
                          item->rate,
                          item->on,
                          {item->fact},
                          {item->source, item->fact, item->assertion, item->reported, item->rate}});
  }
  std::ranges::sort(directions, {}, [](const ContactDirection& direction) {
    return std::tuple(direction.from, direction.stated);
  });
  return directions;
}

std::vector<Discrepancy> Departures(const std::vector<ContactDirection>& directions,
                                    const ContactStated& contact, CivilDate day,
                                    const History& history) {
  std::vector<Discrepancy> departures;
  if (directions.empty()) return departures;
  for (const auto& agreement : history.agreements) {
    if (!agreement.agreed || !agreement.StandsOn(day)) continue;
    for (const auto& order : history.happenings) {
      if (order.kind != EntryKind::kOrder || !order.InForceOn(day)) continue;
      const auto* direction = DirectionOf(directions, order, agreement.party, day);
      const std::string field = direction ? FieldOf(*direction, agreement) : "";
      if (field.empty()) continue;
      departures.push_back(Departure(agreement, order, field, {direction->stated, TermsStated(agreement, contact)}));
    }
  }
  return departures;
}

}  // namespace holdfast
