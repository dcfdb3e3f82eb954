#include "libs/permanence/feed_items.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace holdfast {
namespace {

using proceedings::v1::FEED_KIND_COVERED;
using proceedings::v1::FEED_KIND_WITHDRAWN;

// What is heard of one item.
struct Item {
  std::vector<const FeedVersion*> versions;
  const FeedVersion* newest = nullptr;       // that counts among them; null: none is stated here
  const FeedVersion* last_word = nullptr;    // that it is of this child
  const ItemDeparture* departure = nullptr;  // the last word that it is not

  bool IsAway(const SubjectId& child) const {
    return !newest ||
           (departure && departure->child != child && departure->Word() > last_word->Word());
  }
};

std::map<ItemId, Item> ItemsOf(const ChildFacts& facts, const View& view) {
  std::map<ItemId, Item> items;
  for (const auto& version : facts.feed) {
    if (version.passed_on || !view.Sees(version.reported, version.recorded_at)) continue;
    auto& item = items[version.item];
    item.versions.push_back(&version);
    if (!item.newest || item.newest->Rank() < version.Rank()) item.newest = &version;
    if (!item.last_word || item.last_word->Word() < version.Word()) item.last_word = &version;
  }
  for (const auto& departure : facts.departures) {
    if (!view.Sees(departure.reported, departure.recorded_at)) continue;
    auto& last = items[departure.item].departure;
    if (!last || last->Word() < departure.Word()) last = &departure;
  }
  return items;
}

// What was passed on with the child's items: the newest version of each item that withdraws one.
std::vector<const FeedVersion*> PassedOn(const ChildFacts& facts, const View& view) {
  std::map<ItemId, const FeedVersion*> newest;
  for (const auto& version : facts.feed) {
    if (!version.passed_on || !view.Sees(version.reported, version.recorded_at)) continue;
    auto& of_item = newest[version.item];
    if (of_item == nullptr || of_item->Rank() < version.Rank()) of_item = &version;
  }
  std::vector<const FeedVersion*> versions;
  for (const auto& [item, version] : newest) versions.push_back(version);
  return versions;
}

// What stands of `versions`, by rank: a withdrawal takes back what was sent no later than itself,
// and one that was withdrawn later takes back nothing.
std::vector<const FeedVersion*> WithoutWithdrawn(std::vector<const FeedVersion*> versions) {
  std::ranges::sort(versions, {}, [](const FeedVersion* v) {
    return std::tuple(v->sent_at, v->kind == FEED_KIND_WITHDRAWN, v->content_sha256, v->item);
  });
  std::map<ItemId, Instant> taken_back;  // what was sent until then
  std::vector<const FeedVersion*> standing;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto until = taken_back.find((*version)->item);
    if (until != taken_back.end() && (*version)->sent_at <= until->second) continue;
    if ((*version)->kind == FEED_KIND_WITHDRAWN) {
      if ((*version)->withdraws) taken_back.emplace(*(*version)->withdraws, (*version)->sent_at);
    } else if ((*version)->kind != FEED_KIND_COVERED && !(*version)->passed_on) {
      standing.push_back(*version);
    }
  }
  std::ranges::sort(standing, {},
                    [](const FeedVersion* v) { return std::tuple(v->Rank(), v->item); });
  return standing;
}

// Of a departure alone: whether an earlier version was ever stated here depends on what came first.
Discrepancy WrongChild(const ItemId& item, const ItemDeparture& departure) {
  return {.kind = "wrong_child",
          .facts = {},
          .key_day = {},
          .detail = {},
          .identity = {item.Bytes()},
          .versions = {{.source = departure.source,
                        .fact = {},
                        .assertion = AssertionId::FromBytes(departure.content_sha256.substr(0, 16))
                                         .value_or(AssertionId{}),
                        .reported = departure.reported,
                        .value = departure.child ? "another child" : "no child"}},
          .counts = departure.source,
          .opened = departure.reported};
}

StatedVersion Named(const FeedVersion& version) {
  return {.source = version.source,
          .fact = version.fact,
          .assertion = version.assertion,
          .reported = version.reported,
          .value = version.names_another ? "another child" : "this child"};
}

// The source named another child before, or late; nothing while it never did. A child that a person
// has said is no disagreement of the source with itself.
std::optional<Discrepancy> NamedAnother(const ItemId& id, const Item& item) {
  if (item.newest->names_another) return std::nullopt;
  const FeedVersion* other = nullptr;
  for (const auto* version : item.versions) {
    if (version->names_another && (other == nullptr || other->Rank() < version->Rank()))
      other = version;
  }
  if (other == nullptr) return std::nullopt;
  return Discrepancy{.kind = "wrong_child",
                     .facts = {item.newest->fact},
                     .key_day = {},
                     .detail = {},
                     .identity = {id.Bytes()},
                     .versions = {Named(*item.newest), Named(*other)},
                     .counts = item.newest->source,
                     .opened = std::max(item.newest->reported, other->reported)};
}

}  // namespace

FeedItems ReadFeed(const SubjectId& child, const ChildFacts& facts, const View& view) {
  FeedItems feed;
  if (facts.feed.empty() && facts.departures.empty()) return feed;
  for (const auto& [id, item] : ItemsOf(facts, view)) {
    const bool is_away = item.IsAway(child);
    // What a person has put right is no disagreement of the source with itself.
    const bool source_says = item.departure && !item.departure->content_sha256.empty();
    if (is_away) {
      if (source_says) feed.wrong_child.push_back(WrongChild(id, *item.departure));
      continue;
    }
    if (auto other = NamedAnother(id, item)) feed.wrong_child.push_back(std::move(*other));
    feed.counting.push_back(item.newest);
    feed.heard.insert(feed.heard.end(), item.versions.begin(), item.versions.end());
  }
  const auto passed_on = PassedOn(facts, view);
  feed.counting.insert(feed.counting.end(), passed_on.begin(), passed_on.end());
  feed.counting = WithoutWithdrawn(std::move(feed.counting));
  return feed;
}

}  // namespace holdfast
