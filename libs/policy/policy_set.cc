#include "libs/policy/policy_set.h"

#include <algorithm>
#include <set>

#include "libs/base/check.h"

namespace holdfast {
namespace {

Status Bad(std::string_view file_name, std::string_view rule) {
  return {StatusCode::kInvalidArgument, "BAD_POLICY",
          std::string(file_name) + ": " + std::string(rule)};
}

bool IsCalendar(std::string_view yaml) {
  // The first line that is neither blank nor a comment names the form.
  while (!yaml.empty()) {
    const auto line = yaml.substr(0, yaml.find('\n'));
    if (!line.empty() && line.front() != '#') return line.starts_with("calendar:");
    yaml.remove_prefix(std::min(yaml.size(), line.size() + 1));
  }
  return false;
}

// What keeps the clocks of `pack` from joining `set`.
std::optional<std::string> Conflict(const Pack& pack, const PolicySet& set) {
  for (const auto& clock : pack.clocks) {
    const std::string calendar = clock.limit ? clock.limit->calendar : "";
    if (!calendar.empty() && set.FindCalendar(calendar) == nullptr) {
      return "clock " + clock.id + ": there is no calendar " + calendar;
    }
    for (const auto& other : set.packs) {
      if (std::ranges::find(other.clocks, clock.id, &PolicyClock::id) != other.clocks.end()) {
        return "clock " + clock.id + " is also in pack " + other.name;
      }
    }
  }
  if (std::ranges::find(set.packs, pack.name, &Pack::name) != set.packs.end()) {
    return "there are two packs " + pack.name;
  }
  return std::nullopt;
}

}  // namespace

const WorkingDays* PolicySet::FindCalendar(std::string_view name) const {
  const auto found = std::ranges::find(calendars, name, &WorkingDays::name);
  return found == calendars.end() ? nullptr : &*found;
}

const PolicyClock* PolicySet::FindClock(std::string_view id, CivilDate day) const {
  for (const auto& pack : packs) {
    for (const auto& clock : pack.clocks) {
      if (clock.id == id && clock.in_force.Holds(day)) return &clock;
    }
  }
  return nullptr;
}

Result<PolicySet> MakePolicySet(std::span<const PolicyFile> files) {
  PolicySet set;
  for (const auto& file : files) {
    if (!IsCalendar(file.yaml)) continue;
    auto calendar = LoadCalendar(file.yaml, file.name);
    if (!calendar) return tl::unexpected<Status>(calendar.error());
    if (set.FindCalendar(calendar->name) != nullptr) {
      return tl::unexpected<Status>(Bad(file.name, "there are two calendars " + calendar->name));
    }
    set.calendars.push_back(*std::move(calendar));
  }
  for (const auto& file : files) {
    if (IsCalendar(file.yaml)) continue;
    auto pack = LoadPack(file.yaml, file.name);
    if (!pack) return tl::unexpected<Status>(pack.error());
    if (const auto conflict = Conflict(*pack, set)) {
      return tl::unexpected<Status>(Bad(file.name, *conflict));
    }
    set.packs.push_back(*std::move(pack));
  }
  return set;
}

Confidence ConfidenceOf(const PolicyClock& clock, const PolicySet& policies) {
  const WorkingDays* calendar =
      clock.limit ? policies.FindCalendar(clock.limit->calendar) : nullptr;
  return calendar == nullptr ? clock.confidence : Weakest(clock.confidence, calendar->confidence);
}

const PolicySet& ShippedPolicies() {
  static const PolicySet set = [] {
    auto made = MakePolicySet(ShippedPolicyFiles());
    HOLDFAST_CHECK(made.has_value());
    return *std::move(made);
  }();
  return set;
}

}  // namespace holdfast
