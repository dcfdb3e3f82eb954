#include "services/national/api/show_year.h"

#include <algorithm>
#include <map>

#include "libs/permanence/dates.h"
#include "libs/rpc/at_least.h"

namespace holdfast::national {
namespace {

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

Status NotAYearEnd(Nation nation) {
  const bool scotland = nation == Nation::kScotland;
  return {StatusCode::kInvalidArgument,
          "YEAR_END",
          scotland ? "a year of figures of an authority in Scotland ends on 31 July"
                   : "a year of figures of an authority in England ends on 31 March",
          {.field = "year_ending"}};
}

bool IsAJournal(const common::v1::Position& position) {
  return std::ranges::find(kJournals, position.service()) != kJournals.end();
}

// The events by part, each named once. What other services' journals hold concerns no figure.
Result<std::vector<uint64_t>> EventsOf(const Positions& positions, uint32_t partition_count) {
  std::vector<uint64_t> events(kJournals.size() * partition_count);
  std::vector<bool> named(events.size());
  for (const auto& position : positions) {
    if (!IsAJournal(position)) continue;
    const bool is_there = position.partition() < partition_count;
    const uint32_t part =
        is_there ? PartOf({position.service(), position.partition()}, partition_count) : 0;
    if (!is_there || named[part]) {
      return Bad("POSITIONS", "a partition is named twice, or there is no such partition",
                 "positions");
    }
    named[part] = true;
    events[part] = position.event();
  }
  return events;
}

// True if they name all partitions of the first journal, and of each other all or none: a figure of
// before another journal was there is of none of its events.
bool NameWholeJournals(const Positions& positions, uint32_t partition_count) {
  std::map<std::string_view, uint32_t> named;
  for (const auto& position : positions) ++named[position.service()];
  return named.contains(kJournals[0]) && std::ranges::all_of(positions, IsAJournal) &&
         std::ranges::all_of(named,
                             [&](const auto& each) { return each.second == partition_count; });
}

Result<ReadFrom> ReadFromOf(const v1::ShowYearRequest& request, uint32_t partition_count) {
  if (auto checked = CheckAtLeast(request.header().at_least()); !checked)
    return tl::unexpected(checked.error());
  const auto at_least = EventsOf(request.header().at_least(), partition_count);
  if (!at_least) return tl::unexpected(at_least.error());
  ReadFrom from{.exactly = {}, .at_least = *at_least};
  if (request.positions().empty()) return from;
  if (!NameWholeJournals(request.positions(), partition_count))
    return Bad("POSITIONS",
               "positions name each partition of the cases journal once, and of another journal "
               "each or none",
               "positions");
  auto exactly = EventsOf(request.positions(), partition_count);
  if (!exactly) return tl::unexpected(exactly.error());
  from.exactly = std::move(*exactly);
  return from;
}

Result<Asked> Parse(const v1::ShowYearRequest& request, CivilDate today, uint32_t partition_count) {
  const auto year_end = DayOf(request.year_ending());
  const Nation nation = NationOfFigures(request.authority());
  if (!year_end || !IsYearEnd(nation, *year_end)) return tl::unexpected(NotAYearEnd(nation));
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
  for (const auto& part : measure.parts) {
    auto& shown = *view.add_parts();
    shown.mutable_path()->Add(part.path.begin(), part.path.end());
    if (part.value) shown.set_value(*part.value);
  }
  view.mutable_groups()->Add(measure.groups.begin(), measure.groups.end());
}

v1::ShowYearResponse Render(const YearQuestion& question, const YearTable& table) {
  const auto partition_count = static_cast<uint32_t>(table.positions.size() / kJournals.size());
  v1::ShowYearResponse response;
  response.set_authority(question.authority);
  SetDate(question.year_end, response.mutable_year_ending());
  SetDate(question.known_at, response.mutable_known_at());
  for (uint32_t part = 0; part < table.positions.size(); ++part) {
    const LogPartition partition = PartitionOfPart(part, partition_count);
    auto& position = *response.add_positions();
    position.set_service(partition.service);
    position.set_partition(partition.partition);
    position.set_event(table.positions[part]);
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
