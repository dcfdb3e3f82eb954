#include <algorithm>
#include <array>

#include "libs/base/check.h"
#include "libs/permanence/stated_thing.h"

namespace holdfast {
namespace {

using namespace proceedings::v1;

// What a kind of item says of its thing.
struct FeedKindRow {
  FeedKind kind;
  EntryKind thing;
  bool is_key = false;               // its day is the key day, its code the thing's
  std::optional<TermName> day_is{};  // the term that its day states
  HearingState state = HearingState::kPlanned;
};

constexpr std::array kFeedKinds{
    FeedKindRow{FEED_KIND_REFERRAL, EntryKind::kReferral, true},
    FeedKindRow{FEED_KIND_GROUNDS, EntryKind::kGrounds, true},
    FeedKindRow{FEED_KIND_HEARING_SET, EntryKind::kHearing, true},
    FeedKindRow{FEED_KIND_HEARING_HELD, EntryKind::kHearing, false, TermName::kEnded,
                HearingState::kHeld},
    FeedKindRow{FEED_KIND_HEARING_CONTINUED, EntryKind::kHearing, false, TermName::kEnded,
                HearingState::kContinued},
    FeedKindRow{FEED_KIND_HEARING_CANCELLED, EntryKind::kHearing, false, TermName::kEnded,
                HearingState::kCancelled},
    FeedKindRow{FEED_KIND_ORDER_MADE, EntryKind::kOrder, true},
    FeedKindRow{FEED_KIND_ORDER_VARIED, EntryKind::kOrder},
    FeedKindRow{FEED_KIND_ORDER_CONTINUED, EntryKind::kOrder},
    FeedKindRow{FEED_KIND_ORDER_TERMINATED, EntryKind::kOrder, false, TermName::kEnded},
    FeedKindRow{FEED_KIND_ORDER_EXPIRED, EntryKind::kOrder, false, TermName::kEnded},
    FeedKindRow{FEED_KIND_APPLICATION_LODGED, EntryKind::kApplication, true},
    FeedKindRow{FEED_KIND_APPLICATION_ISSUED, EntryKind::kApplication, false, TermName::kIssued},
    FeedKindRow{FEED_KIND_APPLICATION_EXTENDED, EntryKind::kApplication},
    FeedKindRow{FEED_KIND_APPLICATION_DISPOSED, EntryKind::kApplication, false, TermName::kEnded},
    FeedKindRow{FEED_KIND_PROOF_LODGED, EntryKind::kProof, true},
    FeedKindRow{FEED_KIND_PROOF_DETERMINED, EntryKind::kProof, false, TermName::kEnded},
    FeedKindRow{FEED_KIND_APPEAL_LODGED, EntryKind::kAppeal, true},
    FeedKindRow{FEED_KIND_APPEAL_DISPOSED, EntryKind::kAppeal, false, TermName::kEnded},
    FeedKindRow{FEED_KIND_SAFEGUARDER_APPOINTED, EntryKind::kSafeguarder, true},
    FeedKindRow{FEED_KIND_SAFEGUARDER_REPORTED, EntryKind::kSafeguarder, false, TermName::kEnded},
};

const FeedKindRow* RowOf(FeedKind kind) {
  const auto row = std::ranges::find(kFeedKinds, kind, &FeedKindRow::kind);
  return row == kFeedKinds.end() ? nullptr : &*row;
}

bool IsKey(const FeedVersion& version) {
  const auto* row = RowOf(version.kind);
  return row && row->is_key;
}

StatedVersion Stated(const FeedVersion& version, std::string value) {
  return {.source = version.source,
          .fact = version.fact,
          .assertion = version.assertion,
          .reported = version.reported,
          .value = std::move(value)};
}

Term DayTerm(const FeedVersion& version, CivilDate day) {
  return {Stated(version, day.Iso()), day};
}

// Folds what one feed said of one thing.
class Fold {
 public:
  // `items`: those that count, the one sent first first; never empty.
  explicit Fold(const std::vector<const FeedVersion*>& items) : items_(items) {
    thing_.kind = RowOf(items.front()->kind)->thing;
  }

