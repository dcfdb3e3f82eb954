#include "services/cases/domain/render_contact.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

void Render(const ContactAgreement& agreement, v1::ContactView& shown) {
  shown.set_entry(agreement.entry.Bytes());
  shown.set_party(agreement.party);
  shown.set_purpose(agreement.purpose());
  SetDate(agreement.from, shown.mutable_from());
  if (agreement.ended) SetDate(*agreement.ended, shown.mutable_ended());
  if (const auto review = agreement.NextReview()) SetDate(*review, shown.mutable_review());
  shown.set_state(agreement.agreed ? "agreed" : "proposed");
  shown.set_way(agreement.way);
}

void Render(const Happening& said, const ChildFacts& facts, v1::ViewView& shown) {
  shown.set_entry(said.entry.Bytes());
  SetDate(said.on, shown.mutable_on());
  shown.set_by(said.code);
  // The words of the first version stand: a correction puts the day right, or whose view it was.
  for (const auto& version : facts.record) {
    if (std::ranges::find(said.facts, version.fact) == said.facts.end()) continue;
    shown.set_how(version.how);
    shown.set_text(version.words.open().text());
    shown.set_done(version.words.open().done());
  }
}

}  // namespace

void RenderContact(const History& history, const ChildFacts& facts, v1::CaseView& view) {
  for (const auto& agreement : history.agreements) Render(agreement, *view.add_contact());
  for (const auto& happening : history.happenings) {
    if (happening.kind == EntryKind::kView) Render(happening, facts, *view.add_views());
  }
}

}  // namespace holdfast::cases
