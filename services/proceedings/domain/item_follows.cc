#include "services/proceedings/domain/item_follows.h"

#include <set>
#include <string>

namespace holdfast::proceedings {
namespace {

// Of no child, and without personal data.
v1::ItemStated StatementOf(const v1::ItemReceived& said, const SubjectId& item) {
  v1::ItemStated stated;
  stated.set_source(said.source());
  stated.set_item(item.Bytes());
  stated.set_fact(said.fact());
  stated.set_assertion(said.assertion());
  stated.set_kind(said.kind());
  *stated.mutable_on() = said.on();
  stated.set_code(said.code());
  stated.set_rate(said.rate());
  if (said.has_until()) *stated.mutable_until() = said.until();
  stated.set_withdraws(said.withdraws());
  stated.set_sent_at_us(said.sent_at_us());
  stated.set_content_sha256(said.content_sha256());
  return stated;
}

v1::ItemStated StatementOf(const v1::ItemReceived& said, const SubjectId& item,
                           const std::string& child, uint64_t newest) {
  auto stated = StatementOf(said, item);
  stated.set_names_another_child(!said.child().empty() && said.child() != child);
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
      *state.add_versions() = StatementOf(version.said, item, child, facts.newest);
    for (const auto& [key, withdrawal] : facts.withdrawals) {
      auto& passed_on = *state.add_versions();
      passed_on = withdrawal;
      passed_on.set_passed_on(true);
    }
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

// The items that this one withdraws, or did in one of its versions, hear of all its versions and
// of what withdraws it: which of them stand is for the one who hears to say.
void AddWithdrawals(const SubjectId& item, const ItemFacts& facts,
                    std::vector<v1::ProceedingsCommand>& follows) {
  std::set<std::string> withdrawn;
  for (const auto& version : facts.versions) withdrawn.insert(version.said.withdraws());
  withdrawn.erase("");
  withdrawn.erase(item.Bytes());
  for (const auto& other : withdrawn) {
    auto& hear = *follows.emplace_back(CommandOn(other, facts)).mutable_hear_withdrawal();
    for (const auto& version : facts.versions)
      *hear.add_versions() = StatementOf(version.said, item);
    for (const auto& [key, withdrawal] : facts.withdrawals) *hear.add_versions() = withdrawal;
  }
}

void AddCaseRefs(const SubjectId& item, const ItemFacts& facts,
                 std::vector<v1::ProceedingsCommand>& follows) {
  std::set<std::string> named;
  std::set<std::string> learning;
  const bool is_news = facts.matched > facts.sent_through;
  for (const auto& version : facts.versions) {
    const auto& said = version.said;
    if (said.case_ref().empty()) continue;
    if (is_news || version.number > facts.sent_through) learning.insert(said.case_ref());
    if (said.child().empty() && version.number > facts.sent_through) named.insert(said.case_ref());
  }
  for (const auto& ref : named) {
    auto& name = *follows.emplace_back(CommandOn(ref, facts)).mutable_name_case_ref();
    name.mutable_named()->set_source(facts.source);
    name.mutable_named()->set_item(item.Bytes());
  }
  if (facts.by_person.empty()) return;
  for (const auto& ref : learning) {
    auto& learnt =
        *follows.emplace_back(CommandOn(ref, facts)).mutable_learn_case_ref()->mutable_learnt();
    learnt.set_source(facts.source);
    learnt.set_child(facts.by_person.back().child());
    learnt.set_authority(facts.by_person.back().authority());
    learnt.set_at_us(facts.by_person.back().at_us());
  }
}

}  // namespace

std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& item, const ItemFacts& facts) {
  std::vector<v1::ProceedingsCommand> follows;
  if (facts.versions.empty() || facts.newest <= facts.sent_through) return follows;
  const Whose whose = WhoseIs(facts);
  for (const auto& child : facts.children) follows.push_back(Tell(child, item, facts, whose));
  AddWithdrawals(item, facts, follows);
  AddCaseRefs(item, facts, follows);
  return follows;
}

}  // namespace holdfast::proceedings
