#include "libs/rpc/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

namespace holdfast {

std::optional<ListenAddress> ListenAddress::FromText(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != host.npos) {
    return std::nullopt;
  }
  ListenAddress address{std::string(host), 0};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc() || end != digits.data() + digits.size() || host.empty())
    return std::nullopt;
  return address;
}

std::string ListenAddress::Text() const {
  const bool is_v6 = host.find(':') != host.npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

bool ListenAddress::IsLoopback() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<void> CheckFree(const ListenAddress& address) {
  const addrinfo hints{.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM};
  addrinfo* raw = nullptr;
  const auto failed = [&](const char* why) {
    return Fail(StatusCode::kFailedPrecondition, "LISTEN_FAILED",
                "cannot listen on " + address.Text() + ": " + why);
  };
  if (const int error =
          getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &raw)) {
    return failed(gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(raw, freeaddrinfo);
  const int socket_number = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, 0);
  if (socket_number < 0) return failed(std::strerror(errno));
  const int reuse = 1;  // as gRPC does: a port that was just left is free
  setsockopt(socket_number, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  const bool bound =
      bind(socket_number, found->ai_addr, found->ai_addrlen) == 0 && listen(socket_number, 1) == 0;
  const int error = errno;
  close(socket_number);
  if (bound) return {};
  if (error != EADDRINUSE) return failed(std::strerror(error));
  return Fail(StatusCode::kFailedPrecondition, "PORT_TAKEN",
              "another program already listens on " + address.Text() +
                  "; choose another port, or 0 for any free one");
}

}  // namespace holdfast
