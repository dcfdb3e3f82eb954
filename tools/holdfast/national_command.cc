#include "tools/holdfast/national_command.h"

#include <fstream>
#include <iterator>

#include "holdfast/national/v1/national_service.grpc.pb.h"
#include "libs/crypto/hardening.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/national_csv.h"
#include "tools/holdfast/text.h"

namespace holdfast::cli {
namespace {

using Request = national::v1::ShowYearRequest;
using Response = national::v1::ShowYearResponse;

struct NationalOptions {
  std::string authority;
  std::string year_ending;
  std::string known_at;
  std::string positions;
  bool csv = false;
};

tl::unexpected<Status> Usage(std::string message, Where where = {}) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message), std::move(where));
}

Result<void> SetDay(const std::string& option, const std::string& text, common::v1::Date* date) {
  const auto day = CivilDate::FromIso(text);
  if (!day) return Usage(option + " takes a day, such as 2026-03-31");
  SetDate(*day, date);
  return {};
}

// Takes the positions and the known_at of an earlier answer.
Result<void> ReadAsBefore(const std::string& file, Request& request) {
  const Where where{.file = file, .field = "--positions"};
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) {
    return Fail(StatusCode::kInvalidArgument, "CANNOT_READ", file + " cannot be read", where);
  }
  try {
    const Json answer = Json::parse(text);
    for (const auto& from : answer.at("positions")) {
      auto& position = *request.add_positions();
      position.set_service(from.at("service").get<std::string>());
      position.set_partition(from.at("partition").get<uint32_t>());
      position.set_event(from.at("event").get<uint64_t>());
    }
    if (request.positions().empty()) return Usage(file + " names no positions", where);
    return SetDay("known_at of " + file, answer.at("known_at").get<std::string>(),
                  request.mutable_known_at());
  } catch (const Json::exception&) {
    return Usage(file + " is no answer of holdfast --json national", where);
  }
}

Result<Request> MakeRequest(const NationalOptions& options) {
  Request request;
  request.set_authority(options.authority);
  if (auto set = SetDay("--year-ending", options.year_ending, request.mutable_year_ending()); !set)
    return tl::unexpected(set.error());
  if (!options.positions.empty()) {
    if (auto read = ReadAsBefore(options.positions, request); !read)
      return tl::unexpected(read.error());
  } else if (!options.known_at.empty()) {
    if (auto set = SetDay("--known-at", options.known_at, request.mutable_known_at()); !set)
      return tl::unexpected(set.error());
  }
  return request;
}

Measure MeasureOf(const national::v1::MeasureView& view) {
  Measure measure{.id = view.id(), .definition = view.definition()};
  if (view.has_value()) measure.value = view.value();
  if (view.has_numerator()) measure.numerator = view.numerator();
  if (view.has_denominator()) measure.denominator = view.denominator();
  measure.excluded = view.excluded();
  measure.unknown = view.unknown();
  measure.disputed = view.disputed();
  measure.by = {view.by().begin(), view.by().end()};
  for (const auto& shown : view.parts()) {
    MeasurePart part{.path = {shown.path().begin(), shown.path().end()}, .value = {}};
    if (shown.has_value()) part.value = shown.value();
    measure.parts.push_back(std::move(part));
  }
  measure.groups = {view.groups().begin(), view.groups().end()};
  return measure;
}

void Print(const Response& response, const NationalOptions& options, const GlobalOptions& global) {
  std::vector<Measure> measures;
  for (const auto& view : response.measures()) measures.push_back(MeasureOf(view));
  const CivilDate year_end = DayOf(response.year_ending()).value_or(kDistantPast);
  const CivilDate known_at = DayOf(response.known_at()).value_or(kDistantPast);
  if (!options.csv && !global.json) {
    std::cout << NationalText(response.authority(), year_end, known_at, measures);
    return;
  }
  const Json answer = NationalJson(response.authority(), year_end, known_at,
                                   PositionsJson(response.positions()), measures);
  std::cout << (options.csv ? NationalCsv(answer) : Dump(answer) + "\n");
}

int RunNational(const NationalOptions& options, const GlobalOptions& global) {
  HardenProcess();
  const auto request = MakeRequest(options);
  if (!request) return Report(request.error(), global);
  const auto client =
      Client::Open(global, {.role = Role::kNational, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto answer = (*client)->Call(&national::v1::NationalService::Stub::ShowYear, *request);
  if (!answer) return Report(answer.error(), global);
  Print(*answer, options, global);
  return kDone;
}

}  // namespace

void AddNationalCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand("national", "The figures of an authority and year");
  auto options = std::make_shared<NationalOptions>();
  command->add_option("--authority", options->authority, "Code of the authority")->required();
  command
      ->add_option("--year-ending", options->year_ending,
                   "The last day of the year: 31 March in England, 31 July in Scotland")
      ->required();
  auto* known_at = command->add_option("--known-at", options->known_at,
                                       "As known at the end of this day; without it, today");
  command
      ->add_option("--positions", options->positions,
                   "Figures from exactly what an earlier --json answer, this file, was read from, "
                   "and as known at its day")
      ->excludes(known_at);
  command->add_flag("--csv", options->csv,
                    "Answer with comma-separated values, a row for each figure and category");
  command->footer(
      "Figures are not disclosure-controlled: small numbers may tell of a child.\n"
      "Examples:\n"
      "  holdfast national --authority E06000901 --year-ending 2026-03-31\n"
      "  holdfast --json national --authority E06000901 --year-ending 2026-03-31 > figures.json\n"
      "  holdfast --json national --authority E06000901 --year-ending 2026-03-31 --positions "
      "figures.json\n"
      "  holdfast national --authority E06000901 --year-ending 2026-03-31 --known-at 2026-05-01 "
      "--csv > figures.csv");
  RunsWhenChosen(*command, options, global, run, RunNational);
}

}  // namespace holdfast::cli
