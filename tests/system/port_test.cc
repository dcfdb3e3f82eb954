// What anybody on the machine can send to the port: the process serves on.
#include <arpa/inet.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "libs/rpc/client.h"
#include "tests/system/deployment.h"

namespace holdfast::testing {
namespace {

using cases::v1::CasesService;
using std::chrono::milliseconds;
using std::chrono::seconds;

class PortTest : public ::testing::Test {
 protected:
  PortTest() : up_(made_.Command({"up"})) {
    EXPECT_TRUE(up_.ReadLine());
    const auto run = nlohmann::json::parse(std::ifstream(made_.data() / "run.json"));
    endpoint_ = run["endpoint"];
  }

  // A connection, without TLS.
  int Connect() const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port =
        htons(static_cast<uint16_t>(std::stoi(endpoint_.substr(endpoint_.find(':') + 1))));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    return connection;
  }

  void Send(const std::string& bytes) const {
    const int connection = Connect();
    send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    char answer[256];
    const timeval limit{.tv_sec = 0, .tv_usec = 50'000};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    while (recv(connection, answer, sizeof(answer), 0) > 0) continue;
    close(connection);
  }

  void ExpectServing() const {
    const auto status = made_.Run({"status"});
    EXPECT_EQ(status.exit, 0) << status.out;
    EXPECT_TRUE(status.json()["ok"]);
  }

  const Deployment made_;
  Background up_;
  std::string endpoint_;
};

TEST_F(PortTest, ServesOnWhateverBytesItGets) {
  std::mt19937 random(1);
  for (int i = 0; i < 60; ++i) {
    std::string bytes(random() % 4096, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    Send(bytes);
  }
  const std::string client_hello = "\x16\x03\x01";
  for (const auto& bytes : {std::string(), std::string("GET / HTTP/1.1\r\nHost: holdfast\r\n\r\n"),
                            std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), client_hello,
                            client_hello + std::string("\xff\xff", 2) + std::string(70'000, 'A'),
                            client_hello + std::string("\x00\x05\x01\x00\x00\x01\x00", 7)}) {
    Send(bytes);
  }
  ExpectServing();
}

TEST_F(PortTest, ServesOnWhileManyHoldConnectionsAndSayNothing) {
  std::vector<int> silent;
  for (int i = 0; i < 200; ++i) silent.push_back(Connect());
  ExpectServing();
  for (const int connection : silent) close(connection);
}

TEST_F(PortTest, TellsNobodyWithoutACertificateWhatServicesThereAre) {
  const auto insecure = grpc::CreateChannel(endpoint_, grpc::InsecureChannelCredentials());
  EXPECT_FALSE(insecure->WaitForConnected(std::chrono::system_clock::now() + milliseconds(500)));
  std::ostringstream authority;
  authority << std::ifstream(made_.keys() / "ca.pem").rdbuf();
  const auto anonymous =
      grpc::CreateChannel(endpoint_, grpc::SslCredentials({authority.str(), "", ""}));
  const auto stub = CasesService::NewStub(anonymous);
  const auto answer =
      CallUnary(*stub, &CasesService::Stub::ListAuthorities, cases::v1::ListAuthoritiesRequest{},
                {.timeout = milliseconds(1000)});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().status.reason, "OUTCOME_UNKNOWN");
  ExpectServing();
}

// Commands that had reached the server when it was told to stop are answered, and the answer holds
// after the next start.
TEST_F(PortTest, AnswersTheCommandsThatAreUnderWayWhenItIsToldToStop) {
  const auto channel =
      OpenChannel(endpoint_, *LoadIdentity(made_.keys(), NameOfRole(Role::kOperator)));
  ASSERT_TRUE(AwaitServer(*channel, seconds(5)));
  const auto stub = CasesService::NewStub(channel);
  struct Flight {
    grpc::ClientContext context;
    cases::v1::RegisterAuthorityResponse response;
    grpc::Status status;
    std::string code;
  };
  constexpr int kFlights = 64;
  std::vector<std::unique_ptr<Flight>> flights;
  grpc::CompletionQueue queue;
  const Instant now = SystemClock().Now();
  for (int i = 0; i < kFlights; ++i) {
    auto& flight = *flights.emplace_back(std::make_unique<Flight>());
    flight.code = "E0600" + std::to_string(1000 + i);
    cases::v1::RegisterAuthorityRequest request;
    request.mutable_header()->set_command_id(
        CommandId{UuidV7(now, {0, static_cast<uint8_t>(i)})}.Bytes());
    request.mutable_header()->set_authority(flight.code);
    request.set_name("Somewhere");
    Prepare(flight.context, {.timeout = seconds(20)});
    stub->AsyncRegisterAuthority(&flight.context, request, &queue)
        ->Finish(&flight.response, &flight.status, &flight);
  }
  // The first answer is here: the others are on their way.
  int answered = 0;
  for (int i = 0; i < kFlights; ++i) {
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    if (static_cast<Flight*>(tag)->status.ok()) ++answered;
    if (i == 0) up_.Signal(SIGTERM);
  }
  EXPECT_EQ(up_.Wait(seconds(15)), 0);
  EXPECT_GT(answered, 1);
  ASSERT_EQ(made_.Run({"up", "--detach"}).exit, 0);
  const auto listed = made_.Run({"authority", "list"}).json()["authorities"];
  std::set<std::string> codes;
  for (const auto& authority : listed) codes.insert(authority["authority"]);
  for (const auto& flight : flights) {
    if (flight->status.ok()) {
      EXPECT_TRUE(codes.contains(flight->code)) << flight->code;
    } else {
      EXPECT_EQ(FromGrpc(flight->status).status.code, StatusCode::kUnavailable)
          << flight->status.error_message();
    }
  }
}

}  // namespace
}  // namespace holdfast::testing
