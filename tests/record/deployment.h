// For tests: a whole deployment in a temporary folder, served over real TLS, with a client for each
// role.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "holdfast/audit/v1/audit_service.grpc.pb.h"
#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/obs/log.h"
#include "libs/rpc/client.h"
#include "libs/testing/temporary_folder.h"
#include "services/node/create_data.h"
#include "services/node/node.h"

namespace holdfast::testing {

using cases::v1::CasesService;

inline const std::string kNorth = "E06000901";
inline const std::string kSouth = "E06000902";

common::v1::Date Day(const char* iso);
std::string NewCommandId();  // a UUIDv7, now

// Day 1 April 2019 by a manual clock, four partitions.
class Deployment {
 public:
  // Without names all services run.
  explicit Deployment(std::vector<std::string> services = {"audit", "cases"});

  void Start();
  void Stop() { node_.reset(); }
  // What was derived from the journals is gone; the journals stay. Only while stopped.
  void WipeState(const std::string& service);

  // Both authorities, by the operator.
  void RegisterAuthorities();

  CasesService::Stub& As(const IdentityName& name);
  CasesService::Stub& Operator() { return As(NameOfRole(Role::kOperator)); }
  CasesService::Stub& Worker(const std::string& code = kNorth) {
    return As(At(Role::kWorker, code));
  }
  CasesService::Stub& Data(const std::string& code = kNorth) { return As(At(Role::kData, code)); }
  std::vector<audit::v1::ReadView> ReadsOf(const std::string& child);

  const std::filesystem::path& data() const { return paths_.data; }
  const KeysPaths& paths() const { return paths_; }
  const std::string& endpoint() const { return node_->run().endpoint; }

  static IdentityName At(Role role, const std::string& code) {
    return NameOfRoleAt(role, *AuthorityCode::FromText(code));
  }
  std::shared_ptr<grpc::Channel> ChannelOf(const IdentityName& name);
  // A certificate of `role` at `code`, whatever the role.
  std::shared_ptr<grpc::Channel> ChannelOf(Role role, const std::string& code);

 private:
  TemporaryFolder folder_;
  KeysPaths paths_;
  std::vector<std::string> services_;
  SystemClock clock_;
  std::unique_ptr<Log> log_;
  std::unique_ptr<Node> node_;
  std::map<std::string, std::unique_ptr<CasesService::Stub>> stubs_;  // by identity
};

// A call whose success is a matter of course.
template <typename Request, typename Response>
Response Done(CasesService::Stub& stub,
              grpc::Status (CasesService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                         Response*),
              const Request& request) {
  auto response = CallUnary(stub, method, request);
  if (!response)
    std::fprintf(stderr, "%s: %s\n", response.error().status.reason.c_str(),
                 response.error().status.message.c_str());
  HOLDFAST_CHECK(response.has_value());
  return *response;
}

// The reason of a call's failure, or "done".
template <typename Request, typename Response>
std::string ReasonOf(CasesService::Stub& stub,
                     grpc::Status (CasesService::Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                     const Request& request) {
  const auto response = CallUnary(stub, method, request);
  return response ? "done" : response.error().status.reason;
}

// Requests, each with a new command id.
cases::v1::RegisterChildRequest Register(const std::string& local_id,
                                         const std::string& name = "Canary Smith");
cases::v1::StartImportRequest Start(const std::string& run, const char* year_end,
                                    const std::string& authority = kNorth);
// A header and an open episode.
cases::v1::StateReturnRowsRequest Rows(const std::string& run, const char* year_end,
                                       const std::string& local_id, const char* decom,
                                       const std::string& authority = kNorth);
cases::v1::FinishImportRequest Finish(const std::string& run, const char* year_end,
                                      const std::string& authority = kNorth);
cases::v1::ShowCaseRequest Show(const std::string& child);
cases::v1::RecordFactRequest Record(const std::string& child, cases::v1::FactKind kind,
                                    const char* on, const std::string& code = "");

// Imports one child's return of a year; the child's id.
std::string Import(Deployment& deployment, const std::string& run, const char* year_end,
                   const std::string& local_id, const char* decom,
                   const std::string& authority = kNorth);

inline std::string RunOf(char c) { return std::string(16, c); }

}  // namespace holdfast::testing
