#include "libs/permanence/match_entries.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <tuple>

namespace holdfast {
namespace {

constexpr int kNearWithinDays = 31;

using Test = std::function<bool(const EntryVersion& of_return, const EntryVersion& of_record)>;

bool HaveCommonFact(const std::vector<FactId>& a, const std::vector<FactId>& b) {
  return std::ranges::any_of(
      a, [&](const FactId& fact) { return std::ranges::find(b, fact) != b.end(); });
}

bool IsNamed(const EntryVersion& of_return, const EntryVersion& of_record) {
  return HaveCommonFact(of_return.facts, of_record.named);
}

bool HaveEqualDays(const EntryVersion& of_return, const EntryVersion& of_record) {
  return of_return.day_known && of_return.day == of_record.day;
}

bool HasOthersFirstDay(const EntryVersion& of_return, const EntryVersion& of_record) {
  return of_return.day_known &&
         (of_return.day == of_record.first_day || of_return.first_day == of_record.day);
}

bool IsCurrentWhereStartIsNotKnown(const EntryVersion& of_return, const EntryVersion& of_record) {
  return !of_return.day_known && of_record.day <= of_return.day &&
         (!of_record.end || of_return.day < *of_record.end);
}

class Matcher {
 public:
  Matcher(const std::vector<EntryVersion>& returns, const std::vector<EntryVersion>& record)
      : returns_(returns), record_(record), record_of_(returns.size()), taken_(record.size()) {}

  void Join(const Test& test) {
    for (size_t r = 0; r < record_.size(); ++r) {
      for (size_t i = 0; i < returns_.size() && !taken_[r]; ++i) {
        if (record_of_[i] || !test(returns_[i], record_[r])) continue;
        record_of_[i] = r;
        taken_[r] = true;
      }
    }
  }

  std::vector<EntryMatch> Entries() const {
    std::vector<EntryMatch> entries;
    for (size_t i = 0; i < returns_.size(); ++i) entries.push_back({i, record_of_[i]});
    for (size_t r = 0; r < record_.size(); ++r) {
      if (!taken_[r]) entries.push_back({std::nullopt, r});
    }
    return entries;
  }

  std::vector<NearPair> Near() const {
    std::vector<std::tuple<int, CivilDate, CivilDate, size_t, size_t>> pairs;
    for (size_t i = 0; i < returns_.size(); ++i) {
      if (record_of_[i] || !returns_[i].day_known) continue;
      for (size_t r = 0; r < record_.size(); ++r) {
        const int days = std::abs(DaysBetween(returns_[i].day, record_[r].day));
        if (!taken_[r] && days <= kNearWithinDays)
          pairs.emplace_back(days, returns_[i].day, record_[r].day, i, r);
      }
    }
    std::ranges::sort(pairs);
    std::vector<NearPair> near;
    for (const auto& [days, day, other, i, r] : pairs) {
      const bool taken = std::ranges::any_of(
          near, [i = i, r = r](const NearPair& p) { return p.of_return == i || p.of_record == r; });
      if (!taken) near.push_back({i, r});
    }
    return near;
  }

 private:
  const std::vector<EntryVersion>& returns_;
  const std::vector<EntryVersion>& record_;
  std::vector<std::optional<size_t>> record_of_;
  std::vector<bool> taken_;
};

}  // namespace

EntryMatches MatchEntries(const std::vector<EntryVersion>& returns,
                          const std::vector<EntryVersion>& record) {
  Matcher matcher(returns, record);
  matcher.Join(IsNamed);
  matcher.Join(HaveEqualDays);
  matcher.Join(HasOthersFirstDay);
  matcher.Join(IsCurrentWhereStartIsNotKnown);
  return {matcher.Entries(), matcher.Near()};
}

}  // namespace holdfast
