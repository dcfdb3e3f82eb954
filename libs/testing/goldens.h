// For tests: events kept for ever, each as text and as the bytes that it was ever written to.
#pragma once

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "libs/base/ids.h"

namespace holdfast {

struct Golden {
  const char* name;
  const char* text;
  const char* hex;
};

template <typename Event>
void ExpectWrittenAndReadAsEver(const std::vector<Golden>& goldens) {
  for (const auto& golden : goldens) {
    Event written;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(golden.text, &written))
        << golden.name;
    EXPECT_EQ(Hex(written.SerializeAsString()), golden.hex) << golden.name;
    Event read;
    ASSERT_TRUE(read.ParseFromString(FromHex(golden.hex).value_or("?"))) << golden.name;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(read, written)) << golden.name;
  }
}

// Every event that the contract knows is in one of them.
template <typename Event>
void ExpectAGoldenOfEach(const std::vector<Golden>& goldens) {
  std::set<int> told;
  for (const auto& golden : goldens) {
    Event event;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(golden.text, &event)) << golden.name;
    told.insert(event.event_case());
  }
  const auto* events = Event::descriptor()->FindOneofByName("event");
  EXPECT_EQ(static_cast<size_t>(events->field_count()), told.size());
}

}  // namespace holdfast
