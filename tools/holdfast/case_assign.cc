#include "tools/holdfast/case_assign.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/progress.h"
#include "tools/holdfast/row_file.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct AssignOptions {
  std::string authority;
  std::string file;
  std::string rejects;
};

Result<std::string> AssignRow(Client& client, const csv::Row& row, size_t columns,
                              Positions& positions) {
  if (row.cells.size() != columns) {
    return tl::unexpected(BadRow("", "the line has " + std::to_string(row.cells.size()) +
                                         " cells, the heading " + std::to_string(columns)));
  }
  if (row.cells[0].empty()) return tl::unexpected(BadRow("CHILD", "the line names no child"));
  cases::v1::AssignCaseRequest request;
  *request.mutable_header() = client.NewHeader();
  request.mutable_header()->set_authority(client.authority());
  request.mutable_child()->set_local_id(row.cells[0]);
  request.set_team(row.cells[1]);
  request.set_worker(row.cells[2]);
  const auto answer = client.Call(&Stub::AssignCase, request);
  if (!answer) return tl::unexpected(answer.error());
  KeepLatest(positions, answer->positions());
  return answer->result();
}

int RunAssign(const AssignOptions& options, const GlobalOptions& global) {
  const auto file = ReadRowFile(options.file);
  if (!file) return Report(file.error(), global);
  if (!file->BeginsWith({"CHILD", "TEAM", "WORKER"})) {
    return Report({StatusCode::kInvalidArgument,
                   "BAD_COLUMNS",
                   options.file + " must begin with the columns CHILD,TEAM,WORKER",
                   {.file = options.file, .line = 1}},
                  global);
  }
  RowTotals totals(*file, options.rejects);
  if (auto checked = totals.Check(); !checked) return Report(checked.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  ProgressLine line("assigning");
  for (const auto& row : file->rows()) {
    const auto result = AssignRow(**client, row, file->heading().size(), totals.positions);
    if (auto counted = totals.Count(row, result); !counted) return Report(counted.error(), global);
    line.Show(totals.read(), file->rows().size());
  }
  return totals.Answer((*client)->authority(), global);
}

}  // namespace

void AddCaseAssignCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command =
      group.add_subcommand("assign", "Say which team and worker are responsible, from a CSV");
  auto options = std::make_shared<AssignOptions>();
  command->add_option("--authority", options->authority,
                      "Code of the authority, where KEYS has several");
  command->add_option("--file", options->file, "CSV with the columns CHILD,TEAM,WORKER")
      ->required();
  command->add_option("--rejects", options->rejects,
                      "Write refused rows with their reasons into this folder");
  command->footer("Example:\n  holdfast case assign --authority E06000901 --file teams.csv");
  RunsWhenChosen(*command, options, global, run, RunAssign);
}

}  // namespace holdfast::cli
