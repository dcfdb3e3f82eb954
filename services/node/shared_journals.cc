#include "services/node/shared_journals.h"

#include "libs/eventlog/kafka_group.h"
#include "libs/eventlog/kafka_topics.h"
#include "services/node/cluster.h"

namespace holdfast {
namespace {

constexpr size_t kRowsAtOnce = 1000;
constexpr char kCopyRow[] = "copy";
constexpr char kBegun[] = "begun";
constexpr char kEnded[] = "ended";

Result<std::unique_ptr<KafkaTable>> OpenTable(const KafkaSettings& kafka, const char* name,
                                              KafkaEvents& events) {
  return KafkaTable::Open(kafka, kafka.topic_prefix + name, events);
}

}  // namespace

Result<void> RequireNoCopyBegun(const SharedTable& deployment) {
  if (deployment.Get(kCopyRow) != kBegun) return {};
  return Fail(StatusCode::kFailedPrecondition, "COPY_UNFINISHED",
              "a copy into these topics was cut off, and they hold a part of what it copies: run "
              "holdfast journal copy, or journal repair, as it was run before");
}

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

Result<void> SharedJournals::RequireEmptyForCopy() {
  if (days_->Get(kCopyRow) == kBegun) return {};
  for (const JournalIdentity& journal : Journals()) {
    const auto end = log_->EndNow(journal.partition);
    if (!end) return tl::unexpected(end.error());
    if (*end == 0) continue;
    return Fail(StatusCode::kFailedPrecondition, "TARGET_NOT_EMPTY",
                "the topics " + kafka_.topic_prefix +
                    ".journal.* have records already, and were left as they are; make others with: "
                    "holdfast --topic-prefix NEW topics apply");
  }
  return {};
}

Result<void> SharedJournals::BeginCopy() { return days_->Put({{kCopyRow, kBegun}}); }
Result<void> SharedJournals::EndCopy() { return days_->Put({{kCopyRow, kEnded}}); }

}  // namespace holdfast
