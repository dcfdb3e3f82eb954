#include "tests/prove/small_service.h"

#include <fstream>
#include <future>

namespace holdfast {
namespace {

using namespace std::chrono_literals;
constexpr auto kPatience = 20s;

// Written last when a folder is made: with it, a log or a HEAD that is missing was lost.
std::filesystem::path MadeMark(const std::filesystem::path& folder) { return folder / "made"; }

ServiceShardsOptions OptionsOf(const std::string& service, std::vector<std::string> sources,
                               std::chrono::microseconds read_back) {
  ServiceShardsOptions options{
      .service = service, .partition_count = kSmallPartitions, .sources = std::move(sources)};
  options.shard.flush_every = 10ms;
  options.shard.owner.read_back = read_back;
  return options;
}

}  // namespace

SubjectId SmallSubject(uint8_t number) {
  SubjectId subject;
  subject.bytes[3] = number;
  return subject;
}

std::vector<JournalIdentity> SmallJournals() {
  std::vector<JournalIdentity> journals;
  for (const char* service : {"lists", "echoes"}) {
    for (uint32_t partition = 0; partition < kSmallPartitions; ++partition) {
      journals.push_back({.partition = {service, partition}, .partition_count = kSmallPartitions});
    }
  }
  return journals;
}

Result<std::unique_ptr<SmallService>> SmallService::Start(const std::filesystem::path& folder) {
  auto log = OpenLog(folder);
  if (!log) return tl::unexpected(log.error());
  return Start(folder, std::move(*log), OwnerOptions().read_back);
}

Result<std::unique_ptr<SmallService>> SmallService::Start(const std::filesystem::path& folder,
                                                          std::unique_ptr<EventLog> log,
                                                          std::chrono::microseconds read_back) {
  std::unique_ptr<SmallService> service(new SmallService);
  service->log_ = std::move(log);
  service->read_back_ = read_back;
  if (auto opened = service->Open(folder); !opened) return tl::unexpected(opened.error());
  if (auto verified = service->Verify(); !verified) return tl::unexpected(verified.error());
  if (auto serving = service->Serve(folder); !serving) return tl::unexpected(serving.error());
  return service;
}

Result<std::unique_ptr<EventLog>> SmallService::OpenLog(const std::filesystem::path& folder) {
  const bool made = std::filesystem::exists(MadeMark(folder));
  if (!made) std::filesystem::remove_all(folder / "log");
  return EmbeddedLog::Open(folder / "log",
                           made ? EmbeddedLog::Mode::kOpen : EmbeddedLog::Mode::kCreate);
}

Result<void> SmallService::Open(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(MadeMark(folder))) {
    if (auto written = WriteHeadFile(folder / "HEAD", kSmallHeadKey, {}); !written) return written;
    std::ofstream(MadeMark(folder)) << "1\n";
  }
  auto head = ReadHeadFile(folder / "HEAD", kSmallHeadKey);
  if (!head) return tl::unexpected(head.error());
  head_ = std::move(*head);
  auto lists = RocksDatabase::Open(folder / "lists");
  if (!lists) return tl::unexpected(lists.error());
  list_state_ = std::move(*lists);
  auto echoes = RocksDatabase::Open(folder / "echoes");
  if (!echoes) return tl::unexpected(echoes.error());
  echo_state_ = std::move(*echoes);
  return {};
}

Result<void> SmallService::Verify() {
  std::vector<Witness> witnesses;
  for (const auto& checkpoint : head_.checkpoints()) witnesses.push_back({"HEAD", checkpoint});
  for (RocksDatabase* state : {list_state_.get(), echo_state_.get()}) {
    if (auto held = state->VerifyChecksums(); !held) return held;
    for (uint32_t partition = 0; partition < kSmallPartitions; ++partition) {
      const auto checkpoint = StoredCheckpoint(*state->StoreOf(partition));
      if (!checkpoint) return tl::unexpected(checkpoint.error());
      if (*checkpoint) witnesses.push_back({"state", **checkpoint});
    }
  }
  audit_ = VerifyJournals(*log_, SmallJournals(), witnesses);
  return {};
}

Result<void> SmallService::Serve(const std::filesystem::path& folder) {
  heads_ = std::make_unique<Heads>(head_);
  head_writer_ = std::make_unique<HeadWriter>(
      HeadWriter::Options{.path = folder / "HEAD", .key = kSmallHeadKey, .every = 20ms}, *heads_,
      clock_);
  const auto around = [&](const Keeper& keeper, RocksDatabase& state) {
    return ServiceSurroundings{
        .log = *log_,
        .keeper = keeper,
        .clock = clock_,
        .today = [] { return CivilDate(); },
        .store = [&state](uint32_t partition) { return state.StoreOf(partition); },
        .heads = heads_.get(),
        .witness = head_};
  };
  list_shards_ = std::make_unique<ServiceShards>(OptionsOf("lists", {}, read_back_),
                                                 around(lists_, *list_state_));
  echo_shards_ = std::make_unique<ServiceShards>(OptionsOf("echoes", {"lists"}, read_back_),
                                                 around(echoes_, *echo_state_));
  for (ServiceShards* shards : {list_shards_.get(), echo_shards_.get()}) {
    if (auto started = shards->Start(); !started) return started;
    if (auto serving = shards->WaitUntilServing(kPatience); !serving) return serving;
  }
  return {};
}

SmallService::~SmallService() {
  if (echo_shards_) echo_shards_->Stop();
  if (list_shards_) list_shards_->Stop();
  if (head_writer_) head_writer_->Stop();
}

void SmallService::Submit(const SubjectId& subject, Command command, Reply reply) {
  list_shards_->Submit(list_shards_->PartitionFor(subject), std::move(command), std::move(reply));
}

Result<std::string> SmallService::ReadPartition(ServiceShards& shards, uint32_t partition,
                                                uint64_t at_least, uint64_t* position) {
  std::promise<Result<std::string>> promise;
  shards.Read(partition, {.at_least = at_least,
                          .deadline = std::chrono::steady_clock::now() + kPatience,
                          .run = [&](Result<ShardView> view) {
                            if (!view) return promise.set_value(tl::unexpected(view.error()));
                            std::string text;
                            for (uint8_t i = 0; i < kSmallSubjects; ++i) {
                              if (shards.PartitionFor(SmallSubject(i)) != partition) continue;
                              for (const auto& value :
                                   StateOf<List>(view->subjects(), SmallSubject(i)).values) {
                                text += value + ",";
                              }
                              text += std::to_string(i) + ";";
                            }
                            const auto rows = view->Scan("", "", 1000);
                            for (const IndexRow& row : rows.value_or(std::vector<IndexRow>{})) {
                              text += row.key + row.value;
                            }
                            *position = view->position();
                            promise.set_value(text);
                          }});
  return promise.get_future().get();
}

Result<std::string> SmallService::ReadAll() {
  std::string all;
  for (uint32_t partition = 0; partition < kSmallPartitions; ++partition) {
    uint64_t position = 0;
    const auto lists = ReadPartition(*list_shards_, partition, 0, &position);
    if (!lists) return lists;
    // Each event is echoed once, so the echoes' journal has as many.
    const auto echoes = ReadPartition(*echo_shards_, partition, position, &position);
    if (!echoes) return echoes;
    all += *lists + *echoes;
  }
  return all;
}

}  // namespace holdfast
