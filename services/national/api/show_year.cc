#include "services/national/api/show_year.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "libs/rpc/at_least.h"

namespace holdfast::national {
namespace {

constexpr char kSource[] = "cases";
// Kept back from the caller's deadline, so that the answer arrives before it.
constexpr std::chrono::milliseconds kToAnswer{200};

struct Asked {
  YearQuestion question;
  ReadFrom from;
};

tl::unexpected<Status> Bad(std::string reason, std::string message, std::string field) {
  return Fail(StatusCode::kInvalidArgument, std::move(reason), std::move(message),
              {.field = std::move(field)});
}

bool IsYearEnd(CivilDate day) { return day.month() == 3 && day.day() == 31; }

// The events by partition, each named once. What other services' journals hold concerns no figure.
Result<std::vector<uint64_t>> EventsOf(const Positions& positions, uint32_t partition_count) {
  std::vector<uint64_t> events(partition_count);
  std::vector<bool> named(partition_count);
  for (const auto& position : positions) {
    if (position.service() != kSource) continue;
    if (position.partition() >= partition_count || named[position.partition()]) {
      return Bad("POSITIONS", "a partition is named twice, or there is no such partition",
                 "positions");
    }
    named[position.partition()] = true;
    events[position.partition()] = position.event();
  }
  return events;
}

Result<ReadFrom> ReadFromOf(const v1::ShowYearRequest& request, uint32_t partition_count) {
  if (auto checked = CheckAtLeast(request.header().at_least()); !checked)
    return tl::unexpected(checked.error());
  const auto at_least = EventsOf(request.header().at_least(), partition_count);
  if (!at_least) return tl::unexpected(at_least.error());
  ReadFrom from{.exactly = {}, .at_least = *at_least};
  if (request.positions().empty()) return from;
  const bool all_named = static_cast<uint32_t>(request.positions_size()) == partition_count &&
                         std::ranges::all_of(request.positions(),
                                             [](const auto& p) { return p.service() == kSource; });
  if (!all_named)
    return Bad("POSITIONS", "positions name each partition of the cases journal once, or none",
               "positions");
  auto exactly = EventsOf(request.positions(), partition_count);
  if (!exactly) return tl::unexpected(exactly.error());
  from.exactly = std::move(*exactly);
  return from;
}

Result<Asked> Parse(const v1::ShowYearRequest& request, CivilDate today, uint32_t partition_count) {
  const auto year_end = DayOf(request.year_ending());
  if (!year_end || !IsYearEnd(*year_end)) {
    return Bad("YEAR_END", "a year of figures ends on 31 March", "year_ending");
  }
  const auto known_at = request.has_known_at() ? DayOf(request.known_at()) : std::optional(today);
  if (!known_at) return Bad("KNOWN_AT", "there is no such day", "known_at");
  auto from = ReadFromOf(request, partition_count);
  if (!from) return tl::unexpected(from.error());
  return Asked{{request.authority(), *year_end, *known_at}, std::move(*from)};
}

void Render(const Measure& measure, v1::MeasureView& view) {
  view.set_id(measure.id);
  view.set_definition(measure.definition);
  if (measure.value) view.set_value(*measure.value);
  if (measure.numerator) view.set_numerator(*measure.numerator);
  if (measure.denominator) view.set_denominator(*measure.denominator);
  view.set_excluded(measure.excluded);
  view.set_unknown(measure.unknown);
  view.set_disputed(measure.disputed);
  view.mutable_by()->insert(measure.by.begin(), measure.by.end());
}

v1::ShowYearResponse Render(const YearQuestion& question, const YearTable& table) {
  v1::ShowYearResponse response;
  response.set_authority(question.authority);
  SetDate(question.year_end, response.mutable_year_ending());
  SetDate(question.known_at, response.mutable_known_at());
  for (uint32_t partition = 0; partition < table.positions.size(); ++partition) {
    auto& position = *response.add_positions();
    position.set_service(kSource);
    position.set_partition(partition);
    position.set_event(table.positions[partition]);
  }
  for (const auto& measure : table.measures) Render(measure, *response.add_measures());
  return response;
}

Monotonic WaitUntil(std::chrono::system_clock::time_point deadline) {
  return std::chrono::steady_clock::now() + (deadline - std::chrono::system_clock::now()) -
         kToAnswer;
}

}  // namespace

void ShowYear(YearTables& tables, CivilDate today, const ShowYearCall& call) {
  auto asked = Parse(call->request(), today, tables.partition_count());
  if (!asked) return call->Fail(asked.error());
  tables.Ask(asked->question, std::move(asked->from), WaitUntil(call->deadline()),
             [call, question = asked->question](Result<YearTable> table) {
               if (!table) return call->Fail(table.error());
               call->Finish(Render(question, *table));
             });
}

}  // namespace holdfast::national
