// gRPC's own error lines, which it writes to stderr in a form of its own.
#pragma once

#include <functional>
#include <string>

namespace holdfast {

// From now on each error line of gRPC goes to `sink`, from any thread, and all else that gRPC and
// protobuf would print is dropped. Lines name peers and files, never messages. Called once, before
// the first channel or server.
void SendGrpcLogsTo(std::function<void(const std::string& line)> sink);

}  // namespace holdfast
