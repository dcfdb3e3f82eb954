#include "libs/journal/record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace holdfast {
namespace {

using journal::v1::Record;

std::string Repeated(char byte, size_t count) { return std::string(count, byte); }

Record AClaim() {
  Record record;
  record.set_kind(journal::v1::RECORD_KIND_CLAIM);
  record.set_epoch(7);
  record.set_nonce(Repeated('\x11', 16));
  auto& claim = *record.mutable_claim();
  claim.set_service("cases");
  claim.set_partition(3);
  claim.set_partition_count(16);
  claim.set_hash_function(journal::v1::HASH_FUNCTION_FNV1A_64);
  return record;
}

Record ABatch() {
  Record record;
  record.set_kind(journal::v1::RECORD_KIND_BATCH);
  record.set_epoch(7);
  record.set_nonce(Repeated('\x11', 16));
  record.set_seq(1);
  record.set_prev(Repeated('\x22', 32));
  record.set_recorded_at(1700000000000001);
  auto& outcome = *record.add_outcomes();
  outcome.set_authority("S12000036");
  outcome.set_command_id(Repeated('\x33', 16));
  outcome.set_request_mac(Repeated('\x44', 32));
  outcome.set_mac_key(Repeated('\x55', 16));
  outcome.set_event_count(1);
  outcome.set_kind(journal::v1::OUTCOME_KIND_ACCEPTED);
  outcome.set_result("ACCEPTED");
  outcome.set_answer("answer");
  outcome.set_principal("holdfast://S12000036/worker/1");
  auto& refused = *record.add_outcomes();
  refused.set_authority("S12000036");
  refused.set_command_id(Repeated('\x66', 16));
  refused.set_first_event(1);
  refused.set_kind(journal::v1::OUTCOME_KIND_REFUSED);
  refused.set_result("NO_PURPOSE");
  auto& event = *record.add_events();
  event.set_subject(Repeated('\x77', 16));
  event.set_payload("payload");
  auto& range = *record.add_sources();
  range.set_service("cases");
  range.set_partition(3);
  range.set_from(1);
  range.set_to(2);
  range.set_chain(Repeated('\x88', 32));
  return record;
}

// Bytes of records as they were first written: they are read for ever.
const char* const kClaimBytes =
    "0108011007"
    "1a1011111111111111111111111111111111"
    "520d0a056361736573100318102001";
const char* const kBatchBytes =
    "01080210071a101111111111111111111111111111111120012a2022222222222222222222222222222222222222"
    "22222222222222222222222222308180f9c0c1c482033a86010a0953313230303030333612103333333333333333"
    "33333333333333331a20444444444444444444444444444444444444444444444444444444444444444422105555"
    "555555555555555555555555555530013801420841434345505445444a06616e73776572521d686f6c6466617374"
    "3a2f2f5331323030303033362f776f726b65722f313a2d0a09533132303030303336121066666666666666666666"
    "66666666666628013803420a4e4f5f505552504f5345421b0a107777777777777777777777777777777712077061"
    "796c6f61644a2f0a0563617365731003180120022a20888888888888888888888888888888888888888888888888"
    "8888888888888888";

TEST(Record, HasTheBytesOfAClaimThatItAlwaysHad) {
  EXPECT_EQ(Hex(EncodeRecord(AClaim())), kClaimBytes);
}

TEST(Record, HasTheBytesOfABatchThatItAlwaysHad) {
  EXPECT_EQ(Hex(EncodeRecord(ABatch())), kBatchBytes);
}

TEST(Record, IsReadFromItsBytes) {
  const auto record = DecodeRecord(*FromHex(kClaimBytes));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->epoch(), 7u);
  EXPECT_EQ(record->claim().service(), "cases");
}

TEST(Record, ChainsFromZeroOverTheBytesOfTheLog) {
  const Chain first = ExtendChain({}, EncodeRecord(AClaim()));
  EXPECT_EQ(Hex(AsBytes(first)),
            "0f313bb5edfb9ad7f2927601dbf0bc9ebd9d56f5022f247f5c50ca7270e0467d");
  EXPECT_EQ(Hex(AsBytes(ExtendChain(first, EncodeRecord(ABatch())))),
            "6288644cf4f036b2870606a2a411ae6b46739250de957e3cc8ecc75c31f3d745");
}

TEST(Record, OfAnUnknownVersionIsNotReadAndNotPassedOver) {
  EXPECT_EQ(DecodeRecord("\x02").error().reason, "UNKNOWN_RECORD_VERSION");
  EXPECT_EQ(DecodeRecord("").error().code, StatusCode::kInvalidArgument);
  EXPECT_EQ(DecodeRecord("\x01\xff").error().code, StatusCode::kInvalidArgument);
}

RC_GTEST_PROP(Record, NeverCrashesOnAnyBytes, (const std::string& bytes)) {
  static_cast<void>(DecodeRecord(bytes));
  static_cast<void>(DecodeRecord("\x01" + bytes));
}

}  // namespace
}  // namespace holdfast
