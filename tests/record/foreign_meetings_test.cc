// Another authority's meetings and sibling groups, and those that do not exist, are answered with
// the very same bytes.
#include "tests/record/foreign_ids.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;

TEST_F(ForeignIds, OfMeetingsAndTheirChildrenTellNothing) {
  auto hold = WithHeader<HoldMeetingRequest>();
  hold.mutable_said()->set_kind("review");
  *hold.mutable_said()->mutable_held() = Day("2019-03-26");
  hold.mutable_said()->add_children()->set_child(child_);
  const auto meeting = Done(deployment_.Worker(), &Stub::HoldMeeting, hold).meeting();
  const auto of_meeting = [&](const char* method, auto request, const std::string& id) {
    if constexpr (requires { request.header().command_id(); })
      request.mutable_header()->set_command_id(NewCommandId());
    if constexpr (requires { request.set_reason("r"); }) request.set_reason("r");
    request.set_meeting(id);
    return AskCases(method, request);
  };
  const auto same = [&](const char* method, const auto& request) {
    ExpectSame(of_meeting(method, request, meeting), of_meeting(method, request, none_));
  };
  same("ShowMeeting", ShowMeetingRequest{});
  same("CorrectMeeting", CorrectMeetingRequest{});
  same("CancelMeeting", CancelMeetingRequest{});
  same("WithdrawMeeting", WithdrawMeetingRequest{});
  HoldMeetingRequest again;
  *again.mutable_said()->mutable_held() = Day("2019-03-26");
  same("HoldMeeting", again);
  EXPECT_TRUE(AskCases("ListMeetings", ListMeetingsRequest{}).bytes.empty());
  // A meeting of children of two authorities is refused, as one with a child that is not there.
  const auto meet = [&](const std::string& child) {
    auto request = WithHeader<HoldMeetingRequest>();
    *request.mutable_said() = hold.said();
    request.mutable_said()->mutable_children(0)->set_child(own_child_);
    request.mutable_said()->add_children()->set_child(child);
    return AskCases("HoldMeeting", request);
  };
  ExpectSame(meet(child_), meet(none_));
}

TEST_F(ForeignIds, OfSiblingsTellNothingToWhoHasNoneAmongThem) {
  auto& worker = deployment_.Worker();
  const auto group =
      Done(worker, &Stub::CreateSiblingGroup, WithHeader<CreateSiblingGroupRequest>()).group();
  auto join = WithHeader<JoinSiblingsRequest>();
  join.set_group(group);
  join.mutable_child()->set_child(child_);
  Done(worker, &Stub::JoinSiblings, join);
  const auto show = [&](const std::string& id) {
    ShowSiblingsRequest request;
    request.set_group(id);
    return AskCases("ShowSiblings", request);
  };
  ExpectSame(show(group), show(none_));
  const auto decide = [&](const std::string& id) {
    auto request = WithHeader<DecideSiblingsRequest>();
    request.set_group(id);
    request.set_decision("apart");
    return AskCases("DecideSiblings", request);
  };
  ExpectSame(decide(group), decide(none_));
  // Another authority's child is joined by nobody else, nor taken away.
  const auto of_child = [&](const char* method, auto request, const std::string& child) {
    request.mutable_header()->set_command_id(NewCommandId());
    request.set_group(group);
    request.mutable_child()->set_child(child);
    return AskCases(method, request);
  };
  ExpectSame(of_child("JoinSiblings", JoinSiblingsRequest{}, child_),
             of_child("JoinSiblings", JoinSiblingsRequest{}, none_));
  ExpectSame(of_child("LeaveSiblings", LeaveSiblingsRequest{}, child_),
             of_child("LeaveSiblings", LeaveSiblingsRequest{}, none_));
}

}  // namespace
}  // namespace holdfast::testing
