// 'c'                                                                a partition's checkpoint
// 'r' child(16) recorded_at(8) partition(4) event(8), big-endian     ReadView
#include "services/audit/app/read_log.h"

#include <algorithm>

#include "holdfast/audit/v1/audit_events.pb.h"

namespace holdfast::audit {
namespace {

constexpr std::string_view kCheckpointRow = "c";

void PutNumber(uint64_t number, int bytes, std::string& to) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(number >> shift));
}

std::string RowsOf(std::string_view child) { return "r" + std::string(child); }

v1::ReadView ViewOf(const v1::PersonalDataRead& read, int64_t at) {
  v1::ReadView view;
  view.set_at(at);
  view.set_who(read.who());
  view.set_role(read.role());
  view.set_purpose(read.purpose());
  *view.mutable_fields() = read.fields();
  view.set_children(static_cast<uint32_t>(read.children_size()));
  return view;
}

tl::unexpected<Status> Unreadable(const char* message) {
  return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", message);
}

}  // namespace

Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& part) {
  const auto row = part.Get(kCheckpointRow);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  journal::v1::Checkpoint checkpoint;
  if (!checkpoint.ParseFromString(**row)) return Unreadable("audit: no checkpoint in its row");
  return checkpoint;
}

ModelRows ReadLogRows(OpenPart open, uint32_t partition_count) {
  return {std::move(open), partition_count, partition_count};
}

ReadLog::ReadLog(const OpenPart& open_part, uint32_t partition_count) : parts_(partition_count) {
  for (uint32_t p = 0; p < partition_count; ++p) parts_[p].store = open_part(p);
}

Result<std::optional<journal::v1::Checkpoint>> ReadLog::Load(const LogPartition& partition) {
  return StoredPlace(*Of(partition).store);
}

Result<void> ReadLog::Apply(const LogPartition& partition, const AppliedEvent& applied) {
  v1::AuditEvent event;
  if (!event.ParseFromArray(applied.payload.data(), static_cast<int>(applied.payload.size()))) {
    return Fail(StatusCode::kDataLoss, "POISON_EVENT", "audit: an event that cannot be read");
  }
  if (!event.has_personal_data_read()) return {};
  const int64_t at = applied.recorded_at.time_since_epoch().count();
  std::string place;
  PutNumber(static_cast<uint64_t>(at), 8, place);
  PutNumber(partition.partition, 4, place);
  PutNumber(applied.number, 8, place);
  const std::string view = ViewOf(event.personal_data_read(), at).SerializeAsString();
  for (const auto& child : event.personal_data_read().children()) {
    Of(partition).unstored[RowsOf(child) + place] = view;
  }
  return {};
}

Result<void> ReadLog::Store(const LogPartition& partition,
                            const journal::v1::Checkpoint& checkpoint) {
  Part& part = Of(partition);
  part.unstored[std::string(kCheckpointRow)] = checkpoint.SerializeAsString();
  auto written = part.store->Write(part.unstored);
  if (written) part.unstored.clear();
  return written;
}

Result<std::vector<LoggedRead>> ReadLog::Find(const SubjectId& child, std::string_view after,
                                              size_t limit) {
  const std::string prefix = RowsOf(child.Bytes());
  const std::string from = prefix + std::string(after);
  std::map<std::string, std::string> found;
  for (auto& part : parts_) {
    const auto stored = part.store->Scan(prefix, from, limit);
    if (!stored) return tl::unexpected(stored.error());
    for (const auto& row : *stored) found.emplace(row.key, row.value);
    for (auto row = part.unstored.upper_bound(from);
         row != part.unstored.end() && row->first.starts_with(prefix); ++row) {
      found.emplace(row->first, *row->second);
    }
  }
  std::vector<LoggedRead> reads;
  for (const auto& [key, value] : found) {
    if (reads.size() == limit) break;
    auto& read = reads.emplace_back();
    read.key = key.substr(prefix.size());
    if (!read.view.ParseFromString(value)) return Unreadable("audit: a read that cannot be read");
  }
  return reads;
}

}  // namespace holdfast::audit
