// Compares what must stand in a record with what stands there.
#pragma once

#include <set>
#include <string>

#include "tests/prove/campaign.h"

namespace holdfast {

// By content, as often as each stands.
using Standing = std::multiset<std::string>;

// Counts what is missing as lost, what stands too often as doubled, and what nobody stated as a
// violation; tells each, as `what` of it.
void JudgeStanding(const std::string& what, const Standing& expected, const Standing& found,
                   CampaignResult& result);

}  // namespace holdfast
