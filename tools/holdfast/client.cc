#include "tools/holdfast/client.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "libs/base/uuid.h"
#include "services/node/run_file.h"

namespace holdfast::cli {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLongestCall = std::chrono::minutes(1);  // that a server takes

}  // namespace

Result<std::unique_ptr<Client>> Client::Open(const GlobalOptions& options, const ActsAs& acts_as) {
  if (options.server.empty()) {
    if (auto server = FindServer(options.data); !server) return tl::unexpected(server.error());
  }
  auto acting = FindActingIdentity(options, acts_as);
  if (!acting) return tl::unexpected(acting.error());
  auto tls = LoadIdentity(options.keys, acting->name);
  if (!tls) return tl::unexpected(tls.error());
  std::unique_ptr<Client> client(new Client(options, std::move(acting->name), std::move(*tls),
                                            std::move(acting->authority)));
  if (auto connected = client->Connect(); !connected) return tl::unexpected(connected.error());
  return client;
}

Result<std::string> Client::FindEndpoint() const {
  if (!options_.server.empty()) return options_.server;
  return FindServer(options_.data).map([](const RunFile& run) { return run.endpoint; });
}

Result<void> Client::Connect() {
  const auto endpoint = FindEndpoint();
  if (!endpoint) return tl::unexpected(endpoint.error());
  endpoint_ = *endpoint;
  channel_ = OpenChannel(endpoint_, tls_);
  return AwaitServer(*channel_, std::chrono::seconds(5));
}

void Client::Reconnect() {
  const auto endpoint = FindEndpoint();
  if (!endpoint || *endpoint == endpoint_) return;
  endpoint_ = *endpoint;
  channel_ = OpenChannel(endpoint_, tls_);
}

milliseconds Client::LeftUntil(Monotonic end) const {
  const auto left = std::chrono::duration_cast<milliseconds>(end - clock_.Steady());
  return std::clamp(left, milliseconds(1), kLongestCall);
}

common::v1::CommandHeader Client::NewHeader() const {
  std::array<uint8_t, 10> random;
  randombytes_buf(random.data(), random.size());
  const UuidBytes id = UuidV7(clock_.Now(), random);
  common::v1::CommandHeader header;
  header.set_command_id(id.data(), id.size());
  header.set_authority(authority_);
  return header;
}

Result<common::v1::CommandHeader> Client::HeaderWithId(const std::string& uuid) const {
  if (uuid.empty()) return NewHeader();
  const auto id = UuidFromText(uuid);
  if (!id) {
    return Fail(StatusCode::kInvalidArgument, "USAGE",
                "--command-id takes a UUID such as 0190163d-8694-739b-aea5-966c26f8ad91");
  }
  common::v1::CommandHeader header;
  header.set_command_id(id->data(), id->size());
  header.set_authority(authority_);
  return header;
}

Status Client::StatusOf(const CallFailure& failure) {
  const auto fact = [&](const char* name) {
    const auto found = failure.facts.find(name);
    return found == failure.facts.end() ? std::string() : found->second;
  };
  Status status = failure.status;
  if (status.reason == "UNIMPLEMENTED") {
    status = {StatusCode::kFailedPrecondition, "SERVICE_NOT_RUNNING",
              "the service that does this does not run here; see: holdfast status"};
  }
  const std::string line = fact("line");
  status.where.file = fact("file");
  status.where.field = fact("field");
  status.where.rule = fact("rule");
  std::from_chars(line.data(), line.data() + line.size(), status.where.line);
  return status;
}

}  // namespace holdfast::cli
