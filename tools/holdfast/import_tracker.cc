#include "tools/holdfast/import_tracker.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>

#include "libs/permanence/dates.h"
#include "tools/holdfast/case_json.h"
#include "tools/holdfast/new_run.h"
#include "tools/holdfast/progress.h"
#include "tools/holdfast/sheet_report.h"
#include "tools/holdfast/tracker_files.h"
#include "tools/holdfast/tracker_record.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

struct TrackerOptions {
  std::string file;
  std::string authority;
  std::string as_of;
  std::string map;
  std::string sheet;
  std::string rejects;
  bool dry_run = false;
};

cases::v1::StateTrackerRow CommandOf(const import::Manifest& manifest,
                                     const import::SheetRow& row) {
  cases::v1::StateTrackerRow command;
  SetDate(manifest.sheet->as_of, command.mutable_sheet()->mutable_as_of());
  command.mutable_sheet()->set_run(manifest.run.Bytes());
  auto& child = *command.mutable_child()->mutable_open();
  child.set_local_id(row.local_id);
  if (row.born) SetDate(*row.born, child.mutable_born());
  child.set_name(row.name);
  command.set_worker(row.worker);
  for (const auto& cell : row.cells) {
    auto& sent = *command.add_cells();
    sent.set_kind(cell.kind);
    sent.set_code(cell.code);
    SetDate(cell.on, sent.mutable_on());
  }
  return command;
}

// One import of a sheet, from its beginning or again.
class SheetImport {
 public:
  SheetImport(const import::Manifest& manifest, const LoadedSheet& loaded, TrackerRecord& record,
              bool dry_run)
      : manifest_(manifest),
        loaded_(loaded),
        record_(record),
        dry_run_(dry_run),
        report_(loaded.name, loaded.map, loaded.sheet) {}

  Result<void> Run() {
    if (!dry_run_) {
      if (auto started = record_.Start(loaded_.files); !started) return started;
    }
    if (auto stated = State(); !stated) return stated;
    if (dry_run_) return {};
    if (auto finished = record_.Finish(Finished()); !finished) return finished;
    return Review();
  }

  const SheetReport& report() const { return report_; }

  Json ToJson() const {
    Json files = Json::array();
    for (const auto& file : loaded_.files) {
      files.push_back({{"file", file.name()},
                       {"sha256", Hex(file.sha256())},
                       {"table", file.table().empty() ? Json(nullptr) : Json(file.table())},
                       {"set_aside",
                        file.set_aside().empty() ? Json(nullptr) : Json(file.set_aside())},
                       {"rows", file.rows()}});
    }
    Json json = {{"run", manifest_.run.HexText()},
                 {"authority", manifest_.authority},
                 {"year_ending", nullptr},
                 {"as_of", manifest_.sheet->as_of.Iso()},
                 {"source", "tracker/" + manifest_.authority},
                 {"dry_run", dry_run_},
                 {"events", report_.events()}};
    json.update(report_.ToJson());
    json["files"] = std::move(files);
    // A sheet takes nothing back by not saying it, and has no fields that are put aside.
    for (const char* none :
         {"notes", "fields_aside", "vanished", "returned", "late", "moved", "removed"})
      json[none] = 0;
    json["discrepancies"] = DiscrepanciesJson(OpenAmongContradictions());
    json["next"] = Json::array();
    for (const auto& next : next_) {
      json["next"].push_back({{"child", next.child.HexText()},
                              {"clock", next.clock},
                              {"due", next.due.Iso()},
                              {"state", next.state}});
    }
    json["contradictions"] = Json::array();
    for (const auto& view : contradictions_)
      json["contradictions"].push_back(DiscrepancyJson(view));
    json["positions"] = PositionsJson(record_.positions());
    return json;
  }

  std::string ToText() const {
    std::string text = fmt::format("Tracker sheet of {} as of {}{}\n", manifest_.authority,
                                   manifest_.sheet->as_of.Iso(),
                                   dry_run_ ? ", tried: nothing is stored" : "");
    text += report_.ToText();
    if (!next_.empty()) text += "Next:\n";
    for (const auto& next : next_) {
      text += fmt::format("  {}  {:<10} {:<28} {}\n", next.due.Iso(), next.state, next.clock,
                          next.child.HexText());
    }
    text += contradictions_.empty() ? "Nothing contradicts\n" : "Contradictions:\n";
    for (const auto& view : contradictions_) {
      text += fmt::format("  {} {} {}:", Hex(view.child()), view.kind(), view.field());
      for (const auto& version : view.versions())
        text += fmt::format("  {} {}", version.source(), version.value());
      text += "\n";
    }
    return text;
  }

