// The figures of the whole program: another process serves, this one calls over mutual TLS.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <thread>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/echo_bench.h"
#include "tests/bench/figures.h"
#include "tests/system/deployment.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using testing::Background;
using testing::Deployment;

constexpr std::ptrdiff_t kInFlight = 64;
constexpr size_t kChannels = 4;
constexpr char kAuthority[] = "E06000901";

common::v1::Date Day(int year, int month, int day) {
  common::v1::Date date;
  SetDate(*CivilDate::FromYmd(year, month, day), &date);
  return date;
}

// One call of each kind is all that these need.
template <typename Service, typename Request, typename Response>
class Caller {
 public:
  using Method = void (Service::StubInterface::async_interface::*)(
      grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>);

  Caller(const std::string& endpoint, const TlsIdentity& identity, Method method)
      : method_(method) {
    for (size_t i = 0; i < kChannels; ++i) {
      // Channels stay: gRPC 1.51 frees a queue twice when the last one goes as another comes.
      static std::vector<std::shared_ptr<grpc::Channel>> kept;
      const auto channel = kept.emplace_back(OpenChannel(endpoint, identity));
      HOLDFAST_CHECK(AwaitServer(*channel, 10s));
      stubs_.push_back(Service::NewStub(channel));
    }
  }

  // Gives up on the first call that fails: a figure of failures says nothing.
  void Send(uint64_t number, Request request, std::function<void(const Response&)> done) {
    auto call = std::make_shared<Call>();
    call->request = std::move(request);
    Prepare(call->context, {});
    auto* async = stubs_[number % kChannels]->async();
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

common::v1::CommandHeader NewHeader() {
  std::array<uint8_t, 10> random{};
  arc4random_buf(random.data(), random.size());
  common::v1::CommandHeader header;
  header.set_command_id(CommandId{UuidV7(SystemClock().Now(), random)}.Bytes());
  header.set_authority(kAuthority);
  return header;
}

// The real program, serving one live authority under a manual clock.
class Served {
 public:
  explicit Served(std::string services = "audit,cases,alerting,national")
      : services_(std::move(services)) {
    HOLDFAST_CHECK(deployment_.Run({"init", "--clock", "manual", "--day", "2026-05-15"}).exit == 0);
    Start();
    Must({"authority", "add", kAuthority, "--name", "North"});
    Must({"authority", "live", kAuthority, "--from", "2020-04-01"});
  }

  void Start() {
    process_ = std::make_unique<Background>(deployment_.Command({"up", "--services", services_}));
    while (true) {
      std::ifstream file(deployment_.data() / "run.json");
      const auto run = nlohmann::json::parse(file, nullptr, false);
      if (run.is_object()) {
        endpoint_ = run["endpoint"];
        return;
      }
      std::this_thread::sleep_for(2ms);
    }
  }
  void Kill() {
    process_->Signal(SIGKILL);
    HOLDFAST_CHECK(process_->Wait(10s));
    std::filesystem::remove(deployment_.data() / "run.json");
  }
  void Must(const std::vector<std::string>& words) const {
    const auto outcome = deployment_.Run(words);
    if (outcome.exit > 1) std::cerr << outcome.err;
    HOLDFAST_CHECK(outcome.exit <= 1);
  }

  const std::string& endpoint() const { return endpoint_; }
  TlsIdentity Worker() const {
    return *LoadIdentity(deployment_.keys(),
                         NameOfRoleAt(Role::kWorker, *AuthorityCode::FromText(kAuthority)));
  }
  const Deployment& deployment() const { return deployment_; }

 private:
  const std::string services_;
  Deployment deployment_;
  std::unique_ptr<Background> process_;
  std::string endpoint_;
};

using Registering = Caller<cases::v1::CasesService, cases::v1::RegisterChildRequest,
                           cases::v1::RegisterChildResponse>;
using Recording =
    Caller<cases::v1::CasesService, cases::v1::RecordFactRequest, cases::v1::RecordFactResponse>;
using Echoing =
    Caller<testing::v1::EchoService, testing::v1::EchoRequest, testing::v1::EchoResponse>;

// Children as a team registers them; their ids, and how many a second.
struct Registered {
  std::vector<std::string> children;
  double a_second = 0;
};
Registered RegisterChildren(const Served& served, uint64_t count) {
  Registering caller(served.endpoint(), served.Worker(),
                     &cases::v1::CasesService::StubInterface::async_interface::RegisterChild);
  Registered registered{.children = std::vector<std::string>(count)};
  registered.a_second = ClosedLoop(count, kInFlight, [&](uint64_t i, auto done) {
    cases::v1::RegisterChildRequest request;
    *request.mutable_header() = NewHeader();
    request.mutable_personal()->set_local_id("L" + std::to_string(i));
    *request.mutable_personal()->mutable_born() = Day(2012, 3, 4);
    request.set_team("team-" + std::to_string(i % 8));
    request.set_worker("worker-" + std::to_string(i % 40));
    caller.Send(i, std::move(request), [&registered, i, done](const auto& response) {
      registered.children[i] = response.child();
      done();
    });
  });
  return registered;
}

cases::v1::RecordFactRequest Fact(const std::string& child, cases::v1::FactKind kind,
                                  common::v1::Date on, const std::string& code) {
  cases::v1::RecordFactRequest request;
  *request.mutable_header() = NewHeader();
  request.mutable_child()->set_child(child);
  request.set_kind(kind);
  *request.mutable_on() = std::move(on);
  request.set_code(code);
  return request;
}

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

double Echoes(const std::string& endpoint, const TlsIdentity& identity, uint64_t count,
              size_t bytes) {
  Echoing caller(endpoint, identity,
                 &testing::v1::EchoService::StubInterface::async_interface::Echo);
  return ClosedLoop(count, kInFlight, [&](uint64_t i, auto done) {
    testing::v1::EchoRequest request;
    request.set_authority(kAuthority);
    request.set_text(std::string(bytes, 'x'));
    caller.Send(i, std::move(request), [done](const auto&) { done(); });
  });
}

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

std::string AsText(const std::filesystem::path& path) { return path.string(); }

// Reviews of 2,000 children, each a command of its own that is durable when it is answered, and
// echoes of as many bytes over the same TLS, gate and client. Five alternating runs.
void CompareCommandsWithEchoes(const std::string& figure, const std::string& services) {
  const Served served(services);
  const auto children = RegisterChildren(served, 2'000).children;
  RecordFacts(served, children, 1, [](const std::string& child, uint64_t) {
    return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2024, 5, 1), "");
  });
  Background echo({"/proc/self/exe", "--serve-echo", AsText(served.deployment().keys())});
  const std::string echo_endpoint = *echo.ReadLine();
  const size_t bytes =
      Fact(children.front(), cases::v1::FACT_KIND_REVIEW, Day(2024, 6, 1), "PN1").ByteSizeLong();
  std::vector<double> commands;
  std::vector<double> echoes;
  for (uint64_t run = 0; run < 5; ++run) {
    echoes.push_back(Echoes(echo_endpoint, served.Worker(), 20'000, bytes));
    commands.push_back(
        RecordFacts(served, children, 5, [run](const std::string& child, uint64_t round) {
          const auto on =
              CivilDate::FromYmd(2024, 6, 1)->PlusDays(static_cast<int>(run * 5 + round));
          common::v1::Date date;
          SetDate(on, &date);
          return Fact(child, cases::v1::FACT_KIND_REVIEW, date, "PN1");
        }));
  }
  Print(figure, Median(commands), "commands/s", "echo over the same mutual TLS", Median(echoes));
}

}  // namespace

void ServeEcho(const std::filesystem::path& keys) {
  testing::EchoServer server(*LoadIdentity(keys, {kServerIdentity}));
  std::cout << server.server->endpoint() << std::endl;
  pause();  // until it is ended
}

// The service that decides, alone with the one that audits it; and with all that react to each fact
// on the same machine.
void BenchDurableCommands(const std::filesystem::path&) {
  CompareCommandsWithEchoes("durable_commands", "audit,cases");
  CompareCommandsWithEchoes("durable_commands_all_services", "audit,cases,alerting,national");
}

// The worklist of an authority of 1,000 children, each with a review overdue: pages of 100, one
// caller.
void BenchWorklist(const std::filesystem::path&) {
  constexpr double kBar_ms = 20;
  const Served served;
  const auto children = RegisterChildren(served, 1'000).children;
  RecordFacts(served, children, 1, [](const std::string& child, uint64_t) {
    return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2026, 3, 1), "");
  });
  const auto stub =
      alerting::v1::AlertingService::NewStub(OpenChannel(served.endpoint(), served.Worker()));
  std::vector<double> took_ms;
  std::string page;
  while (took_ms.size() < 3'000) {
    alerting::v1::ListAlertsRequest request;
    request.set_authority(kAuthority);
    request.set_page(page);
    const auto start = std::chrono::steady_clock::now();
    const auto response =
        CallUnary(*stub, &alerting::v1::AlertingService::Stub::ListAlerts, request);
    took_ms.push_back(SecondsSince(start) * 1000);
    HOLDFAST_CHECK(response && response->alerts_size() > 0);
    page = response->next_page();
  }
  std::ranges::sort(took_ms);
  Print("worklist_p50", took_ms[took_ms.size() / 2], "ms", "bar", kBar_ms);
  Print("worklist_p99", took_ms[took_ms.size() * 99 / 100], "ms", "bar", kBar_ms);
}

// A return end to end, by the real command, and the same decided in memory by `try`. Of
// HOLDFAST_SHARED when it is set: the fake return of 2018; else the sample's largest.
void BenchImport(const std::filesystem::path&) {
  const char* shared = std::getenv("HOLDFAST_SHARED");
  const std::filesystem::path folder =
      shared == nullptr ? std::filesystem::path(HOLDFAST_SOURCE) / "tests/sample/E06000901/2026"
                        : std::filesystem::path(shared) / "data/ssda903/fake-return-2017-18";
  const std::string year_end = shared == nullptr ? "2026-03-31" : "2018-03-31";
  const std::vector<std::string> further{"--ignore", "placed_for_adoption_errors.csv"};
  std::vector<double> imported;
  std::vector<double> tried;
  for (int run = 0; run < 3; ++run) {
    const Served served;
    const auto time = [&](std::vector<std::string> words) {
      words.insert(words.end(), further.begin(), further.end());
      const auto start = std::chrono::steady_clock::now();
      const auto outcome = served.deployment().Run(words);
      const double seconds = SecondsSince(start);
      if (outcome.exit > 1) std::cerr << outcome.err;
      HOLDFAST_CHECK(outcome.exit <= 1);
      const auto answer = outcome.json();
      const auto& total =
          answer.contains("total") ? answer["total"] : answer["imports"][0]["total"];
      return total["read"].get<double>() / seconds;
    };
    imported.push_back(time({"import", "ssda903", AsText(folder), "--authority", kAuthority,
                             "--year-ending", year_end}));
    tried.push_back(
        time({"try", "ssda903", "--authority", kAuthority, AsText(folder) + ":" + year_end}));
  }
  Print("import", Median(imported), "rows/s", "the same in memory", Median(tried));
}

// Killed at full load with 100,000 children, and begun again: until the first answered query and
// the first answered command.
void BenchRestart(const std::filesystem::path&) {
  constexpr double kBar_s = 1;
  constexpr uint64_t kChildren = 100'000;
  Served served;
  const std::vector<std::string> children = RegisterChildren(served, kChildren).children;
  std::vector<double> to_query;
  std::vector<double> to_command;
  for (int run = 0; run < 5; ++run) {
    const std::vector<std::string> some(children.begin() + run * 2'000,
                                        children.begin() + (run + 1) * 2'000);
    RecordFacts(served, some, 2, [](const std::string& child, uint64_t round) {
      return round == 0 ? Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2026, 3, 1), "")
                        : Fact(child, cases::v1::FACT_KIND_REVIEW, Day(2026, 3, 15), "PN1");
    });
    served.Kill();
    const auto start = std::chrono::steady_clock::now();
    served.Start();
    const auto stub =
        cases::v1::CasesService::NewStub(OpenChannel(served.endpoint(), served.Worker()));
    cases::v1::ShowCaseRequest show;
    show.mutable_child()->set_child(some.back());
    while (!CallUnary(*stub, &cases::v1::CasesService::Stub::ShowCase, show)) {
      std::this_thread::sleep_for(2ms);
    }
    to_query.push_back(SecondsSince(start));
    const auto review = Fact(some.back(), cases::v1::FACT_KIND_REVIEW, Day(2026, 4, 15), "PN1");
    while (!CallUnary(*stub, &cases::v1::CasesService::Stub::RecordFact, review)) {
      std::this_thread::sleep_for(2ms);
    }
    to_command.push_back(SecondsSince(start));
  }
  Print("restart_to_query", Median(to_query), "s", "bar", kBar_s);
  Print("restart_to_command", Median(to_command), "s", "bar", kBar_s);
}

}  // namespace holdfast
