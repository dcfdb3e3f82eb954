#include "tools/holdfast/server_record.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

constexpr size_t kConnections = 8;

// Each row of a child whose record was erased is refused, and the import goes on.
cases::v1::StateReturnRowsAnswer Erased(const import::ChildRows& child, const std::string& message) {
  cases::v1::StateReturnRowsAnswer answer;
  answer.set_child(child.child.Bytes());
  for (int i = 0; i < child.command.rows_size(); ++i) {
    auto& row = *answer.add_rows();
    row.set_outcome(cases::v1::ROW_OUTCOME_REFUSED);
    row.set_rule("erased");
    row.set_message(message);
  }
  return answer;
}

}  // namespace

Result<std::unique_ptr<ServerRecord>> ServerRecord::Open(const GlobalOptions& options, const import::Manifest& manifest) {
  std::vector<std::unique_ptr<Client>> clients;
  while (clients.size() < kConnections) {
    auto client = Client::Open(options, {.role = Role::kData, .authority = manifest.authority});
    if (!client) return tl::unexpected(client.error());
    clients.push_back(std::move(*client));
  }
  return std::unique_ptr<ServerRecord>(new ServerRecord(manifest, std::move(clients)));
}

common::v1::CommandHeader ServerRecord::HeaderFor(std::string_view part) const {
  common::v1::CommandHeader header;
  header.set_command_id(manifest_.CommandFor(part).Bytes());
  header.set_authority(manifest_.authority);
  return header;
}

Result<uint64_t> ServerRecord::Start(const ssda903::Return& read) {
  cases::v1::StartImportRequest request;
  *request.mutable_header() = HeaderFor("start");
  request.set_run(manifest_.run.Bytes());
  SetDate(read.year_end, request.mutable_year_end());
  request.set_repair(read.repair);
  for (const auto& file : read.files) {
    auto& shown = *request.add_files();
    shown.set_name(file.name);
    shown.set_sha256(*FromHex(file.sha256));
    if (file.table) shown.set_table(std::string(ssda903::Name(*file.table)));
    shown.set_set_aside(file.set_aside.value_or(""));
    shown.set_rows(file.rows);
  }
  const auto answer = clients_.front()->Call(&Stub::StartImport, request);
  if (!answer) return tl::unexpected(answer.error());
  cases::v1::ListImportsRequest list;
  list.set_authority(manifest_.authority);
  list.set_run(manifest_.run.Bytes());
  const auto begun = clients_.front()->Call(&Stub::ListImports, list);
  if (!begun) return tl::unexpected(begun.error());
  for (const auto& run : begun->runs()) {
    if (run.state() == "finished") said_at_its_end_ = run.report();
  }
  return answer->run_number();
}

Result<cases::v1::StateReturnRowsAnswer> ServerRecord::StateOne(Client& client, const import::ChildRows& child, bool dry_run) {
  cases::v1::StateReturnRowsRequest request;
  *request.mutable_header() = HeaderFor(child.local_id.empty() ? "child " + child.child.Bytes() : "local " + child.local_id);
  *request.mutable_command() = child.command;
  if (child.local_id.empty()) request.set_child(child.child.Bytes());
  request.set_dry_run(dry_run);
  auto answer = client.Call(&Stub::StateReturnRows, request);
  if (!answer && answer.error().reason == "ERASED") return Erased(child, answer.error().message);
  if (!answer) return tl::unexpected(answer.error());
  const std::lock_guard lock(mutex_);
  KeepLatest(positions_, answer->positions());
  return std::move(*answer->mutable_answer());
}

Result<std::vector<cases::v1::StateReturnRowsAnswer>> ServerRecord::State(std::vector<import::ChildRows> children, bool dry_run,
                                                                          const import::Progress& progress) {
  return InParallel<cases::v1::StateReturnRowsAnswer>(
      clients_, children.size(), [&](Client& client, size_t i) { return StateOne(client, children[i], dry_run); }, progress);
}

Result<cases::v1::ReviewReturnsResponse> ServerRecord::Review(cases::v1::ReviewReturnsRequest request) {
  *request.mutable_header()->mutable_at_least() = positions_;
  request.set_authority(manifest_.authority);
  return clients_.front()->Call(&Stub::ReviewReturns, request);
}

Result<std::vector<SubjectId>> ServerRecord::ChildrenOfLayer(CivilDate year_end) {
  cases::v1::ReviewReturnsRequest request;
  SetDate(year_end, request.mutable_layer());
  const auto answer = Review(request);
  if (!answer) return tl::unexpected(answer.error());
  std::vector<SubjectId> children;
  for (const auto& child : answer->layer_children()) children.push_back(SubjectId::FromBytes(child).value_or(SubjectId{}));
  return children;
}

Result<import::Findings> ServerRecord::Find(const cases::Supposition& supposed) {
  cases::v1::ReviewReturnsRequest request;
  if (supposed.without) request.set_without_run(supposed.without->Bytes());
  if (supposed.covering) *request.mutable_covering() = *supposed.covering;
  const auto answer = Review(request);
  if (!answer) return tl::unexpected(answer.error());
  import::Findings findings;
  for (const auto& found : answer->findings()) {
    findings.emplace(SubjectId::FromBytes(found.child()).value_or(SubjectId{}), cases::Read(found));
  }
  return findings;
}

Result<void> ServerRecord::Finish(const cases::v1::ReturnCovered& covered, const cases::v1::ImportRunFinished& finished) {
  if (said_at_its_end_) return {};
  cases::v1::FinishImportRequest request;
  *request.mutable_header() = HeaderFor("finish");
  *request.mutable_covered() = covered;
  *request.mutable_finished() = finished;
  const auto answer = clients_.front()->Call(&Stub::FinishImport, request);
  if (!answer) return tl::unexpected(answer.error());
  KeepLatest(positions_, answer->positions());
  return {};
}

}  // namespace holdfast::cli
