// Compares what a client was told with what the journals hold.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast {

struct JudgedLoss {
  std::vector<std::string> lost;  // acknowledged, and not there, or elsewhere than the answer said
  std::vector<std::string> doubled;  // done more than once
};

// A command done at a place of a journal, such as "cases/3 events 7 to 8".
using DoneCommand = std::pair<std::string, std::string>;  // command id, place

// `acknowledged`: place by command id, as answers said. `found`: every command that the journals
// hold the outcome of.
JudgedLoss JudgeCommands(const std::map<std::string, std::string>& acknowledged,
                         const std::vector<DoneCommand>& found);

}  // namespace holdfast
