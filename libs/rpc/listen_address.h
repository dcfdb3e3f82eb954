// Where a server listens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/status.h"

namespace holdfast {

struct ListenAddress {
  std::string host;  // "127.0.0.1", "::1", "localhost", "0.0.0.0"
  uint16_t port = 0;

  static std::optional<ListenAddress> FromText(
      std::string_view text);  // "127.0.0.1:0", "[::1]:5000"
  std::string Text() const;
  bool IsLoopback() const;
};

// Whether a server could listen there now: PORT_TAKEN with a plain message, LISTEN_FAILED.
Result<void> CheckFree(const ListenAddress& address);

}  // namespace holdfast
