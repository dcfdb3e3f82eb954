#include "services/proceedings/domain/item.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

// Of several versions the greatest counts.
std::pair<int64_t, std::string_view> OrderOf(const v1::ItemReceived& said) {
  return {said.sent_at_us(), said.content_sha256()};
}

std::pair<int64_t, std::string_view> OrderOf(int64_t at_us, const std::string& child) {
  return {at_us, child};
}

const v1::ItemReceived* Find(const ItemFacts& facts, const v1::ItemReceived& version) {
  const auto found = std::ranges::find_if(facts.versions, [&](const ItemVersion& known) {
    return OrderOf(known.said) == OrderOf(version);
  });
  return found == facts.versions.end() ? nullptr : &found->said;
}

const v1::ItemReceived& Counting(const ItemFacts& facts) { return facts.versions.back().said; }

// A child that the item is of, and since which word.
struct Whose {
  std::string child;
  int64_t at_us = 0;           // when that was sent or said
  std::string content_sha256;  // of the version that says so; blank: a person did
};

// By what the versions say: of several the one that counts most, as far as it names a child.
Whose BySource(const ItemFacts& facts) {
  for (auto version = facts.versions.rbegin(); version != facts.versions.rend(); ++version) {
    const auto& said = version->said;
    if (!said.child().empty()) return {said.child(), said.sent_at_us(), said.content_sha256()};
    const auto followed = facts.by_case_ref.find(said.case_ref());
    if (followed != facts.by_case_ref.end())
      return {followed->second.child(), followed->second.at_us(), {}};
  }
  return {};
}

// The child that the versions name by themselves.
Whose Named(const ItemFacts& facts) {
  for (auto version = facts.versions.rbegin(); version != facts.versions.rend(); ++version) {
    const auto& said = version->said;
    if (!said.child().empty()) return {said.child(), said.sent_at_us(), said.content_sha256()};
  }
  return {};
}

// A person's word stands until the source, later, names a child that it did not name then.
Whose WhoseIs(const ItemFacts& facts) {
  if (facts.by_person.empty()) return BySource(facts);
  const auto& person = facts.by_person.back();
  const Whose named = Named(facts);
  if (!named.child.empty() && named.at_us > person.at_us() && named.child != person.instead_of() &&
      named.child != person.child())
    return named;
  return {person.child(), person.at_us(), {}};
}

ItemOutcome OutcomeOf(const ItemFacts& before, const v1::ItemReceived& version) {
  if (before.versions.empty()) return ItemOutcome::kAccepted;
  const auto& counting = Counting(before);
  if (version.content_sha256() == counting.content_sha256() || Find(before, version) != nullptr)
    return ItemOutcome::kSame;
  return OrderOf(version) > OrderOf(counting) ? ItemOutcome::kChanged : ItemOutcome::kStale;
}

// What its case reference is known to be of, if that is news.
std::optional<v1::ItemMatched> MatchByCaseRef(const ItemFacts& facts, const std::string& case_ref,
                                              const v1::CaseRefLearnt& learnt) {
  const auto known = facts.by_case_ref.find(case_ref);
  if (known != facts.by_case_ref.end() && OrderOf(known->second.at_us(), known->second.child()) >=
                                              OrderOf(learnt.at_us(), learnt.child()))
    return std::nullopt;
  v1::ItemMatched matched;
  matched.set_kind(v1::MATCH_KIND_CASE_REF);
  matched.set_child(learnt.child());
  matched.set_authority(learnt.authority());
  matched.set_at_us(learnt.at_us());
  matched.set_case_ref(case_ref);
  return matched;
}

v1::ItemStated StatementOf(const v1::ItemReceived& said, const SubjectId& item, uint64_t newest) {
  v1::ItemStated stated;
  stated.set_source(said.source());
  stated.set_item(item.Bytes());
  stated.set_fact(said.fact());
  stated.set_assertion(said.assertion());
  stated.set_kind(said.kind());
  *stated.mutable_on() = said.on();
  stated.set_code(said.code());
  if (said.has_until()) *stated.mutable_until() = said.until();
  stated.set_withdraws(said.withdraws());
  stated.set_sent_at_us(said.sent_at_us());
  stated.set_content_sha256(said.content_sha256());
  stated.set_source_event(newest);
  *stated.mutable_personal() = said.personal();
  return stated;
}

// The authority by which the versions name `child`.
std::string AuthorityNaming(const ItemFacts& facts, const std::string& child) {
  for (const auto& version : facts.versions) {
    if (version.said.child() == child) return version.said.authority();
  }
  for (const auto& matched : facts.by_person) {
    if (matched.child() == child) return matched.authority();
  }
  for (const auto& [ref, matched] : facts.by_case_ref) {
    if (matched.child() == child) return matched.authority();
  }
  return {};
}

