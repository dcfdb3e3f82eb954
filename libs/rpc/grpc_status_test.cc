#include "libs/rpc/grpc_status.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

TEST(GrpcStatus, CarriesReasonAndFacts) {
  const Status refused{StatusCode::kInvalidArgument, "NOT_A_DAY", "31 April is no day"};
  const auto failure = FromGrpc(ToGrpc(refused, {{"field", "born"}, {"rule", "3"}}));
  EXPECT_EQ(failure.status, refused);
  EXPECT_EQ(failure.facts, (FailureFacts{{"field", "born"}, {"rule", "3"}}));
}

TEST(GrpcStatus, OfEachCodeComesBackAsItWas) {
  for (const auto code : {StatusCode::kInvalidArgument, StatusCode::kFailedPrecondition,
                          StatusCode::kResourceExhausted, StatusCode::kUnavailable,
                          StatusCode::kDataLoss, StatusCode::kInternal}) {
    EXPECT_EQ(FromGrpc(ToGrpc({code, "REASON", "message"})).status,
              (Status{code, "REASON", "message"}));
  }
}

TEST(GrpcStatus, IsTheSameForWhatIsNotFoundAndWhatIsNotAllowed) {
  const auto missing =
      ToGrpc({StatusCode::kNotFound, "CHILD_UNKNOWN", "no such child"}, {{"field", "child"}});
  const auto foreign =
      ToGrpc({StatusCode::kPermissionDenied, "NOT_ALLOWED", "of another authority"});
  EXPECT_EQ(missing.error_code(), foreign.error_code());
  EXPECT_EQ(missing.error_message(), foreign.error_message());
  EXPECT_EQ(missing.error_details(), foreign.error_details());
  EXPECT_EQ(FromGrpc(missing).status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST(GrpcStatus, WithoutOurDetailsMayHaveBeenDone) {
  for (const auto code : {grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::DEADLINE_EXCEEDED,
                          grpc::StatusCode::CANCELLED}) {
    const auto failure = FromGrpc({code, "message"});
    EXPECT_EQ(failure.status.code, StatusCode::kUnavailable);
    EXPECT_EQ(failure.status.reason, "OUTCOME_UNKNOWN");
  }
  EXPECT_EQ(FromGrpc({grpc::StatusCode::UNIMPLEMENTED, ""}).status.reason, "UNIMPLEMENTED");
  EXPECT_EQ(FromGrpc({grpc::StatusCode::INTERNAL, "", "not details"}).status.reason, "INTERNAL");
}

}  // namespace
}  // namespace holdfast
