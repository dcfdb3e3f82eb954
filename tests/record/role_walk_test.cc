// The role table, walked: every call of every contract, by every role, for every purpose, of its
// own authority and of another, over mutual TLS against all services.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/rpc/role_table.h"
#include "tests/record/deployment.h"
#include "tests/record/every_call.h"
#include "tests/record/raw_answer.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;
using alerting::v1::AlertingService;

const AuthorityCode kNorthCode = *AuthorityCode::FromText(kNorth);
const AuthorityCode kSouthCode = *AuthorityCode::FromText(kSouth);
constexpr size_t kRoles = kAllRoles.size();

class RoleWalk : public ::testing::Test {
 protected:
  RoleWalk() {
    deployment_.RegisterAuthorities();
    for (const Role role : kAllRoles) channels_[role] = deployment_.ChannelOf(role, kNorth);
    alert_ = AnAlert();
    denied_ = Ask(channels_.at(Role::kNational), "holdfast.cases.v1.CasesService/ShowCase", "", {});
  }

  // The id of a child's alert, in the worklist of its own authority.
  std::string AnAlert() {
    SetAuthorityLiveRequest live;
    live.mutable_header()->set_command_id(NewCommandId());
    live.mutable_header()->set_authority(kNorth);
    *live.mutable_from() = Day("2019-01-01");
    Done(deployment_.Operator(), &Stub::SetAuthorityLive, live);
    const auto child = Done(deployment_.Worker(), &Stub::RegisterChild, Register("A1")).child();
    Done(deployment_.Worker(), &Stub::RecordFact,
         Record(child, FACT_KIND_CARE_START, "2019-03-20"));
    const auto stub = AlertingService::NewStub(channels_.at(Role::kWorker));
    const auto list =
        CallUnary(*stub, &AlertingService::Stub::ListAlerts, alerting::v1::ListAlertsRequest{});
    HOLDFAST_CHECK(list && list->alerts_size() == 1);
    return list->alerts(0).id();
  }

  // The bytes of a failure; "" of a success.
  std::string Ask(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& message, const Sayings& sayings) {
    ++asked_;
    const auto answer = AskRaw(channel, method, message, sayings);
    return answer.ok ? "" : answer.bytes;
  }

  // A message of the call that concerns `authority`, and finds what is looked up by an alert's id;
  // whether it names one.
  std::pair<std::string, bool> MessageOf(const MethodDescriptor& method,
                                         const std::string& authority) {
    const auto message = calls_.New(*method.input_type());
    SetEach(*message, "id", alert_);
    const bool names = SetEach(*message, "authority", authority) > 0;
    return {message->SerializeAsString(), names};
  }

  // Calls `method` for its caller's authority and for another, and holds the answers against the
  // table.
  void Walk(const std::string& name, const std::shared_ptr<grpc::Channel>& channel,
            const Identity& caller, Sayings sayings) {
    const auto& method = *calls_.methods().at(name);
    // A live stream that was let in goes on until its deadline.
    if (method.server_streaming() && !method.client_streaming())
      sayings.timeout = std::chrono::seconds(1);
    const auto purpose = PurposeFromText(sayings.purpose);
    const auto admission = Authorise(HoldfastRoles().Find(name), {caller, purpose, {}});
    for (const auto& authority : {kNorthCode, kSouthCode}) {
      const auto [message, names_it] = MessageOf(method, authority.text());
      if (!names_it && authority != kNorthCode) continue;
      const bool granted = admission && (!names_it || admission->Reaches(authority));
      const std::string answer = Ask(channel, name, message, sayings);
      EXPECT_EQ(answer == denied_, !granted)
          << name << " by " << IdentityUri(caller) << " for '" << sayings.purpose << "' of "
          << authority.text() << ": " << answer;
      EXPECT_EQ(answer.find("12\n"), std::string::npos) << name << " is served by nothing";
    }
  }

  static std::vector<std::string> AllPurposes() {
    std::vector<std::string> purposes = {""};
    for (const Purpose purpose : kAllPurposes) purposes.emplace_back(Text(purpose));
    return purposes;
  }

  EveryCall calls_{HOLDFAST_CONTRACTS};
  Deployment deployment_{{}};
  std::map<Role, std::shared_ptr<grpc::Channel>> channels_;  // of kNorth
  std::string alert_;
  std::string denied_;
  size_t asked_ = 0;
};

