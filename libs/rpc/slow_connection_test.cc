// A machine that is busy takes its time to connect.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using testing::v1::EchoService;

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Passes one connection on to `port`, after a while of silence.
class SlowRoad {
 public:
  SlowRoad(uint16_t port, milliseconds silence) {
    auto address = Loopback(0);
    socklen_t size = sizeof(address);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    listen(listener_, 8);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, port, silence] { Pass(port, silence); });
  }
  ~SlowRoad() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string endpoint() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void Pass(uint16_t port, milliseconds silence) const {
    const int near = accept(listener_, nullptr, nullptr);
    if (near < 0) return;
    std::this_thread::sleep_for(silence);
    const int far = socket(AF_INET, SOCK_STREAM, 0);
    const auto address = Loopback(port);
    connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    pollfd ends[] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
    char bytes[4096];
    for (bool open = true; open && poll(ends, 2, 10'000) > 0;) {
      for (const int i : {0, 1}) {
        if (ends[i].revents == 0) continue;
        const auto read = recv(ends[i].fd, bytes, sizeof(bytes), 0);
        if (read <= 0) open = false;
        if (read > 0) send(ends[1 - i].fd, bytes, static_cast<size_t>(read), MSG_NOSIGNAL);
      }
    }
    close(near);
    close(far);
  }

  const int listener_ = socket(AF_INET, SOCK_STREAM, 0);
  uint16_t port_ = 0;
  std::thread thread_;
};

TEST(ASlowConnection, IsWaitedForByTheFirstCall) {
  const testing::TestDeployment deployment;
  const testing::EchoServer echo(deployment.Server());
  const std::string endpoint = echo.server->endpoint();
  const auto port = static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.find(':') + 1)));
  const SlowRoad road(port, milliseconds(600));
  {
    const auto stub = EchoService::NewStub(OpenChannel(road.endpoint(), deployment.Worker()));
    const auto answer = CallUnary(*stub, &EchoService::Stub::Echo, testing::v1::EchoRequest());
    EXPECT_TRUE(answer) << answer.error().status.message;
  }
}

}  // namespace
}  // namespace holdfast
