#include "libs/measures/interim_run_counts.h"

#include <algorithm>
#include <array>

#include "libs/permanence/order_days.h"

namespace holdfast {
namespace {

// Children's Hearings (Scotland) Act 2011, s.96(4).
constexpr int kMostDaysByHearing = 66;

constexpr std::array<std::string_view, 3> kInterimOrders = {"ICSO", "IVCSO", "INTERIM_CARE"};
// An interim order of which no last day is stated ends when one of these is made.
constexpr std::array<std::string_view, 10> kLastingOrders = {"CSO",
                                                             "PO",
                                                             "POA",
                                                             "KINSHIP",
                                                             "ADOPTION",
                                                             "CARE",
                                                             "SUPERVISION",
                                                             "PLACEMENT",
                                                             "SPECIAL_GUARDIANSHIP",
                                                             "CHILD_ARRANGEMENTS"};

template <size_t N>
bool Holds(const std::array<std::string_view, N>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

// Orders without a day between them.
struct InterimRun {
  CivilDate start;
  std::optional<CivilDate> end;  // the first day after it
  bool of_supervision_alone = true;
  bool disputed = false;
};

class InterimOrders {
 public:
  InterimOrders(const History& history, const Disputes& disputes)
      : history_(history), disputes_(disputes) {}

  std::vector<InterimRun> Runs() const {
    std::vector<InterimRun> runs;
    for (const auto& order : history_.happenings) {
      if (order.kind != EntryKind::kOrder || !Holds(kInterimOrders, order.code) || !order.on_known)
        continue;
      const InterimRun run{.start = order.on,
                           .end = EndOf(order),
                           .of_supervision_alone = order.code == "ICSO",
                           .disputed = disputes_.Touch(order.entry)};
      if (!run.end || run.start < *run.end) Add(run, runs);
    }
    return runs;
  }

 private:
  // `history` has its happenings by day.
  static void Add(const InterimRun& run, std::vector<InterimRun>& runs) {
    const bool goes_on = !runs.empty() && (!runs.back().end || run.start <= *runs.back().end);
    if (!goes_on) {
      runs.push_back(run);
      return;
    }
    InterimRun& last = runs.back();
    last.end = last.end && run.end ? std::optional(std::max(*last.end, *run.end)) : std::nullopt;
    last.of_supervision_alone &= run.of_supervision_alone;
    last.disputed |= run.disputed;
  }

  std::optional<CivilDate> EndOf(const Happening& order) const {
    auto end = StatedEnd(order);
    for (const auto& other : history_.happenings) {
      if (other.kind == EntryKind::kOrder && order.on < other.on &&
          Holds(kLastingOrders, other.code))
        end = Earlier(end, other.on);
    }
    for (const auto& period : history_.care_periods) {
      if (period.ended_by && period.start <= order.on && order.on < *period.ended_by)
        end = Earlier(end, period.ended_by);
    }
    return end;
  }

  const History& history_;
  const Disputes& disputes_;
};

std::optional<double> Longest(const Histogram& days) {
  return days.empty() ? std::nullopt : std::optional<double>(days.rbegin()->first);
}

}  // namespace

void CountInterimRuns(const History& history, const Disputes& disputes, const Year& year,
                      InterimRunCounts& counts) {
  for (const auto& order : history.happenings) {
    if (order.kind == EntryKind::kOrder && Holds(kInterimOrders, order.code) && !order.on_known &&
        year.Holds(order.on))
      ++counts.unknown;
  }
  for (const auto& run : InterimOrders(history, disputes).Runs()) {
    if (year.last < run.start || (run.end && *run.end <= year.first)) continue;
    const bool is_open = !run.end || year.last < *run.end;
    const int days = DaysBetween(run.start, is_open ? year.last.PlusDays(1) : *run.end);
    ++counts.days[days];
    if (is_open) ++counts.open;
    if (run.of_supervision_alone && days > kMostDaysByHearing) ++counts.over_66_days;
    if (run.disputed) ++counts.disputed;
  }
}

void Add(const InterimRunCounts& other, InterimRunCounts& counts) {
  AddEach(other.days, counts.days);
  counts.open += other.open;
  counts.over_66_days += other.over_66_days;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

Measure InterimRuns(const InterimRunCounts& counts, Nation nation) {
  Measure measure;
  measure.id = "interim_runs";
  measure.value = Median(counts.days);
  measure.denominator = Sum(counts.days);
  measure.unknown = counts.unknown;
  measure.disputed = counts.disputed;
  measure.parts = {Part("longest", Longest(counts.days)), Part("median", measure.value),
                   Part("number", Sum(counts.days)), Part("open", counts.open)};
  if (nation == Nation::kScotland)
    measure.parts.push_back(Part("over_66_days", counts.over_66_days));
  return measure;
}

}  // namespace holdfast
