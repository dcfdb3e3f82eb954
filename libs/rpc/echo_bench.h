// For tests: a deployment's certificates and an echo server behind the gate, over real TLS on a
// free port of loopback.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/testing/v1/echo_service.grpc.pb.h"
#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/rpc/certificates.h"
#include "libs/rpc/client.h"
#include "libs/rpc/gate.h"
#include "libs/rpc/server.h"
#include "libs/testing/temporary_folder.h"

namespace holdfast::testing {

namespace v1 = holdfast::testing::v1;

inline const AuthorityCode kEngland = *AuthorityCode::FromText("england");
inline const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
inline const AuthorityCode kSouth = *AuthorityCode::FromText("E06000902");

// A keys folder with all certificates.
class TestDeployment {
 public:
  explicit TestDeployment(Instant now = SystemClock().Now()) {
    const auto authority = CertificateAuthority::OpenOrCreate(folder_.path(), now);
    HOLDFAST_CHECK(authority && authority->IssueForDeployment(kEngland, now));
    HOLDFAST_CHECK(authority->IssueForAuthority(kSouth, now));
    for (const Role role : kAllRoles) {
      const Identity identity{kNorth, role, std::string(Text(role))};
      HOLDFAST_CHECK(authority->Issue(NameOfRoleAt(role, kNorth), identity, now));
    }
  }

  TlsIdentity Of(const IdentityName& name) const { return *LoadIdentity(folder_.path(), name); }
  TlsIdentity Server() const { return Of({kServerIdentity}); }
  TlsIdentity As(Role role) const { return Of(NameOfRoleAt(role, kNorth)); }
  TlsIdentity Worker() const { return As(Role::kWorker); }

 private:
  TemporaryFolder folder_;
};

inline RoleTable EchoRoles() {
  return RoleTable({
      {"holdfast.testing.v1.EchoService/Echo",
       {{Role::kWorker, Reach::kOwnAuthority, {Purpose::kDirectCare, Purpose::kSubjectAccess}},
        {Role::kAuditor, Reach::kAll, {Purpose::kAudit}}}},
      {"holdfast.testing.v1.EchoService/EchoEach",
       {{Role::kWorker, Reach::kOwnAuthority, {Purpose::kDirectCare}},
        {Role::kCourt, Reach::kOwnAuthority, {Purpose::kDirectCare}}},
       1 << 10},
      {"holdfast.testing.v1.EchoService/EchoOn",
       {{Role::kWorker, Reach::kOwnAuthority, {Purpose::kDirectCare}}}},
      {"holdfast.testing.v1.EchoService/EchoDenied", {}},
  });
}

class EchoHandlers final
    : public v1::EchoService::WithRawCallbackMethod_Echo<
          v1::EchoService::WithRawCallbackMethod_EchoDenied<
              v1::EchoService::WithRawCallbackMethod_EchoOn<
                  v1::EchoService::WithRawCallbackMethod_EchoEach<v1::EchoService::Service>>>> {
 public:
  using EchoCall = UnaryCall<v1::EchoRequest, v1::EchoResponse>;

  EchoHandlers()
      : gate_({.roles = roles_, .on_turned_away = [this](const TurnedAway& call) { Note(call); }}) {
  }

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer* request,
                                 grpc::ByteBuffer* response) override {
    return gate_.Unary<v1::EchoRequest, v1::EchoResponse>(
        {context, "holdfast.testing.v1.EchoService/Echo", request, response},
        [this](std::shared_ptr<EchoCall> call) { Answer(std::move(call)); });
  }

  grpc::ServerUnaryReactor* EchoDenied(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return gate_.Unary<v1::EchoDeniedRequest, v1::EchoDeniedResponse>(
        {context, "holdfast.testing.v1.EchoService/EchoDenied", request, response},
        [](auto call) { call->Finish({}); });
  }

