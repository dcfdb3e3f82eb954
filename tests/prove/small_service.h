// Two small services on one durable log, as production wires them: lists, and echoes that react to
// lists.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libs/eventlog/embedded_log.h"
#include "libs/journal/head_writer.h"
#include "libs/journal/verify.h"
#include "libs/shard/rocks_store.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {

inline constexpr uint32_t kSmallPartitions = 4;
inline constexpr uint8_t kSmallSubjects = 24;
inline constexpr HeadKey kSmallHeadKey{7};

SubjectId SmallSubject(uint8_t number);
std::vector<JournalIdentity> SmallJournals();

class SmallService {
 public:
  // Opens what lies in `folder`, made when it is empty, and serves. Refuses what does not hold
  // together.
  static Result<std::unique_ptr<SmallService>> Start(const std::filesystem::path& folder);
  // The same on a log of another kind; what the folder holds belongs to it.
  // `read_back`: within which what was appended to it must be read.
  static Result<std::unique_ptr<SmallService>> Start(const std::filesystem::path& folder,
                                                     std::unique_ptr<EventLog> log,
                                                     std::chrono::microseconds read_back);
  ~SmallService();  // a clean stop

  // Checks all records and checksums against all witnesses; before anything else is asked.
  const Audit& audit() const { return audit_; }
  void Submit(const SubjectId& subject, Command command, Reply reply);
  // All lists and echoes, as reads give them; waits until the echoes have heard all.
  Result<std::string> ReadAll();

 private:
  SmallService() = default;
  static Result<std::unique_ptr<EventLog>> OpenLog(const std::filesystem::path& folder);
  Result<void> Open(const std::filesystem::path& folder);
  Result<void> Verify();
  Result<void> Serve(const std::filesystem::path& folder);
  Result<std::string> ReadPartition(ServiceShards& shards, uint32_t partition, uint64_t at_least,
                                    uint64_t* position);

  SystemClock clock_;
  ListKeeper lists_;
  EchoKeeper echoes_;
  std::unique_ptr<EventLog> log_;
  std::chrono::microseconds read_back_{};
  std::unique_ptr<RocksDatabase> list_state_;
  std::unique_ptr<RocksDatabase> echo_state_;
  journal::v1::Head head_;
  Audit audit_;
  std::unique_ptr<Heads> heads_;
  std::unique_ptr<HeadWriter> head_writer_;
  std::unique_ptr<ServiceShards> list_shards_;
  std::unique_ptr<ServiceShards> echo_shards_;
};

}  // namespace holdfast
