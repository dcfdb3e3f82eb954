#include "tools/holdfast/case_load.h"

#include <filesystem>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/at_least.h"
#include "services/cases/domain/fact_kinds.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/progress.h"
#include "tools/holdfast/row_file.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct LoadOptions {
  std::string authority;
  std::string file;
  std::string rejects;
};

// What a row came to: accepted or unchanged.
using RowResult = Result<std::string>;

// A row's cells, by their column's name too.
struct Cells {
  const RowFile& file;
  const std::vector<std::string>& cells;

  const std::string& operator[](size_t index) const { return cells[index]; }
  // The cell of that column; blank where the file has none.
  std::string Named(const char* column) const {
    const auto index = file.ColumnNamed(column);
    return index ? cells[*index] : "";
  }
};

RowResult RegisterRow(Client& client, const Cells& cells, Positions& positions) {
  const auto born = CivilDate::FromIso(cells[1]);
  if (!born) return tl::unexpected(BadRow("BORN", "BORN is not a day as YYYY-MM-DD"));
  cases::v1::RegisterChildRequest request;
  *request.mutable_header() = client.NewHeader();
  request.mutable_header()->set_authority(client.authority());
  request.mutable_personal()->set_local_id(cells[0]);
  *request.mutable_personal()->mutable_born() = DateOf(*born);
  request.mutable_personal()->set_name(cells[2]);
  const auto answer = client.Call(&Stub::RegisterChild, request);
  if (!answer) return tl::unexpected(answer.error());
  KeepLatest(positions, answer->positions());
  return answer->result();
}

RowResult RecordRow(Client& client, const Cells& cells, Positions& positions) {
  const auto kind = cases::FactKindNamed(cells[1]);
  if (!kind) return tl::unexpected(BadRow("KIND", "there is no kind of fact '" + cells[1] + "'"));
  const auto on = CivilDate::FromIso(cells[2]);
  if (!on) return tl::unexpected(BadRow("ON", "ON is not a day as YYYY-MM-DD"));
  cases::v1::RecordFactRequest request;
  *request.mutable_header() = client.NewHeader();
  request.mutable_header()->set_authority(client.authority());
  request.mutable_child()->set_local_id(cells[0]);
  request.set_kind(*kind);
  *request.mutable_on() = DateOf(*on);
  request.set_code(cells[3]);
  if (const auto text = cells.Named("UNTIL"); !text.empty()) {
    const auto until = CivilDate::FromIso(text);
    if (!until) return tl::unexpected(BadRow("UNTIL", "UNTIL is not a day as YYYY-MM-DD"));
    *request.mutable_until() = DateOf(*until);
  }
  if (const auto text = cells.Named("PARALLEL"); !text.empty()) {
    if (text != "yes") return tl::unexpected(BadRow("PARALLEL", "PARALLEL is yes or blank"));
    request.set_parallel(true);
  }
  const auto answer = client.Call(&Stub::RecordFact, request);
  if (!answer) return tl::unexpected(answer.error());
  KeepLatest(positions, answer->positions());
  return answer->result();
}

// Its first columns say what a file holds. Behind them a fact may have UNTIL and PARALLEL; others are
// not read.
struct Form {
  std::vector<std::string> columns;
  RowResult (*load)(Client&, const Cells&, Positions&);
};

const std::vector<Form>& Forms() {
  static const std::vector<Form> forms{{{"LOCAL_ID", "BORN", "NAME"}, RegisterRow},
                                       {{"LOCAL_ID", "KIND", "ON", "CODE"}, RecordRow}};
  return forms;
}

RowResult LoadRow(Client& client, const Form& form, const csv::Row& row, const RowFile& file,
                  Positions& positions) {
  const size_t columns = file.heading().size();
  if (row.cells.size() != columns) {
    return tl::unexpected(BadRow("", "the line has " + std::to_string(row.cells.size()) +
                                         " cells, the heading " + std::to_string(columns)));
  }
  if (row.cells[0].empty()) return tl::unexpected(BadRow("LOCAL_ID", "the line names no child"));
  return form.load(client, {file, row.cells}, positions);
}

int RunLoad(const LoadOptions& options, const GlobalOptions& global) {
  const auto file = ReadRowFile(options.file);
  if (!file) return Report(file.error(), global);
  const Form* form = nullptr;
  for (const auto& candidate : Forms()) {
    if (file->BeginsWith(candidate.columns)) form = &candidate;
  }
  if (!form) {
    return Report(
        {StatusCode::kInvalidArgument,
         "BAD_COLUMNS",
         options.file + " must begin with the columns LOCAL_ID,BORN,NAME or LOCAL_ID,KIND,ON,CODE",
         {.file = options.file, .line = 1}},
        global);
  }
  RowTotals totals(*file, options.rejects);
  if (auto checked = totals.Check(); !checked) return Report(checked.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  ProgressLine line("loading");
  for (const auto& row : file->rows()) {
    const auto result = LoadRow(**client, *form, row, *file, totals.positions);
    if (auto counted = totals.Count(row, result); !counted) return Report(counted.error(), global);
    line.Show(totals.read(), file->rows().size());
  }
  return totals.Answer((*client)->authority(), global);
}

}  // namespace

void AddCaseLoadCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("load", "Register children, or state facts, from a CSV");
  auto options = std::make_shared<LoadOptions>();
  command->add_option("--authority", options->authority,
                      "Code of the authority, where KEYS has several");
  command
      ->add_option("--file", options->file,
                   "CSV with the columns LOCAL_ID,BORN,NAME or LOCAL_ID,KIND,ON,CODE; behind these "
                   "UNTIL, a last day, and PARALLEL, yes of a parallel plan")
      ->required();
  command->add_option("--rejects", options->rejects,
                      "Write refused rows with their reasons into this folder");
  command->footer("Example:\n  holdfast case load --authority E06000901 --file record.csv");
  RunsWhenChosen(*command, options, global, run, RunLoad);
}

}  // namespace holdfast::cli
