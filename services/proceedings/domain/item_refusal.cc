#include "services/proceedings/domain/item_refusal.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "services/proceedings/domain/feed_kinds.h"

namespace holdfast::proceedings {
namespace {

using enum ItemRefusal;
using std::string_view;

constexpr int64_t kMostAhead_us = 5LL * 60 * 1000000;
constexpr size_t kLongestCode = 32;

bool Covers(const v1::SourceRegistered& source, const std::string& authority) {
  return std::ranges::find(source.covers(), authority) != source.covers().end();
}

bool States(const v1::SourceRegistered& source, v1::FeedKind kind) {
  return source.states().empty() ||
         std::ranges::find(source.states(), static_cast<int>(kind)) != source.states().end() ||
         kind == v1::FEED_KIND_WITHDRAWN || kind == v1::FEED_KIND_COVERED;
}

// The first column that is needed and blank; nothing when none is.
string_view MissingOf(const v1::ReceiveItem& item) {
  const auto& version = item.version();
  const auto& personal = version.personal().open();
  if (personal.event_id().empty()) return "event_id";
  if (version.sent_at_us() == 0) return "sent_at";
  if (item.kind_text().empty()) return "kind";
  if (!version.has_on()) return "on";
  if (item.kind_text() == NameOf(v1::FEED_KIND_COVERED)) return {};
  if (item.kind_text() != NameOf(v1::FEED_KIND_WITHDRAWN) && personal.ref().empty()) return "ref";
  const bool names_child = !version.authority().empty() && !personal.local_id().empty();
  const bool describes_child = !personal.name().empty() && personal.has_born();
  if (names_child || describes_child || !personal.case_ref().empty()) return {};
  return version.authority().empty() && !personal.local_id().empty() ? "authority" : "local_id";
}

// A code stands in the open: it is no place for words.
bool IsCode(string_view text) {
  return text.size() <= kLongestCode && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '-' || c == '.';
         });
}

bool IsCodeKnown(const v1::ItemReceived& version, v1::Nation nation) {
  const CodeUse use = CodeUseOf(version.kind());
  if (use == CodeUse::kFree) return IsCode(version.code());
  if (use == CodeUse::kParty) return IsParty(version.code());
  if (version.code().empty()) return use == CodeUse::kOrder;
  return IsOrderCode(version.code(), nation);
}

bool EndsBeforeItsDay(const v1::ItemReceived& version) {
  return version.has_until() && DayOf(version.until()) < DayOf(version.on());
}

}  // namespace

std::optional<RefusedItem> Judge(const v1::ReceiveItem& item, const JudgedAgainst& against) {
  const auto& version = item.version();
  if (!against.source.registered) return RefusedItem{kUnknownSource, "source"};
  const auto& source = *against.source.registered;
  if (!version.authority().empty() && !Covers(source, version.authority()))
    return RefusedItem{kAuthorityNotCovered, "authority"};
  if (!item.kind_text().empty()) {
    if (version.kind() == v1::FEED_KIND_UNSPECIFIED) return RefusedItem{kUnknownKind, "kind"};
    if (!States(source, version.kind())) return RefusedItem{kKindNotStated, "kind"};
    if (!IsOfNation(version.kind(), source.nation())) return RefusedItem{kKindNotOfNation, "kind"};
  }
  if (!item.unreadable().empty()) return RefusedItem{kBadDay, item.unreadable(0)};
  if (const auto missing = MissingOf(item); !missing.empty()) return RefusedItem{kMissing, missing};
  if (!IsCodeKnown(version, source.nation())) return RefusedItem{kUnknownCode, "code"};
  if (EndsBeforeItsDay(version)) return RefusedItem{kUntilBeforeOn, "until"};
  if (version.kind() == v1::FEED_KIND_WITHDRAWN && version.withdraws().empty())
    return RefusedItem{kWithdrawnWithoutAfter, "after"};
  if (against.now && version.sent_at_us() > against.now->time_since_epoch().count() + kMostAhead_us)
    return RefusedItem{kSentAhead, "sent_at"};
  return std::nullopt;
}

std::string_view NameOf(ItemRefusal refusal) {
  switch (refusal) {
    case kUnknownSource:
      return "UNKNOWN_SOURCE";
    case kAuthorityNotCovered:
      return "AUTHORITY_NOT_COVERED";
    case kUnknownKind:
      return "UNKNOWN_KIND";
    case kKindNotStated:
      return "KIND_NOT_STATED";
    case kKindNotOfNation:
      return "KIND_NOT_OF_NATION";
    case kBadDay:
      return "BAD_DAY";
    case kMissing:
      return "MISSING";
    case kUnknownCode:
      return "UNKNOWN_CODE";
    case kUntilBeforeOn:
      return "UNTIL_BEFORE_ON";
    case kWithdrawnWithoutAfter:
      return "WITHDRAWN_WITHOUT_AFTER";
    case kSentAhead:
      return "SENT_AHEAD";
    case kErased:
      return "ERASED";
  }
  return "";
}

std::string_view TextOf(ItemRefusal refusal) {
  switch (refusal) {
    case kUnknownSource:
      return "the source is not registered";
    case kAuthorityNotCovered:
      return "the source is not registered to state anything of that authority's children";
    case kUnknownKind:
      return "there is no such kind of item";
    case kKindNotStated:
      return "the source is not registered to state that kind";
    case kKindNotOfNation:
      return "the nation's law has no such kind of item";
    case kBadDay:
      return "a day is YYYY-MM-DD, and a time YYYY-MM-DDTHH:MM:SSZ";
    case kMissing:
      return "every item needs event_id, sent_at, kind, on and, but for covered, ref (of what is "
             "withdrawn, after is enough) and a child: authority and local_id, or case_ref, or "
             "name and born";
    case kUnknownCode:
      return "the nation's law has no order of that code, or there is no such relation to the "
             "child";
    case kUntilBeforeOn:
      return "its last day is before its day";
    case kWithdrawnWithoutAfter:
      return "what is withdrawn is named in `after`, by its event_id";
    case kSentAhead:
      return "it was sent over 5 minutes from now: a clock is wrong";
    case kErased:
      return "the record of its child was erased";
  }
  return "";
}

}  // namespace holdfast::proceedings
