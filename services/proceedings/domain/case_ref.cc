#include "services/proceedings/domain/case_ref.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsEvent;

std::pair<int64_t, std::string_view> OrderOf(const v1::CaseRefLearnt& learnt) {
  return {learnt.at_us(), learnt.child()};
}

}  // namespace

Events Decide(const CaseRefFacts& facts, const v1::NameCaseRef& command) {
  if (facts.items.contains(command.named().item())) return {};
  ProceedingsEvent event;
  *event.mutable_case_ref_named() = command.named();
  return {event};
}

Events Decide(const CaseRefFacts& facts, const v1::LearnCaseRef& command) {
  if (facts.learnt && OrderOf(*facts.learnt) >= OrderOf(command.learnt())) return {};
  ProceedingsEvent event;
  *event.mutable_case_ref_learnt() = command.learnt();
  return {event};
}

void Apply(const ProceedingsEvent& event, uint64_t number, CaseRefFacts& facts) {
  switch (event.event_case()) {
    case ProceedingsEvent::kCaseRefNamed:
      facts.source = event.case_ref_named().source();
      facts.items.emplace(event.case_ref_named().item(), number);
      facts.newest = number;
      return;
    case ProceedingsEvent::kCaseRefLearnt:
      facts.source = event.case_ref_learnt().source();
      facts.learnt = event.case_ref_learnt();
      facts.learnt_at = number;
      facts.newest = number;
      return;
    case ProceedingsEvent::kCaseRefSent:
      facts.sent_through = std::max(facts.sent_through, event.case_ref_sent().through());
      return;
    default:
      return;
  }
}

std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& case_ref,
                                                const CaseRefFacts& facts) {
  std::vector<v1::ProceedingsCommand> follows;
  if (!facts.learnt || facts.newest <= facts.sent_through) return follows;
  for (const auto& [item, named_at] : facts.items) {
    if (std::max(named_at, facts.learnt_at) <= facts.sent_through) continue;
    auto& command = follows.emplace_back();
    command.set_subject(item);
    command.set_authority(facts.source);
    command.mutable_follow_case_ref()->set_case_ref(case_ref.Bytes());
    *command.mutable_follow_case_ref()->mutable_learnt() = *facts.learnt;
  }
  return follows;
}

}  // namespace holdfast::proceedings
