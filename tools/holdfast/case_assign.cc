#include "tools/holdfast/case_assign.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/crypto/private_file.h"
#include "libs/csv/reader.h"
#include "libs/csv/writer.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/progress.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct AssignOptions {
  std::string authority;
  std::string file;
  std::string rejects;
};

struct Assigned {
  uint64_t facts = 0;
  uint64_t unchanged = 0;
  std::string rejects;  // as CSV, with the reasons
  uint64_t refused = 0;
  Positions positions;
};

Result<csv::File> ReadAssignments(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + path, {.file = path});
  auto file = csv::Read(bytes.str());
  if (!file) return Fail(file.error().code, file.error().reason, path + ": " + file.error().message, {.file = path});
  auto heading = file->heading;
  if (heading.size() > 3) heading.resize(3);  // a rejects file has more
  for (auto& cell : heading) std::ranges::transform(cell, cell.begin(), [](unsigned char c) { return std::toupper(c); });
  if (heading == std::vector<std::string>{"CHILD", "TEAM", "WORKER"}) return std::move(*file);
  return Fail(StatusCode::kInvalidArgument, "BAD_COLUMNS", path + " must have the columns CHILD,TEAM,WORKER", {.file = path});
}

// The message of a refusal that is the row's; a status that ends the whole is none.
bool IsTheRows(const Status& status) {
  return status.code == StatusCode::kNotFound || status.code == StatusCode::kInvalidArgument ||
         status.code == StatusCode::kFailedPrecondition;
}

Result<void> AssignRow(Client& client, const csv::Row& row, const std::string& file, Assigned& assigned) {
  Status refusal{StatusCode::kInvalidArgument, "CELLS", "the line needs a child, a team and a worker"};
  if (row.cells.size() >= 3 && !row.cells[0].empty()) {
    cases::v1::AssignCaseRequest request;
    *request.mutable_header() = client.NewHeader();
    request.mutable_header()->set_authority(client.authority());
    request.mutable_child()->set_local_id(row.cells[0]);
    request.set_team(row.cells[1]);
    request.set_worker(row.cells[2]);
    const auto answer = client.Call(&Stub::AssignCase, request);
    if (answer) {
      ++(answer->result() == "accepted" ? assigned.facts : assigned.unchanged);
      KeepLatest(assigned.positions, answer->positions());
      return {};
    }
    if (!IsTheRows(answer.error())) return tl::unexpected(answer.error());
    refusal = answer.error();
  }
  ++assigned.refused;
  auto cells = row.cells;
  cells.resize(3);
  cells.insert(cells.end(), {file, std::to_string(row.line), "CHILD", refusal.reason, refusal.message});
  assigned.rejects += csv::ExactLine(cells);
  return {};
}

int RunAssign(const AssignOptions& options, const GlobalOptions& global) {
  const auto file = ReadAssignments(options.file);
  if (!file) return Report(file.error(), global);
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const std::string name = std::filesystem::path(options.file).filename().string();
  Assigned assigned;
  ProgressLine line("assigning");
  for (size_t i = 0; i < file->rows.size(); ++i) {
    if (auto done = AssignRow(**client, file->rows[i], name, assigned); !done) return Report(done.error(), global);
    line.Show(i + 1, file->rows.size());
  }
  if (!options.rejects.empty() && assigned.refused > 0) {
    if (auto made = MakePrivateFolder(options.rejects); !made) return Report(made.error(), global);
    const std::string text = "CHILD,TEAM,WORKER,FILE,LINE,FIELD,RULE,MESSAGE\r\n" + assigned.rejects;
    if (auto written = ReplacePrivateFile(options.rejects + "/assignments.csv", text, FileMode::kReadWrite); !written) {
      return Report(written.error(), global);
    }
  }
  return Answer({{"authority", (*client)->authority()},
                 {"total",
                  {{"read", file->rows.size()},
                   {"refused", assigned.refused},
                   {"set_aside", 0},
                   {"corrected", 0},
                   {"facts", assigned.facts},
                   {"unchanged", assigned.unchanged}}},
                 {"positions", PositionsJson(assigned.positions)}},
                "read " + std::to_string(file->rows.size()) + ", refused " + std::to_string(assigned.refused) + ", assigned " +
                    std::to_string(assigned.facts) + ", unchanged " + std::to_string(assigned.unchanged) + "\n",
                global, assigned.refused > 0 ? kDoneWithFindings : kDone);
}

}  // namespace

void AddCaseAssignCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = group.add_subcommand("assign", "Say which team and worker are responsible, from a CSV");
  auto options = std::make_shared<AssignOptions>();
  command->add_option("--authority", options->authority, "Code of the authority, where KEYS has several");
  command->add_option("--file", options->file, "CSV with the columns CHILD,TEAM,WORKER")->required();
  command->add_option("--rejects", options->rejects, "Write refused rows with their reasons into this folder");
  command->footer("Example:\n  holdfast case assign --authority E06000901 --file teams.csv");
  RunsWhenChosen(*command, options, global, run, RunAssign);
}

}  // namespace holdfast::cli