 private:
  // As `import ssda903` counts them: children of the first four, keys of the last two.
  import::OpenCounts OpenAmongContradictions() const {
    std::map<std::string, std::set<std::string>> children;
    std::map<std::string, uint64_t> keys;
    for (const auto& view : contradictions_) {
      children[view.kind()].insert(view.child());
      ++keys[view.kind()];
    }
    return {.overlap = children["overlap"].size(),
            .two_open = children["two_open"].size(),
            .lacks_continuation = children["388"].size(),
            .after_died = children["after_died"].size(),
            .not_in_next_return = keys["not_in_next_return"],
            .removed_in_resubmission = keys["removed_in_resubmission"]};
  }

  Result<void> State() {
    std::vector<cases::v1::StateTrackerRow> commands;
    std::vector<size_t> sent;
    for (size_t i = 0; i < loaded_.sheet.rows.size(); ++i) {
      const auto& row = loaded_.sheet.rows[i];
      if (row.is_refused || row.repeats) continue;
      commands.push_back(CommandOf(manifest_, row));
      sent.push_back(i);
    }
    ProgressLine line(dry_run_ ? "deciding" : "importing");
    const auto answers = record_.State(
        commands, dry_run_, [&](size_t done, size_t all) { line.Show(done, all); });
    if (!answers) return tl::unexpected(answers.error());
    std::vector<const cases::v1::StateTrackerRowAnswer*> by_row(loaded_.sheet.rows.size());
    for (size_t i = 0; i < sent.size(); ++i) {
      const auto& answer = (*answers)[i];
      by_row[sent[i]] = &answer.answer();
      const auto child = SubjectId::FromBytes(answer.answer().child());
      if (child && answer.answer().row().rule().empty()) children_.push_back(*child);
      for (const auto& view : answer.contradictions()) contradictions_.push_back(view);
    }
    report_.Count(by_row);
    return {};
  }

  cases::v1::ImportRunFinished Finished() const {
    cases::v1::ImportRunFinished finished;
    finished.mutable_submission()->set_run(manifest_.run.Bytes());
    *finished.add_totals() = report_.RowTotals();
    const Json kept = {{"source", "tracker/" + manifest_.authority},
                       {"events", report_.events()},
                       {"cells", report_.ToJson().at("cells")}};
    finished.set_report(Dump(kept));
    return finished;
  }

  Result<void> Review() {
    auto next = record_.NextDates(children_);
    if (!next) return tl::unexpected(next.error());
    next_ = std::move(*next);
    auto contradictions = record_.Contradictions({children_.begin(), children_.end()});
    if (!contradictions) return tl::unexpected(contradictions.error());
    contradictions_ = std::move(*contradictions);
    return {};
  }

  const import::Manifest& manifest_;
  const LoadedSheet& loaded_;
  TrackerRecord& record_;
  const bool dry_run_;
  SheetReport report_;
  std::vector<SubjectId> children_;  // whose rows were taken, in the sheet's order
  std::vector<NextDate> next_;
  std::vector<cases::v1::DiscrepancyView> contradictions_;
};

int Send(const import::Manifest& manifest, const LoadedSheet& loaded, bool dry_run,
         const std::string& rejects, const GlobalOptions& global) {
  auto record = TrackerRecord::Open(global, manifest);
  if (!record) return Report(record.error(), global);
  SheetImport sheet(manifest, loaded, **record, dry_run);
  if (auto done = sheet.Run(); !done) {
    if (!dry_run && done.error().code == StatusCode::kUnavailable) {
      std::cerr << "holdfast: resume this run with: holdfast import resume "
                << manifest.run.HexText() << "\n";
    }
    return Report(done.error(), global);
  }
  if (!rejects.empty()) {
    if (auto written = sheet.report().WriteRejects(rejects); !written)
      return Report(written.error(), global);
  }
  return Answer(sheet.ToJson(), sheet.ToText(), global,
                sheet.report().rows().refused > 0 ? kDoneWithFindings : kDone);
}

