#include "tests/record/deployment.h"

#include <sodium.h>

#include "libs/base/check.h"
#include "libs/base/uuid.h"
#include "libs/permanence/dates.h"

namespace holdfast::testing {

using namespace cases::v1;

common::v1::Date Day(const char* iso) { return DateOf(*CivilDate::FromIso(iso)); }

std::string NewCommandId() {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return CommandId{UuidV7(SystemClock().Now(), random)}.Bytes();
}

Deployment::Deployment(std::vector<std::string> services)
    : paths_{folder_ / "keys", folder_ / "data"}, services_(std::move(services)) {
  HOLDFAST_CHECK(CreateDeployment({.paths = paths_,
                                   .format = {.partition_count = 4, .clock = ClockMode::kManual},
                                   .day = *CivilDate::FromIso("2019-04-01")},
                                  SystemClock())
                     .has_value());
  Start();
}

void Deployment::Start() {
  stubs_.clear();
  auto services = *ChooseServices(services_);
  log_ = std::move(*Log::Open(
      {.file = data_path::Logs(paths_.data) / "holdfast.log", .to_stderr = false}, clock_));
  auto node = Node::Start({.paths = paths_, .services = std::move(services), .log = *log_});
  if (!node)
    std::fprintf(stderr, "%s: %s\n", node.error().reason.c_str(), node.error().message.c_str());
  HOLDFAST_CHECK(node.has_value());
  node_ = std::move(*node);
}

void Deployment::WipeState(const std::string& service) {
  HOLDFAST_CHECK(node_ == nullptr);
  std::filesystem::remove_all(paths_.data / "state" / service);
}

void Deployment::RegisterAuthorities() {
  for (const auto& code : {kNorth, kSouth}) {
    RegisterAuthorityRequest request;
    request.mutable_header()->set_command_id(NewCommandId());
    request.mutable_header()->set_authority(code);
    request.set_name("Council " + code);
    Done(Operator(), &CasesService::Stub::RegisterAuthority, request);
  }
}

std::shared_ptr<grpc::Channel> Deployment::ChannelOf(const IdentityName& name) {
  return OpenChannel(node_->run().endpoint, *LoadIdentity(paths_.keys, name));
}

std::shared_ptr<grpc::Channel> Deployment::ChannelOf(Role role, const std::string& code) {
  const auto authority = CertificateAuthority::OpenOrCreate(paths_.keys, clock_.Now());
  const Identity identity{*AuthorityCode::FromText(code), role, std::string(Text(role))};
  HOLDFAST_CHECK(authority && authority->Issue(At(role, code), identity, clock_.Now()));
  return ChannelOf(At(role, code));
}

CasesService::Stub& Deployment::As(const IdentityName& name) {
  auto& stub = stubs_[name.text];
  if (stub == nullptr) stub = CasesService::NewStub(ChannelOf(name));
  return *stub;
}

std::vector<audit::v1::ReadView> Deployment::ReadsOf(const std::string& child) {
  const auto stub = audit::v1::AuditService::NewStub(ChannelOf(NameOfRole(Role::kAuditor)));
  audit::v1::ListReadsRequest request;
  request.set_child(child);
  const auto response = CallUnary(*stub, &audit::v1::AuditService::Stub::ListReads, request);
  HOLDFAST_CHECK(response.has_value());
  return {response->reads().begin(), response->reads().end()};
}

RegisterChildRequest Register(const std::string& local_id, const std::string& name) {
  RegisterChildRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_personal()->set_local_id(local_id);
  request.mutable_personal()->set_name(name);
  *request.mutable_personal()->mutable_born() = Day("2010-05-06");
  request.set_team("team-1");
  request.set_worker("worker-1");
  return request;
}

StartImportRequest Start(const std::string& run, const char* year_end,
                         const std::string& authority) {
  StartImportRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_header()->set_authority(authority);
  request.set_run(run);
  *request.mutable_year_end() = Day(year_end);
  return request;
}

StateReturnRowsRequest Rows(const std::string& run, const char* year_end,
                            const std::string& local_id, const char* decom,
                            const std::string& authority) {
  StateReturnRowsRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_header()->set_authority(authority);
  auto& command = *request.mutable_command();
  command.mutable_submission()->set_run(run);
  *command.mutable_submission()->mutable_year_end() = Day(year_end);
  command.add_tables(RETURN_TABLE_HEADER);
  command.add_tables(RETURN_TABLE_EPISODES);
  command.mutable_child()->mutable_open()->set_local_id(local_id);
  auto& header = *command.add_rows();
  header.set_verdict(ROW_VERDICT_TAKE);
  header.mutable_row()->mutable_header()->set_sex("F");
  auto& personal = *header.mutable_row()->mutable_personal()->mutable_open();
  personal.set_local_id(local_id);
  personal.set_unique_pupil_number("CANARY-UPN-" + local_id);
  *personal.mutable_born() = Day("2010-05-06");
  auto& episode = *command.add_rows();
  episode.set_verdict(ROW_VERDICT_TAKE);
  auto& row = *episode.mutable_row()->mutable_episode();
  *row.mutable_decom() = Day(decom);
  row.set_rne("S");
  row.set_ls("C2");
  row.set_place("U1");
  episode.mutable_row()->mutable_personal()->mutable_open()->set_home_postcode("CANARY AB1");
  return request;
}

FinishImportRequest Finish(const std::string& run, const char* year_end,
                           const std::string& authority) {
  FinishImportRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_header()->set_authority(authority);
  auto& covered = *request.mutable_covered();
  covered.mutable_submission()->set_run(run);
  *covered.mutable_submission()->mutable_year_end() = Day(year_end);
  covered.add_tables(RETURN_TABLE_HEADER);
  covered.add_tables(RETURN_TABLE_EPISODES);
  covered.set_whole(true);
  request.mutable_finished()->set_duration_ms(12);
  return request;
}

ShowCaseRequest Show(const std::string& child) {
  ShowCaseRequest request;
  request.mutable_child()->set_child(child);
  return request;
}

RecordFactRequest Record(const std::string& child, FactKind kind, const char* on,
                         const std::string& code) {
  RecordFactRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_child()->set_child(child);
  request.set_kind(kind);
  *request.mutable_on() = Day(on);
  request.set_code(code);
  return request;
}

std::string Import(Deployment& deployment, const std::string& run, const char* year_end,
                   const std::string& local_id, const char* decom, const std::string& authority) {
  auto& data = deployment.Data(authority);
  Done(data, &CasesService::Stub::StartImport, Start(run, year_end, authority));
  const auto stated = Done(data, &CasesService::Stub::StateReturnRows,
                           Rows(run, year_end, local_id, decom, authority));
  Done(data, &CasesService::Stub::FinishImport, Finish(run, year_end, authority));
  return stated.answer().child();
}

}  // namespace holdfast::testing
