#include "services/proceedings/domain/item.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

// Of two words of persons the greater counts.
std::pair<int64_t, std::string_view> WordOf(int64_t at_us, const std::string& child) {
  return {at_us, child};
}

const v1::ItemReceived* Find(const ItemFacts& facts, const v1::ItemReceived& version) {
  const auto found = std::ranges::find_if(facts.versions, [&](const ItemVersion& known) {
    return OrderOf(known.said) == OrderOf(version);
  });
  return found == facts.versions.end() ? nullptr : &found->said;
}

const v1::ItemReceived& Counting(const ItemFacts& facts) { return facts.versions.back().said; }

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
  if (known != facts.by_case_ref.end() && WordOf(known->second.at_us(), known->second.child()) >=
                                              WordOf(learnt.at_us(), learnt.child()))
    return std::nullopt;
  v1::ItemMatched matched;
  matched.set_kind(v1::MATCH_KIND_CASE_REF);
  matched.set_child(learnt.child());
  matched.set_authority(learnt.authority());
  matched.set_at_us(learnt.at_us());
  matched.set_case_ref(case_ref);
  return matched;
}

}  // namespace

tl::expected<ItemDecision, RefusedItem> Decide(const ItemFacts& facts,
                                               const v1::ReceiveItem& command,
                                               const JudgedAgainst& against) {
  if (const auto refused = Judge(command, against)) return tl::unexpected(*refused);
  if (facts.erased) return tl::unexpected(RefusedItem{ItemRefusal::kErased, "local_id"});
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
  const std::string current = ChildOf(facts);
  const bool is_anothers = (names_other || !current.empty()) && !Concerns(facts, context.authority);
  if (facts.versions.empty() || !is_covered || is_anothers)
    return tl::unexpected(MatchRefusal::kUnknownItem);
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
  matched.set_instead_of(NamedBySource(facts).child);
  matched.set_assertion(command.assertion());
  if (command.has_personal()) *matched.mutable_personal() = command.personal();
  return Events{event};
}

Events Decide(const ItemFacts& facts, const v1::FollowCaseRef& command) {
  if (facts.versions.empty() || facts.erased) return {};
  auto matched = MatchByCaseRef(facts, command.case_ref(), command.learnt());
  if (!matched) return {};
  ProceedingsEvent event;
  *event.mutable_item_matched() = std::move(*matched);
  return {event};
}

Events Decide(const ItemFacts& facts, const v1::HearWithdrawal& command) {
  Events events;
  if (facts.erased) return events;
  for (const auto& version : command.versions()) {
    if (facts.withdrawals.contains(KeyOf(version))) continue;
    *events.emplace_back().mutable_withdrawal_heard()->mutable_statement() = version;
  }
  return events;
}

Events Decide(const ItemFacts& facts, const v1::EraseItem& command) {
  if (facts.versions.empty() || facts.erased || ChildOf(facts) != command.child()) return {};
  ProceedingsEvent event;
  event.mutable_item_erased()->set_child(command.child());
  return {event};
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
