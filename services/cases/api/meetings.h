// What the calls on meetings and sibling groups have in common: their children looked at before,
// and told after.
#pragma once

#include <optional>
#include <vector>

#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"

namespace holdfast::cases {

// Children that a command names, and the day on which something is said to happen to them.
struct NamedChildren {
  std::vector<SubjectId> children;
  std::optional<CivilDate> on;
};

// Whether all of them are children of the authority, born by that day: UNKNOWN_CHILD, the same for
// another authority's child and for none; BEFORE_BIRTH.
void LookAtChildren(const CasesParts& parts, const AnyUnaryCall& call,
                    const CommandOrigin& origin, NamedChildren named,
                    std::function<void(Result<void>)> then);

// What is answered where an id is none.
Status MeetingNeeded();

// The positions of an answer: the subject's, and those of the children that were told.
void AddPositions(const CasesParts& parts, const SubjectId& subject, const Answer& answer,
                  const std::vector<Answer>& told,
                  google::protobuf::RepeatedPtrField<common::v1::Position>* to);

// Submits a command on the subject, and ends the call once all its children know what follows.
template <typename Request, typename Response>
void SubmitAndTell(const CasesParts& parts, const Call<Request, Response>& call,
                   const CommandOrigin& origin, const SubjectId& subject,
                   v1::CasesCommand command) {
  Submit(parts, origin, subject, std::move(command),
         [&parts, call, subject](const Result<Answer>& answer) {
           if (!answer) return call->Fail(answer.error());
           parts.tell.Push(subject, [&parts, call, subject, answer = *answer](
                                        const Result<std::vector<Answer>>& told) {
             if (!told) return call->Fail(told.error());
             Response response;
             response.ParseFromString(answer.answer);
             AddPositions(parts, subject, answer, *told, response.mutable_positions());
             call->Finish(response);
           });
         });
}

}  // namespace holdfast::cases
