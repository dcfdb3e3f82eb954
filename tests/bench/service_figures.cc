// The figures of the record: another process serves, this one calls over mutual TLS.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/base/check.h"
#include "libs/rpc/echo_bench.h"
#include "tests/bench/figures.h"
#include "tests/bench/served.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using testing::Background;

using Echoing =
    Caller<testing::v1::EchoService, testing::v1::EchoRequest, testing::v1::EchoResponse>;

double Echoes(const std::string& endpoint, const TlsIdentity& identity, uint64_t count,
              size_t bytes) {
  Echoing caller(endpoint, identity,
                 &testing::v1::EchoService::StubInterface::async_interface::Echo);
  return ClosedLoop(count, kInFlight, [&](uint64_t i, auto done) {
    testing::v1::EchoRequest request;
    request.set_authority(kBenchAuthority);
    request.set_text(std::string(bytes, 'x'));
    caller.Send(i, std::move(request), [done](const auto&) { done(); });
  });
}

std::string AsText(const std::filesystem::path& path) { return path.string(); }

// Reviews of 2,000 children, each a command of its own that is durable when it is answered, and
// echoes of as many bytes over the same TLS, gate and client. Five alternating runs.
void CompareCommandsWithEchoes(const std::string& figure, const std::string& services) {
  const Served served(services);
  const auto children = RegisterChildren(served, 2'000);
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
          return Fact(child, cases::v1::FACT_KIND_REVIEW, AsDate(on), "PN1");
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
  const auto children = RegisterChildren(served, 1'000);
  RecordFacts(served, children, 1, [](const std::string& child, uint64_t) {
    return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2026, 3, 1), "");
  });
  const auto stub =
      alerting::v1::AlertingService::NewStub(OpenChannel(served.endpoint(), served.Worker()));
  std::vector<double> took_ms;
  std::string page;
  while (took_ms.size() < 3'000) {
    alerting::v1::ListAlertsRequest request;
    request.set_authority(kBenchAuthority);
    request.set_page(page);
    const auto start = std::chrono::steady_clock::now();
    const auto response =
        CallUnary(*stub, &alerting::v1::AlertingService::Stub::ListAlerts, request);
    took_ms.push_back(SecondsSince(start) * 1000);
    HOLDFAST_CHECK(response && response->alerts_size() > 0);
    page = response->next_page();
  }
  Print("worklist_p50", Quantile(took_ms, 0.5), "ms", "bar", kBar_ms);
  Print("worklist_p99", Quantile(took_ms, 0.99), "ms", "bar", kBar_ms);
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
    imported.push_back(time({"import", "ssda903", AsText(folder), "--authority", kBenchAuthority,
                             "--year-ending", year_end}));
    tried.push_back(
        time({"try", "ssda903", "--authority", kBenchAuthority, AsText(folder) + ":" + year_end}));
  }
  Print("import", Median(imported), "rows/s", "the same in memory", Median(tried));
}

// Killed at full load with 100,000 children, and begun again: until the first answered query and
// the first answered command.
void BenchRestart(const std::filesystem::path&) {
  constexpr double kBar_s = 1;
  constexpr uint64_t kChildren = 100'000;
  Served served;
  const std::vector<std::string> children = RegisterChildren(served, kChildren);
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
