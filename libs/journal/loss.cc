#include "libs/journal/loss.h"

#include "libs/journal/journal_reader.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 4 << 20;

std::string NameOf(const LogPartition& partition) {
  return partition.service + "/" + std::to_string(partition.partition);
}

// What a batch consumed of a source, and where the reader stood before it.
struct Consumed {
  LogPartition source;
  uint64_t to = 0;
  std::string chain;
  ReaderState before;
};

struct Journal {
  ReaderState end;                 // of what stays
  std::vector<Consumed> consumed;  // by its batches, in order
  LostEnd lost;
  bool is_lost = false;
};

using Journals = std::map<LogPartition, Journal>;

Result<Journal> ReadJournal(EventLog& log, const JournalIdentity& identity) {
  Journal journal;
  journal.lost.partition = identity.partition;
  JournalReader reader(log, identity);
  ReaderState before;
  while (true) {
    const auto read = reader.ReadOn(
        kReadAtOnce_bytes, [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
          if (judged.verdict != Verdict::kBatch) judged.record.clear_sources();
          for (const auto& range : judged.record.sources()) {
            journal.consumed.push_back(
                {{range.service(), range.partition()}, range.to(), range.chain(), before});
          }
          before = reader.state();
          return {};
        });
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) break;
  }
  journal.end = reader.state();
  return journal;
}

void NoteLost(Journal& journal, uint64_t to, const std::string& chain, const std::string& witness) {
  if (journal.is_lost && to <= journal.lost.to) return;
  journal.is_lost = true;
  journal.lost.to = to;
  journal.lost.chain = chain;
  journal.lost.witness = witness;
}

void HearWitness(const Witness& witness, Journals& journals) {
  const auto& checkpoint = witness.checkpoint;
  const auto found = journals.find({checkpoint.claim().service(), checkpoint.claim().partition()});
  if (found == journals.end() || checkpoint.next_offset() <= found->second.end.next_offset) return;
  NoteLost(found->second, checkpoint.events(), checkpoint.chain(), witness.file);
}

// Whether `journal` had to be cut, because its source ends before what it consumed.
bool CutWhatConsumedLost(Journal& journal, Journals& journals) {
  bool cut = false;
  for (const Consumed& consumed : journal.consumed) {
    const auto source = journals.find(consumed.source);
    if (source == journals.end() || consumed.to <= source->second.end.events) continue;
    NoteLost(source->second, consumed.to, consumed.chain, NameOf(journal.lost.partition));
    if (consumed.before.next_offset >= journal.end.next_offset) continue;
    NoteLost(journal, journal.end.events, std::string(AsBytes(journal.end.chain)),
             NameOf(consumed.source));
    journal.lost.is_cut = true;
    journal.end = consumed.before;
    cut = true;
  }
  return cut;
}

}  // namespace

Result<std::vector<LostEnd>> FindLosses(EventLog& log,
                                        const std::vector<JournalIdentity>& identities,
                                        const std::vector<Witness>& witnesses) {
  for (const Finding& finding : VerifyJournals(log, identities, witnesses).findings) {
    if (finding.kind == "shorter") continue;
    return Fail(StatusCode::kFailedPrecondition, "NOT_A_LOST_END",
                "journal " + NameOf(finding.partition) + ", offset " +
                    std::to_string(finding.offset) + ": " + finding.message +
                    "; restore it from a copy");
  }
  Journals journals;
  for (const JournalIdentity& identity : identities) {
    auto journal = ReadJournal(log, identity);
    if (!journal) return tl::unexpected(journal.error());
    journals[identity.partition] = std::move(*journal);
  }
  for (const Witness& witness : witnesses) HearWitness(witness, journals);
  for (bool cut = true; cut;) {
    cut = false;
    for (auto& [partition, journal] : journals) cut = CutWhatConsumedLost(journal, journals) || cut;
  }
  std::vector<LostEnd> losses;
  for (auto& [partition, journal] : journals) {
    if (!journal.is_lost) continue;
    journal.lost.next_offset = journal.end.next_offset;
    journal.lost.from = journal.end.events + 1;
    journal.lost.to = std::max(journal.lost.to, journal.end.events);
    losses.push_back(std::move(journal.lost));
  }
  return losses;
}

}  // namespace holdfast