TEST_F(RoleWalk, HasARowForEachCallAndACallForEachRow) {
  std::set<std::string> methods;
  std::set<std::string> rows;
  for (const auto& [name, method] : calls_.methods()) methods.insert(name);
  for (const auto& [name, row] : HoldfastRoles().rows()) rows.insert(name);
  EXPECT_EQ(methods, rows);
  EXPECT_GE(methods.size(), 27U);
}

TEST_F(RoleWalk, ShowsEveryAuthorityThatARequestNamesToTheGate) {
  for (const auto& [name, method] : calls_.methods()) {
    for (const auto& path : PathsTo(*method->input_type(), "authority")) {
      EXPECT_EQ(path.find("[]"), std::string::npos) << name << " " << path;
      EXPECT_LE(std::ranges::count(path, '.'), 4) << name << " " << path;
    }
  }
}

TEST_F(RoleWalk, AnswersEachRoleAsTheTableSays) {
  for (const auto& [name, method] : calls_.methods()) {
    for (const Role role : kAllRoles) {
      const Identity caller{kNorthCode, role, std::string(Text(role))};
      for (const auto& purpose : AllPurposes())
        Walk(name, channels_.at(role), caller, {.purpose = purpose});
    }
  }
  EXPECT_GE(asked_, calls_.methods().size() * kRoles * AllPurposes().size());
}

TEST_F(RoleWalk, AnswersAServiceAsTheCallerThatItSpeaksFor) {
  const auto& service = channels_.at(Role::kService);
  for (const auto& [name, method] : calls_.methods()) {
    for (const Role role : kAllRoles) {
      if (role == Role::kService) continue;
      const Identity caller{kNorthCode, role, "someone"};
      Walk(name, service, caller, {.caller = IdentityUri(caller)});
    }
  }
}

TEST_F(RoleWalk, TurnsAwayWhoSpeaksForAnotherOrSaysWhatIsNoPurpose) {
  const std::string worker = IdentityUri({kNorthCode, Role::kWorker, "someone"});
  const std::string service = IdentityUri({kNorthCode, Role::kService, "someone"});
  for (const auto& [name, method] : calls_.methods()) {
    const std::string message = MessageOf(*method, kNorth).first;
    for (const Role role : kAllRoles) {
      EXPECT_EQ(Ask(channels_.at(role), name, message, {.purpose = "curiosity"}), denied_)
          << name << Text(role);
      EXPECT_EQ(Ask(channels_.at(role), name, message, {.caller = service}), denied_)
          << name << Text(role);
      if (role == Role::kService) continue;
      EXPECT_EQ(Ask(channels_.at(role), name, message, {.caller = worker}), denied_)
          << name << Text(role);
    }
  }
}

TEST_F(RoleWalk, WantsADeadlineASizeAndAMessageOfEachCall) {
  const std::string no_message(64, '\xff');
  for (const auto& [name, method] : calls_.methods()) {
    const auto& row = *HoldfastRoles().Find(name);
    ASSERT_FALSE(row.grants.empty()) << name;
    const auto& channel = channels_.at(row.grants.front().role);
    const auto reason = [&](const std::string& message, const Sayings& sayings) {
      return Ask(channel, name, message, sayings);
    };
    EXPECT_NE(reason("", {.deadline = false}).find("DEADLINE_REQUIRED"), std::string::npos) << name;
    EXPECT_NE(reason(no_message, {}).find("MALFORMED"), std::string::npos) << name;
    const std::string too_much(row.max_request_bytes + 1, '\0');
    EXPECT_NE(reason(too_much, {}).find("TOO_LARGE"), std::string::npos) << name;
    // More than any call takes: the connection itself refuses it.
    EXPECT_TRUE(reason(std::string(kMaxMessageBytes + 1, '\0'), {}).starts_with("8\n")) << name;
  }
}

TEST_F(RoleWalk, ServesNothingBesidesTheTableButHealth) {
  const auto& worker = channels_.at(Role::kWorker);
  EXPECT_TRUE(Ask(worker, "holdfast.testing.v1.EchoService/Echo", "", {}).starts_with("12\n"));
  EXPECT_TRUE(Ask(worker, "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "", {})
                  .starts_with("12\n"));
  EXPECT_EQ(Ask(worker, "grpc.health.v1.Health/Check", "", {}), "");
}

}  // namespace
}  // namespace holdfast::testing
