#include "libs/crypto/identity.h"
#include "libs/permanence/contact_rate.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/app/row_ids.h"

namespace holdfast::cases {
namespace {

using ChildThen = std::function<void(Result<SubjectId>)>;

// Submits a command on a child and ends the call with what the keeper answered.
template <typename AnyCall>
void Post(const CasesParts& parts, const AnyCall& call, const CommandOrigin& origin,
          const SubjectId& child, v1::CasesCommand command) {
  const uint32_t partition = parts.shards.PartitionFor(child);
  Submit(parts, origin, child, std::move(command),
         [call, partition](const Result<Answer>& answer) { FinishFrom(*call, partition, answer); });
}

// The child of a fact of the authority, wherever it lies. Another authority's fact is not found,
// after the same reads.
void FindChildOfFact(const CasesParts& parts, const AnyUnaryCall& call, const CommandOrigin& origin,
                     const std::string& fact, ChildThen then) {
  FindRow(parts.shards, FactRow(origin.authority.text(), fact), DeadlineOf(parts, call),
          [then = std::move(then)](const Result<std::optional<std::string>>& row) {
            if (!row) return then(tl::unexpected(row.error()));
            const auto child = *row ? SubjectId::FromBytes(**row) : std::nullopt;
            if (!child) return then(Fail(StatusCode::kNotFound, "UNKNOWN_FACT", "no such fact"));
            then(*child);
          });
}

// The child named, or the child of the fact.
void FindChild(const CasesParts& parts, const AnyUnaryCall& call, const CommandOrigin& origin,
               const v1::ChildName& name, const std::string& fact, ChildThen then) {
  if (name.name_case() != v1::ChildName::NAME_NOT_SET)
    return then(ChildNamed(parts, origin.authority, name));
  FindChildOfFact(parts, call, origin, fact, std::move(then));
}

void SetReason(const std::string& reason, common::v1::PersonalField* field) {
  if (!reason.empty()) field->mutable_open()->set_text(reason);
}

// What was said, what was done about it, how often contact is to be; unset where there is none of
// it.
void SetWords(const v1::RecordFactRequest& request, common::v1::PersonalField* field) {
  common::v1::Personal words;
  words.set_text(request.text());
  words.set_done(request.done());
  words.set_frequency(request.frequency());
  if (words.ByteSizeLong() > 0) *field->mutable_open() = std::move(words);
}

// Parses a command on a fact, finds its child, and posts it. `fill` sets the command, with the id
// of its assertion.
template <typename AnyCall, typename Fill>
void PostOnFact(const CasesParts& parts, const AnyCall& call, Fill fill) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto fact = FactId::FromBytes(request.fact());
  if (!fact)
    return call->Fail(
        {StatusCode::kInvalidArgument, "FACT_NEEDED", "the 16-byte id of the fact is needed"});
  FindChild(parts, *call, *origin, request.child(), request.fact(),
            [&parts, call, origin = *origin, fact = *fact, fill](const Result<SubjectId>& child) {
              if (!child) return call->Fail(child.error());
              const auto key = parts.keys.IdentityKey(origin.authority);
              if (!key) return call->Fail(key.error());
              v1::CasesCommand command;
              fill(call->request(), MakeAssertionId(*key, fact, origin.id), command);
              Post(parts, call, origin, *child, std::move(command));
            });
}

}  // namespace

void RegisterChild(const CasesParts& parts, const RegisterChildCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return call->Fail(key.error());
  const std::string local_id(TrimLocalId(request.personal().local_id()));
  const SubjectId child = MakeChildId(*key, origin->authority, local_id);
  v1::CasesCommand command;
  auto& registers = *command.mutable_register_child();
  *registers.mutable_personal()->mutable_open() = request.personal();
  registers.mutable_personal()->mutable_open()->set_local_id(local_id);
  registers.set_team(request.team());
  registers.set_worker(request.worker());
  registers.set_registration(RegistrationOf({*key, origin->authority}, child, origin->id).Bytes());
  Post(parts, call, *origin, child, std::move(command));
}

void AssignCase(const CasesParts& parts, const AssignCaseCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto child = ChildNamed(parts, origin->authority, request.child());
  if (!child) return call->Fail(child.error());
  v1::CasesCommand command;
  command.mutable_assign_case()->set_team(request.team());
  command.mutable_assign_case()->set_worker(request.worker());
  Post(parts, call, *origin, *child, std::move(command));
}

void RecordFact(const CasesParts& parts, const RecordFactCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto child = ChildNamed(parts, origin->authority, request.child());
  if (!child) return call->Fail(child.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return call->Fail(key.error());
  const FactId fact =
      MakeFactId(*key, {"record/" + origin->authority.text()}, {origin->id.Bytes()});
  v1::CasesCommand command;
  auto& records = *command.mutable_record_fact();
  records.set_kind(request.kind());
  if (request.has_on()) *records.mutable_on() = request.on();
  records.set_code(request.code());
  if (request.has_until()) *records.mutable_until() = request.until();
  records.set_parallel(request.parallel());
  records.set_how(request.how());
  records.set_rate(ReadRate(request.frequency()));
  SetWords(request, records.mutable_words());
  records.set_contingency(request.contingency());
  records.set_state(request.state());
  records.set_entry(request.entry());
  records.set_fact(fact.Bytes());
  records.set_assertion(MakeAssertionId(*key, fact, origin->id).Bytes());
  Post(parts, call, *origin, *child, std::move(command));
}

void CorrectFact(const CasesParts& parts, const CorrectFactCall& call) {
  PostOnFact(parts, call,
             [](const v1::CorrectFactRequest& request, const AssertionId& assertion,
                v1::CasesCommand& command) {
               auto& corrects = *command.mutable_correct_fact();
               corrects.set_fact(request.fact());
               if (request.has_on()) *corrects.mutable_on() = request.on();
               if (request.has_code()) corrects.set_code(request.code());
               if (request.has_until()) *corrects.mutable_until() = request.until();
               if (request.has_frequency()) corrects.set_rate(ReadRate(request.frequency()));
               if (request.has_state()) corrects.set_state(request.state());
               SetReason(request.reason(), corrects.mutable_reason());
               corrects.set_assertion(assertion.Bytes());
             });
}

void WithdrawFact(const CasesParts& parts, const WithdrawFactCall& call) {
  PostOnFact(parts, call,
             [](const v1::WithdrawFactRequest& request, const AssertionId& assertion,
                v1::CasesCommand& command) {
               auto& withdraws = *command.mutable_withdraw_fact();
               withdraws.set_fact(request.fact());
               SetReason(request.reason(), withdraws.mutable_reason());
               withdraws.set_assertion(assertion.Bytes());
             });
}

}  // namespace holdfast::cases
