#include "libs/permanence/stated_thing.h"

#include <algorithm>
#include <array>

#include "libs/base/check.h"

namespace holdfast {
namespace {

using namespace cases::v1;

constexpr std::array<std::pair<FactKind, EntryKind>, 6> kThings{{
    {FACT_KIND_ORDER, EntryKind::kOrder},
    {FACT_KIND_HEARING, EntryKind::kHearing},
    {FACT_KIND_APPLICATION, EntryKind::kApplication},
    {FACT_KIND_PROOF, EntryKind::kProof},
    {FACT_KIND_APPEAL, EntryKind::kAppeal},
    {FACT_KIND_SAFEGUARDER, EntryKind::kSafeguarder},
}};

StatedThing ThingOf(const RecordFact& fact, EntryKind kind, const std::string& source) {
  const auto stated = [&](std::string value) {
    return StatedVersion{.source = source,
                         .fact = fact.fact,
                         .assertion = fact.assertion,
                         .reported = fact.reported,
                         .value = std::move(value)};
  };
  StatedThing thing;
  thing.kind = kind;
  thing.version.day = fact.on;
  thing.version.first_day = fact.first_on;
  thing.version.facts = {fact.fact};
  thing.version.named = fact.entry_facts;
  thing.version.assertion = fact.assertion;
  thing.key = stated(fact.on.Iso());
  thing.terms[TermName::kOn] = {thing.key, fact.on};
  if (IsToldApartByCode(kind)) {
    thing.code = fact.code;
  } else if (!fact.code.empty() && fact.code != NameOf(HearingState::kPlanned)) {
    thing.terms[kind == EntryKind::kHearing ? TermName::kState : TermName::kCode] = {
        stated(fact.code), {}};
  }
  const bool is_over =
      kind == EntryKind::kHearing &&
      (fact.code == NameOf(HearingState::kHeld) || fact.code == NameOf(HearingState::kCancelled));
  if (is_over) thing.terms[TermName::kEnded] = {thing.key, fact.on};
  if (fact.until) thing.terms[TermName::kUntil] = {stated(fact.until->Iso()), fact.until};
  return thing;
}

std::string NameOfEnd(EntryKind kind) {
  switch (kind) {
    case EntryKind::kApplication:
    case EntryKind::kAppeal:
      return "disposed";
    case EntryKind::kProof:
      return "determined";
    case EntryKind::kSafeguarder:
      return "reported";
    default:
      return "ended";
  }
}

}  // namespace

bool IsToldApartByCode(EntryKind kind) {
  return kind == EntryKind::kOrder || kind == EntryKind::kApplication;
}

std::string NameOf(TermName term, EntryKind kind) {
  switch (term) {
    case TermName::kOn:
      // As of all kinds that a return states.
      if (kind == EntryKind::kOrder) return "start";
      return kind == EntryKind::kApplication ? "lodged" : "on";
    case TermName::kCode:
      return "code";
    case TermName::kState:
      return "state";
    case TermName::kIssued:
      return "issued";
    case TermName::kUntil:
      return "until";
    case TermName::kEnded:
      return NameOfEnd(kind);
    case TermName::kMade:
      return "made";
  }
  HOLDFAST_CHECK(false);
}

std::vector<StatedThing> ThingsStated(const std::vector<RecordFact>& stated,
                                      const std::string& source) {
  std::vector<StatedThing> things;
  for (const auto& fact : stated) {
    const auto kind =
        std::ranges::find(kThings, fact.kind, [](const auto& pair) { return pair.first; });
    if (kind != kThings.end()) things.push_back(ThingOf(fact, kind->second, source));
  }
  return things;
}

}  // namespace holdfast
