#include "services/node/loss_statements.h"

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/audit/v1/audit_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/contact/v1/contact_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "services/audit/app/audit_keeper.h"

namespace holdfast {
namespace {

// What reacts to a journal.
std::vector<const char*> DependentsOf(const std::string& service) {
  if (service == "cases") return {"proceedings", "contact", "alerting"};
  if (service == "proceedings" || service == "contact") return {"cases", "alerting"};
  return {};
}

journal::v1::HistoryLost EventOf(const LostEnd& lost) {
  journal::v1::HistoryLost event;
  event.set_service(lost.partition.service);
  event.set_partition(lost.partition.partition);
  event.set_from(lost.from);
  event.set_to(lost.to);
  event.set_chain(lost.chain);
  return event;
}

// The event as a service's journal states it.
std::string PayloadFor(const std::string& service, const journal::v1::HistoryLost& lost) {
  if (service == "cases") {
    cases::v1::CasesEvent event;
    *event.mutable_history_lost() = lost;
    return event.SerializeAsString();
  }
  if (service == "proceedings") {
    proceedings::v1::ProceedingsEvent event;
    *event.mutable_history_lost() = lost;
    return event.SerializeAsString();
  }
  if (service == "contact") {
    contact::v1::ContactEvent event;
    *event.mutable_history_lost() = lost;
    return event.SerializeAsString();
  }
  if (service == "alerting") {
    alerting::v1::AlertingEvent event;
    *event.mutable_history_lost() = lost;
    return event.SerializeAsString();
  }
  audit::v1::AuditEvent event;
  *event.mutable_history_lost() = lost;
  return event.SerializeAsString();
}

SubjectId LossSubject(const LogPartition& partition, uint32_t count) {
  for (uint64_t attempt = 0;; ++attempt) {
    const SubjectId id{
        HashId("history-lost",
               {partition.service, std::to_string(partition.partition), std::to_string(attempt)})};
    if (PartitionOf(id, count) == partition.partition) return id;
  }
}

// Where operators' acts stand.
LogPartition PlaceOfActs(uint32_t count) {
  return {"audit", PartitionOf(audit::AuthoritySubject(""), count)};
}

}  // namespace

std::map<LogPartition, EventsToAdd> WhatToSay(const AcceptedLoss& loss) {
  const uint32_t count = loss.partition_count;
  std::map<LogPartition, EventsToAdd> said;
  const auto to = [&](const LogPartition& partition, const SubjectId& subject) -> EventsToAdd& {
    EventsToAdd& events = said[partition];
    events.subject = subject;
    events.principal = loss.who;
    events.result = "history_lost";
    return events;
  };
  const SubjectId operators = audit::AuthoritySubject("");
  const LogPartition audit = PlaceOfActs(count);
  std::string detail;
  for (const LostEnd& lost : loss.lost) {
    if (lost.events() == 0) continue;
    const auto event = EventOf(lost);
    const LogPartition& partition = lost.partition;
    detail += (detail.empty() ? "" : "; ") + partition.service + "/" +
              std::to_string(partition.partition) + " events " + std::to_string(lost.from) +
              " to " + std::to_string(lost.to);
    // One for each event lost, and one more: see HistoryLost.
    auto& own =
        to(partition, partition == audit ? operators : LossSubject(partition, count)).payloads;
    own.insert(own.end(), lost.events() + 1, PayloadFor(partition.service, event));
    for (const char* service : DependentsOf(partition.service)) {
      const LogPartition dependent{service, partition.partition};
      to(dependent, LossSubject(dependent, count)).payloads.push_back(PayloadFor(service, event));
    }
  }
  audit::v1::AuditEvent acted;
  acted.mutable_operator_acted()->set_who(loss.who);
  acted.mutable_operator_acted()->set_act("journal_repaired");
  if (detail.empty()) detail = "nothing is known to be lost";
  acted.mutable_operator_acted()->set_detail(loss.where + detail);
  auto& audited = to(audit, operators).payloads;
  for (const LostEnd& lost : loss.lost) {
    if (lost.partition != audit && lost.events() > 0)
      audited.push_back(PayloadFor("audit", EventOf(lost)));
  }
  audited.push_back(acted.SerializeAsString());
  return said;
}

Result<void> SayLoss(EventLog& log, const AcceptedLoss& loss, Instant now) {
  auto said = WhatToSay(loss);
  const LogPartition acts = PlaceOfActs(loss.partition_count);
  const auto last = said.extract(acts);
  for (const auto& [partition, events] : said) {
    const auto added = AddEvents(log, {partition, loss.partition_count}, events, now);
    if (!added) return tl::unexpected(added.error());
  }
  const auto acted = AddEvents(log, {acts, loss.partition_count}, last.mapped(), now);
  if (!acted) return tl::unexpected(acted.error());
  return {};
}

}  // namespace holdfast
