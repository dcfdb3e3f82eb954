#include "services/audit/app/audit_keeper.h"

namespace holdfast::audit {

std::string RequestOf(const SubjectId& subject, const v1::AuditEvent& event) {
  return subject.Bytes() + event.SerializeAsString();
}

SubjectId AuthoritySubject(std::string_view authority) {
  return {HashId("authority", {authority})};
}

Result<void> AuditKeeper::EvolveState(NothingKept&, const AppliedEvent& event) const {
  v1::AuditEvent read;
  if (read.ParseFromArray(event.payload.data(), static_cast<int>(event.payload.size()))) return {};
  return Fail(StatusCode::kDataLoss, "POISON_EVENT", "audit: an event that cannot be read");
}

Result<Decision> AuditKeeper::Decide(Subjects&, const Command& command,
                                     const DecideContext&) const {
  const auto subject = SubjectId::FromBytes(std::string_view(command.request).substr(0, 16));
  v1::AuditEvent event;
  if (!subject || !event.ParseFromString(command.request.substr(16))) {
    return Fail(StatusCode::kInvalidArgument, "MALFORMED", "audit: a command that cannot be read");
  }
  Decision decision;
  decision.kind = journal::v1::OUTCOME_KIND_ACCEPTED;
  decision.result = "recorded";
  decision.events.push_back({.subject = *subject, .payload = event.SerializeAsString()});
  return decision;
}

}  // namespace holdfast::audit
