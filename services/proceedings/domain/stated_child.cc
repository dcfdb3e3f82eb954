#include "services/proceedings/domain/stated_child.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

VersionKey KeyOf(const v1::ItemStated& statement) {
  return {statement.sent_at_us(), statement.content_sha256()};
}

bool AreSame(const v1::ItemTakenAway& a, v1::ItemTakenAway b) {
  b.set_source_event(a.source_event());
  b.set_authority(a.authority());
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

template <typename Child>  // StatedChild, const or not
auto& ItemsBeside(Child& child, const v1::ItemStated& statement) {
  return statement.passed_on() ? child.passed_on : child.items;
}

const ItemOfChild& Known(const std::map<std::string, ItemOfChild>& items, const std::string& item) {
  static const ItemOfChild kNone;
  const auto found = items.find(item);
  return found == items.end() ? kNone : found->second;
}

Events State(const StatedChild& child, const v1::StateItem& command) {
  Events events;
  for (const auto& statement : command.versions()) {
    const ItemOfChild& known = Known(ItemsBeside(child, statement), statement.item());
    if (known.stated.contains(KeyOf(statement))) continue;
    if (!child.authority.empty()) {
      auto& stated = *events.emplace_back().mutable_item_stated();
      stated = statement;
      stated.set_authority(child.authority);
    } else if (!known.waiting.contains(KeyOf(statement))) {
      auto& waits = *events.emplace_back().mutable_item_waits();
      *waits.mutable_statement() = statement;
      waits.set_authority(command.authority());
    }
  }
  return events;
}

void StateWaiting(const StatedChild& child, const ItemOfChild& known, Events& events) {
  for (const auto& [key, waits] : known.waiting) {
    auto& stated = *events.emplace_back().mutable_item_stated();
    stated = waits.statement();
    stated.set_authority(child.authority);
  }
}

}  // namespace

Events Decide(const StatedChild& child, const v1::StateItem& command) {
  const ItemOfChild& known = Known(child.items, command.item());
  if (child.erased || command.source_event() < known.source_event) return {};
  if (!command.has_taken_away()) return State(child, command);
  if (known.taken_away && AreSame(*known.taken_away, command.taken_away())) return {};
  ProceedingsEvent event;
  *event.mutable_item_taken_away() = command.taken_away();
  event.mutable_item_taken_away()->set_authority(child.authority);
  return {event};
}

Events Release(const StatedChild& child) {
  Events events;
  for (const auto* items : {&child.items, &child.passed_on}) {
    for (const auto& [item, known] : *items) StateWaiting(child, known, events);
  }
  for (const auto& [item, known] : child.items) {
    if (known.taken_away && known.taken_away->authority().empty()) {
      auto& taken = *events.emplace_back().mutable_item_taken_away();
      taken = *known.taken_away;
      taken.set_authority(child.authority);
    }
  }
  return events;
}

void Apply(const ProceedingsEvent& event, StatedChild& child) {
  switch (event.event_case()) {
    case ProceedingsEvent::kItemStated: {
      const auto& statement = event.item_stated();
      auto& known = ItemsBeside(child, statement)[statement.item()];
      known.source_event = std::max(known.source_event, statement.source_event());
      known.stated.insert(KeyOf(statement));
      known.waiting.erase(KeyOf(statement));
      known.taken_away.reset();
      return;
    }
    case ProceedingsEvent::kItemWaits: {
      const auto& statement = event.item_waits().statement();
      auto& known = ItemsBeside(child, statement)[statement.item()];
      known.source_event = std::max(known.source_event, statement.source_event());
      known.waiting[KeyOf(statement)] = event.item_waits();
      known.taken_away.reset();
      return;
    }
    case ProceedingsEvent::kItemTakenAway: {
      auto& known = child.items[event.item_taken_away().item()];
      known.source_event = std::max(known.source_event, event.item_taken_away().source_event());
      known.stated.clear();
      known.waiting.clear();
      known.taken_away = event.item_taken_away();
      return;
    }
    case ProceedingsEvent::kChildErased:
      child.erased = true;
      return;
    default:
      return;
  }
}

}  // namespace holdfast::proceedings
