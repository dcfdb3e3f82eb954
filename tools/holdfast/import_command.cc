#include "tools/holdfast/import_command.h"

#include <filesystem>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/import_runs.h"
#include "tools/holdfast/import_tracker.h"
#include "tools/holdfast/new_run.h"
#include "tools/holdfast/progress.h"
#include "tools/holdfast/return_options.h"
#include "tools/holdfast/server_record.h"
#include "tools/holdfast/text.h"
#include "tools/import/import_key.h"
#include "tools/import/importer.h"
#include "tools/import/rejects.h"

namespace holdfast::cli {
namespace {

// Where to what an import says of single rows is written; blank: nowhere.
struct Written {
  std::string rejects;
  std::string notes;

  // Before anything is done.
  Result<void> Check(const std::string& folder_of_return) const {
    return rejects.empty() ? Result<void>{} : import::CheckRejectsFolder(rejects, folder_of_return);
  }

  void AddTo(CLI::App& command) {
    command.add_option("--rejects", rejects,
                       "Write refused rows with their reasons into this folder, a file a table");
    command.add_option("--notes", notes,
                       "Write what was noted of rows that were taken, and the fields they were "
                       "taken without, to this CSV");
  }
};

struct ImportCommandOptions {
  std::string folder;
  std::string authority;
  std::string year_ending;
  bool repair = false;
  bool dry_run = false;
  Written written;
  ReturnOptions reading;
};

import::Manifest NewManifest(const ImportCommandOptions& options, CivilDate year_end,
                             const ssda903::Return& read, const import::ImportKey& key) {
  import::Manifest manifest = NewRun(options.authority, key);
  manifest.year_end = year_end;
  manifest.folder = std::filesystem::absolute(options.folder).string();
  manifest.repair = options.repair;
  manifest.whole = options.reading.whole;
  manifest.year_is_right = options.reading.year_is_right;
  manifest.tables = options.reading.tables;
  manifest.ignored = options.reading.ignored;
  for (const auto& file : read.files) manifest.files.emplace_back(file.name, file.sha256);
  return manifest;
}

// What is kept with the run: the answer, but for what the run says anyway, and where it was read.
std::string ReportToKeep(const import::Report& report) {
  Json json = ImportJson(report);
  for (const char* name : {"total", "tables", "files", "positions"}) json.erase(name);
  return Dump(json);
}

// A return of a year that ends after the deployment's day is taken, but nothing shows it before.
// Where nobody says the day, the import goes on all the same.
void WarnOfYearAhead(const import::Manifest& manifest, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kData, .authority = manifest.authority});
  if (!client) return;
  const auto shown = (*client)->Call(&alerting::v1::AlertingService::Stub::ShowClock,
                                     alerting::v1::ShowClockRequest());
  const auto day = shown ? DayOf(shown->day()) : std::nullopt;
  if (!day || *day >= manifest.year_end) return;
  std::cerr << "holdfast: warning: the deployment's day, " << day->Iso()
            << ", is before the year end, " << manifest.year_end.Iso()
            << ": what this return says is known, and shown, from its year end on\n";
}

// Sends a run, from its beginning or again.
int SendRun(const import::Manifest& manifest, const ssda903::Return& read, bool dry_run,
            const Written& to, const GlobalOptions& global) {
  auto record = ServerRecord::Open(global, manifest);
  if (!record) return Report(record.error(), global);
  WarnOfYearAhead(manifest, global);
  uint64_t run_number = 0;
  if (!dry_run) {
    const auto started = (*record)->Start(read);
    if (!started) return Report(started.error(), global);
    run_number = *started;
  }
  ProgressLine line(dry_run ? "deciding" : "importing");
  const auto report =
      import::Import(read,
                     {.authority = manifest.authority,
                      .run = manifest.run,
                      .run_number = run_number,
                      .dry_run = dry_run,
                      .whole = manifest.whole,
                      .to_keep = ReportToKeep},
                     **record, [&](size_t done, size_t all) { line.Show(done, all); });
  if (!report) {
    if (!dry_run && report.error().code == StatusCode::kUnavailable) {
      std::cerr << "holdfast: resume this run with: holdfast import resume "
                << manifest.run.HexText() << "\n";
    }
    return Report(report.error(), global);
  }
  if (!to.rejects.empty()) {
    if (auto written = import::WriteRejects(to.rejects, read, *report); !written)
      return Report(written.error(), global);
  }
  if (!to.notes.empty()) {
    if (auto written = import::WriteNotes(to.notes, *report); !written)
      return Report(written.error(), global);
  }
  Json json = ImportJson(*report);
  if (const auto& said = (*record)->said_at_its_end()) {  // the record has gone on since
    const Json kept = Json::parse(*said, nullptr, false);
    if (kept.is_object()) json.update(kept);
  }
  json["positions"] = PositionsJson((*record)->positions());
  return Answer(json, ImportText(*report), global,
                report->total.refused > 0 ? kDoneWithFindings : kDone);
}