  // Three messages at a time.
  LiveReactor* EchoOn(grpc::CallbackServerContext* context,
                      const grpc::ByteBuffer* request) override {
    return gate_.Live<v1::EchoOnRequest>(
        {.context = context, .method = "holdfast.testing.v1.EchoService/EchoOn"}, *request,
        [this](const std::shared_ptr<LiveStream>& stream, const v1::EchoOnRequest& asked) {
          if (asked.text() == "missing")
            return stream->End({StatusCode::kNotFound, "TEXT_UNKNOWN", "no such text"});
          stream->Start([this, stream = stream.get(), asked, number = uint32_t{0}]() mutable {
            ++pulls_;
            std::vector<v1::EchoOnResponse> messages;
            while (number < asked.count() && messages.size() < 3) {
              messages.emplace_back().set_text(asked.text());
              messages.back().set_number(++number);
            }
            if (!messages.empty()) stream->Give(messages);
          });
        });
  }
  // How often streams have asked for more.
  uint32_t pulls() const { return pulls_; }

  using EchoMessage = StreamedMessage<v1::EchoEachRequest, v1::EchoEachResponse>;
  static constexpr size_t kWindow = 4;

  StreamReactor* EchoEach(grpc::CallbackServerContext* context) override {
    return gate_.Ordered<v1::EchoEachRequest, v1::EchoEachResponse>(
        {context, "holdfast.testing.v1.EchoService/EchoEach", kWindow},
        [this](std::shared_ptr<EchoMessage> message) { AnswerEach(std::move(message)); });
  }

  // Waits for `count` messages of a stream with the text "wait ...", which are the caller's to
  // answer.
  std::vector<std::shared_ptr<EchoMessage>> AwaitMessages(size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return waiting_.size() >= count; });
    return std::exchange(waiting_, {});
  }
  // The most that ever waited at once.
  size_t most_waiting() const {
    const std::lock_guard lock(mutex_);
    return most_waiting_;
  }
  static void Echo(EchoMessage& message) {
    v1::EchoEachResponse response;
    response.set_text(message.request().text());
    message.Finish(response);
  }

  std::vector<TurnedAway> turned_away() const {
    const std::lock_guard lock(mutex_);
    return turned_away_;
  }

  // Waits for a call with the text "held", which is the caller's to answer.
  std::shared_ptr<EchoCall> AwaitHeld() { return held_.get_future().get(); }

 private:
  // The texts "missing", "forgotten" and "held" are told by what happens to them; others are
  // answered.
  void Answer(std::shared_ptr<EchoCall> call) {
    const std::string& text = call->request().text();
    if (text == "missing")
      return call->Fail({StatusCode::kNotFound, "TEXT_UNKNOWN", "no such text"});
    if (text == "forgotten") return;
    if (text == "held") return held_.set_value(std::move(call));
    const auto& who = call->principal();
    v1::EchoResponse response;
    response.set_text(text);
    auto& caller = *response.mutable_caller();
    caller.set_authority(who.authority.text());
    caller.set_role(std::string(Text(who.role)));
    caller.set_name(who.name);
    caller.set_purpose(std::string(Text(who.purpose)));
    caller.set_via(who.via);
    call->Finish(response);
  }

  void AnswerEach(std::shared_ptr<EchoMessage> message) {
    const std::string& text = message->request().text();
    if (text == "missing")
      return message->Fail({StatusCode::kNotFound, "TEXT_UNKNOWN", "no such text"});
    if (text == "forgotten") return;
    if (!text.starts_with("wait")) return Echo(*message);
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(message));
    most_waiting_ = std::max(most_waiting_, waiting_.size());
    came_.notify_all();
  }

  void Note(const TurnedAway& call) {
    const std::lock_guard lock(mutex_);
    turned_away_.push_back(call);
  }

  std::atomic<uint32_t> pulls_ = 0;
  const RoleTable roles_ = EchoRoles();
  Gate gate_;
  std::promise<std::shared_ptr<EchoCall>> held_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::shared_ptr<EchoMessage>> waiting_;  // guarded by mutex_
  size_t most_waiting_ = 0;                            // guarded by mutex_
  std::vector<TurnedAway> turned_away_;                // guarded by mutex_
};

struct EchoServer {
  explicit EchoServer(const TlsIdentity& identity) {
    server = std::move(*RpcServer::Start({.identity = identity}, {&handlers}));
  }

  EchoHandlers handlers;
  std::unique_ptr<RpcServer> server;  // last: stops before its handlers go
};

}  // namespace holdfast::testing
