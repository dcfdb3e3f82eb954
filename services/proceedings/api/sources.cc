#include "libs/rpc/certificates.h"
#include "services/proceedings/api/commands.h"
#include "services/proceedings/api/handlers.h"

namespace holdfast::proceedings {
namespace {

Result<void> IssueCertificate(const ProceedingsParts& parts, const AuthorityCode& source,
                              v1::SourceKind kind) {
  const Instant now = parts.clock.Now();
  const auto certificates = CertificateAuthority::OpenOrCreate(parts.keys.path(), now);
  if (!certificates) return tl::unexpected(certificates.error());
  const Role role = kind == v1::SOURCE_KIND_COURT ? Role::kCourt : Role::kReporter;
  return certificates->IssueForSource(source, role, now);
}

void FinishWhenTaught(const ProceedingsParts& parts, const RegisterSourceCall& call,
                      const SubjectId& subject, const Answer& answer) {
  parts.push.Push(subject,
                  [&parts, call, subject, answer](const Result<std::vector<Answer>>& taught) {
                    if (!taught) return call->Fail(taught.error());
                    v1::RegisterSourceResponse response;
                    const uint32_t own = parts.shards.PartitionFor(subject);
                    if (taught->empty())
                      AddPosition(own, answer.last_event, response.mutable_positions());
                    for (uint32_t partition = 0; partition < taught->size(); ++partition) {
                      const uint64_t event = partition == own ? answer.last_event : 0;
                      AddPosition(partition, std::max((*taught)[partition].last_event, event),
                                  response.mutable_positions());
                    }
                    call->Finish(response);
                  });
}

}  // namespace

void RegisterSource(const ProceedingsParts& parts, const RegisterSourceCall& call) {
  const auto& wanted = call->request().registration();
  const auto id = CommandId::FromBytes(call->request().header().command_id());
  if (!id) {
    return call->Fail(
        {StatusCode::kInvalidArgument, "COMMAND_ID_NOT_V7", "the command needs an id, a UUIDv7"});
  }
  const auto source = AuthorityCode::FromText(wanted.source());
  if (!source) {
    return call->Fail({StatusCode::kInvalidArgument, "SOURCE_NEEDED",
                       "a source's name is 1 to 32 letters, digits, '-' or '_'"});
  }
  v1::RegisterSource command;
  *command.mutable_source() = wanted;
  if (const auto decided = Decide(SourceFacts{}, command); !decided) {
    return call->Fail({StatusCode::kFailedPrecondition, std::string(NameOf(decided.error())),
                       std::string(TextOf(decided.error()))});
  }
  const CommandOrigin origin{*source, *id, UriOf(call->principal())};
  // Files are written and synced: not on a thread of gRPC. Keys before the first event: nothing of
  // the source can be sealed without. A certificate only for what it is registered as.
  parts.push.Post([&parts, call, origin, command] {
    if (auto made = parts.keys.AddSource(origin.body); !made) return call->Fail(made.error());
    const SubjectId subject = SourceSubject(origin.body.text());
    v1::ProceedingsCommand registers;
    *registers.mutable_register_source() = command;
    SubmitForCaller(parts, origin, subject, std::move(registers),
                    [&parts, call, origin, command, subject](const Result<Answer>& answer) {
                      if (!answer) return call->Fail(answer.error());
                      parts.push.Post([&parts, call, origin, command, subject, answer = *answer] {
                        const auto issued =
                            IssueCertificate(parts, origin.body, command.source().kind());
                        if (!issued) return call->Fail(issued.error());
                        FinishWhenTaught(parts, call, subject, answer);
                      });
                    });
  });
}

}  // namespace holdfast::proceedings