int RunImport(const ImportCommandOptions& options, const GlobalOptions& global) {
  const auto year_end = CivilDate::FromIso(options.year_ending);
  if (!year_end)
    return Report(
        {StatusCode::kInvalidArgument, "USAGE", "--year-ending takes a day, such as 2026-03-31"},
        global);
  if (auto checked = CheckYearEnd(*year_end); !checked) return Report(checked.error(), global);
  if (auto checked = options.written.Check(options.folder); !checked)
    return Report(checked.error(), global);
  const auto read = ReadReturnFolder(options.folder, *year_end, options.repair, options.reading);
  if (!read) return Report(read.error(), global);
  const auto key = import::ReadOrMakeImportKey(global.keys);
  if (!key) return Report(key.error(), global);
  const auto manifest = NewManifest(options, *year_end, *read, *key);
  if (!options.dry_run) {
    if (auto written = import::WriteManifest(global.data, manifest); !written)
      return Report(written.error(), global);
  }
  return SendRun(manifest, *read, options.dry_run, options.written, global);
}

struct ResumeOptions {
  std::string run;
  Written written;
};

int RunResume(const ResumeOptions& options, const GlobalOptions& global) {
  const auto run = RunId::FromHexText(options.run);
  if (!run)
    return Report(
        {StatusCode::kInvalidArgument, "USAGE", "'" + options.run + "' is not the id of a run"},
        global);
  const auto key = import::ReadOrMakeImportKey(global.keys);
  if (!key) return Report(key.error(), global);
  const auto manifest = import::ReadManifest(global.data, *run, *key);
  if (!manifest) return Report(manifest.error(), global);
  if (manifest->sheet) return ResumeTracker(*manifest, options.written.rejects, global);
  if (auto checked = options.written.Check(manifest->folder); !checked)
    return Report(checked.error(), global);
  const ReturnOptions reading{.tables = manifest->tables,
                              .ignored = manifest->ignored,
                              .whole = manifest->whole,
                              .year_is_right = manifest->year_is_right};
  const auto read =
      ReadReturnFolder(manifest->folder, manifest->year_end, manifest->repair, reading);
  if (!read) return Report(read.error(), global);
  if (auto same = import::CheckFiles(*manifest, *read); !same) return Report(same.error(), global);
  return SendRun(*manifest, *read, false, options.written, global);
}

void AddReturn(CLI::App& import, const GlobalOptions& global, std::function<int()>& run) {
  auto* command =
      import.add_subcommand("ssda903", "Import England's yearly return of looked-after children");
  auto options = std::make_shared<ImportCommandOptions>();
  command->add_option("folder", options->folder, "Folder with the return's CSV files")->required();
  command->add_option("--authority", options->authority, "Code of the authority whose return it is")
      ->required();
  command->add_option("--year-ending", options->year_ending, "31 March of the return")->required();
  command->add_flag("--repair", options->repair,
                    "A part that only adds, such as a repaired rejects file");
  command->add_flag("--dry-run", options->dry_run, "Decide and count, store nothing");
  options->written.AddTo(*command);
  AddReturnOptions(*command, options->reading);
  command->footer(
      "A row that was taken is noted once for each rule and field: codes of another year; an "
      "episode that touches one with a\n"
      "final reason and does not start care (432), or follows it after a gap (433); values that "
      "contradict RNE (434 to 436); a\n"
      "review outside care; an AD1 whose day is no agency decision's; and 358, 408, 440, 441, 550. "
      "It goes by what returns up\n"
      "to this one's year end say, so that the order of imports changes it only where an earlier "
      "year comes later.\n"
      "Examples:\n"
      "  holdfast import ssda903 returns/2026 --authority E06000901 --year-ending 2026-03-31 "
      "--rejects rejects\n"
      "  holdfast import ssda903 rejects --authority E06000901 --year-ending 2026-03-31 --repair");
  RunsWhenChosen(*command, options, global, run, RunImport);
}

void AddResume(CLI::App& import, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = import.add_subcommand("resume", "Go on with a run that was cut off");
  auto options = std::make_shared<ResumeOptions>();
  command->add_option("run", options->run, "Id of the run")->required();
  options->written.AddTo(*command);
  command->footer("Example:\n  holdfast import resume 0189...");
  RunsWhenChosen(*command, options, global, run, RunResume);
}

}  // namespace

void AddImportCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* import =
      app.add_subcommand("import", "Import returns and tracker sheets; list, show, resume and withdraw runs");
  import->require_subcommand(1);
  import->footer(
      "Examples:\n"
      "  holdfast import ssda903 returns/2026 --authority E06000901 --year-ending 2026-03-31 --dry-run\n"
      "  holdfast import tracker tracker.xlsx --authority E06000901 --as-of 2026-03-31 --map map.yaml\n"
      "  holdfast import list --authority E06000901");
  AddReturn(*import, global, run);
  AddImportTracker(*import, global, run);
  AddImportRunCommands(*import, global, run);
  AddResume(*import, global, run);
}

}  // namespace holdfast::cli
