#include "services/national/app/national_fold.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast::national {
namespace {

constexpr char kFormat = 1;
constexpr char kPlace[] = "k";

void CopyRows(const RowChanges& from, const std::string& prefix, RowChanges& to) {
  for (auto row = from.lower_bound(prefix); row != from.end() && row->first.starts_with(prefix);
       ++row)
    to.insert(*row);
}

std::string NameOf(const LogPartition& partition) {
  return partition.service + "/" + std::to_string(partition.partition);
}

}  // namespace

Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& store) {
  const auto place = store.Get(kPlace);
  if (!place) return tl::unexpected(place.error());
  journal::v1::Checkpoint checkpoint;
  if (*place && !(*place)->empty() && (*place)->front() == kFormat &&
      checkpoint.ParseFromArray((*place)->data() + 1, static_cast<int>((*place)->size() - 1))) {
    return checkpoint;
  }
  return std::nullopt;
}

uint32_t PartOf(const LogPartition& partition, uint32_t partition_count) {
  const auto journal = std::ranges::find(kJournals, partition.service);
  HOLDFAST_CHECK(journal != kJournals.end());
  return static_cast<uint32_t>(journal - kJournals.begin()) * partition_count + partition.partition;
}

LogPartition PartitionOfPart(uint32_t part, uint32_t partition_count) {
  return {std::string(kJournals.at(part / partition_count)), part % partition_count};
}

ModelRows NationalRows(OpenPart open, uint32_t partition_count) {
  return {std::move(open), 0, static_cast<uint32_t>(kJournals.size()) * partition_count};
}

NationalFold::NationalFold(uint32_t partition_count, const OpenPart& open_part)
    : partition_count_(partition_count) {
  for (uint32_t part = 0; part < kJournals.size() * partition_count; ++part) {
    parts_.push_back({.store = open_part(part), .unstored = {}});
  }
}

Result<std::optional<journal::v1::Checkpoint>> NationalFold::Load(const LogPartition& partition) {
  Part& part = parts_.at(PartOf(partition, partition_count_));
  auto place = StoredPlace(*part.store);
  if (!place) return place;
  if (*place) {
    part.events = (*place)->events();
    return place;
  }
  // Rows of no place or of another version's form: all is read again.
  if (auto wiped = part.store->Wipe(); !wiped) return tl::unexpected(wiped.error());
  return std::nullopt;
}

Result<void> NationalFold::Apply(const LogPartition& partition, const AppliedEvent& event) {
  Part& part = parts_.at(PartOf(partition, partition_count_));
  auto row = RowOf(partition.service, event);
  if (!row) return tl::unexpected(row.error());
  part.events = event.number;
  if (*row) part.unstored[std::move((*row)->key)] = std::move((*row)->value);
  return {};
}

Result<void> NationalFold::Store(const LogPartition& partition,
                                 const journal::v1::Checkpoint& checkpoint) {
  Part& part = parts_.at(PartOf(partition, partition_count_));
  part.unstored[kPlace] = kFormat + checkpoint.SerializeAsString();
  const auto written = part.store->Write(part.unstored);
  if (written) part.unstored.clear();
  return written;
}

Result<void> NationalFold::RequireNotLost(const std::vector<uint64_t>& events) const {
  for (size_t p = 0; p < std::min(events.size(), parts_.size()); ++p) {
    auto rows = parts_[p].store->Scan(kLostRows, "", SIZE_MAX);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& [key, value] : parts_[p].unstored) {
      if (value && key.starts_with(kLostRows)) rows->push_back({key, *value});
    }
    for (const StoredRow& row : *rows) {
      const auto to = LostAround(events[p], row.key, row.value);
      if (!to) continue;
      return Fail(StatusCode::kDataLoss, "HISTORY_LOST",
                  "event " + std::to_string(events[p]) + " of " +
                      NameOf(PartitionOfPart(static_cast<uint32_t>(p), partition_count_)) +
                      " is among those lost, to " + std::to_string(*to) +
                      ": the figures of then cannot be given again");
    }
  }
  return {};
}

ReadPoint NationalFold::PointOf(std::string_view authority) const {
  ReadPoint point;
  for (const auto& part : parts_) {
    point.events.push_back(part.events);
    auto& rows = point.unstored.emplace_back();
    CopyRows(part.unstored, PrefixOf(RowKind::kAuthority, authority), rows);
    CopyRows(part.unstored, PrefixOf(RowKind::kChild, authority), rows);
  }
  return point;
}

}  // namespace holdfast::national
