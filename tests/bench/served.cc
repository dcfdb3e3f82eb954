#include "tests/bench/served.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "libs/permanence/dates.h"

namespace holdfast {

using namespace std::chrono_literals;

common::v1::Date AsDate(const CivilDate& day) {
  common::v1::Date date;
  SetDate(day, &date);
  return date;
}

common::v1::Date Day(int year, int month, int day) {
  return AsDate(*CivilDate::FromYmd(year, month, day));
}

common::v1::CommandHeader NewHeader() {
  std::array<uint8_t, 10> random{};
  arc4random_buf(random.data(), random.size());
  common::v1::CommandHeader header;
  header.set_command_id(CommandId{UuidV7(SystemClock().Now(), random)}.Bytes());
  header.set_authority(kBenchAuthority);
  return header;
}

double Median(std::vector<double> values) { return Quantile(std::move(values), 0.5); }

double Quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<size_t>(static_cast<double>(values.size()) * share)];
}

Served::Served(std::string services) : services_(std::move(services)) {
  HOLDFAST_CHECK(deployment_.Run({"init", "--clock", "manual", "--day", "2026-05-15"}).exit == 0);
  Start();
  Must({"authority", "add", kBenchAuthority, "--name", "North"});
  Must({"authority", "live", kBenchAuthority, "--from", "2020-04-01"});
}

Served::Served(const std::filesystem::path& data, const std::filesystem::path& keys)
    : deployment_(data, keys) {
  ReadEndpoint();
}

void Served::Start() {
  process_ =
      std::make_unique<testing::Background>(deployment_.Command({"up", "--services", services_}));
  ReadEndpoint();
}

void Served::ReadEndpoint() {
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

void Served::Kill() {
  process_->Signal(SIGKILL);
  HOLDFAST_CHECK(process_->Wait(10s));
  std::filesystem::remove(deployment_.data() / "run.json");
}

void Served::Must(const std::vector<std::string>& words) const {
  const auto outcome = deployment_.Run(words);
  if (outcome.exit > 1) std::cerr << outcome.err;
  HOLDFAST_CHECK(outcome.exit <= 1);
}

TlsIdentity Served::Worker() const {
  return *LoadIdentity(deployment_.keys(),
                       NameOfRoleAt(Role::kWorker, *AuthorityCode::FromText(kBenchAuthority)));
}

using Registering = Caller<cases::v1::CasesService, cases::v1::RegisterChildRequest,
                           cases::v1::RegisterChildResponse>;

std::vector<std::string> RegisterChildren(const Served& served, uint64_t count) {
  Registering caller(served.endpoint(), served.Worker(),
                     &cases::v1::CasesService::StubInterface::async_interface::RegisterChild);
  std::vector<std::string> children(count);
  ClosedLoop(count, kInFlight, [&](uint64_t i, auto done) {
    cases::v1::RegisterChildRequest request;
    *request.mutable_header() = NewHeader();
    request.mutable_personal()->set_local_id("L" + std::to_string(i));
    *request.mutable_personal()->mutable_born() = Day(2012, 3, 4);
    request.set_team("team-" + std::to_string(i % 8));
    request.set_worker("worker-" + std::to_string(i % 40));
    caller.Send(i, std::move(request), [&children, i, done](const auto& response) {
      children[i] = response.child();
      done();
    });
  });
  return children;
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

}  // namespace holdfast
