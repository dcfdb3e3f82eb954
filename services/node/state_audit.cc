#include "services/node/state_audit.h"

#include <algorithm>
#include <iterator>

#include "libs/projection/rebuild_fold.h"
#include "libs/shard/kept_state.h"
#include "libs/shard/rebuild.h"
#include "services/alerting/app/alerting_keeper.h"
#include "services/audit/app/audit_keeper.h"
#include "services/audit/app/read_log.h"
#include "services/cases/app/cases_keeper.h"
#include "services/cases/app/person_lookup.h"
#include "services/contact/app/contact_keeper.h"
#include "services/national/app/national_fold.h"
#include "services/proceedings/app/proceedings_keeper.h"

namespace holdfast {
namespace {

// The keepers as the services make them; only what applies events is used of them.
class Keepers {
 public:
  explicit Keepers(const StateAudit& audit)
      : sealer_(audit.key_store, {.service = {"cases"}}),
        alerting_sealer_(audit.key_store, {.service = {"alerting"}}),
        contact_sealer_(audit.key_store, {.service = {"contact"}}),
        proceedings_sealer_(audit.key_store, {.service = {"proceedings"}}),
        pool_(audit.key_store),
        macs_(audit.key_store, audit.keys),
        copies_(audit.format.partition_count),
        source_copies_(audit.format.partition_count),
        cases_({.sealer = sealer_,
                .keys = pool_,
                .macs = macs_,
                .copies = copies_,
                .manual_clock = audit.format.clock == ClockMode::kManual}),
        alerting_({.sealer = alerting_sealer_,
                   .macs = macs_,
                   .partition_count = audit.format.partition_count}),
        contact_({.sealer = contact_sealer_,
                  .macs = macs_,
                  .manual_clock = audit.format.clock == ClockMode::kManual}),
        proceedings_({.sealer = proceedings_sealer_,
                      .keys = pool_,
                      .macs = macs_,
                      .copies = source_copies_,
                      .manual_clock = audit.format.clock == ClockMode::kManual}) {}

  // Null when there is no such service.
  const Keeper* Of(const std::string& service) const {
    if (service == "cases") return &cases_;
    if (service == "alerting") return &alerting_;
    if (service == "proceedings") return &proceedings_;
    if (service == "contact") return &contact_;
    return service == "audit" ? &audit_ : nullptr;
  }

