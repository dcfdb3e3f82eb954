#include "tools/holdfast/import_runs.h"

#include <fmt/format.h>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/time_text.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/client.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct RunOptions {
  std::string run;
  std::string authority;
};

Json TotalsJson(const cases::v1::ImportTotals& totals) {
  return {{"read", totals.read()},           {"refused", totals.refused()},
          {"set_aside", totals.set_aside()}, {"corrected", totals.corrected()},
          {"facts", totals.facts()},         {"unchanged", totals.unchanged()}};
}

Json RunJson(const cases::v1::ImportRunView& view) {
  Json tables = Json::object();
  cases::v1::ImportTotals total;
  for (const auto& totals : view.totals()) {
    tables[totals.table()] = TotalsJson(totals);
    total.set_read(total.read() + totals.read());
    total.set_refused(total.refused() + totals.refused());
    total.set_set_aside(total.set_aside() + totals.set_aside());
    total.set_corrected(total.corrected() + totals.corrected());
    total.set_facts(total.facts() + totals.facts());
    total.set_unchanged(total.unchanged() + totals.unchanged());
  }
  Json files = Json::array();
  for (const auto& file : view.files()) {
    files.push_back(
        {{"file", file.name()},
         {"sha256", Hex(file.sha256())},
         {"table", file.table().empty() ? Json(nullptr) : Json(file.table())},
         {"set_aside", file.set_aside().empty() ? Json(nullptr) : Json(file.set_aside())},
         {"rows", file.rows()}});
  }
  const auto& submission = view.submission();
  const auto year_end = DayOf(submission.year_end());
  const auto as_of = DayOf(submission.as_of());
  Json run = {{"run", Hex(view.submission().run())},
              {"authority", view.submission().authority()},
              {"year_ending", year_end ? Json(year_end->Iso()) : Json(nullptr)},
              {"as_of", as_of ? Json(as_of->Iso()) : Json(nullptr)},
              {"number", view.submission().run_number()},
              {"state", view.state()},
              {"repair", view.repair()},
              {"by", view.by()},
              {"started_at", TimeText(Instant(std::chrono::microseconds(view.started_at())))},
              {"duration_ms", view.duration_ms()},
              {"total", TotalsJson(total)},
              {"tables", std::move(tables)},
              {"files", std::move(files)}};
  // The rest of what the import printed when it came to its end.
  const Json report = Json::parse(view.report(), nullptr, false);
  if (report.is_object()) {
    for (const auto& [name, value] : report.items()) {
      if (!run.contains(name)) run[name] = value;
    }
  }
  return run;
}

std::string RunText(const Json& run) {
  const auto& total = run.at("total");
  return fmt::format(
      "{}  {}  {}  {}{}  read {}, refused {}, set aside {}, corrected {}, facts {}, unchanged {}\n",
      run.at("run").get<std::string>(),
      run.at(run.at("as_of").is_null() ? "year_ending" : "as_of").get<std::string>(),
      run.at("state").get<std::string>(), run.at("started_at").get<std::string>(),
      run.at("repair").get<bool>() ? "  repair" : "", total.at("read").get<uint64_t>(),
      total.at("refused").get<uint64_t>(), total.at("set_aside").get<uint64_t>(),
      total.at("corrected").get<uint64_t>(), total.at("facts").get<uint64_t>(),
      total.at("unchanged").get<uint64_t>());
}

Result<cases::v1::ListImportsResponse> List(Client& client, const std::string& run) {
  cases::v1::ListImportsRequest request;
  request.set_authority(client.authority());
  request.set_run(run);
  return client.Call(&Stub::ListImports, request);
}

int RunList(const RunOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kData, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto answer = List(**client, "");
  if (!answer) return Report(answer.error(), global);
  Json runs = Json::array();
  std::string text;
  for (const auto& view : answer->runs()) {
    runs.push_back(RunJson(view));
    text += RunText(runs.back());
  }
  return Answer({{"authority", (*client)->authority()}, {"runs", std::move(runs)}}, text, global);
}

