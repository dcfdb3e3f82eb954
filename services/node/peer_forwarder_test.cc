// A command that is brought to its owner over mutual TLS.
#include "services/node/peer_forwarder.h"

#include <gtest/gtest.h>

#include <future>

#include "libs/eventlog/simulated_log.h"
#include "libs/rpc/echo_bench.h"
#include "libs/testing/list_keeper.h"
#include "services/node/instance_handlers.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using testing::TestDeployment;

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");
const LogPartition kLists0{"lists", 0};

Command AppendTo(const SubjectId& subject, const std::string& value) {
  Command command{.authority = "E06000901",
                  .of_service = true,
                  .principal = "holdfast://E06000901/worker/ada",
                  .request = AppendRequest(subject, value),
                  .request_mac = "mac"};
  command.id.bytes[0] = 7;
  command.mac_key.bytes[3] = 9;
  return command;
}

Result<Answer> AnswerTo(const std::function<void(Reply)>& ask) {
  std::promise<Result<Answer>> answer;
  ask([&](Result<Answer> given) { answer.set_value(std::move(given)); });
  return answer.get_future().get();
}

// An instance that owns the only partition of "lists", and another that does not.
class AForwarder : public ::testing::Test {
 protected:
  AForwarder() {
    EXPECT_TRUE(owner_.Start());
    EXPECT_TRUE(owner_.WaitUntilServing(10s));
    handlers_.Add("lists", owner_);
    server_ =
        std::move(*RpcServer::Start({.identity = deployment_.Of({kServerIdentity})}, {&handlers_}));
  }

  Result<Answer> Forward(PeerForwarder& forwarder, const std::string& value) {
    return AnswerTo(
        [&](Reply reply) { forwarder.Forward(kLists0, AppendTo(kAnn, value), std::move(reply)); });
  }
  // Forwarders stay: gRPC 1.51 frees a queue twice when the last channel goes as another comes.
  PeerForwarder& As(const IdentityName& name) {
    struct Kept {
      PeerChannels channels;
      PeerForwarder forwarder;
      Kept(TlsIdentity identity, const Owners& owners)
          : channels(std::move(identity)), forwarder("south", owners, channels) {}
    };
    static std::vector<std::unique_ptr<Kept>> kept;
    return kept.emplace_back(std::make_unique<Kept>(deployment_.Of(name), owners_))->forwarder;
  }

  TestDeployment deployment_;
  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  ListKeeper keeper_;
  SystemClock clock_;
  ServiceShards owner_{{.service = "lists", .partition_count = 1},
                       {.log = *log_,
                        .keeper = keeper_,
                        .clock = clock_,
                        .today = [] { return CivilDate(); },
                        .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); }}};
  Gate gate_{{.roles = HoldfastRoles()}};
  InstanceHandlers handlers_{gate_, [] { return PartitionRows{}; }};
  Owners owners_;
  std::unique_ptr<RpcServer> server_;  // last: stops before its handlers go
};

TEST_F(AForwarder, BringsBackWhatTheOwnerAnswered) {
  owners_.Note(kLists0, {"north", server_->endpoint(), 1});
  auto& forwarder = As(NameOfRole(Role::kService));
  const auto first = Forward(forwarder, "a");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->result, "APPENDED");
  EXPECT_EQ(first->last_event, 1u);
  EXPECT_GT(first->recorded_at, Instant());
  EXPECT_TRUE(Forward(forwarder, "a")->repeated);
}

TEST_F(AForwarder, TakesNothingWhileNobodyIsKnownToOwnThePartition) {
  auto& forwarder = As(NameOfRole(Role::kService));
  EXPECT_EQ(Forward(forwarder, "a").error().reason, "NOT_TAKEN");
  owners_.Note(kLists0, {"south", server_->endpoint(), 1});  // itself, and it does not
  EXPECT_EQ(Forward(forwarder, "a").error().reason, "NOT_TAKEN");
}

TEST_F(AForwarder, DoesNotKnowWhatBecameOfItWhenNobodyAnswers) {
  owners_.Note(kLists0, {"north", "127.0.0.1:1", 1});
  auto& forwarder = As(NameOfRole(Role::kService));
  EXPECT_EQ(Forward(forwarder, "a").error().reason, "OUTCOME_UNKNOWN");
}

TEST_F(AForwarder, IsNotHeardWithoutTheRoleService) {
  owners_.Note(kLists0, {"north", server_->endpoint(), 1});
  for (const Role role : kAllRoles) {
    if (role == Role::kService) continue;
    auto& forwarder = As(NameOfRoleAt(role, testing::kNorth));
    EXPECT_FALSE(Forward(forwarder, "a")) << Text(role);
  }
  auto& forwarder = As(NameOfRole(Role::kService));
  EXPECT_FALSE(Forward(forwarder, "a")->repeated);
}

TEST_F(AForwarder, ReachesWhomTheLatestClaimNames) {
  owners_.Note(kLists0, {"north", server_->endpoint(), 5});
  owners_.Note(kLists0, {"west", "127.0.0.1:1", 4});  // an older claim, told late
  auto& forwarder = As(NameOfRole(Role::kService));
  EXPECT_TRUE(Forward(forwarder, "a"));
}

TEST(ForwardedCommand, IsTheSameAtBothEnds) {
  const Command sent = AppendTo(kAnn, std::string("\0\xff", 2));
  const auto request = RequestOf(kLists0, sent);
  const auto got = CommandOf(request);
  ASSERT_TRUE(got);
  EXPECT_EQ(RequestOf(kLists0, *got).SerializeAsString(), request.SerializeAsString());
  EXPECT_EQ(got->id, sent.id);
  EXPECT_EQ(got->mac_key, sent.mac_key);
  auto cut = request;
  cut.set_command_id("short");
  EXPECT_FALSE(CommandOf(cut));
}

TEST(ForwardedAnswer, IsTheSameAtBothEnds) {
  const Answer answer{.kind = journal::v1::OUTCOME_KIND_REFUSED,
                      .result = "BARRED",
                      .answer = "x",
                      .first_event = 4,
                      .last_event = 3,
                      .recorded_at = Instant(std::chrono::microseconds(1'700'000'000'000'001)),
                      .repeated = true};
  EXPECT_EQ(AnswerOf(ResponseOf(answer)), answer);
  const Status status = OutcomeUnknown("not read back in time");
  EXPECT_EQ(AnswerOf(ResponseOf(tl::unexpected(status))).error(), status);
  EXPECT_EQ(AnswerOf({}).error().reason, "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast
