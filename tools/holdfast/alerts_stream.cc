#include "tools/holdfast/alerts_stream.h"

#include <fmt/format.h>

#include <iostream>
#include <thread>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/base/time_text.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/alert_json.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = alerting::v1;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStream{60};  // the longest that a server lets one last
constexpr seconds kNoServer{30};
constexpr milliseconds kTryAgain{100};

struct StreamOptions {
  std::string authority;
  std::string after;
  uint32_t seconds = 0;
};

Json JsonOf(const v1::StreamAlertsResponse& change) {
  Json alert = AlertJson(change.alert());
  alert.erase("local_id");  // a stream tells no personal data
  return {{"token", change.token()},
          {"at", TimeText(Instant(std::chrono::microseconds(change.at_us())))},
          {"alert", std::move(alert)},
          {"from", change.from().empty() ? Json(nullptr) : Json(change.from())},
          {"to", change.to()},
          {"was_due", DayJson(change.has_was_due(), change.was_due())},
          {"because", change.because()}};
}

std::string TextOf(const v1::StreamAlertsResponse& change) {
  const auto& alert = change.alert();
  std::string moved;
  if (change.has_was_due()) moved = ", was due " + DayOf(change.was_due())->Iso();
  return fmt::format("{}  {:<26} {} -> {}, due {}{}: {}  (child {}, alert {})",
                     TimeText(Instant(std::chrono::microseconds(change.at_us()))), alert.clock(),
                     change.from().empty() ? "new" : change.from(), change.to(),
                     alert.has_due() ? DayOf(alert.due())->Iso() : "not known", moved,
                     change.because(), Hex(alert.child()), Hex(alert.id()));
}

// Follows the stream from one deadline to the next. Each change is written once: after a break it
// goes on from the last token.
class Follower {
 public:
  Follower(Client& client, const GlobalOptions& global, const StreamOptions& options)
      : client_(client), global_(global), token_(options.after) {
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
    v1::AlertingService::Stub stub(client_.Channel());
    grpc::ClientContext context;
    Prepare(context, {.timeout = Left()});
    v1::StreamAlertsRequest request;
    request.set_authority(client_.authority());
    request.set_after(token_);
    const auto stream = stub.StreamAlerts(&context, request);
    v1::StreamAlertsResponse change;
    while (stream->Read(&change)) {
      std::cout << (global_.json ? Dump(JsonOf(change)) : TextOf(change)) << std::endl;
      token_ = change.token();
    }
    const auto status = stream->Finish();
    if (status.ok() || status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) return {};
    return tl::unexpected(Client::StatusOf(FromGrpc(status)));
  }

  Client& client_;
  const GlobalOptions& global_;
  std::string token_;
  std::optional<std::chrono::steady_clock::time_point> end_;
};

int RunStream(const StreamOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  const auto followed = Follower(**client, global, options).Run();
  if (!followed) return Report(followed.error(), global);
  return kDone;
}

}  // namespace

void AddAlertsStream(CLI::App& group, const GlobalOptions& global, std::function<int()>& run) {
  auto options = std::make_shared<StreamOptions>();
  auto* stream = group.add_subcommand(
      "stream",
      "What becomes of alerts, a line each, from the beginning or after a token, as it "
      "happens");
  stream->add_option("--authority", options->authority,
                     "Code of the authority, where KEYS has several");
  stream->add_option("--after", options->after,
                     "The token of the last line that was seen: no line is left out or repeated");
  stream->add_option("--for", options->seconds, "End after so many seconds; without, never")
      ->check(CLI::Range(1, 31'536'000));
  stream->footer(
      "Example:\n  holdfast --json alerts stream --authority E06000901 --for 5");
  RunsWhenChosen(*stream, options, global, run, RunStream);
}

}  // namespace holdfast::cli
