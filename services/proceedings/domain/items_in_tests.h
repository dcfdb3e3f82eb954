// For tests: what a source says, in one line, and a small town of children that it is told to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/permanence/dates.h"
#include "services/proceedings/domain/feed_kinds.h"
#include "services/proceedings/domain/item.h"
#include "services/proceedings/domain/item_follows.h"
#include "services/proceedings/domain/stated_child.h"

namespace holdfast::proceedings::testing {

inline const std::string kNorth = "E06000901";
inline const std::string kSouth = "E06000902";
inline const SubjectId kItem{HashId("item in tests", {})};
inline const std::string kAnna(16, 'A');
inline const std::string kBen(16, 'B');
inline const std::string kCase(16, 'c');

inline common::v1::Date Day(const char* iso) { return DateOf(*CivilDate::FromIso(iso)); }

inline v1::SourceRegistered Court(v1::Nation nation = v1::NATION_SCOTLAND) {
  v1::SourceRegistered source;
  source.set_source("sheriff-a");
  source.set_kind(v1::SOURCE_KIND_COURT);
  source.set_nation(nation);
  source.add_covers(kNorth);
  source.set_silent_after_days(14);
  return source;
}

inline SourceFacts Registered(v1::SourceRegistered source = Court()) {
  SourceFacts facts;
  facts.registered = std::move(source);
  return facts;
}

// A hearing held, of Anna, that nothing is wrong with.
inline v1::ReceiveItem Held(int64_t sent_at_us = 1000, const std::string& content = "x") {
  v1::ReceiveItem item;
  item.set_kind_text("hearing_held");
  auto& version = *item.mutable_version();
  version.set_source("sheriff-a");
  version.set_kind(v1::FEED_KIND_HEARING_HELD);
  *version.mutable_on() = Day("2024-05-01");
  version.set_sent_at_us(sent_at_us);
  version.set_content_sha256(content);
  version.set_fact(std::string(16, 'f'));
  version.set_assertion(std::string(16, 'a'));
  version.set_authority(kNorth);
  version.set_child(kAnna);
  auto& personal = *version.mutable_personal()->mutable_open();
  personal.set_event_id("e1");
  personal.set_ref("H-1");
  personal.set_local_id("L1");
  return item;
}

inline v1::ReceiveItem OfCase(v1::ReceiveItem item) {
  item.mutable_version()->clear_child();
  item.mutable_version()->clear_authority();
  item.mutable_version()->set_case_ref(kCase);
  item.mutable_version()->mutable_personal()->mutable_open()->clear_local_id();
  item.mutable_version()->mutable_personal()->mutable_open()->set_case_ref("SCRA/1");
  return item;
}

// An item, and the children that are told of it as they are told: everything is told at once.
class Intake {
 public:
  explicit Intake(bool with_records = true) {
    for (const auto& child : {kAnna, kBen}) {
      if (with_records) Register(child);
    }
  }

  // The outcome, or the refusal.
  std::string Receive(const v1::ReceiveItem& command) {
    const auto source = Registered();
    const auto decided = Decide(item, command, {source, std::nullopt});
    if (!decided) return std::string(NameOf(decided.error().refusal));
    Happen(decided->events);
    return std::string(NameOf(decided->outcome));
  }
  std::string Match(const std::string& child, int64_t now_us, bool again = false) {
    v1::MatchItem command;
    command.set_child(child);
    command.set_again(again);
    const auto source = Registered();
    const auto decided = Decide(item, command, MatchContext{kNorth, source, now_us});
    if (!decided) return std::string(NameOf(decided.error()));
    Happen(*decided);
    return decided->empty() ? "unchanged" : "accepted";
  }
  void FollowCase(const std::string& child, int64_t at_us, const std::string& by = kNorth) {
    v1::FollowCaseRef command;
    command.set_case_ref(kCase);
    command.mutable_learnt()->set_child(child);
    command.mutable_learnt()->set_authority(by);
    command.mutable_learnt()->set_at_us(at_us);
    Happen(Decide(item, command));
  }
  void Register(const std::string& child) {
    auto& known = children[child];
    known.authority = kNorth;
    for (const auto& event : Release(known)) Apply(event, known);
  }

  // "sent sent" of the versions that are stated of the child; "waits ..." of those that wait.
  std::string StatedOf(const std::string& child) {
    const auto& items = children[child].items;
    const auto known = items.find(kItem.Bytes());
    if (known == items.end()) return "";
    if (known->second.taken_away) return "taken away";
    std::string text;
    for (const auto& [sent, content] : known->second.stated)
      text += (text.empty() ? "" : " ") + std::to_string(sent) + content;
    for (const auto& [key, waits] : known->second.waiting)
      text += (text.empty() ? "waits " : " ") + std::to_string(key.first) + key.second;
    return text;
  }

  // The word by which the item was taken from the child, if it was.
  std::string WhyTakenFrom(const std::string& child) {
    const auto& items = children[child].items;
    const auto known = items.find(kItem.Bytes());
    if (known == items.end() || !known->second.taken_away) return "";
    auto taken = *known->second.taken_away;
    taken.clear_source_event();
    return taken.SerializeAsString();
  }

  ItemFacts item;
  std::map<std::string, StatedChild> children;
  std::vector<v1::ProceedingsCommand> told;  // all that was ever told

  void Tell(const v1::ProceedingsCommand& command) {
    if (!command.has_state_item()) return;
    auto& child = children[command.subject()];
    for (const auto& event : Decide(child, command.state_item())) Apply(event, child);
  }

 private:
  void Happen(const Events& events) {
    for (const auto& event : events) Apply(event, ++number_, item);
    for (const auto& command : WhatFollows(kItem, item)) {
      told.push_back(command);
      Tell(command);
    }
  }
  uint64_t number_ = 0;
};

}  // namespace holdfast::proceedings::testing
