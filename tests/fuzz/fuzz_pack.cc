#include <string>
#include <vector>

#include "libs/base/check.h"
#include "libs/policy/pack.h"
#include "libs/policy/policy_set.h"
#include "tests/fuzz/fuzz_targets.h"

namespace holdfast {
namespace {

// What stands between two files of the input.
constexpr std::string_view kNextFile = "\n== \n";

std::vector<PolicyFile> FilesIn(std::string_view text) {
  std::vector<PolicyFile> files;
  while (files.size() < 4) {
    const size_t end = text.find(kNextFile);
    files.push_back(
        {"file" + std::to_string(files.size()) + ".yaml", std::string(text.substr(0, end))});
    if (end == text.npos) break;
    text.remove_prefix(end + kNextFile.size());
  }
  return files;
}

// A failure says where, in letters that any terminal shows.
void CheckProblem(const Status& problem) {
  HOLDFAST_CHECK(problem.reason == "BAD_POLICY" && !problem.message.empty());
  for (const char c : problem.message) HOLDFAST_CHECK(' ' <= c && c <= '~');
}

void CheckClock(const PolicyClock& clock, const PolicySet& policies) {
  HOLDFAST_CHECK(!clock.id.empty() && clock.lead_days >= 0);
  HOLDFAST_CHECK(clock.limit || clock.practice_aim);
  if (!clock.limit) return;
  HOLDFAST_CHECK(clock.limit->count > 0);
  const auto* calendar = policies.FindCalendar(clock.limit->calendar);
  HOLDFAST_CHECK((clock.limit->unit == LimitUnit::kWorkingDays) == (calendar != nullptr));
  HOLDFAST_CHECK(policies.FindClock(clock.id, clock.in_force.from) != nullptr);
  for (const char* iso : {"1990-02-28", "2019-12-31", "2024-02-29", "9999-12-31"}) {
    const auto start = *CivilDate::FromIso(iso);
    const auto last_day = CountDays(*clock.limit, start, calendar).last_day;
    HOLDFAST_CHECK(!last_day || start <= *last_day);
    DescribeDayCount(*clock.limit, start, calendar);
  }
}

}  // namespace

void FuzzPack(const uint8_t* data, size_t size) {
  const auto files = FilesIn({reinterpret_cast<const char*>(data), size});
  for (const auto& file : files) {
    if (auto pack = LoadPack(file.yaml, file.name); !pack) CheckProblem(pack.error());
    if (auto calendar = LoadCalendar(file.yaml, file.name); !calendar)
      CheckProblem(calendar.error());
  }
  const auto policies = MakePolicySet(files);
  if (!policies) return CheckProblem(policies.error());
  for (const auto& pack : policies->packs) {
    for (const auto& clock : pack.clocks) CheckClock(clock, *policies);
  }
}

}  // namespace holdfast
