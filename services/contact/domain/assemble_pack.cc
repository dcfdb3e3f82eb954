#include "services/contact/domain/assemble_pack.h"

#include <algorithm>

#include "libs/permanence/contact.h"
#include "libs/permanence/dates.h"
#include "services/contact/domain/contact_kinds.h"
#include "services/contact/domain/render_contact.h"

namespace holdfast::contact {
namespace {

using namespace v1;

class Assembler {
 public:
  Assembler(const SubjectId& child, const ChildFacts& facts, const PackDays& days, CivilDate today)
      : facts_(facts),
        days_(days),
        today_(today),
        standing_(StandingContacts(facts, {.known_at = today})),
        contact_(ContactOf(child, standing_)) {
    response_.set_child(child.Bytes());
    response_.set_authority(facts.authority);
    SetDate(today, response_.mutable_as_known_at());
  }

  PackView Assemble() {
    for (const auto& stated : standing_) {
      if (IsTold(stated)) Add(stated);
    }
    std::vector<ContactSession> sessions;
    std::ranges::copy_if(contact_.sessions, std::back_inserter(sessions),
                         [&](const ContactSession& session) { return Holds(session.on); });
    for (auto& kept : SessionsKeptBy(sessions, today_)) *response_.add_kept() = std::move(kept);
    return std::move(response_);
  }

 private:
  bool Holds(CivilDate day) const {
    return (!days_.from || *days_.from <= day) && day <= days_.to;
  }

  const ContactAgreement* AgreementOf(const StandingContact& stated) const {
    for (const auto& agreement : contact_.agreements) {
      const auto& own = agreement.terms.front().fact;
      const auto& of = stated.version->entry_facts;
      if (own == stated.version->fact || std::ranges::find(of, own) != of.end()) return &agreement;
    }
    return nullptr;
  }

  // What was agreed before stands until it ends.
  bool IsTold(const StandingContact& stated) const {
    if (Holds(stated.on)) return true;
    if (stated.version->said.kind() != CONTACT_KIND_AGREEMENT || stated.on > days_.to) return false;
    const auto* agreement = AgreementOf(stated);
    return agreement != nullptr && agreement->StandsOn(*days_.from);
  }

  std::string WhatOf(const StandingContact& stated) const {
    const bool varies = stated.version->said.kind() == CONTACT_KIND_AGREEMENT &&
                        !stated.version->entry_facts.empty();
    return varies ? "variation" : std::string(NameOf(stated.version->said.kind()));
  }

  void Add(const StandingContact& stated) {
    const auto& said = stated.version->said;
    const auto& words = said.personal().open();
    const auto* agreement = AgreementOf(stated);
    auto& item = *response_.add_items();
    SetDate(stated.on, item.mutable_on());
    item.set_what(WhatOf(stated));
    item.set_party(said.party().empty() && agreement != nullptr ? agreement->party : said.party());
    item.set_name(words.party_name());
    item.set_way(said.way());
    item.set_state(said.kind() == CONTACT_KIND_CONTACT_REVIEW ? said.outcome() : said.state());
    item.set_by(said.by());
    item.set_purpose(said.purpose());
    item.set_frequency(words.frequency());
    if (said.has_review()) *item.mutable_review() = said.review();
    item.set_text(words.text());
    item.set_source("record/" + facts_.authority);
    item.set_fact(stated.version->fact.Bytes());
    SetDate(stated.version->reported, item.mutable_reported());
  }

  const ChildFacts& facts_;
  const PackDays days_;
  const CivilDate today_;
  const std::vector<StandingContact> standing_;
  const Contact contact_;
  PackView response_;
};

}  // namespace

PackView AssemblePack(const SubjectId& child, const ChildFacts& facts,
                                  const PackDays& days, CivilDate today) {
  return Assembler(child, facts, days, today).Assemble();
}

}  // namespace holdfast::contact
