#include "tests/prove/judge_sets.h"

#include <cstdio>

namespace holdfast {
namespace {

void Tell(const char* verdict, const std::string& what, const std::string& one) {
  std::printf("%s: %s: %s\n", verdict, what.c_str(), one.c_str());
}

}  // namespace

void JudgeStanding(const std::string& what, const Standing& expected, const Standing& found,
                   CampaignResult& result) {
  for (const auto& one : std::set(expected.begin(), expected.end())) {
    const size_t wanted = expected.count(one);
    const size_t stands = found.count(one);
    if (stands < wanted) Tell("lost", what, one);
    if (stands > wanted) Tell("doubled", what, one);
    result.lost += stands < wanted;
    result.doubled += stands > wanted;
  }
  for (const auto& one : std::set(found.begin(), found.end())) {
    if (expected.contains(one)) continue;
    Tell("violation, nobody stated", what, one);
    ++result.violations;
  }
}

}  // namespace holdfast
