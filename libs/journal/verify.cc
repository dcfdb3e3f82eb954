#include "libs/journal/verify.h"

#include <map>
#include <nlohmann/json.hpp>

#include "libs/base/time_text.h"
#include "libs/journal/journal_reader.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 4 << 20;

// Audits one partition.
class Auditor {
 public:
  Auditor(EventLog& log, const JournalIdentity& journal, const std::vector<Witness>& witnesses,
          std::vector<Finding>& findings)
      : log_(log), journal_(journal), findings_(findings) {
    for (const Witness& witness : witnesses) {
      const auto& claim = witness.checkpoint.claim();
      if (LogPartition{claim.service(), claim.partition()} != journal.partition) continue;
      by_offset_.emplace(witness.checkpoint.last_valid_offset(), &witness);
    }
  }

  PartitionAudit Run() {
    JournalReader reader(log_, journal_);
    while (true) {
      const auto read = reader.ReadOn(
          kReadAtOnce_bytes, [&](const LogRecord& record, JudgedRecord& judged) -> Result<void> {
            Compare(record.offset, reader.state(), judged.verdict);
            return {};
          });
      if (!read) {
        Find(KindOf(read.error()), "", reader.state().next_offset, read.error().message);
        break;
      }
      if (*read == 0) break;
    }
    CompareEnds(reader.state());
    return {journal_.partition, reader.state()};
  }

 private:
  static std::string KindOf(const Status& status) {
    if (status.reason == "UNKNOWN_RECORD_VERSION") return "unknown_version";
    return status.reason == "SETTINGS_DIFFER" ? "settings_differ" : "unreadable";
  }

  void Find(const std::string& kind, const std::string& file, uint64_t offset,
            const std::string& message) {
    findings_.push_back({kind, file, journal_.partition, offset, message});
  }

  void Compare(uint64_t offset, const ReaderState& state, Verdict verdict) {
    const auto [begin, end] = by_offset_.equal_range(offset);
    for (auto it = begin; it != end; ++it) {
      const auto& checkpoint = it->second->checkpoint;
      if (checkpoint.valid_records() == 0) continue;
      if (verdict == Verdict::kVoid || AsBytes(state.chain) != checkpoint.chain()) {
        Find("differs", it->second->file, offset, "the log holds another record than was read");
      }
    }
  }

  void CompareEnds(const ReaderState& state) {
    for (const auto& [offset, witness] : by_offset_) {
      const auto& checkpoint = witness->checkpoint;
      if (checkpoint.log_id() != log_.Id(journal_.partition)) {
        Find("other_log", witness->file, 0, "it is a witness of another log");
      } else if (checkpoint.next_offset() > state.next_offset) {
        Find("shorter", witness->file, state.next_offset,
             "the log ends here; up to offset " + std::to_string(checkpoint.next_offset()) +
                 ", event " + std::to_string(checkpoint.events()) + " was read before");
      }
    }
  }

  EventLog& log_;
  const JournalIdentity& journal_;
  std::vector<Finding>& findings_;
  std::multimap<uint64_t, const Witness*> by_offset_;
};

const char* NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClaim:
      return "claim";
    case Verdict::kBatch:
      return "batch";
    case Verdict::kVoid:
      return "void";
  }
  return "";
}

}  // namespace

Audit VerifyJournals(EventLog& log, const std::vector<JournalIdentity>& journals,
                     const std::vector<Witness>& witnesses) {
  Audit audit;
  for (const JournalIdentity& journal : journals) {
    audit.partitions.push_back(Auditor(log, journal, witnesses, audit.findings).Run());
  }
  return audit;
}

std::string DumpLine(const LogRecord& record, Verdict verdict, const ReaderState& after,
                     const journal::v1::Record& contents) {
  nlohmann::ordered_json line{{"offset", record.offset},   {"record", NameOf(verdict)},
                              {"epoch", contents.epoch()}, {"seq", contents.seq()},
                              {"recorded_at", nullptr},    {"chain", Hex(AsBytes(after.chain))}};
  if (contents.recorded_at() > 0)  // a claim says no time
    line["recorded_at"] = TimeText(Instant(std::chrono::microseconds(contents.recorded_at())));
  line["outcomes"] = nlohmann::ordered_json::array();
  for (const auto& outcome : contents.outcomes()) {
    line["outcomes"].push_back({{"authority", outcome.authority()},
                                {"command_id", Hex(outcome.command_id())},
                                {"result", outcome.result()},
                                {"first_event", outcome.first_event()},
                                {"events", outcome.event_count()},
                                {"principal", outcome.principal()}});
  }
  line["events"] = nlohmann::ordered_json::array();
  uint64_t number = after.events - static_cast<uint64_t>(contents.events_size());
  for (const auto& event : contents.events()) {
    const Chain sum = Sha256(event.payload());
    line["events"].push_back({{"event", ++number},
                              {"subject", Hex(event.subject())},
                              {"bytes", event.payload().size()},
                              {"sha256", Hex(AsBytes(sum))}});
  }
  line["sources"] = nlohmann::ordered_json::array();
  for (const auto& range : contents.sources()) {
    line["sources"].push_back({{"service", range.service()},
                               {"partition", range.partition()},
                               {"from", range.from()},
                               {"to", range.to()},
                               {"chain", Hex(range.chain())}});
  }
  return line.dump();
}

}  // namespace holdfast