 private:
  PersonalSealer sealer_;
  PersonalSealer alerting_sealer_;
  PersonalSealer contact_sealer_;
  PersonalSealer proceedings_sealer_;
  DataKeyPool pool_;
  RequestMacs macs_;
  cases::CopySubjects copies_;
  proceedings::SourceCopies source_copies_;
  cases::CasesKeeper cases_;
  alerting::AlertingKeeper alerting_;
  contact::ContactKeeper contact_;
  proceedings::ProceedingsKeeper proceedings_;
  audit::AuditKeeper audit_;
};

std::vector<JournalIdentity> SourcesOf(const std::string& service, const JournalIdentity& journal) {
  std::vector<JournalIdentity> sources;
  const auto add = [&](const char* source) {
    sources.push_back({{source, journal.partition.partition}, journal.partition_count});
  };
  if (service == "alerting" || service == "proceedings" || service == "contact") add("cases");
  if (service == "alerting" || service == "cases") add("proceedings");
  if (service == "alerting" || service == "cases") add("contact");
  return sources;
}

// A read model's fold over rows in memory, and those rows.
struct MemoryFold {
  MemoryFold(const std::string& service, const StatePart& part, cases::LookupKeys keys) {
    const LogPartition& partition = part.journal.partition;
    const uint32_t wanted = service == "national"
                                ? national::PartOf(partition, part.journal.partition_count)
                                : partition.partition;
    const auto open = [this, wanted](uint32_t number) {
      auto store = std::make_unique<MemoryStateStore>();
      if (number == wanted) rows = store.get();
      return store;
    };
    const uint32_t count = part.journal.partition_count;
    if (service == "national") {
      fold = std::make_unique<national::NationalFold>(count, open);
    } else if (service == "cases") {
      fold = std::make_unique<cases::PersonLookup>(keys, open, count);
    } else {
      fold = std::make_unique<audit::ReadLog>(open, count);
    }
  }
  std::unique_ptr<Fold> fold;
  const MemoryStateStore* rows = nullptr;
};

Result<std::optional<std::string>> DifferenceOf(const StateOnDisk& state, const StatePart& part,
                                                const Keepers& keepers, const StateAudit& audit) {
  const auto stored = state.database->StoreOf(part.part);
  if (!part.is_shard) {
    PersonalSealer sealer(audit.key_store, {.service = {"cases"}});
    const MemoryFold anew(state.service, part, {sealer, audit.keys});
    if (auto made = RebuildFold(part.journal, audit.log, *anew.fold, part.end); !made) {
      return tl::unexpected(made.error());
    }
    return FirstDifference(*stored, *anew.rows);
  }
  const auto anew = RebuildShard({part.journal, SourcesOf(state.service, part.journal)}, audit.log,
                                 *keepers.Of(state.service), part.end);
  if (!anew) return tl::unexpected(anew.error());
  return FirstDifference(*stored, **anew);
}

// The parts of its version that serves; another one is not finished, or being deleted.
Result<std::vector<StatePart>> ModelPartsOf(const StateOnDisk& state, uint32_t count) {
  const auto open = [&](uint32_t part) { return state.database->StoreOf(part); };
  const bool is_national = state.service == "national";
  const ModelRows rows = is_national                ? national::NationalRows(open, count)
                         : state.service == "cases" ? cases::PersonLookupRows(open, count)
                                                    : audit::ReadLogRows(open, count);
  const auto version = rows.Serving();
  if (!version) return tl::unexpected(version.error());
  std::vector<StatePart> parts;
  for (uint32_t part = 0; part < rows.parts(); ++part) {
    const auto store = rows.Open(*version, part);
    const auto place = is_national                ? national::StoredPlace(*store)
                       : state.service == "cases" ? cases::StoredPlace(*store)
                                                  : audit::StoredPlace(*store);
    if (!place) return tl::unexpected(place.error());
    LogPartition journal =
        is_national ? national::PartitionOfPart(part, count) : LogPartition{state.service, part};
    if (*place)
      parts.push_back({rows.NumberOf(*version, part), {std::move(journal), count}, **place, false});
  }
  return parts;
}

Result<std::vector<StatePart>> ShardPartsOf(const StateOnDisk& state, uint32_t count,
                                            std::vector<journal::v1::Checkpoint>& consumed) {
  std::vector<StatePart> parts;
  for (uint32_t p = 0; p < count; ++p) {
    const auto store = state.database->StoreOf(p);
    const auto place = StoredCheckpoint(*store);
    if (!place) return tl::unexpected(place.error());
    if (*place) parts.push_back({p, {{state.service, p}, count}, **place, true});
    const auto cursors = StoredCursors(*store);
    if (!cursors) return tl::unexpected(cursors.error());
    consumed.insert(consumed.end(), cursors->begin(), cursors->end());
  }
  return parts;
}

}  // namespace

Result<std::vector<StatePart>> PartsOf(const StateOnDisk& state, const DataFormat& format,
                                       std::vector<journal::v1::Checkpoint>& consumed) {
  std::vector<StatePart> parts;
  if (state.service != "national") {
    auto shards = ShardPartsOf(state, format.partition_count, consumed);
    if (!shards) return shards;
    parts = std::move(*shards);
  }
  if (state.service == "national" || state.service == "cases" || state.service == "audit") {
    auto model = ModelPartsOf(state, format.partition_count);
    if (!model) return model;
    std::ranges::move(*model, std::back_inserter(parts));
  }
  return parts;
}

std::vector<Finding> CompareWithJournals(const StateOnDisk& state,
                                         const std::vector<StatePart>& parts,
                                         const StateAudit& audit) {
  std::vector<Finding> findings;
  const Keepers keepers(audit);
  for (const StatePart& part : parts) {
    if (part.is_shard && keepers.Of(state.service) == nullptr) continue;
    const auto difference = DifferenceOf(state, part, keepers, audit);
    if (difference && !*difference) continue;
    const std::string what = difference
                                 ? "row " + Hex(**difference) + " is not as the journal makes it"
                                 : difference.error().message;
    findings.push_back(
        {.kind = "state",
         .file = state.folder.string(),
         .partition = part.journal.partition,
         .offset = part.end.next_offset(),
         .message = what + "; the folder can be removed while nothing serves: it is built again"});
  }
  return findings;
}

}  // namespace holdfast
