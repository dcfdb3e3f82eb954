#include "libs/crypto/identity.h"
#include "libs/permanence/contact_rate.h"
#include "libs/shard/partition_walk.h"
#include "services/contact/api/commands.h"
#include "services/contact/api/handlers.h"
#include "services/contact/app/contact_state.h"

namespace holdfast::contact {
namespace {

using ChildThen = std::function<void(Result<SubjectId>)>;

// Submits a command on a child and ends the call with what the keeper answered.
template <typename Request, typename Response>
void Post(const ContactParts& parts, const Call<Request, Response>& call,
          const CommandOrigin& origin, const SubjectId& child, v1::ContactCommand command) {
  const uint32_t partition = parts.shards.PartitionFor(child);
  Submit(parts, origin, child, std::move(command), [call, partition](const Result<Answer>& answer) {
    if (!answer) return call->Fail(answer.error());
    Response response;
    response.ParseFromString(answer->answer);
    AddPosition(partition, answer->last_event, response.mutable_positions());
    call->Finish(response);
  });
}

// The child of a fact of the authority, wherever it lies. Another authority's fact is not found,
// after the same reads.
void FindChildOfFact(const ContactParts& parts, const AnyUnaryCall& call,
                     const CommandOrigin& origin, const std::string& fact, ChildThen then) {
  FindRow(parts.shards, FactRow(origin.authority.text(), fact), DeadlineOf(parts, call),
          [then = std::move(then)](const Result<std::optional<std::string>>& row) {
            if (!row) return then(tl::unexpected(row.error()));
            const auto child = *row ? SubjectId::FromBytes(**row) : std::nullopt;
            if (!child) return then(Fail(StatusCode::kNotFound, "UNKNOWN_FACT", "no such fact"));
            then(*child);
          });
}

// Parses a command on a fact, finds its child, and posts it. `fill` sets the command, with the id
// of its assertion.
template <typename AnyCall, typename Fill>
void PostOnFact(const ContactParts& parts, const AnyCall& call, Fill fill) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto fact = FactId::FromBytes(request.fact());
  if (!fact)
    return call->Fail(
        {StatusCode::kInvalidArgument, "FACT_NEEDED", "the 16-byte id of the fact is needed"});
  FindChildOfFact(
      parts, *call, *origin, request.fact(),
      [&parts, call, origin = *origin, fact = *fact, fill](const Result<SubjectId>& child) {
        if (!child) return call->Fail(child.error());
        const auto key = parts.keys.IdentityKey(origin.authority);
        if (!key) return call->Fail(key.error());
        v1::ContactCommand command;
        fill(call->request(), MakeAssertionId(*key, fact, origin.id), command);
        Post(parts, call, origin, *child, std::move(command));
      });
}

// What is said, with its words in the open and the rate that they state.
template <typename Request>
v1::ContactFact SaidIn(const Request& request) {
  v1::ContactFact said = request.said();
  said.clear_personal();
  said.set_rate(ReadRate(request.words().frequency()));
  if (request.words().ByteSizeLong() > 0)
    *said.mutable_personal()->mutable_open() = request.words();
  return said;
}

void SetReason(const std::string& reason, common::v1::PersonalField* field) {
  if (!reason.empty()) field->mutable_open()->set_text(reason);
}

}  // namespace

void RecordContact(const ContactParts& parts, const RecordContactCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto child = SubjectId::FromBytes(request.child());
  if (!child)
    return call->Fail({StatusCode::kInvalidArgument, "CHILD_NEEDED", "a child's id is needed"});
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return call->Fail(key.error());
  const FactId fact =
      MakeFactId(*key, {"record/" + origin->authority.text()}, {"contact", origin->id.Bytes()});
  v1::ContactCommand command;
  auto& records = *command.mutable_record_contact();
  *records.mutable_said() = SaidIn(request);
  records.set_entry(request.entry());
  records.set_fact(fact.Bytes());
  records.set_assertion(MakeAssertionId(*key, fact, origin->id).Bytes());
  Post(parts, call, *origin, *child, std::move(command));
}

void CorrectContact(const ContactParts& parts, const CorrectContactCall& call) {
  PostOnFact(parts, call,
             [](const v1::CorrectContactRequest& request, const AssertionId& assertion,
                v1::ContactCommand& command) {
               auto& corrects = *command.mutable_correct_contact();
               corrects.set_fact(request.fact());
               *corrects.mutable_said() = SaidIn(request);
               SetReason(request.reason(), corrects.mutable_reason());
               corrects.set_assertion(assertion.Bytes());
             });
}

void WithdrawContact(const ContactParts& parts, const WithdrawContactCall& call) {
  PostOnFact(parts, call,
             [](const v1::WithdrawContactRequest& request, const AssertionId& assertion,
                v1::ContactCommand& command) {
               auto& withdraws = *command.mutable_withdraw_contact();
               withdraws.set_fact(request.fact());
               SetReason(request.reason(), withdraws.mutable_reason());
               withdraws.set_assertion(assertion.Bytes());
             });
}

}  // namespace holdfast::contact
