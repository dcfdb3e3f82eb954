#include "libs/shard/rebuild.h"

#include "libs/base/check.h"
#include "libs/eventlog/capped_log.h"
#include "libs/shard/shard.h"

namespace holdfast {
namespace {

constexpr size_t kRowsAtOnce = 1000;

// Nothing that is rebuilt depends on the time at which it is.
Moment AnyMoment() { return {.wall = {}, .steady = std::chrono::steady_clock::now(), .today = {}}; }

Nonce NeverClaims() {
  HOLDFAST_CHECK(false);
  return {};
}

// A subject of which an event that means nothing here was consumed, as was once done of all.
bool SaysNothing(const StoredRow& row) {
  constexpr size_t kVersionSize = 8;
  return row.key.starts_with('s') && row.value == std::string(kVersionSize, '\0');
}

}  // namespace

Result<std::unique_ptr<MemoryStateStore>> RebuildShard(const RebuildOptions& options, EventLog& log,
                                                       const Keeper& keeper,
                                                       const journal::v1::Checkpoint& end) {
  CappedLog until(log, {{options.identity.partition, end.next_offset()}});
  auto store = std::make_unique<MemoryStateStore>();
  Shard shard({.identity = options.identity, .sources = options.sources},
              {.log = until,
               .store = *store,
               .keeper = keeper,
               .now = AnyMoment,
               .new_nonce = NeverClaims});
  shard.SetAssigned(false);
  if (auto started = shard.Start({}); !started) return tl::unexpected(started.error());
  while (shard.Step()) store->Sync();
  const ShardStatus status = shard.status();
  if (status.failure) return tl::unexpected(*status.failure);
  if (status.read.next_offset != end.next_offset()) {
    return Fail(StatusCode::kDataLoss, "SOURCE_REGRESSION",
                "journal " + options.identity.partition.service + "/" +
                    std::to_string(options.identity.partition.partition) +
                    " cannot be read past offset " + std::to_string(status.read.next_offset) +
                    ": a source lacks what was consumed there");
  }
  shard.Stop();
  shard.Close();
  store->Sync();
  return store;
}

Result<std::optional<std::string>> FirstDifference(StateStore& stored,
                                                   const MemoryStateStore& rebuilt) {
  auto expected = rebuilt.rows().begin();
  std::string after;
  while (true) {
    const auto rows = stored.Scan("", after, kRowsAtOnce);
    if (!rows) return tl::unexpected(rows.error());
    for (const StoredRow& row : *rows) {
      const bool is_expected = expected != rebuilt.rows().end() && expected->first == row.key;
      if (!is_expected && SaysNothing(row)) continue;
      if (expected == rebuilt.rows().end()) return row.key;
      if (expected->first != row.key || expected->second != row.value)
        return std::min(expected->first, row.key);
      ++expected;
    }
    if (rows->size() < kRowsAtOnce) break;
    after = rows->back().key;
  }
  if (expected == rebuilt.rows().end()) return std::nullopt;
  return expected->first;
}

}  // namespace holdfast