v1::ProceedingsCommand CommandOn(const std::string& subject, const ItemFacts& facts) {
  v1::ProceedingsCommand command;
  command.set_subject(subject);
  command.set_authority(facts.source);
  return command;
}

v1::ProceedingsCommand Tell(const std::string& child, const SubjectId& item, const ItemFacts& facts,
                            const Whose& whose) {
  auto command = CommandOn(child, facts);
  auto& state = *command.mutable_state_item();
  state.set_source(facts.source);
  state.set_item(item.Bytes());
  state.set_source_event(facts.newest);
  state.set_authority(AuthorityNaming(facts, child));
  state.set_item_key_id(facts.key.Bytes());
  if (child == whose.child) {
    for (const auto& version : facts.versions)
      *state.add_versions() = StatementOf(version.said, item, facts.newest);
    return command;
  }
  auto& taken = *state.mutable_taken_away();
  taken.set_source(facts.source);
  taken.set_item(item.Bytes());
  taken.set_child(whose.child);
  taken.set_sent_at_us(whose.at_us);
  taken.set_content_sha256(whose.content_sha256);
  taken.set_source_event(facts.newest);
  return command;
}

void AddCaseRefs(const SubjectId& item, const ItemFacts& facts,
                 std::vector<v1::ProceedingsCommand>& follows) {
  std::set<std::string> named;
  std::set<std::string> all;
  for (const auto& version : facts.versions) {
    const auto& said = version.said;
    if (said.case_ref().empty()) continue;
    all.insert(said.case_ref());
    if (said.child().empty() && version.number > facts.sent_through) named.insert(said.case_ref());
  }
  for (const auto& ref : named) {
    auto& name = *follows.emplace_back(CommandOn(ref, facts)).mutable_name_case_ref();
    name.mutable_named()->set_source(facts.source);
    name.mutable_named()->set_item(item.Bytes());
  }
  if (facts.matched <= facts.sent_through) return;
  for (const auto& ref : all) {
    auto& learnt =
        *follows.emplace_back(CommandOn(ref, facts)).mutable_learn_case_ref()->mutable_learnt();
    learnt.set_source(facts.source);
    learnt.set_child(facts.by_person.back().child());
    learnt.set_authority(facts.by_person.back().authority());
    learnt.set_at_us(facts.by_person.back().at_us());
  }
}

}  // namespace

tl::expected<ItemDecision, RefusedItem> Decide(const ItemFacts& facts,
                                               const v1::ReceiveItem& command,
                                               const JudgedAgainst& against) {
  if (const auto refused = Judge(command, against)) return tl::unexpected(*refused);
  const auto& version = command.version();
  ItemDecision decision{.events = {}, .outcome = OutcomeOf(facts, version)};
  const auto* known = Find(facts, version);
  if (known == nullptr || (known->child().empty() && !version.child().empty())) {
    auto& received = *decision.events.emplace_back().mutable_item_received();
    received = version;
    if (!facts.key.IsZero()) received.set_key_id(facts.key.Bytes());
  }
  if (version.child().empty() && !command.case_child().empty()) {
    v1::CaseRefLearnt learnt;
    learnt.set_child(command.case_child());
    learnt.set_authority(command.case_child_authority());
    learnt.set_at_us(command.case_child_at_us());
    if (auto matched = MatchByCaseRef(facts, version.case_ref(), learnt))
      *decision.events.emplace_back().mutable_item_matched() = std::move(*matched);
  }
  ItemFacts after = facts;
  for (const auto& event : decision.events) Apply(event, 0, after);
  if (ChildOf(after).empty()) decision.outcome = ItemOutcome::kParked;
  return decision;
}

tl::expected<Events, MatchRefusal> Decide(const ItemFacts& facts, const v1::MatchItem& command,
                                          const MatchContext& context) {
  const bool is_covered =
      context.source.registered &&
      std::ranges::find(context.source.registered->covers(), context.authority) !=
          context.source.registered->covers().end();
  const bool names_other = std::ranges::any_of(facts.versions, [&](const ItemVersion& version) {
    return !version.said.authority().empty() && version.said.authority() != context.authority;
  });
  if (facts.versions.empty() || !is_covered || (names_other && !Concerns(facts, context.authority)))
    return tl::unexpected(MatchRefusal::kUnknownItem);
  const std::string current = ChildOf(facts);
  if (current == command.child() && !facts.by_person.empty() &&
      facts.by_person.back().child() == current)
    return Events{};
  if (!command.again() && !current.empty() && current != command.child() && !facts.waits)
    return tl::unexpected(MatchRefusal::kAlreadyMatched);
  if (command.again() && current.empty()) return tl::unexpected(MatchRefusal::kNotMatched);
  ProceedingsEvent event;
  auto& matched = *event.mutable_item_matched();
  matched.set_kind(v1::MATCH_KIND_PERSON);
  matched.set_child(command.child());
  matched.set_authority(context.authority);
  matched.set_at_us(context.now_us);
  matched.set_instead_of(Named(facts).child);
  matched.set_assertion(command.assertion());
  if (command.has_personal()) *matched.mutable_personal() = command.personal();
  return Events{event};
}

