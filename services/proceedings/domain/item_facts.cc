#include "services/proceedings/domain/item_facts.h"

#include <algorithm>

namespace holdfast::proceedings {
namespace {

// A case reference that one authority has matched says nothing of what names another's child.
bool MayFollow(const v1::ItemReceived& said, const v1::ItemMatched& matched) {
  return said.case_ref() == matched.case_ref() &&
         (said.authority().empty() || said.authority() == matched.authority());
}

bool MayFollow(const ItemFacts& facts, const v1::ItemMatched& matched) {
  return std::ranges::any_of(
      facts.versions, [&](const ItemVersion& version) { return MayFollow(version.said, matched); });
}

void AddChildrenOfCaseRefs(ItemFacts& facts) {
  for (const auto& [ref, matched] : facts.by_case_ref) {
    if (MayFollow(facts, matched)) facts.children.insert(matched.child());
  }
}

// By what the versions say: of several the one that counts most, as far as it names a child.
Whose BySource(const ItemFacts& facts) {
  for (auto version = facts.versions.rbegin(); version != facts.versions.rend(); ++version) {
    const auto& said = version->said;
    if (!said.child().empty()) return {said.child(), said.sent_at_us(), said.content_sha256()};
    const auto followed = facts.by_case_ref.find(said.case_ref());
    if (followed != facts.by_case_ref.end() && MayFollow(said, followed->second))
      return {followed->second.child(), followed->second.at_us(), {}};
  }
  return {};
}

}  // namespace

WithdrawalKey KeyOf(const v1::ItemStated& withdrawal) {
  return {withdrawal.item(), withdrawal.sent_at_us(), withdrawal.content_sha256()};
}

std::pair<int64_t, std::string_view> OrderOf(const v1::ItemReceived& said) {
  return {said.sent_at_us(), said.content_sha256()};
}

Whose NamedBySource(const ItemFacts& facts) {
  for (auto version = facts.versions.rbegin(); version != facts.versions.rend(); ++version) {
    const auto& said = version->said;
    if (!said.child().empty()) return {said.child(), said.sent_at_us(), said.content_sha256()};
  }
  return {};
}

Whose WhoseIs(const ItemFacts& facts) {
  if (facts.by_person.empty()) return BySource(facts);
  const auto& person = facts.by_person.back();
  const Whose named = NamedBySource(facts);
  if (!named.child.empty() && named.at_us > person.at_us() && named.child != person.instead_of() &&
      named.child != person.child())
    return named;
  return {person.child(), person.at_us(), {}};
}

void Apply(const v1::ProceedingsEvent& event, uint64_t number, ItemFacts& facts) {
  switch (event.event_case()) {
    case v1::ProceedingsEvent::kItemReceived: {
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
      AddChildrenOfCaseRefs(facts);
      return;
    }
    case v1::ProceedingsEvent::kItemMatched: {
      const auto& matched = event.item_matched();
      facts.newest = number;
      if (matched.kind() == v1::MATCH_KIND_CASE_REF) {
        facts.by_case_ref[matched.case_ref()] = matched;
        AddChildrenOfCaseRefs(facts);
      } else {
        facts.children.insert(matched.child());
        facts.by_person.push_back(matched);
        facts.matched = number;
      }
      return;
    }
    case v1::ProceedingsEvent::kWithdrawalHeard: {
      const auto& heard = event.withdrawal_heard().statement();
      facts.withdrawals[KeyOf(heard)] = heard;
      facts.newest = number;
      return;
    }
    case v1::ProceedingsEvent::kItemSent:
      facts.sent_through = std::max(facts.sent_through, event.item_sent().through());
      facts.waits = event.item_sent().waits();
      return;
    case v1::ProceedingsEvent::kItemErased:
      facts.erased = true;
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
         std::ranges::any_of(facts.by_case_ref, [&](const auto& known) {
           return is_its(known.second) && MayFollow(facts, known.second);
         });
}

std::string_view WhyParked(const ItemFacts& facts) {
  const auto& said = facts.versions.back().said;
  if (!said.case_ref().empty()) return "CASE_REF_UNKNOWN";
  return "NO_CHILD";
}

}  // namespace holdfast::proceedings
