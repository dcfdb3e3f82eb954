// For tests: a child of one authority, and another authority that asks for what belongs to it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "tests/record/deployment.h"
#include "tests/record/raw_answer.h"

namespace holdfast::testing {

inline constexpr char kForeignLocalId[] = "A1";

// A child of the north with facts, an alert and a run of its return; and the south, which asks for
// them.
class ForeignIds : public ::testing::Test {
 protected:
  ForeignIds() {
    deployment_.RegisterAuthorities();
    cases::v1::SetAuthorityLiveRequest live;
    live.mutable_header()->set_command_id(NewCommandId());
    live.mutable_header()->set_authority(kNorth);
    *live.mutable_from() = Day("2019-01-01");
    Done(deployment_.Operator(), &cases::v1::CasesService::Stub::SetAuthorityLive, live);
    Import(deployment_, run_, "2019-03-31", "B1", "2019-03-20");
    auto& worker = deployment_.Worker();
    child_ = Done(worker, &cases::v1::CasesService::Stub::RegisterChild, Register(kForeignLocalId))
                 .child();
    Done(worker, &cases::v1::CasesService::Stub::RecordFact,
         Record(child_, cases::v1::FACT_KIND_CARE_START, "2019-03-20"));
    fact_ = Done(worker, &cases::v1::CasesService::Stub::RecordFact,
                 Record(child_, cases::v1::FACT_KIND_REVIEW, "2019-03-25", "PN1"))
                .fact();
    const auto view = Done(worker, &cases::v1::CasesService::Stub::ShowCase, Show(child_)).view();
    entry_ = view.care_periods(0).entry();
    const auto stub = alerting::v1::AlertingService::NewStub(
        deployment_.ChannelOf(Deployment::At(Role::kWorker, kNorth)));
    const auto list = CallUnary(*stub, &alerting::v1::AlertingService::Stub::ListAlerts,
                                alerting::v1::ListAlertsRequest{});
    HOLDFAST_CHECK(list && list->alerts_size() > 0);
    alert_ = list->alerts(0).id();
    own_child_ = Done(deployment_.Worker(kSouth), &cases::v1::CasesService::Stub::RegisterChild,
                      Register("S1"))
                     .child();
  }

  RawAnswer Ask(Role role, const std::string& method, const google::protobuf::Message& request) {
    return AskRaw(deployment_.ChannelOf(Deployment::At(role, kSouth)), method,
                  request.SerializeAsString());
  }
  RawAnswer AskCases(const std::string& method, const google::protobuf::Message& request,
                     Role role = Role::kWorker) {
    return Ask(role, "holdfast.cases.v1.CasesService/" + method, request);
  }
  RawAnswer AskAlerting(const std::string& method, const google::protobuf::Message& request) {
    return Ask(Role::kWorker, "holdfast.alerting.v1.AlertingService/" + method, request);
  }

  template <typename Request>
  static Request WithHeader() {
    Request request;
    request.mutable_header()->set_command_id(NewCommandId());
    return request;
  }

  // An item of a court that states facts of both authorities' children, which names the north's.
  std::string FeedAnItem() {
    using proceedings::v1::ProceedingsService;
    proceedings::v1::RegisterSourceRequest source;
    source.mutable_header()->set_command_id(NewCommandId());
    source.mutable_registration()->set_source("court-a");
    source.mutable_registration()->set_kind(proceedings::v1::SOURCE_KIND_COURT);
    source.mutable_registration()->set_nation(proceedings::v1::NATION_ENGLAND);
    for (const auto& code : {kNorth, kSouth}) source.mutable_registration()->add_covers(code);
    const auto operators =
        ProceedingsService::NewStub(deployment_.ChannelOf(NameOfRole(Role::kOperator)));
    HOLDFAST_CHECK(
        CallUnary(*operators, &ProceedingsService::Stub::RegisterSource, source).has_value());
    proceedings::v1::StreamItemsRequest item;
    item.set_event_id("e1");
    item.set_sent_at_us(1'553'000'000'000'000);
    item.set_kind("hearing_held");
    item.set_ref("H-1");
    *item.mutable_on() = Day("2019-03-20");
    item.set_child_authority(kNorth);
    item.set_local_id(kForeignLocalId);
    const auto court =
        ProceedingsService::NewStub(deployment_.ChannelOf(Deployment::At(Role::kCourt, "court-a")));
    grpc::ClientContext context;
    Prepare(context, {});
    const auto stream = court->StreamItems(&context);
    proceedings::v1::StreamItemsResponse receipt;
    HOLDFAST_CHECK(stream->Write(item) && stream->WritesDone() && stream->Read(&receipt));
    HOLDFAST_CHECK(stream->Finish().ok() && receipt.outcome() == "accepted");
    return receipt.item();
  }

  // Both are failures and the same, or both are successes and the same.
  static void ExpectSame(const RawAnswer& foreign, const RawAnswer& none, bool ok = false) {
    EXPECT_EQ(foreign.ok, ok) << foreign.bytes;
    EXPECT_EQ(none.ok, ok) << none.bytes;
    EXPECT_EQ(foreign.bytes, none.bytes);
  }

  Deployment deployment_{{}};
  const std::string run_ = RunOf('1');
  const std::string none_ = RunOf('\x07');
  std::string child_;
  std::string fact_;
  std::string entry_;
  std::string alert_;
  std::string own_child_;  // of the south
};

}  // namespace holdfast::testing
