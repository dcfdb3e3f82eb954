#include "services/relay/app/body_index.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/eventlog/log_keys.h"
#include "services/relay/domain/named_in.h"

namespace holdfast::relay {
namespace {

constexpr char kFormat = 1;
constexpr char kPlace[] = "k";
constexpr char kBodyRow = 'b';
constexpr char kCheckpointRow = 'c';
constexpr uint64_t kEventsBetweenPlaces = 1024;

std::string RowOf(const SubjectId& subject) { return kBodyRow + subject.Bytes(); }

// Those of later events come first, so that a scan from one finds the place before it.
std::string RowOfPlace(uint64_t event) {
  std::string row(1, kCheckpointRow);
  log_keys::AppendBigEndian(row, ~event, 8);
  return row;
}

Result<std::optional<journal::v1::Checkpoint>> ReadPlace(const std::optional<std::string>& row) {
  journal::v1::Checkpoint checkpoint;
  if (row && !row->empty() && row->front() == kFormat &&
      checkpoint.ParseFromArray(row->data() + 1, static_cast<int>(row->size() - 1))) {
    return checkpoint;
  }
  return std::nullopt;
}

}  // namespace

uint32_t PartOf(const LogPartition& partition, uint32_t partition_count) {
  const auto journal = std::ranges::find(kPublished, partition.service);
  HOLDFAST_CHECK(journal != kPublished.end());
  return static_cast<uint32_t>(journal - kPublished.begin()) * partition_count +
         partition.partition;
}

LogPartition PartitionOfPart(uint32_t part, uint32_t partition_count) {
  return {std::string(kPublished.at(part / partition_count)), part % partition_count};
}

BodyIndex::BodyIndex(uint32_t partition_count, const OpenStore& open_store)
    : partition_count_(partition_count) {
  for (uint32_t number = 0; number < kPublished.size() * partition_count; ++number) {
    auto part = std::make_unique<Part>();
    part->store = open_store(number);
    part->shown = open_store(number);
    part->message = NewMessageOf(PartitionOfPart(number, partition_count).service);
    parts_.push_back(std::move(part));
  }
}

BodyIndex::Part& BodyIndex::PartAt(const LogPartition& partition) const {
  return *parts_.at(PartOf(partition, partition_count_));
}

Result<std::optional<journal::v1::Checkpoint>> BodyIndex::Load(const LogPartition& partition) {
  Part& part = PartAt(partition);
  const auto row = part.store->Get(kPlace);
  if (!row) return tl::unexpected(row.error());
  auto place = ReadPlace(*row);
  if (!place || !*place) {
    // Rows of no place or of another version's form: all is read again.
    if (auto wiped = part.store->Wipe(); !wiped) return tl::unexpected(wiped.error());
    return place;
  }
  part.through = part.last_place = (*place)->events();
  return place;
}

Result<bool> BodyIndex::IsKnown(Part& part, const std::string& row) const {
  if (part.unstored.contains(row)) return true;
  const auto stored = part.store->Get(row);
  if (!stored) return tl::unexpected(stored.error());
  return stored->has_value();
}

Result<void> BodyIndex::Apply(const LogPartition& partition, const AppliedEvent& event) {
  Part& part = PartAt(partition);
  // What cannot be read names nobody: the journal's own service is the judge of it.
  std::string body;
  if (part.message->ParseFromArray(event.payload.data(), static_cast<int>(event.payload.size())))
    body = relay::BodyOf(NamedIn(*part.message));
  if (!body.empty()) {
    std::string row = RowOf(event.subject);
    const auto known = IsKnown(part, row);
    if (!known) return tl::unexpected(known.error());
    if (!*known) {
      const std::lock_guard lock(mutex_);
      part.unstored.emplace(std::move(row), std::move(body));
    }
  }
  part.through = event.number;
  return {};
}

Result<void> BodyIndex::Store(const LogPartition& partition,
                              const journal::v1::Checkpoint& checkpoint) {
  Part& part = PartAt(partition);
  const std::string bytes = kFormat + checkpoint.SerializeAsString();
  RowChanges changes = part.unstored;
  changes[kPlace] = bytes;
  if (checkpoint.events() >= part.last_place + kEventsBetweenPlaces) {
    changes[RowOfPlace(checkpoint.events())] = bytes;
    part.last_place = checkpoint.events();
  }
  if (auto written = part.store->Write(changes); !written) return written;
  const std::lock_guard lock(mutex_);
  part.unstored.clear();
  return {};
}

uint64_t BodyIndex::through(const LogPartition& partition) const {
  return PartAt(partition).through;
}

Result<std::string> BodyIndex::BodyOf(const LogPartition& partition, const SubjectId& subject) {
  Part& part = PartAt(partition);
  const std::string row = RowOf(subject);
  const std::lock_guard lock(mutex_);
  if (const auto found = part.unstored.find(row); found != part.unstored.end())
    return *found->second;
  auto stored = part.shown->Get(row);
  if (!stored) return tl::unexpected(stored.error());
  return stored->value_or("");
}

Result<std::optional<journal::v1::Checkpoint>> BodyIndex::PlaceBefore(const LogPartition& partition,
                                                                      uint64_t event) {
  Part& part = PartAt(partition);
  const std::lock_guard lock(mutex_);
  // Of as many events too: `after` of a scan is left out by it.
  const auto rows = event == UINT64_MAX ? part.shown->Scan(std::string(1, kCheckpointRow), "", 1)
                                        : part.shown->Scan(std::string(1, kCheckpointRow),
                                                           RowOfPlace(event + 1), 1);
  if (!rows) return tl::unexpected(rows.error());
  return rows->empty() ? Result<std::optional<journal::v1::Checkpoint>>(std::nullopt)
                       : ReadPlace(rows->front().value);
}

}  // namespace holdfast::relay