Result<RunId> ReadRun(const std::string& text) {
  const auto run = RunId::FromHexText(text);
  if (run) return *run;
  return Fail(StatusCode::kInvalidArgument, "USAGE", "'" + text + "' is not the id of a run");
}

Status NoSuchRun() { return {StatusCode::kNotFound, "NOT_FOUND", "the authority has no such run"}; }

int RunShow(const RunOptions& options, const GlobalOptions& global) {
  const auto run = ReadRun(options.run);
  if (!run) return Report(run.error(), global);
  auto client = Client::Open(global, {.role = Role::kData, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto answer = List(**client, run->Bytes());
  if (!answer) return Report(answer.error(), global);
  if (answer->runs().empty()) return Report(NoSuchRun(), global);
  const Json json = RunJson(answer->runs(0));
  return Answer(json, RunText(json), global);
}

// The run itself first, so that it covers nothing while its children's statements go; then each
// child's.
int RunWithdraw(const RunOptions& options, const GlobalOptions& global) {
  const auto run = ReadRun(options.run);
  if (!run) return Report(run.error(), global);
  auto client = Client::Open(global, {.role = Role::kData, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto runs = List(**client, run->Bytes());
  if (!runs) return Report(runs.error(), global);
  if (runs->runs().empty()) return Report(NoSuchRun(), global);

  cases::v1::ReviewReturnsRequest review;
  review.set_authority((*client)->authority());
  const auto& submission = runs->runs(0).submission();
  if (submission.has_as_of()) {
    *review.mutable_sheet() = submission.as_of();
  } else {
    *review.mutable_layer() = submission.year_end();
  }
  const auto layer = (*client)->Call(&Stub::ReviewReturns, review);
  if (!layer) return Report(layer.error(), global);

  cases::v1::WithdrawRunRequest request;
  *request.mutable_header() = (*client)->NewHeader();
  request.mutable_header()->set_authority((*client)->authority());
  request.set_run(run->Bytes());
  auto withdrawn = (*client)->Call(&Stub::WithdrawRun, request);
  if (!withdrawn) return Report(withdrawn.error(), global);
  Positions positions = withdrawn->positions();
  for (const auto& child : layer->layer_children()) {
    *request.mutable_header() = (*client)->NewHeader();
    request.set_child(child);
    const auto answer = (*client)->Call(&Stub::WithdrawRun, request);
    if (!answer) return Report(answer.error(), global);
    KeepLatest(positions, answer->positions());
  }
  return Answer(
      {{"run", run->HexText()},
       {"authority", (*client)->authority()},
       {"result", withdrawn->result()},
       {"children", layer->layer_children_size()},
       {"positions", PositionsJson(positions)}},
      "Run " + run->HexText() + " is withdrawn: what was believed before it is believed again\n",
      global);
}

}  // namespace

void AddImportRunCommands(CLI::App& import, const GlobalOptions& global,
                          std::function<int()>& run) {
  const auto add = [&](const char* name, const char* what, bool takes_run,
                       int (*body)(const RunOptions&, const GlobalOptions&)) {
    auto* command = import.add_subcommand(name, what);
    auto options = std::make_shared<RunOptions>();
    if (takes_run) command->add_option("run", options->run, "Id of the run")->required();
    command->add_option("--authority", options->authority,
                        "Code of the authority, where KEYS has several");
    command->footer(std::string("Example:\n  holdfast import ") + name +
                    (takes_run ? " 0189..." : "") +
                    " --authority E06000901");
    RunsWhenChosen(*command, options, global, run, body);
  };
  add("list", "The runs of an authority, newest first", false, RunList);
  add("show", "One run: what its import printed, with its state, who ran it, when and how long",
      true, RunShow);
  add("withdraw", "Take back what a run stated; the newest submission of its year, or sheet of its day, alone", true,
      RunWithdraw);
}

}  // namespace holdfast::cli
