// The figures of the journal and the shard.
#include <atomic>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <semaphore>
#include <string>
#include <thread>

#include "libs/base/check.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/shard/rocks_store.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/list_keeper.h"
#include "libs/testing/random.h"
#include "tests/bench/figures.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

// Processor time of all threads: what a core needs for it, however busy the machine is.
double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

SubjectId Child(uint64_t number) {
  SubjectId subject;
  std::memcpy(subject.bytes.data(), &number, sizeof number);
  return subject;
}

// A UUIDv7 of this millisecond.
CommandId CommandAt(int64_t unix_ms, Random& random) {
  CommandId id;
  for (size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<uint8_t>(unix_ms >> (40 - 8 * i));
  for (size_t i = 6; i < 16; ++i) id.bytes[i] = static_cast<uint8_t>(random.Next());
  id.bytes[6] = static_cast<uint8_t>(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

// A journal of `events` events of 200 bytes, 20 a child, each with its outcome, 100 to a batch.
void WriteJournal(EmbeddedLog& log, const JournalIdentity& identity, uint64_t events) {
  Random random(identity.partition.partition);
  ReaderState state;
  const auto append = [&](const journal::v1::Record& record) {
    std::string bytes = EncodeRecord(record);
    HOLDFAST_CHECK(Apply(state, state.next_offset, bytes));
    log.Append(identity.partition, std::move(bytes), {});
  };
  journal::v1::Record claim;
  claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
  claim.set_epoch(1);
  claim.set_nonce(std::string(16, 'n'));
  *claim.mutable_claim() = ClaimOf(identity);
  append(claim);
  while (state.events < events) {
    journal::v1::Record batch;
    batch.set_kind(journal::v1::RECORD_KIND_BATCH);
    batch.set_epoch(1);
    batch.set_nonce(std::string(16, 'n'));
    batch.set_seq(state.seq + 1);
    batch.set_prev(std::string(AsBytes(state.chain)));
    batch.set_recorded_at(1'700'000'000'000'000 + static_cast<int64_t>(state.events) * 1000);
    for (uint32_t i = 0; i < 100; ++i) {
      auto& event = *batch.add_events();
      event.set_subject(Child(random.Below(events / 20)).Bytes());
      event.set_payload(std::string(200, static_cast<char>('a' + i % 26)));
      auto& outcome = *batch.add_outcomes();
      outcome.set_authority("S12000036");
      outcome.set_command_id(CommandAt(batch.recorded_at() / 1000, random).Bytes());
      outcome.set_first_event(i);
      outcome.set_event_count(1);
      outcome.set_kind(journal::v1::OUTCOME_KIND_ACCEPTED);
      outcome.set_result("APPENDED");
    }
    append(batch);
  }
  while (*log.End(identity.partition) < state.next_offset) std::this_thread::sleep_for(1ms);
}

}  // namespace

// All partitions of a service from their journals to a flushed state with its window of outcomes,
// on one thread.
void BenchRebuild(const std::filesystem::path& folder) {
  constexpr uint32_t kPartitions = 16;
  constexpr uint64_t kEventsOfPartition = 62'500;
  constexpr double kBar = 300'000;
  auto log = std::move(*EmbeddedLog::Open(folder / "log", EmbeddedLog::Mode::kCreate));
  const auto identity = [](uint32_t partition) {
    return JournalIdentity{.partition = {"lists", partition}, .partition_count = kPartitions};
  };
  for (uint32_t p = 0; p < kPartitions; ++p) WriteJournal(*log, identity(p), kEventsOfPartition);
  auto database = std::move(*RocksDatabase::Open(folder / "state"));
  const ListKeeper keeper;
  const double start = CpuSeconds();
  for (uint32_t p = 0; p < kPartitions; ++p) {
    const auto store = database->StoreOf(p);
    Shard shard({.identity = identity(p)},
                {.log = *log,
                 .store = *store,
                 .keeper = keeper,
                 .now = [] { return Moment{.steady = std::chrono::steady_clock::now()}; },
                 .new_nonce = [] { return Nonce{}; }});
    shard.SetAssigned(false);
    HOLDFAST_CHECK(shard.Start({}));
    while (shard.Step()) {
    }
    shard.Close();
    HOLDFAST_CHECK(shard.status().read.events == kEventsOfPartition);
  }
  const double cpu_s = CpuSeconds() - start;
  Print("rebuild", kPartitions * kEventsOfPartition / cpu_s, "events/s a core", "bar", kBar);
}

// Durable single commands through shards, beside appends of the same bytes to the bare log.
void BenchShardCommands(const std::filesystem::path& folder) {
  constexpr uint64_t kCommands = 60'000;
  constexpr std::ptrdiff_t kInFlight = 64;
  auto log = std::move(*EmbeddedLog::Open(folder / "log", EmbeddedLog::Mode::kCreate));
  auto database = std::move(*RocksDatabase::Open(folder / "state"));
  const ListKeeper keeper;
  const SystemClock clock;
  ServiceShards shards({.service = "lists", .partition_count = 4},
                       {.log = *log,
                        .keeper = keeper,
                        .clock = clock,
                        .today = [] { return CivilDate(); },
                        .store = [&](uint32_t partition) { return database->StoreOf(partition); }});
  HOLDFAST_CHECK(shards.Start() && shards.WaitUntilServing(10s));
  const double commands = ClosedLoop(kCommands, kInFlight, [&](uint64_t i, auto done) {
    const SubjectId child = Child(i % 5000);
    Command command{.authority = "S12000036",
                    .of_service = true,
                    .request = AppendRequest(child, std::to_string(i) + std::string(180, 'x'))};
    std::memcpy(command.id.bytes.data(), &i, sizeof i);
    shards.Submit(shards.PartitionFor(child), std::move(command),
                  [done](const Result<Answer>& answer) {
                    HOLDFAST_CHECK(answer);
                    done();
                  });
  });
  const double bare = ClosedLoop(kCommands, kInFlight, [&](uint64_t i, auto done) {
    log->Append({"bare", static_cast<uint32_t>(i % 4)}, std::string(330, 'x'),
                [done](AppendReport) { done(); });
  });
  Print("shard_commands", commands, "commands/s", "bare log, same bytes", bare);
}

}  // namespace holdfast
