#include "libs/permanence/feed_items.h"

#include <algorithm>
#include <map>
#include <set>

namespace holdfast {
namespace {

using proceedings::v1::FEED_KIND_COVERED;
using proceedings::v1::FEED_KIND_WITHDRAWN;

// What is heard of one item.
struct Item {
  std::vector<const FeedVersion*> versions;
  const FeedVersion* newest = nullptr;
  const ItemDeparture* departure = nullptr;  // the newest

  bool IsAway(const SubjectId& child) const {
    return departure && departure->child != child && departure->Rank() > newest->Rank();
  }
};

std::map<ItemId, Item> ItemsOf(const ChildFacts& facts, const View& view) {
  std::map<ItemId, Item> items;
  for (const auto& version : facts.feed) {
    if (!view.Sees(version.reported, version.recorded_at)) continue;
    auto& item = items[version.item];
    item.versions.push_back(&version);
    if (!item.newest || item.newest->Rank() < version.Rank()) item.newest = &version;
  }
  for (const auto& departure : facts.departures) {
    const auto item = items.find(departure.item);
    if (item == items.end() || !view.Sees(departure.reported, departure.recorded_at)) continue;
    auto& newest = item->second.departure;
    if (!newest || newest->Rank() < departure.Rank()) newest = &departure;
  }
  return items;
}

// What stands of `versions`, which are by rank: a withdrawal that was withdrawn later takes back
// nothing.
std::vector<const FeedVersion*> WithoutWithdrawn(const std::vector<const FeedVersion*>& versions) {
  std::map<ItemId, Instant> taken_back;  // what was sent until then
  std::vector<const FeedVersion*> standing;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto until = taken_back.find((*version)->item);
    if (until != taken_back.end() && (*version)->sent_at <= until->second) continue;
    if ((*version)->kind == FEED_KIND_WITHDRAWN) {
      if ((*version)->withdraws) taken_back.emplace(*(*version)->withdraws, (*version)->sent_at);
    } else if ((*version)->kind != FEED_KIND_COVERED) {
      standing.push_back(*version);
    }
  }
  std::ranges::reverse(standing);
  return standing;
}

Discrepancy WrongChild(const Item& item) {
  const auto& newest = *item.newest;
  return {.kind = "wrong_child",
          .facts = {newest.fact},
          .key_day = {},
          .detail = {},
          .identity = {newest.item.Bytes()},
          .versions = {{.source = newest.source,
                        .fact = newest.fact,
                        .assertion = newest.assertion,
                        .reported = newest.reported,
                        .value = newest.on.Iso()}},
          .counts = newest.source,
          .opened = item.departure->reported};
}

}  // namespace

FeedItems ReadFeed(const SubjectId& child, const ChildFacts& facts, const View& view) {
  FeedItems feed;
  if (facts.feed.empty()) return feed;
  for (const auto& [id, item] : ItemsOf(facts, view)) {
    const bool is_away = item.IsAway(child);
    // What a person has put right is no disagreement of the source with itself.
    const bool source_says = item.departure && !item.departure->content_sha256.empty() &&
                             item.newest->kind != FEED_KIND_WITHDRAWN &&
                             item.newest->kind != FEED_KIND_COVERED;
    if (source_says && (is_away || item.departure->child == child))
      feed.wrong_child.push_back(WrongChild(item));
    if (is_away) continue;
    feed.counting.push_back(item.newest);
    feed.heard.insert(feed.heard.end(), item.versions.begin(), item.versions.end());
  }
  std::ranges::sort(feed.counting, {},
                    [](const FeedVersion* v) { return std::tuple(v->Rank(), v->item); });
  feed.counting = WithoutWithdrawn(feed.counting);
  return feed;
}

}  // namespace holdfast
