#include "services/proceedings/domain/feed_kinds.h"

#include <algorithm>
#include <array>

namespace holdfast::proceedings {
namespace {

using enum CodeUse;

enum class Law { kBoth, kScotland };

struct Kind {
  v1::FeedKind kind;
  std::string_view name;
  std::string_view thing;
  CodeUse code = kFree;
  Law law = Law::kBoth;
};

constexpr std::array kKinds = {
    Kind{v1::FEED_KIND_REFERRAL, "referral", "referral", kFree, Law::kScotland},
    Kind{v1::FEED_KIND_GROUNDS, "grounds", "grounds", kFree, Law::kScotland},
    Kind{v1::FEED_KIND_HEARING_SET, "hearing_set", "hearing"},
    Kind{v1::FEED_KIND_HEARING_HELD, "hearing_held", "hearing"},
    Kind{v1::FEED_KIND_HEARING_CONTINUED, "hearing_continued", "hearing"},
    Kind{v1::FEED_KIND_HEARING_CANCELLED, "hearing_cancelled", "hearing"},
    Kind{v1::FEED_KIND_ORDER_MADE, "order_made", "order", kNeeded},
    Kind{v1::FEED_KIND_ORDER_VARIED, "order_varied", "order", kOrder},
    Kind{v1::FEED_KIND_ORDER_CONTINUED, "order_continued", "order", kOrder},
    Kind{v1::FEED_KIND_ORDER_TERMINATED, "order_terminated", "order", kOrder},
    Kind{v1::FEED_KIND_ORDER_EXPIRED, "order_expired", "order", kOrder},
    Kind{v1::FEED_KIND_APPLICATION_LODGED, "application_lodged", "application", kNeeded},
    Kind{v1::FEED_KIND_APPLICATION_ISSUED, "application_issued", "application", kOrder},
    Kind{v1::FEED_KIND_APPLICATION_EXTENDED, "application_extended", "application", kOrder},
    Kind{v1::FEED_KIND_APPLICATION_DISPOSED, "application_disposed", "application", kOrder},
    Kind{v1::FEED_KIND_PROOF_LODGED, "proof_lodged", "proof", kFree, Law::kScotland},
    Kind{v1::FEED_KIND_PROOF_DETERMINED, "proof_determined", "proof", kFree, Law::kScotland},
    Kind{v1::FEED_KIND_APPEAL_LODGED, "appeal_lodged", "appeal"},
    Kind{v1::FEED_KIND_APPEAL_DISPOSED, "appeal_disposed", "appeal"},
    Kind{v1::FEED_KIND_SAFEGUARDER_APPOINTED, "safeguarder_appointed", "safeguarder", kFree,
         Law::kScotland},
    Kind{v1::FEED_KIND_SAFEGUARDER_REPORTED, "safeguarder_reported", "safeguarder", kFree,
         Law::kScotland},
    Kind{v1::FEED_KIND_WITHDRAWN, "withdrawn", "withdrawn"},
    Kind{v1::FEED_KIND_COVERED, "covered", "covered"},
    Kind{v1::FEED_KIND_CONTACT_DIRECTION, "contact_direction", "order", kParty},
};

constexpr std::array<std::string_view, 11> kScottishOrders = {
    "CSO", "ICSO", "IVCSO",   "CPO",     "MEO", "WARRANT", "CHILD_ASSESSMENT",
    "PO",  "POA",  "KINSHIP", "ADOPTION"};
constexpr std::array<std::string_view, 8> kEnglishOrders = {
    "CARE",      "INTERIM_CARE",         "SUPERVISION",        "EMERGENCY",
    "PLACEMENT", "SPECIAL_GUARDIANSHIP", "CHILD_ARRANGEMENTS", "ADOPTION"};

// As in the record of contact.
constexpr std::array<std::string_view, 11> kParties = {
    "mother",     "father",         "parent",       "step_parent", "sibling", "grandparent",
    "aunt_uncle", "other_relative", "former_carer", "friend",      "other"};

constexpr Kind kNone{v1::FEED_KIND_UNSPECIFIED, "", ""};

const Kind& Find(v1::FeedKind kind) {
  const auto found = std::ranges::find(kKinds, kind, &Kind::kind);
  return found == kKinds.end() ? kNone : *found;
}

}  // namespace

std::string_view NameOf(v1::FeedKind kind) { return Find(kind).name; }

std::optional<v1::FeedKind> FeedKindNamed(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &Kind::name);
  return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

const std::vector<v1::FeedKind>& AllFeedKinds() {
  static const std::vector<v1::FeedKind> all = [] {
    std::vector<v1::FeedKind> kinds;
    for (const Kind& kind : kKinds) kinds.push_back(kind.kind);
    return kinds;
  }();
  return all;
}

std::string_view ThingOf(v1::FeedKind kind) { return Find(kind).thing; }

bool IsOfNation(v1::FeedKind kind, v1::Nation nation) {
  return Find(kind).law == Law::kBoth || nation == v1::NATION_SCOTLAND;
}

CodeUse CodeUseOf(v1::FeedKind kind) { return Find(kind).code; }

bool IsOrderCode(std::string_view code, v1::Nation nation) {
  return nation == v1::NATION_SCOTLAND
             ? std::ranges::find(kScottishOrders, code) != kScottishOrders.end()
             : std::ranges::find(kEnglishOrders, code) != kEnglishOrders.end();
}

bool IsParty(std::string_view code) {
  return std::ranges::find(kParties, code) != kParties.end();
}

}  // namespace holdfast::proceedings
