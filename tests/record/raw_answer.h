// For tests: all that a caller gets of a call, as bytes, to be compared with what another gets.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

namespace holdfast::testing {

// What a caller says beside the message.
struct Sayings {
  std::string purpose = {};  // blank: none
  std::string caller = {};   // blank: none
  bool deadline = true;
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

struct RawAnswer {
  bool ok = false;
  std::string bytes;  // of a success the message; of a failure "CODE\n", message, details, trailing
                      // metadata
};

// Blocks. `method` as in the role table.
RawAnswer AskRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                 const std::string& message, const Sayings& sayings = {});

}  // namespace holdfast::testing
