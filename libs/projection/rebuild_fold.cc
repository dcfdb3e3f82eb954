#include "libs/projection/rebuild_fold.h"

#include "libs/eventlog/capped_log.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 1 << 20;

}  // namespace

Result<void> RebuildFold(const JournalIdentity& identity, EventLog& log, Fold& fold,
                         const journal::v1::Checkpoint& end) {
  CappedLog until(log, {{identity.partition, end.next_offset()}});
  JournalReader reader(until, identity);
  while (true) {
    const auto read = reader.ReadOn(
        kReadAtOnce_bytes, [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
          return judged.verdict == Verdict::kBatch ? ApplyEventsOf(judged.record, reader, fold)
                                                   : Result<void>{};
        });
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) break;
  }
  return fold.Store(identity.partition, reader.checkpoint());
}

}  // namespace holdfast
