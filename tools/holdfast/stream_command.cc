#include "tools/holdfast/stream_command.h"

#include <sodium.h>

#include <iostream>
#include <thread>

#include "holdfast/relay/v1/event_stream_service.grpc.pb.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = relay::v1;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStream{60};  // the longest that a server lets one last
constexpr seconds kNoServer{30};
constexpr milliseconds kTryAgain{100};

struct StreamOptions {
  std::string authority;
  std::string group;
  std::vector<std::string> types;
  std::string after;
  uint32_t seconds = 0;
};

std::string Base64(const std::string& bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the zero behind it
  return text;
}

// CloudEvents' JSON format 1.0, and the token beside it.
Json JsonOf(const v1::SubscribeResponse& message) {
  const auto& event = message.event();
  return {{"specversion", "1.0"},
          {"id", event.id()},
          {"source", event.source()},
          {"type", event.type()},
          {"time", event.time()},
          {"partitionkey", event.partition_key()},
          {"datacontenttype", "application/protobuf"},
          {"data_base64", Base64(event.data())},
          {"token", message.token()}};
}

// Follows the stream from one deadline to the next. Each event is written once: after a break it
// goes on from the last token.
class Follower {
 public:
  Follower(Client& client, const StreamOptions& options) : client_(client), options_(options) {
    request_.set_authority(options.group.empty() ? client.authority() : "");
    request_.set_group(options.group);
    for (const auto& type : options.types) request_.add_types(type);
    request_.set_after(options.after);
    if (options.seconds > 0) end_ = std::chrono::steady_clock::now() + seconds(options.seconds);
  }

  Result<void> Run() {
    auto last_answer = std::chrono::steady_clock::now();
    while (!IsOver()) {
      const auto went = Once();
      const auto now = std::chrono::steady_clock::now();
      if (went) {
        last_answer = now;
        continue;
      }
      if (went.error().code != StatusCode::kUnavailable || now - last_answer > kNoServer)
        return went;
      std::this_thread::sleep_for(kTryAgain);
      client_.Reconnect();
    }
    return {};
  }

 private:
  bool IsOver() const { return end_ && std::chrono::steady_clock::now() >= *end_; }

  milliseconds Left() const {
    if (!end_) return kStream;
    const auto left = std::chrono::ceil<milliseconds>(*end_ - std::chrono::steady_clock::now());
    return std::clamp<milliseconds>(left, milliseconds(1), kStream);
  }

  Result<void> Once() {
    v1::EventStreamService::Stub stub(client_.Channel());
    grpc::ClientContext context;
    Prepare(context, {.timeout = Left()});
    const auto stream = stub.Subscribe(&context, request_);
    v1::SubscribeResponse message;
    while (stream->Read(&message)) {
      std::cout << Dump(JsonOf(message)) << std::endl;
      request_.set_after(message.token());
    }
    const auto status = stream->Finish();
    if (status.ok() || status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) return {};
    return tl::unexpected(Client::StatusOf(FromGrpc(status)));
  }

  Client& client_;
  const StreamOptions& options_;
  v1::SubscribeRequest request_;
  std::optional<std::chrono::steady_clock::time_point> end_;
};

int RunStream(const StreamOptions& options, const GlobalOptions& global) {
  const bool of_group = !options.group.empty();
  auto client = Client::Open(global, {.role = of_group ? Role::kSubscriber : Role::kData,
                                      .authority = of_group ? options.group : options.authority});
  if (!client) return Report(client.error(), global);
  const auto followed = Follower(**client, options).Run();
  if (!followed) return Report(followed.error(), global);
  return kDone;
}

}  // namespace

void AddStreamCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<StreamOptions>();
  auto* stream = app.add_subcommand(
      "stream",
      "Events as they are recorded, a CloudEvent in JSON a line, from the first one on or after a "
      "token: an authority's own, or all under the pseudonyms of a subscriber group");
  auto* authority = stream->add_option("--authority", options->authority,
                                       "Code of the authority, where KEYS has several");
  stream->add_option("--group", options->group, "Name of the subscriber group")
      ->excludes(authority);
  stream->add_option("--type", options->types,
                     "Only events of this full name, such as holdfast.cases.v1.ChildRegistered; "
                     "may be repeated");
  stream->add_option("--after", options->after,
                     "The token of the last line that was seen: no event is left out or repeated");
  stream->add_option("--for", options->seconds, "End after so many seconds; without, never")
      ->check(CLI::Range(1, 31'536'000));
  stream->footer(
      "Who takes nothing for ten seconds is ended with SUBSCRIBER_TOO_SLOW, and goes on from the "
      "last token.\n"
      "Examples:\n"
      "  holdfast stream --authority E06000901 --for 5\n"
      "  holdfast stream --authority E06000901 --type holdfast.alerting.v1.AlertRaised --for 5");
  RunsWhenChosen(*stream, options, global, run, RunStream);
}

}  // namespace holdfast::cli
