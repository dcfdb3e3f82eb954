#include "services/node/shared_journals.h"

#include "libs/eventlog/kafka_group.h"
#include "libs/eventlog/kafka_topics.h"
#include "services/node/cluster.h"

namespace holdfast {
namespace {

constexpr size_t kRowsAtOnce = 1000;

Result<std::unique_ptr<KafkaTable>> OpenTable(const KafkaSettings& kafka, const char* name,
                                              KafkaEvents& events) {
  return KafkaTable::Open(kafka, kafka.topic_prefix + name, events);
}

}  // namespace

Result<std::unique_ptr<SharedJournals>> SharedJournals::Open(const KafkaSettings& kafka) {
  auto deployment = ReadDeploymentOf(kafka, nullptr);
  if (!deployment) return tl::unexpected(deployment.error());
  std::unique_ptr<SharedJournals> shared(new SharedJournals(kafka, std::move(*deployment)));
  if (auto opened = shared->OpenAll(); !opened) return tl::unexpected(opened.error());
  return shared;
}

Result<void> SharedJournals::OpenAll() {
  auto log =
      KafkaLog::Open({.settings = kafka_, .deployment_id = deployment_.id(), .log = nullptr});
  if (!log) return tl::unexpected(log.error());
  log_ = std::move(*log);
  auto keys = OpenTable(kafka_, ".keys", events_);
  if (!keys) return tl::unexpected(keys.error());
  keys_ = std::move(*keys);
  auto days = OpenTable(kafka_, ".deployment", events_);
  if (!days) return tl::unexpected(days.error());
  days_ = std::move(*days);
  day_ = ManualDay::OpenShared(*days_,
                               CivilDate::FromIso(deployment_.first_day()).value_or(CivilDate()));
  return {};
}

std::vector<JournalIdentity> SharedJournals::Journals() const {
  std::vector<JournalIdentity> journals;
  for (const std::string& service : JournalServices()) {
    for (uint32_t p = 0; p < deployment_.partition_count(); ++p)
      journals.push_back({{service, p}, deployment_.partition_count()});
  }
  return journals;
}

std::map<std::string, std::string> SharedJournals::KeyRecords() const {
  auto records = keys_->All();
  std::erase_if(records, [](const auto& row) { return !KeyId::FromBytes(row.first); });
  return records;
}

Result<void> SharedJournals::PutKeyRecords(const std::map<std::string, std::string>& records) {
  std::vector<TableRow> rows;
  for (const auto& [id, record] : records) {
    if (keys_->Get(id) != record) rows.push_back({id, record});
    if (rows.size() < kRowsAtOnce) continue;
    if (auto put = keys_->Put(rows); !put) return put;
    rows.clear();
  }
  return keys_->Put(rows);
}

Result<void> SharedJournals::RequireStopped() {
  const auto members = KafkaGroup::MembersOf(kafka_, events_);
  if (!members) return tl::unexpected(members.error());
  if (members->empty()) return {};
  return Fail(StatusCode::kFailedPrecondition, "INSTANCES_RUN",
              std::to_string(members->size()) + " instances of this deployment run, " +
                  *members->begin() +
                  " one of them; stop all of them first (one that was killed counts until its "
                  "session has ended)");
}

}  // namespace holdfast
