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

StatedVersion Stated(const RecordFact& fact, const std::string& source, std::string value) {
  return {.source = source,
          .fact = fact.fact,
          .assertion = fact.assertion,
          .reported = fact.reported,
          .value = std::move(value)};
}

StatedThing ThingOf(const RecordFact& fact, EntryKind kind, const std::string& source) {
  const auto stated = [&](std::string value) { return Stated(fact, source, std::move(value)); };
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
  if (fact.until) {
    thing.terms[TermName::kUntil] = {stated(fact.until->Iso()), fact.until};
    thing.untils = {*fact.until};
  }
  return thing;
}

// What the record says of a thing after it began, and the term that its day states.
struct LaterRow {
  FactKind fact;
  EntryKind thing;
  TermName term;
};

constexpr std::array kLater{
    LaterRow{FACT_KIND_APPLICATION_ISSUED, EntryKind::kApplication, TermName::kIssued},
    LaterRow{FACT_KIND_APPLICATION_EXTENDED, EntryKind::kApplication, TermName::kUntil},
    LaterRow{FACT_KIND_APPLICATION_DISPOSED, EntryKind::kApplication, TermName::kEnded},
    LaterRow{FACT_KIND_PROOF_DETERMINED, EntryKind::kProof, TermName::kEnded},
    LaterRow{FACT_KIND_APPEAL_DISPOSED, EntryKind::kAppeal, TermName::kEnded},
    LaterRow{FACT_KIND_SAFEGUARDER_REPORTED, EntryKind::kSafeguarder, TermName::kEnded},
};

bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

// The thing of that kind that `fact` was said of, or null.
template <typename Things>
auto FindSaidOf(const RecordFact& fact, EntryKind kind, Things& things) {
  const auto found = std::ranges::find_if(things, [&](const StatedThing& thing) {
    return thing.kind == kind && (HaveCommonFact(thing.version.facts, fact.entry_facts) ||
                                  HaveCommonFact(thing.version.named, fact.entry_facts));
  });
  return found == things.end() ? nullptr : &*found;
}

// The thing that another source states, as the record states it by `fact` alone: it says no more.
StatedThing StatedToo(const StatedThing& other, const RecordFact& fact, const std::string& source) {
  StatedThing thing;
  thing.kind = other.kind;
  thing.code = other.code;
  thing.version = other.version;
  thing.version.facts.clear();
  thing.version.named = fact.entry_facts;
  thing.version.assertion = fact.assertion;
  thing.key = Stated(fact, source, other.version.day.Iso());
  return thing;
}

void Say(const RecordFact& fact, TermName term, const std::string& source, StatedThing& thing) {
  const CivilDate day = term == TermName::kUntil ? fact.until.value_or(fact.on) : fact.on;
  thing.terms[term] = {Stated(fact, source, day.Iso()), day};
  if (term == TermName::kUntil) thing.untils.push_back(day);
  if (fact.kind == FACT_KIND_APPLICATION_DISPOSED && !fact.code.empty())
    thing.terms[TermName::kMade] = {Stated(fact, source, fact.code), {}};
  thing.version.facts.push_back(fact.fact);
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
  switch (kind) {
    case EntryKind::kOrder:
    case EntryKind::kApplication:
    case EntryKind::kPlan:
    case EntryKind::kServiceAsked:
    case EntryKind::kServiceStarted:
    case EntryKind::kServiceRefused:
    case EntryKind::kPermanenceAspect:
      return true;
    default:
      return false;
  }
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

void AddWhatBecameOfThem(const std::vector<RecordFact>& record, const std::string& source,
                         const std::vector<StatedThing>& others,
                         std::vector<StatedThing>& recorded) {
  for (const auto& fact : record) {
    const auto later = std::ranges::find(kLater, fact.kind, &LaterRow::fact);
    if (later == kLater.end()) continue;
    StatedThing* thing = FindSaidOf(fact, later->thing, recorded);
    if (thing == nullptr) {
      const StatedThing* other = FindSaidOf(fact, later->thing, others);
      if (other == nullptr) continue;
      thing = &recorded.emplace_back(StatedToo(*other, fact, source));
    }
    Say(fact, later->term, source, *thing);
  }
}

}  // namespace holdfast
