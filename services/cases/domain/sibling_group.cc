#include "services/cases/domain/sibling_group.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr size_t kMostChildren = 30;

CasesEvent NewEvent(const SiblingContext& context) {
  CasesEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  return event;
}

std::vector<CasesEvent> One(CasesEvent event) { return {std::move(event)}; }

bool Holds(const std::vector<Sibling>& children, const std::string& child) {
  return std::ranges::find(children, child, &Sibling::child) != children.end();
}

// The children whom a decision concerns: those named, else all.
std::vector<std::string> Concerned(const SiblingGroup& group, const DecideSiblings& command) {
  if (command.children_size() > 0) return {command.children().begin(), command.children().end()};
  std::vector<std::string> all;
  for (const auto& sibling : group.children) all.push_back(sibling.child());
  return all;
}

bool SaysTheSame(const SiblingsDecided& a, const SiblingsDecided& b) {
  return a.authority() == b.authority() && a.decision() == b.decision() &&
         DayOf(a.on()) == DayOf(b.on()) && a.has_review() == b.has_review() &&
         (!a.has_review() || DayOf(a.review()) == DayOf(b.review())) &&
         std::ranges::equal(a.children(), b.children()) &&
         a.personal().open().text() == b.personal().open().text();
}

std::optional<SiblingRefusal> Check(const SiblingContext& context, const DecideSiblings& command,
                                    const std::vector<std::string>& children) {
  const auto& group = context.group;
  if (!HasChildOf(group, context.authority)) return SiblingRefusal::kUnknownGroup;
  if (!std::ranges::all_of(children, [&](const auto& c) { return Holds(group.children, c); }))
    return SiblingRefusal::kNotInGroup;
  if (command.decision() != "together" && command.decision() != "apart")
    return SiblingRefusal::kNoSuchSiblingDecision;
  const auto on = DayOf(command.on());
  const auto review = DayOf(command.review());
  if (!on || (command.has_review() && !review)) return SiblingRefusal::kNoDay;
  if (*on > context.today) return SiblingRefusal::kFutureDay;
  if (review && *review < *on) return SiblingRefusal::kReviewBeforeDay;
  if (children.size() < 2) return SiblingRefusal::kFewSiblings;
  if (command.reason().open().text().empty()) return SiblingRefusal::kNoReason;
  return std::nullopt;
}

}  // namespace

SiblingResult Decide(const SiblingContext& context, const CreateSiblingGroup&) {
  if (!context.group.created_by.empty()) return std::vector<CasesEvent>{};
  CasesEvent event = NewEvent(context);
  event.mutable_sibling_group_created()->set_authority(context.authority);
  return One(std::move(event));
}

SiblingResult Decide(const SiblingContext& context, const JoinSiblings& command) {
  if (context.group.created_by.empty()) return tl::unexpected(SiblingRefusal::kUnknownGroup);
  if (Holds(context.group.children, command.child())) return std::vector<CasesEvent>{};
  if (context.group.children.size() >= kMostChildren)
    return tl::unexpected(SiblingRefusal::kGroupFull);
  CasesEvent event = NewEvent(context);
  event.mutable_sibling_joined()->set_authority(context.authority);
  event.mutable_sibling_joined()->set_child(command.child());
  return One(std::move(event));
}

SiblingResult Decide(const SiblingContext& context, const LeaveSiblings& command) {
  if (context.group.created_by.empty()) return tl::unexpected(SiblingRefusal::kUnknownGroup);
  if (!Holds(context.group.ever, command.child()))
    return tl::unexpected(SiblingRefusal::kNotInGroup);
  if (!Holds(context.group.children, command.child())) return std::vector<CasesEvent>{};
  CasesEvent event = NewEvent(context);
  event.mutable_sibling_left()->set_authority(context.authority);
  event.mutable_sibling_left()->set_child(command.child());
  return One(std::move(event));
}

SiblingResult Decide(const SiblingContext& context, const DecideSiblings& command) {
  const auto& group = context.group;
  const auto children = Concerned(group, command);
  if (const auto refusal = Check(context, command, children)) return tl::unexpected(*refusal);
  CasesEvent event = NewEvent(context);
  auto& decided = *event.mutable_siblings_decided();
  decided.set_authority(context.authority);
  decided.set_decision(command.decision());
  *decided.mutable_on() = command.on();
  if (command.has_review()) *decided.mutable_review() = command.review();
  for (const auto& child : children) decided.add_children(child);
  const auto key = group.keys.find(context.authority);
  decided.set_key_id(key == group.keys.end() ? command.new_key_id() : key->second.Bytes());
  decided.set_assertion(command.assertion());
  *decided.mutable_personal() = command.reason();
  if (!group.decisions.empty() && SaysTheSame(group.decisions.back(), decided))
    return std::vector<CasesEvent>{};
  return One(std::move(event));
}

SiblingResult Decide(const SiblingContext& context, const ConfirmTold& command) {
  if (command.version() <= context.group.told) return std::vector<CasesEvent>{};
  CasesEvent event = NewEvent(context);
  event.mutable_all_told()->set_version(command.version());
  return One(std::move(event));
}

void Apply(const CasesEvent& event, uint64_t number, SiblingGroup& group) {
  if (event.has_sibling_group_created()) {
    group.created_by = event.sibling_group_created().authority();
  } else if (event.has_sibling_joined()) {
    Sibling sibling;
    sibling.set_child(event.sibling_joined().child());
    sibling.set_authority(event.sibling_joined().authority());
    if (!Holds(group.ever, sibling.child())) group.ever.push_back(sibling);
    group.children.push_back(std::move(sibling));
  } else if (event.has_sibling_left()) {
    std::erase_if(group.children, [&](const Sibling& sibling) {
      return sibling.child() == event.sibling_left().child();
    });
  } else if (event.has_siblings_decided()) {
    const auto& decided = event.siblings_decided();
    group.decisions.push_back(decided);
    group.keys[decided.authority()] = KeyId::FromBytes(decided.key_id()).value_or(KeyId{});
  } else if (event.has_all_told() && !group.created_by.empty()) {
    group.told = std::max(group.told, event.all_told().version());
    return;
  } else {
    return;
  }
  group.version = number;
}

bool HasChildOf(const SiblingGroup& group, std::string_view authority) {
  return std::ranges::find(group.children, authority, &Sibling::authority) != group.children.end();
}

SiblingsTold ToldTo(const Sibling& child, const SubjectId& id, const SiblingGroup& group) {
  SiblingsTold told;
  told.set_authority(child.authority());
  told.set_group(id.Bytes());
  told.set_version(group.version);
  if (!Holds(group.children, child.child())) return told;
  for (const auto& sibling : group.children) *told.add_children() = sibling;
  for (auto decided = group.decisions.rbegin(); decided != group.decisions.rend(); ++decided) {
    const auto& concerned = decided->children();
    if (std::ranges::find(concerned, child.child()) == concerned.end()) continue;
    told.set_decision(decided->decision());
    *told.mutable_on() = decided->on();
    if (decided->has_review()) *told.mutable_review() = decided->review();
    break;
  }
  return told;
}

}  // namespace holdfast::cases