int RunTracker(const TrackerOptions& options, const GlobalOptions& global) {
  const auto as_of = CivilDate::FromIso(options.as_of);
  if (!as_of) {
    return Report({StatusCode::kInvalidArgument, "USAGE",
                   "--as-of takes a day, such as 2026-03-31"},
                  global);
  }
  if (auto checked = CheckSheetRejects(options.rejects, options.file); !checked)
    return Report(checked.error(), global);
  const import::SheetOfRun run{.as_of = *as_of,
                               .file = fs::absolute(options.file).string(),
                               .map = fs::absolute(options.map).string(),
                               .name = options.sheet};
  const auto loaded = LoadSheet(run, options.authority);
  if (!loaded) return ReportNothingDone(loaded.error(), global);
  const auto key = import::ReadOrMakeImportKey(global.keys);
  if (!key) return Report(key.error(), global);
  import::Manifest manifest = NewRun(options.authority, *key);
  manifest.sheet = run;
  for (const auto& file : loaded->files)
    manifest.files.emplace_back(file.name(), Hex(file.sha256()));
  if (!options.dry_run) {
    if (auto written = import::WriteManifest(global.data, manifest); !written)
      return Report(written.error(), global);
  }
  return Send(manifest, *loaded, options.dry_run, options.rejects, global);
}

}  // namespace

int ResumeTracker(const import::Manifest& manifest, const std::string& rejects,
                  const GlobalOptions& global) {
  if (auto checked = CheckSheetRejects(rejects, manifest.sheet->file); !checked)
    return Report(checked.error(), global);
  const auto loaded = LoadSheet(*manifest.sheet, manifest.authority);
  if (!loaded) return ReportNothingDone(loaded.error(), global);
  if (auto same = CheckSheetFiles(manifest, *loaded); !same) return Report(same.error(), global);
  return Send(manifest, *loaded, false, rejects, global);
}

void AddImportTracker(CLI::App& import, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<TrackerOptions>();
  auto* command = import.add_subcommand(
      "tracker", "Import an authority's own tracker sheet, one row a child, CSV or XLSX");
  command->add_option("file", options->file, "The sheet")->required();
  command->add_option("--authority", options->authority, "Code of the authority whose sheet it is")
      ->required();
  command->add_option("--as-of", options->as_of, "The day by whose end the sheet says what it says")
      ->required();
  command->add_option("--map", options->map, "YAML that says what each column is")->required();
  command->add_option("--sheet", options->sheet,
                      "Name of the sheet in an XLSX workbook; without it the first");
  command->add_option("--rejects", options->rejects,
                      "Write refused rows with their reasons into this folder");
  command->add_flag("--dry-run", options->dry_run,
                    "Decide, count and show what would contradict; store nothing");
  command->footer(
      "Each mapped cell is the day of a fact of the child, of a kind of `case record`. A blank "
      "cell or a missing row withdraws\n"
      "nothing; a later sheet's day corrects an earlier one's; the record, and returns, count "
      "before sheets. Each column is\n"
      "mapped or ignored. A map:\n"
      "  dates: dmy\n"
      "  child: {local_id: ID, born: DOB, name: Name, worker: Worker}\n"
      "  columns:\n"
      "    - {column: Accommodated, kind: care_start}\n"
      "    - {column: Panel, kind: panel, code: adoption}\n"
      "    - {column: Status from, kind: legal_status, code: {column: Status, map: {Interim: C1, "
      "Voluntary: V2}}}\n"
      "  ignore: [Notes]\n"
      "Shown then: each child's next date, and where sources contradict each other.\n"
      "Examples:\n"
      "  holdfast import tracker tracker.csv --authority E06000901 --as-of 2026-03-31 --map "
      "map.yaml --dry-run\n"
      "  holdfast import tracker tracker.xlsx --authority E06000901 --as-of 2026-03-31 --map "
      "map.yaml --rejects rejects");
  RunsWhenChosen(*command, options, global, run, RunTracker);
}

}  // namespace holdfast::cli
