#include "services/national/app/year_tables.h"

#include <algorithm>

namespace holdfast::national {
namespace {

constexpr size_t kMostWaiting = 256;

Projection::Options OptionsFor(uint32_t partition_count) {
  Projection::Options options;
  for (uint32_t part = 0; part < kJournals.size() * partition_count; ++part) {
    options.journals.push_back({.partition = PartitionOfPart(part, partition_count),
                                .partition_count = partition_count});
  }
  return options;
}

Projection::Positions PositionsOf(const std::vector<uint64_t>& events, uint32_t partition_count) {
  Projection::Positions positions;
  for (uint32_t part = 0; part < events.size(); ++part) {
    positions.emplace_back(PartitionOfPart(part, partition_count), events[part]);
  }
  return positions;
}

}  // namespace

YearTables::YearTables(EventLog& log, uint32_t partition_count, OpenStore open_store)
    : log_(log),
      partition_count_(partition_count),
      open_store_(std::move(open_store)),
      fold_(partition_count, open_store_),
      work_(kMostWaiting),
      projection_(OptionsFor(partition_count), log, fold_) {}

YearTables::~YearTables() { Stop(); }

Result<void> YearTables::Start(const journal::v1::Head& witness) {
  return projection_.Start(witness);
}

void YearTables::Stop() {
  projection_.Stop();
  work_.Stop();
}

void YearTables::Ask(const YearQuestion& question, ReadFrom from, Monotonic deadline,
                     Answer answer) {
  const bool exactly = !from.exactly.empty();
  const auto positions = PositionsOf(exactly ? from.exactly : from.at_least, partition_count_);
  auto read = [this, question, exactly = std::move(from.exactly),
               answer = std::move(answer)](Result<void> reached) {
    if (!reached) return answer(tl::unexpected(reached.error()));
    if (auto there = fold_.RequireNotLost(exactly); !there)
      return answer(tl::unexpected(there.error()));
    ReadPoint point = fold_.PointOf(question.authority);
    if (!exactly.empty()) point.events = exactly;
    const bool taken = work_.Post(
        [this, question, point = std::move(point), answer] { CountAt(question, point, answer); });
    if (!taken)
      answer(Fail(StatusCode::kUnavailable, "NOT_TAKEN", "too many figures are being counted"));
  };
  if (exactly) return projection_.Read(positions, deadline, std::move(read));
  projection_.ReadLatest(positions, deadline, std::move(read));
}

void YearTables::CountAt(const YearQuestion& question, ReadPoint point,
                         const Answer& answer) const {
  const auto counts = CountYear(question, point, open_store_, ShippedPolicies());
  if (!counts) return answer(tl::unexpected(counts.error()));
  if (!*counts)
    return answer(
        Fail(StatusCode::kNotFound, "UNKNOWN_AUTHORITY", "nothing is known of this authority"));
  answer(YearTable{.positions = std::move(point.events),
                   .measures = MeasuresOf(**counts, NationOfFigures(question.authority))});
}

bool YearTables::serving() const {
  const auto parts = projection_.status();
  return !parts.empty() &&
         std::ranges::none_of(parts, [](const auto& part) { return part.failure.has_value(); });
}

uint64_t YearTables::behind() const {
  uint64_t records = 0;
  for (const auto& part : projection_.status()) {
    const auto end = log_.EndNow(part.partition);
    if (end && *end > part.read.next_offset) records += *end - part.read.next_offset;
  }
  return records;
}

}  // namespace holdfast::national
