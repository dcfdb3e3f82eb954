#include "services/proceedings/app/what_follows.h"

#include <algorithm>

#include "libs/shard/keeper_of.h"
#include "services/proceedings/app/proceedings_index.h"
#include "services/proceedings/app/proceedings_state.h"
#include "services/proceedings/app/sealed_items.h"
#include "services/proceedings/domain/item_follows.h"

namespace holdfast::proceedings {
namespace {

using v1::ProceedingsCommand;

constexpr char kStateItem[] = "state_item";

std::string NameOf(const ProceedingsCommand& command) {
  switch (command.command_case()) {
    case ProceedingsCommand::kStateItem:
      return command.state_item().has_taken_away() ? "take_item_away" : kStateItem;
    case ProceedingsCommand::kNameCaseRef:
      return "name_case_ref";
    case ProceedingsCommand::kLearnCaseRef:
      return "learn_case_ref";
    case ProceedingsCommand::kFollowCaseRef:
      return "follow_case_ref";
    case ProceedingsCommand::kHearWithdrawal:
      return "hear_withdrawal";
    default:
      return "learn_of_source";
  }
}

PushedCommand Pushed(const ProceedingsCommand& command) {
  const bool follows = command.has_follow_case_ref();
  const bool learns = command.has_learn_case_ref();
  const bool hears = command.has_hear_withdrawal();
  return {.target = SubjectId::FromBytes(command.subject()).value_or(SubjectId{}),
          .name = NameOf(command),
          .request = command.SerializeAsString(),
          .authority = command.authority(),
          .target_pushes = follows || learns || hears || command.has_name_case_ref(),
          .awaited = follows || learns || hears};
}

// Two that withdraw each other do not wait for each other.
bool IsHeardBy(const ItemFacts& facts, const PushedCommand& pushed) {
  return std::ranges::any_of(facts.withdrawals, [&](const auto& known) {
    return std::get<0>(known.first) == pushed.target.Bytes();
  });
}

Result<Outgoing> OfItem(PersonalSealer& sealer, const SubjectId& item, const ItemFacts& facts) {
  Outgoing outgoing;
  outgoing.through = facts.newest;
  for (auto& command : WhatFollows(item, facts)) {
    auto* versions =
        command.has_state_item() ? command.mutable_state_item()->mutable_versions() : nullptr;
    for (int i = 0; versions != nullptr && i < versions->size(); ++i) {
      if (versions->Get(i).passed_on()) continue;
      const auto open = OpenVersion(sealer, item, facts.versions[static_cast<size_t>(i)].said);
      if (!open) return tl::unexpected(open.error());
      *versions->Mutable(i)->mutable_personal() = OfStatement(*open);
    }
    auto& pushed = outgoing.commands.emplace_back(Pushed(command));
    if (command.has_hear_withdrawal() && IsHeardBy(facts, pushed)) pushed.awaited = false;
  }
  return outgoing;
}

Outgoing OfCaseRef(const SubjectId& case_ref, const CaseRefFacts& facts) {
  Outgoing outgoing;
  outgoing.through = facts.newest;
  for (const auto& command : WhatFollows(case_ref, facts))
    outgoing.commands.push_back(Pushed(command));
  return outgoing;
}

Outgoing OfSource(const SourceCopies& copies, const SourceFacts& facts) {
  Outgoing outgoing;
  const auto learn = WhatFollows(facts);
  if (!learn) return outgoing;
  outgoing.through = facts.newest;
  for (uint32_t partition = 0; partition < copies.partition_count(); ++partition) {
    ProceedingsCommand command;
    command.set_subject(copies.In(facts.registered->source(), partition).Bytes());
    command.set_authority(facts.registered->source());
    *command.mutable_learn_of_source() = *learn;
    outgoing.commands.push_back(Pushed(command));
  }
  return outgoing;
}

Result<Outgoing> OutgoingOf(PersonalSealer& sealer, const SourceCopies& copies, Subjects& subjects,
                            const SubjectId& subject) {
  const auto& state = StateOf<ProceedingsState>(subjects, subject);
  if (!state.item.versions.empty()) {
    if (state.item.erased || state.item.newest <= state.item.sent_through) return Outgoing{};
    return OfItem(sealer, subject, state.item);
  }
  if (!state.case_ref.source.empty()) {
    if (!state.case_ref.learnt || state.case_ref.newest <= state.case_ref.sent_through)
      return Outgoing{};
    return OfCaseRef(subject, state.case_ref);
  }
  return OfSource(copies, state.source);
}

bool SaysThatItIsErased(const Answer& answer) {
  return answer.kind == journal::v1::OUTCOME_KIND_REFUSED && answer.result == "ERASED";
}

bool SaysThatItWaits(const Answer& answer) {
  v1::StateItemAnswer said;
  return said.ParseFromString(answer.answer) && said.waits();
}

PushedCommand ConfirmOf(const SubjectId& subject, const Outgoing& told,
                        const std::vector<Answer>& answers) {
  ProceedingsCommand command;
  command.set_subject(subject.Bytes());
  auto& confirm = *command.mutable_confirm_sent();
  confirm.set_through(told.through);
  for (size_t i = 0; i < answers.size(); ++i) {
    if (told.commands[i].name == kStateItem && SaysThatItWaits(answers[i])) confirm.set_waits(true);
    if (told.commands[i].name == kStateItem && SaysThatItIsErased(answers[i]))
      confirm.set_erased_child(told.commands[i].target.Bytes());
  }
  const std::string authority = told.commands.empty() ? "" : told.commands.front().authority;
  command.set_authority(authority);
  return {.target = subject,
          .name = "confirm_sent",
          .request = command.SerializeAsString(),
          .authority = authority};
}

}  // namespace

PusherOptions PushesOf(PersonalSealer& sealer, const SourceCopies& copies) {
  return {.service = "proceedings",
          .rows = UntoldRows(),
          .outgoing =
              [&sealer, &copies](Subjects& subjects, const SubjectId& subject) {
                return OutgoingOf(sealer, copies, subjects, subject);
              },
          .confirm = ConfirmOf};
}

}  // namespace holdfast::proceedings