Events Decide(const ItemFacts& facts, const v1::FollowCaseRef& command) {
  if (facts.versions.empty()) return {};
  auto matched = MatchByCaseRef(facts, command.case_ref(), command.learnt());
  if (!matched) return {};
  ProceedingsEvent event;
  *event.mutable_item_matched() = std::move(*matched);
  return {event};
}

void Apply(const ProceedingsEvent& event, uint64_t number, ItemFacts& facts) {
  switch (event.event_case()) {
    case ProceedingsEvent::kItemReceived: {
      const auto& received = event.item_received();
      facts.source = received.source();
      if (const auto key = KeyId::FromBytes(received.key_id())) facts.key = *key;
      if (!received.child().empty()) facts.children.insert(received.child());
      facts.newest = number;
      const auto at = std::ranges::lower_bound(
          facts.versions, received,
          [](const v1::ItemReceived& a, const v1::ItemReceived& b) {
            return OrderOf(a) < OrderOf(b);
          },
          &ItemVersion::said);
      if (at != facts.versions.end() && OrderOf(at->said) == OrderOf(received)) {
        *at = {received, number};
      } else {
        facts.versions.insert(at, {received, number});
      }
      return;
    }
    case ProceedingsEvent::kItemMatched: {
      const auto& matched = event.item_matched();
      facts.children.insert(matched.child());
      facts.newest = number;
      if (matched.kind() == v1::MATCH_KIND_CASE_REF) {
        facts.by_case_ref[matched.case_ref()] = matched;
      } else {
        facts.by_person.push_back(matched);
        facts.matched = number;
      }
      return;
    }
    case ProceedingsEvent::kItemSent:
      facts.sent_through = std::max(facts.sent_through, event.item_sent().through());
      facts.waits = event.item_sent().waits();
      return;
    default:
      return;
  }
}

std::string ChildOf(const ItemFacts& facts) { return WhoseIs(facts).child; }

bool Concerns(const ItemFacts& facts, const std::string& authority) {
  const auto is_its = [&](const auto& matched) { return matched.authority() == authority; };
  return std::ranges::any_of(facts.versions,
                             [&](const ItemVersion& version) { return is_its(version.said); }) ||
         std::ranges::any_of(facts.by_person, is_its) ||
         std::ranges::any_of(facts.by_case_ref,
                             [&](const auto& known) { return is_its(known.second); });
}

std::string_view WhyParked(const ItemFacts& facts) {
  const auto& said = Counting(facts);
  if (!said.case_ref().empty()) return "CASE_REF_UNKNOWN";
  return "NO_CHILD";
}

std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& item, const ItemFacts& facts) {
  std::vector<v1::ProceedingsCommand> follows;
  if (facts.versions.empty() || facts.newest <= facts.sent_through) return follows;
  const Whose whose = WhoseIs(facts);
  for (const auto& child : facts.children) follows.push_back(Tell(child, item, facts, whose));
  AddCaseRefs(item, facts, follows);
  return follows;
}

std::string_view NameOf(ItemOutcome outcome) {
  switch (outcome) {
    case ItemOutcome::kAccepted:
      return "accepted";
    case ItemOutcome::kSame:
      return "same";
    case ItemOutcome::kChanged:
      return "changed";
    case ItemOutcome::kStale:
      return "stale";
    case ItemOutcome::kParked:
      return "parked";
  }
  return "";
}

std::string_view NameOf(MatchRefusal refusal) {
  switch (refusal) {
    case MatchRefusal::kUnknownItem:
      return "UNKNOWN_ITEM";
    case MatchRefusal::kAlreadyMatched:
      return "ALREADY_MATCHED";
    case MatchRefusal::kNotMatched:
      return "NOT_MATCHED";
  }
  return "";
}

std::string_view TextOf(MatchRefusal refusal) {
  switch (refusal) {
    case MatchRefusal::kUnknownItem:
      return "no such item";
    case MatchRefusal::kAlreadyMatched:
      return "the item is another child's: if that is wrong, holdfast feed rematch ITEM --child ID";
    case MatchRefusal::kNotMatched:
      return "the item is of no child yet: holdfast feed match ITEM --child ID";
  }
  return "";
}

}  // namespace holdfast::proceedings
