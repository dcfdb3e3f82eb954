#include "services/national/app/year_tables.h"

#include <algorithm>

namespace holdfast::national {
namespace {

constexpr size_t kMostWaiting = 256;

Projection::Options OptionsFor(uint32_t partition_count) {
  Projection::Options options;
  for (uint32_t part = 0; part < kJournals.size() * partition_count; ++part) {
    options.journals.push_back(
        {.partition = PartitionOfPart(part, partition_count), .partition_count = partition_count});
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

YearTables::YearTables(EventLog& log, uint32_t partition_count, OpenPart open_part)
    : log_(log),
      partition_count_(partition_count),
      work_(kMostWaiting),
      rows_("national", OptionsFor(partition_count), log,
            NationalRows(std::move(open_part), partition_count),
            [partition_count](const OpenPart& open) {
              return std::make_unique<NationalFold>(partition_count, open);
            }) {}

YearTables::~YearTables() { Stop(); }

Result<void> YearTables::Start(const journal::v1::Head& witness) { return rows_.Start(witness); }

void YearTables::Stop() {
  rows_.Stop();
  work_.Stop();
}

void YearTables::Ask(const YearQuestion& question, ReadFrom from, Monotonic deadline,
                     Answer answer) {
  const bool exactly = !from.exactly.empty();
  const auto positions = PositionsOf(exactly ? from.exactly : from.at_least, partition_count_);
  auto read = [this, question, exactly = std::move(from.exactly),
               answer = std::move(answer)](Result<void> reached) {
    if (!reached) return answer(tl::unexpected(reached.error()));
    if (auto there = rows_.model().RequireNotLost(exactly); !there)
      return answer(tl::unexpected(there.error()));
    ReadPoint point = rows_.model().PointOf(question.authority);
    if (!exactly.empty()) point.events = exactly;
    // Its rows stay until they are counted, also when another version serves by then.
    const bool taken =
        work_.Post([this, question, point = std::move(point), version = rows_.live(), answer] {
          CountAt(
              question, point, [&](uint32_t part) { return version->Open(part); }, answer);
        });
    if (!taken)
      answer(Fail(StatusCode::kUnavailable, "NOT_TAKEN", "too many figures are being counted"));
  };
  if (exactly) return rows_.reader().Read(positions, deadline, std::move(read));
  rows_.reader().ReadLatest(positions, deadline, std::move(read));
}

void YearTables::CountAt(const YearQuestion& question, ReadPoint point, const OpenPart& open_part,
                         const Answer& answer) const {
  const auto counts = CountYear(question, point, open_part, ShippedPolicies());
  if (!counts) return answer(tl::unexpected(counts.error()));
  if (!*counts)
    return answer(
        Fail(StatusCode::kNotFound, "UNKNOWN_AUTHORITY", "nothing is known of this authority"));
  answer(YearTable{.positions = std::move(point.events),
                   .measures = MeasuresOf(**counts, NationOfFigures(question.authority))});
}

bool YearTables::serving() const {
  const auto parts = rows_.partitions();
  return !parts.empty() &&
         std::ranges::none_of(parts, [](const auto& part) { return part.failure.has_value(); });
}

uint64_t YearTables::behind() const {
  uint64_t records = 0;
  for (const auto& part : rows_.partitions()) {
    const auto end = log_.EndNow(part.partition);
    if (end && *end > part.read.next_offset) records += *end - part.read.next_offset;
  }
  return records;
}

}  // namespace holdfast::national
