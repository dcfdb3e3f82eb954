// The real program in another process, and a client that calls it over mutual TLS: what the figures
// of services share.
#pragma once

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/check.h"
#include "libs/base/civil_date.h"
#include "libs/rpc/certificates.h"
#include "libs/rpc/client.h"
#include "tests/bench/figures.h"
#include "tests/system/deployment.h"

namespace holdfast {

inline constexpr std::ptrdiff_t kInFlight = 64;
inline constexpr char kBenchAuthority[] = "E06000901";

common::v1::Date AsDate(const CivilDate& day);
common::v1::Date Day(int year, int month, int day);
common::v1::CommandHeader NewHeader();
double Median(std::vector<double> values);
// At `share` of the sorted values, such as 0.99.
double Quantile(std::vector<double> values, double share);

// One call of each kind is all that these need.
template <typename Service, typename Request, typename Response>
class Caller {
 public:
  using Method = void (Service::StubInterface::async_interface::*)(
      grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>);

  Caller(const std::string& endpoint, const TlsIdentity& identity, Method method)
      : method_(method) {
    constexpr size_t kChannels = 4;
    for (size_t i = 0; i < kChannels; ++i) {
      // Channels stay: gRPC 1.51 frees a queue twice when the last one goes as another comes.
      static std::vector<std::shared_ptr<grpc::Channel>> kept;
      const auto channel = kept.emplace_back(OpenChannel(endpoint, identity));
      HOLDFAST_CHECK(AwaitServer(*channel, std::chrono::seconds(10)));
      stubs_.push_back(Service::NewStub(channel));
    }
  }

  // Gives up on the first call that fails: a figure of failures says nothing.
  void Send(uint64_t number, Request request, std::function<void(const Response&)> done) {
    auto call = std::make_shared<Call>();
    call->request = std::move(request);
    Prepare(call->context, {});
    auto* async = stubs_[number % stubs_.size()]->async();
    (async->*method_)(&call->context, &call->request, &call->response,
                      [call, done = std::move(done)](const grpc::Status& status) {
                        if (!status.ok()) std::cerr << status.error_message() << "\n";
                        HOLDFAST_CHECK(status.ok());
                        done(call->response);
                      });
  }

 private:
  struct Call {
    grpc::ClientContext context;
    Request request;
    Response response;
  };
  const Method method_;
  std::vector<std::unique_ptr<typename Service::Stub>> stubs_;
};

// The real program, serving one live authority under a manual clock, on 2026-05-15.
class Served {
 public:
  explicit Served(std::string services = "audit,cases,alerting,national");
  // One that somebody else has started on these folders, with the authority.
  Served(const std::filesystem::path& data, const std::filesystem::path& keys);

  void Start();
  void Kill();
  void Must(const std::vector<std::string>& words) const;

  const std::string& endpoint() const { return endpoint_; }
  TlsIdentity Worker() const;
  const testing::Deployment& deployment() const { return deployment_; }

 private:
  void ReadEndpoint();  // waits for it

  const std::string services_;
  testing::Deployment deployment_;
  std::unique_ptr<testing::Background> process_;
  std::string endpoint_;
};

// Children as a team registers them; their ids. Child i has local id "L<i>".
std::vector<std::string> RegisterChildren(const Served& served, uint64_t count);

// Feeds a court's facts, 500 a second, of children that it registers: how many milliseconds each
// took from when it was due to when a subscriber had its alert. At most one fact a child.
std::vector<double> FactsToAlerts(const Served& served, uint64_t child_count, uint64_t fact_count);

cases::v1::RecordFactRequest Fact(const std::string& child, cases::v1::FactKind kind,
                                  common::v1::Date on, const std::string& code);

using Recording =
    Caller<cases::v1::CasesService, cases::v1::RecordFactRequest, cases::v1::RecordFactResponse>;

// One fact after another, for each child in turn; how many a second. `fact` is given child and
// round.
template <typename MakeFact>
double RecordFacts(const Served& served, const std::vector<std::string>& children, uint64_t rounds,
                   MakeFact fact) {
  Recording caller(served.endpoint(), served.Worker(),
                   &cases::v1::CasesService::StubInterface::async_interface::RecordFact);
  return ClosedLoop(children.size() * rounds, kInFlight, [&](uint64_t i, auto done) {
    caller.Send(i, fact(children[i % children.size()], i / children.size()),
                [done](const auto&) { done(); });
  });
}

}  // namespace holdfast
