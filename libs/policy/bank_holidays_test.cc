// Our calendar against the government's own list, which lies beside the repository and not in it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "libs/policy/policy_set.h"

namespace holdfast {
namespace {

TEST(BankHolidays, AgreeWithThePublishedList) {
  const char* shared = std::getenv("HOLDFAST_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "HOLDFAST_SHARED is not set";
  std::ifstream stream(std::string(shared) +
                       "/data/bank-holidays/govuk-bank-holidays-0.19-cache.json");
  const auto published = nlohmann::json::parse(stream)["england-and-wales"]["events"];
  const auto& ours = ShippedPolicies().FindCalendar("england-and-wales")->holidays;
  size_t compared = 0;
  for (const auto& event : published) {
    EXPECT_TRUE(ours.contains(*CivilDate::FromIso(event["date"].get<std::string>()))) << event;
    ++compared;
  }
  EXPECT_EQ(compared, ours.size());
}

}  // namespace
}  // namespace holdfast
