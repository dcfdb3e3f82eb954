#include "services/contact/domain/render_contact.h"

#include <algorithm>
#include <map>

#include "libs/permanence/dates.h"

namespace holdfast::contact {
namespace {

using namespace v1;

class Renderer {
 public:
  Renderer(const SubjectId& child, const ChildFacts& facts, const View& view, CivilDate today)
      : standing_(StandingContacts(facts, view)),
        contact_(ContactOf(child, standing_)),
        today_(today) {
    response_.set_child(child.Bytes());
    response_.set_authority(facts.authority);
  }

  ContactRecordView Render() {
    for (const auto& agreement : contact_.agreements) Add(agreement);
    for (const auto& session : contact_.sessions) Add(session);
    for (auto& kept : SessionsKeptBy(contact_.sessions, today_))
      *response_.add_kept() = std::move(kept);
    for (const auto& stated : standing_) {
      const auto kind = stated.version->said.kind();
      if (kind == CONTACT_KIND_CONTACT_VIEW) Show(stated, *response_.add_views());
      if (kind == CONTACT_KIND_OBSERVATION && !IsOfASession(stated))
        Show(stated, *response_.add_observations());
    }
    return std::move(response_);
  }

 private:
  const StandingContact& Stated(const FactId& fact) const {
    return *std::ranges::find_if(
        standing_, [&](const StandingContact& s) { return s.version->fact == fact; });
  }
  const common::v1::Personal& WordsOf(const FactId& fact) const {
    return Stated(fact).version->said.personal().open();
  }

  void Add(const ContactAgreement& agreement) {
    auto& view = *response_.add_agreements();
    view.set_entry(agreement.entry.Bytes());
    view.set_party(agreement.party);
    view.set_way(agreement.way);
    view.set_state(agreement.agreed ? "agreed" : "proposed");
    SetDate(agreement.from, view.mutable_from());
    if (agreement.ended) SetDate(*agreement.ended, view.mutable_ended());
    view.set_purpose(agreement.purpose());
    if (const auto review = agreement.NextReview()) SetDate(*review, view.mutable_review());
    for (const auto& terms : agreement.terms) Add(terms, view);
    for (const auto& review : agreement.reviews) Add(review, view);
    for (const auto& fact : agreement.facts) {
      const auto& said = Stated(fact).version->said;
      if (said.kind() == CONTACT_KIND_AGREEMENT_END)
        view.set_conclusion(said.personal().open().text());
    }
  }

  void Add(const ContactTerms& terms, AgreementView& agreement) const {
    const auto& words = WordsOf(terms.fact);
    if (!words.party_name().empty()) agreement.set_name(words.party_name());
    auto& view = *agreement.add_versions();
    SetDate(terms.from, view.mutable_from());
    view.set_purpose(terms.purpose);
    view.set_frequency(words.frequency());
    if (terms.review) SetDate(*terms.review, view.mutable_review());
    view.set_conditions(words.text());
    view.set_fact(terms.fact.Bytes());
  }

  void Add(const ContactReview& review, AgreementView& agreement) const {
    auto& view = *agreement.add_reviews();
    view.set_entry(review.entry.Bytes());
    SetDate(review.on, view.mutable_on());
    view.set_answer(WordsOf(review.facts.front()).text());
    view.set_outcome(review.outcome);
    if (review.next) SetDate(*review.next, view.mutable_next());
    view.set_fact(review.facts.front().Bytes());
  }

  void Add(const ContactSession& session) {
    const FactId& fact = session.facts.front();
    auto& view = *response_.add_sessions();
    view.set_entry(session.entry.Bytes());
    SetDate(session.on, view.mutable_on());
    view.set_party(session.party);
    view.set_name(WordsOf(fact).party_name());
    view.set_way(session.way);
    view.set_state(session.state);
    view.set_by(session.by);
    view.set_text(WordsOf(fact).text());
    for (const auto& stated : standing_) {
      const bool is_seen = stated.version->said.kind() == CONTACT_KIND_OBSERVATION &&
                           IsOf(stated, fact);
      if (is_seen) Show(stated, *view.add_observations());
    }
    view.set_fact(fact.Bytes());
  }

  static bool IsOf(const StandingContact& stated, const FactId& fact) {
    const auto& of = stated.version->entry_facts;
    return std::ranges::find(of, fact) != of.end();
  }
  bool IsOfASession(const StandingContact& stated) const {
    return std::ranges::any_of(contact_.sessions, [&](const ContactSession& session) {
      return IsOf(stated, session.facts.front());
    });
  }

  static void Show(const StandingContact& stated, SaidView& view) {
    const auto& said = stated.version->said;
    SetDate(stated.on, view.mutable_on());
    view.set_by(said.by());
    view.set_party(said.party());
    view.set_text(said.personal().open().text());
    view.set_fact(stated.version->fact.Bytes());
  }

  const std::vector<StandingContact> standing_;
  const Contact contact_;
  const CivilDate today_;
  ContactRecordView response_;
};

}  // namespace

ContactRecordView RenderContact(const SubjectId& child, const ChildFacts& facts,
                                  const View& view, CivilDate today) {
  return Renderer(child, facts, view, today).Render();
}

std::vector<SessionsKept> SessionsKeptBy(const std::vector<ContactSession>& sessions,
                                         CivilDate today) {
  std::map<std::string, SessionsKept> by_party;
  for (const auto& session : sessions) {
    const bool has_come = session.state != "planned" || session.on < today;
    if (!has_come) continue;
    auto& kept = by_party[session.party];
    kept.set_party(session.party);
    kept.set_planned(kept.planned() + 1);
    if (session.state == "held") kept.set_held(kept.held() + 1);
    if (session.state == "missed") kept.set_missed(kept.missed() + 1);
    if (session.state == "cancelled") kept.set_cancelled(kept.cancelled() + 1);
    const bool fell_out = session.state == "missed" || session.state == "cancelled";
    if (fell_out && session.by == session.party)
      kept.set_missed_or_cancelled_by_party(kept.missed_or_cancelled_by_party() + 1);
  }
  std::vector<SessionsKept> all;
  for (auto& [party, kept] : by_party) all.push_back(std::move(kept));
  return all;
}

}  // namespace holdfast::contact
