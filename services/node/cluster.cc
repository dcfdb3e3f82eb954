#include "services/node/cluster.h"

#include <unistd.h>

#include "holdfast/node/v1/ownership.pb.h"
#include "libs/eventlog/kafka_setup.h"
#include "libs/shard/service_shards.h"
#include "services/node/shared_journals.h"

namespace holdfast {
namespace {

constexpr char kPartitionRow[] = "partition/";
constexpr char kInstanceRow[] = "instance/";
constexpr std::chrono::milliseconds kTellEvery{50};
constexpr std::chrono::seconds kAskEvery{1};
constexpr std::chrono::seconds kJoinLimit{90};
constexpr std::chrono::seconds kWarm{1};
constexpr std::chrono::seconds kHandOverLimit{3};

std::string RowOf(const LogPartition& partition) {
  return kPartitionRow + partition.service + "/" + std::to_string(partition.partition);
}

std::optional<LogPartition> PartitionOfRow(std::string_view row) {
  row.remove_prefix(std::string_view(kPartitionRow).size());
  const auto slash = row.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return LogPartition{
      std::string(row.substr(0, slash)),
      static_cast<uint32_t>(std::strtoul(std::string(row.substr(slash + 1)).c_str(), nullptr, 10))};
}

}  // namespace

Result<journal::v1::Deployment> ReadDeploymentOf(const KafkaSettings& kafka, Log* log) {
  KafkaEvents events(log);
  auto deployment = ReadDeployment(kafka, events);
  if (!deployment && deployment.error().reason != "NO_TOPIC")
    return tl::unexpected(deployment.error());
  if (deployment && deployment->has_value()) return std::move(**deployment);
  return Fail(StatusCode::kFailedPrecondition, "NO_DEPLOYMENT",
              "Kafka at " + kafka.brokers + " has no deployment '" + kafka.topic_prefix +
                  "'; make it with: holdfast topics apply");
}

DataFormat FormatOf(const journal::v1::Deployment& deployment, const std::string& instance) {
  return {.partition_count = deployment.partition_count(),
          .clock = deployment.clock() == journal::v1::DEPLOYMENT_CLOCK_MANUAL ? ClockMode::kManual
                                                                              : ClockMode::kSystem,
          .deployment = Hex(deployment.id()),
          .instance = instance};
}

CivilDate Cluster::first_day() const {
  return CivilDate::FromIso(parts_.deployment.first_day()).value_or(CivilDate());
}

Cluster::Cluster(Parts parts)
    : parts_(std::move(parts)), events_(&parts_.log), channels_(parts_.identity) {}

Result<std::unique_ptr<Cluster>> Cluster::Open(Parts parts) {
  std::unique_ptr<Cluster> cluster(new Cluster(std::move(parts)));
  if (auto checked = cluster->CheckTopics(); !checked) return tl::unexpected(checked.error());
  if (auto opened = cluster->OpenTables(); !opened) return tl::unexpected(opened.error());
  auto log = KafkaLog::Open({.settings = cluster->parts_.options.kafka,
                             .deployment_id = cluster->parts_.deployment.id(),
                             .log = &cluster->parts_.log});
  if (!log) return tl::unexpected(log.error());
  cluster->log_ = std::move(*log);
  cluster->forwarder_ = std::make_unique<PeerForwarder>(cluster->parts_.instance, cluster->owners_,
                                                        cluster->channels_);
  cluster->FollowRows();
  return cluster;
}

Cluster::~Cluster() { Leave(); }

// Copies and how many must be in sync are the operator's to choose; the rest is not.
Result<void> Cluster::CheckTopics() {
  const auto health = CheckSetup(parts_.options.kafka, {}, {}, events_);
  if (!health) return tl::unexpected(health.error());
  warnings_ = health->warnings;
  for (const auto& warning : warnings_)
    parts_.log.Warning("the topics are not safe", {{"why", PlainText{warning}}});
  if (health->faults.empty()) return {};
  return Fail(StatusCode::kFailedPrecondition, "TOPICS_DIFFER", health->faults.front());
}

Result<void> Cluster::OpenTables() {
  const auto open = [this](const char* name, std::unique_ptr<KafkaTable>& table) -> Result<void> {
    const auto& kafka = parts_.options.kafka;
    auto opened = KafkaTable::Open(kafka, kafka.topic_prefix + name, events_);
    if (!opened) return tl::unexpected(opened.error());
    table = std::move(*opened);
    return {};
  };
  if (auto opened = open(".keys", keys_); !opened) return opened;
  if (auto opened = open(".deployment", days_); !opened) return opened;
  if (auto whole = RequireNoCopyBegun(*days_); !whole) return whole;
  return open(".ownership", ownership_);
}

void Cluster::FollowRows() {
  ownership_->FollowWith([this](const TableRow& row) {
    node::v1::InstanceAddress address;
    if (row.key.starts_with(kInstanceRow) && address.ParseFromString(row.value)) {
      instances_.Note({.id = row.key.substr(std::string_view(kInstanceRow).size()),
                       .endpoint = address.endpoint(),
                       .pid = address.pid(),
                       .services = {address.services().begin(), address.services().end()}});
      return;
    }
    if (!row.key.starts_with(kPartitionRow)) return;
    const auto partition = PartitionOfRow(row.key);
    node::v1::PartitionOwner owner;
    if (!partition || !owner.ParseFromString(row.value)) return;
    owners_.Note(*partition, {owner.instance(), owner.endpoint(), owner.epoch()});
  });
}

Result<void> Cluster::Join(const std::vector<Service*>& services, const std::string& endpoint) {
  endpoint_ = parts_.options.advertise.empty() ? endpoint : parts_.options.advertise;
  node::v1::InstanceAddress address;
  address.set_endpoint(endpoint_);
  address.set_pid(static_cast<uint32_t>(getpid()));
  std::vector<std::string> names;
  for (Service* service : services) {
    address.add_services(service->name());
    if (ServiceShards* shards = service->shards()) {
      shards_[service->name()] = shards;
      names.push_back(service->name());
    }
  }
  if (auto told = ownership_->Put({{kInstanceRow + parts_.instance, address.SerializeAsString()}});
      !told) {
    return told;
  }
  auto group = KafkaGroup::Join({.settings = parts_.options.kafka,
                                 .instance = parts_.instance,
                                 .services = names,
                                 .session = parts_.options.session},
                                events_, [this](const auto& all) { OnAssigned(all); });
  if (!group) return tl::unexpected(group.error());
  group_ = std::move(*group);
  teller_ = std::thread([this] { TellUntilLeft(); });
  asker_ = std::thread([this] { AskUntilLeft(); });
  std::unique_lock lock(mutex_);
  const auto limit = std::chrono::steady_clock::now() + kJoinLimit;
  while (!IsReady()) {
    if (std::chrono::steady_clock::now() >= limit)
      return Fail(StatusCode::kUnavailable, "NOT_ASSIGNED",
                  "the group of instances assigned nothing, or it could not be claimed");
    leaves_.wait_for(lock, kTellEvery);
  }
  lock.unlock();
  (void)AskWhoIsPresent();  // it is asked again each second
  return {};
}

// Under mutex_: it was assigned once, and all of that is claimed and told.
bool Cluster::IsReady() {
  if (!was_assigned_ && !shards_.empty()) return false;
  for (const auto& [service, shards] : shards_) {
    if (!shards->all_serving()) return false;
    for (uint32_t partition = 0; partition < shards->partition_count(); ++partition) {
      const auto owner = owners_.Find({service, partition});
      if (shards->Owns(partition) && (!owner || owner->instance != parts_.instance)) return false;
    }
  }
  return AreCopiesWarm();
}

bool Cluster::AreCopiesWarm() {
  bool warm = true;
  for (const auto& [service, shards] : shards_) {
    for (uint32_t partition = 0; partition < shards->partition_count(); ++partition) {
      if (shards->Owns(partition)) continue;
      const auto end = log_->End({service, partition});
      const Monotonic now = std::chrono::steady_clock::now();
      CatchingUp& copy = copies_[{service, partition}];
      if (end) copy.Look(shards->status(partition).read.next_offset, *end, now);
      warm = copy.IsWithin(kWarm, now) && warm;
    }
  }
  return warm;
}

void Cluster::OnAssigned(const std::set<LogPartition>& partitions) {
  for (const auto& [service, shards] : shards_) {
    std::set<uint32_t> mine;
    for (const LogPartition& partition : partitions) {
      if (partition.service == service) mine.insert(partition.partition);
    }
    shards->Assign(mine);
  }
  const std::lock_guard lock(mutex_);
  was_assigned_ = true;
}

bool Cluster::TellOwned() {
  std::vector<TableRow> rows;
  for (const auto& [service, shards] : shards_) {
    for (uint32_t partition = 0; partition < shards->partition_count(); ++partition) {
      const ShardStatus status = shards->status(partition);
      if (!status.serving) continue;
      node::v1::PartitionOwner owner;
      owner.set_instance(parts_.instance);
      owner.set_endpoint(endpoint_);
      owner.set_epoch(status.read.epoch);
      TableRow row{RowOf({service, partition}), owner.SerializeAsString()};
      // Also when an older owner told late, and stands last.
      if (ownership_->Get(row.key) != row.value) rows.push_back(std::move(row));
    }
  }
  return rows.empty() || ownership_->Put(rows).has_value();
}

void Cluster::TellUntilLeft() {
  std::unique_lock lock(mutex_);
  while (!left_) {
    lock.unlock();
    TellOwned();
    lock.lock();
    leaves_.wait_for(lock, kTellEvery, [this] { return left_; });
  }
}

void Cluster::AskUntilLeft() {
  std::unique_lock lock(mutex_);
  while (!left_) {
    lock.unlock();
    (void)AskWhoIsPresent();  // who was there last counts meanwhile
    lock.lock();
    leaves_.wait_for(lock, kAskEvery, [this] { return left_; });
  }
}

void Cluster::Leave() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(left_, true)) return;
  }
  leaves_.notify_all();
  if (teller_.joinable()) teller_.join();
  if (asker_.joinable()) asker_.join();
  const bool is_alone = !AskWhoIsPresent() || instances_.Present().size() < 2;
  group_.reset();
  if (is_alone) return;
  const auto limit = std::chrono::steady_clock::now() + kHandOverLimit;
  while (OwnsAny() && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

bool Cluster::OwnsAny() const {
  for (const auto& [service, shards] : shards_) {
    for (uint32_t partition = 0; partition < shards->partition_count(); ++partition) {
      if (shards->Owns(partition)) return true;
    }
  }
  return false;
}

Result<void> Cluster::AskWhoIsPresent() {
  if (!group_) return {};
  auto members = group_->Members();
  if (!members) return tl::unexpected(members.error());
  instances_.SetPresent(std::move(*members));
  return {};
}

}  // namespace holdfast
