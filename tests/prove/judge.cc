#include "tests/prove/judge.h"

namespace holdfast {

JudgedLoss JudgeCommands(const std::map<std::string, std::string>& acknowledged,
                         const std::vector<DoneCommand>& found) {
  JudgedLoss judged;
  std::map<std::string, std::string> places;
  for (const auto& [id, place] : found) {
    if (!places.emplace(id, place).second) judged.doubled.push_back(id);
  }
  for (const auto& [id, place] : acknowledged) {
    const auto there = places.find(id);
    if (there == places.end() || there->second != place) judged.lost.push_back(id);
  }
  return judged;
}

}  // namespace holdfast
