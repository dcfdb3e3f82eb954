#include "services/cases/domain/render_discrepancy.h"

#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

const std::string& OwnerOf(const ChildFacts& facts) {
  if (!facts.worker.empty()) return facts.worker;
  return facts.team.empty() ? facts.authority : facts.team;
}

}  // namespace

v1::DiscrepancyView RenderDiscrepancy(const SubjectId& child, const ChildFacts& facts,
                                      const Discrepancy& discrepancy) {
  v1::DiscrepancyView view;
  view.set_id(discrepancy.id.Bytes());
  view.set_child(child.Bytes());
  view.set_kind(discrepancy.kind);
  for (const auto& fact : discrepancy.facts) view.add_facts(fact.Bytes());
  view.set_detail(discrepancy.detail);
  if (!discrepancy.entry.IsZero()) view.set_entry(discrepancy.entry.Bytes());
  view.set_field(discrepancy.field);
  for (const auto& version : discrepancy.versions) {
    auto& shown = *view.add_versions();
    shown.set_source(version.source);
    if (!version.fact.IsZero()) shown.set_fact(version.fact.Bytes());
    shown.set_value(version.value);
  }
  view.set_counts(discrepancy.counts);
  view.set_owner(OwnerOf(facts));
  SetDate(discrepancy.opened, view.mutable_opened());
  SetDate(discrepancy.Due(), view.mutable_due());
  view.set_state(discrepancy.resolved ? "resolved" : "open");
  return view;
}

}  // namespace holdfast::cases
