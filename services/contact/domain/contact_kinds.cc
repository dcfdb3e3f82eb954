#include "services/contact/domain/contact_kinds.h"

#include <algorithm>
#include <array>

namespace holdfast::contact {
namespace {

using namespace v1;
using std::string_view;

struct Kind {
  ContactKind kind;
  string_view name;
  bool has_way = false;
  bool has_terms = false;  // purpose and frequency
  bool has_review = false;
  bool has_state = false;
  bool has_by = false;
  bool has_outcome = false;
};

constexpr std::array kKinds = std::to_array<Kind>({
    {.kind = CONTACT_KIND_AGREEMENT,
     .name = "agreement",
     .has_way = true,
     .has_terms = true,
     .has_review = true,
     .has_state = true},
    {.kind = CONTACT_KIND_AGREEMENT_END, .name = "agreement_end"},
    {.kind = CONTACT_KIND_SESSION,
     .name = "session",
     .has_way = true,
     .has_state = true,
     .has_by = true},
    {.kind = CONTACT_KIND_OBSERVATION, .name = "observation", .has_by = true},
    {.kind = CONTACT_KIND_CONTACT_VIEW, .name = "contact_view", .has_by = true},
    {.kind = CONTACT_KIND_CONTACT_REVIEW,
     .name = "contact_review",
     .has_review = true,
     .has_outcome = true},
});

constexpr std::array<string_view, 11> kParties{
    "mother",     "father",         "parent",       "step_parent", "sibling", "grandparent",
    "aunt_uncle", "other_relative", "former_carer", "friend",      "other"};
constexpr std::array<string_view, 4> kOthers{"child", "carer", "worker", "authority"};
constexpr std::array<string_view, 3> kWays{"direct", "indirect", "online"};
constexpr std::array<string_view, 2> kPurposes{"assess_return", "sustain_identity"};
constexpr std::array<string_view, 3> kOutcomes{"continue", "vary", "end"};
constexpr std::array<string_view, 2> kAgreementStates{"proposed", "agreed"};
constexpr std::array<string_view, 4> kSessionStates{"planned", "held", "missed", "cancelled"};

template <size_t kCount>
bool Holds(const std::array<string_view, kCount>& codes, string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

const Kind* Find(ContactKind kind) {
  const auto found = std::ranges::find(kKinds, kind, &Kind::kind);
  return found == kKinds.end() ? nullptr : &*found;
}

}  // namespace

bool IsContactKind(ContactKind kind) { return Find(kind) != nullptr; }

std::optional<ContactKind> ContactKindNamed(string_view name) {
  const auto found = std::ranges::find(kKinds, name, &Kind::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

string_view NameOf(ContactKind kind) {
  const auto* found = Find(kind);
  return found == nullptr ? "" : found->name;
}

bool IsParty(string_view code) { return Holds(kParties, code); }
bool IsPerson(string_view code) { return Holds(kParties, code) || Holds(kOthers, code); }
bool IsWay(string_view code) { return Holds(kWays, code); }
bool IsPurpose(string_view code) { return Holds(kPurposes, code); }
bool IsOutcome(string_view code) { return Holds(kOutcomes, code); }

bool IsState(ContactKind kind, string_view code) {
  return kind == CONTACT_KIND_SESSION ? Holds(kSessionStates, code) : Holds(kAgreementStates, code);
}

bool MayLieAhead(const ContactFact& said) {
  return said.kind() == CONTACT_KIND_AGREEMENT || said.kind() == CONTACT_KIND_AGREEMENT_END ||
         (said.kind() == CONTACT_KIND_SESSION && said.state() == "planned");
}

bool HasForeignField(const ContactFact& said) {
  const auto* kind = Find(said.kind());
  if (kind == nullptr) return false;
  const bool has_terms = !said.purpose().empty() || !said.rate().empty();
  return (has_terms && !kind->has_terms) || (!said.way().empty() && !kind->has_way) ||
         (said.has_review() && !kind->has_review) || (!said.state().empty() && !kind->has_state) ||
         (!said.by().empty() && !kind->has_by) || (!said.outcome().empty() && !kind->has_outcome);
}

}  // namespace holdfast::contact