  StatedThing Read(CivilDate first_day) {
    ReadKey();
    for (const auto* item : items_) ReadDays(*item);
    ReadUntil();
    thing_.version.first_day = first_day;
    thing_.version.facts = {items_.front()->fact};
    return std::move(thing_);
  }

 private:
  // The newest statement of the key day; of a thing without one, the first day stated.
  void ReadKey() {
    const FeedVersion* key = items_.front();
    const FeedVersion* named = nullptr;  // whose code it has
    for (const auto* item : items_) {
      if (IsKey(*item)) key = item;
      const bool says_outcome = item->kind == FEED_KIND_APPLICATION_DISPOSED;
      if (item->code.empty() || says_outcome) continue;
      if (!named || IsKey(*item) || !IsKey(*named)) named = item;
    }
    thing_.version.day = key->on;
    thing_.key = Stated(*key, key->on.Iso());
    thing_.version.assertion = key->assertion;
    thing_.terms[TermName::kOn] = DayTerm(*key, key->on);
    if (!named) return;
    if (IsToldApartByCode(thing_.kind)) {
      thing_.code = named->code;
    } else {
      thing_.terms[TermName::kCode] = {Stated(*named, named->code), {}};
    }
  }

  void ReadDays(const FeedVersion& item) {
    const auto& row = *RowOf(item.kind);
    if (row.day_is) thing_.terms[*row.day_is] = DayTerm(item, item.on);
    if (row.state != HearingState::kPlanned) {
      thing_.terms[TermName::kState] = {Stated(item, NameOf(row.state)), {}};
      hearing_ends_by_ = &item;
    }
    if (item.kind == FEED_KIND_APPLICATION_DISPOSED && !item.code.empty())
      thing_.terms[TermName::kMade] = {Stated(item, item.code), {}};
  }

  // The last day that the latest of what was decided gives it; of one day, what was sent later. A
  // hearing's: of what last became of it.
  void ReadUntil() {
    std::vector<const FeedVersion*> say_it;
    std::ranges::copy_if(items_, std::back_inserter(say_it), [&](const FeedVersion* item) {
      return item->until && (thing_.kind != EntryKind::kHearing || item == hearing_ends_by_);
    });
    std::ranges::stable_sort(say_it, {}, &FeedVersion::on);
    for (const auto* item : say_it) {
      thing_.terms[TermName::kUntil] = DayTerm(*item, *item->until);
      thing_.untils.push_back(*item->until);
    }
  }

  const std::vector<const FeedVersion*>& items_;
  const FeedVersion* hearing_ends_by_ = nullptr;
  StatedThing thing_;
};

// The key day of the assertion that its source knew first, stale ones included; of a thing without
// one, the first day stated.
CivilDate FirstDayOf(const FactId& fact, const std::vector<const FeedVersion*>& heard) {
  const FeedVersion* first = nullptr;
  for (const auto* version : heard) {
    if (version->fact != fact || !RowOf(version->kind)) continue;
    const auto rank = [](const FeedVersion& v) {
      return std::tuple(!IsKey(v), v.sent_at, v.assertion);
    };
    if (!first || rank(*version) < rank(*first)) first = version;
  }
  HOLDFAST_CHECK(first != nullptr);
  return first->on;
}

}  // namespace

std::map<std::string, std::vector<StatedThing>> ThingsOfFeeds(const FeedItems& feed) {
  std::map<std::pair<std::string, FactId>, std::vector<const FeedVersion*>> by_fact;
  for (const auto* item : feed.counting) {
    if (RowOf(item->kind)) by_fact[{item->source, item->fact}].push_back(item);
  }
  std::map<std::string, std::vector<StatedThing>> things;
  for (const auto& [named, items] : by_fact)
    things[named.first].push_back(Fold(items).Read(FirstDayOf(named.second, feed.heard)));
  for (auto& [source, stated] : things) {
    std::ranges::sort(stated, {}, [](const StatedThing& t) {
      return std::tuple(t.version.day, t.version.facts);
    });
  }
  return things;
}

}  // namespace holdfast
