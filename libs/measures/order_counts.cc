#include "libs/measures/order_counts.h"

#include <algorithm>
#include <array>

#include "libs/policy/care_stretches.h"
#include "libs/policy/pack.h"

namespace holdfast {
namespace {

constexpr int kTwoYearsDays = 730;
// Children's Hearings (Scotland) Act 2011, s.96(4).
constexpr int kMostDaysByHearing = 66;

constexpr std::array<std::string_view, 3> kInterimOrders = {"ICSO", "IVCSO", "INTERIM_CARE"};
// An interim order of which no last day is stated ends when one of these is made.
constexpr std::array<std::string_view, 10> kLastingOrders = {
    "CSO",  "PO",          "POA",       "KINSHIP",              "ADOPTION",
    "CARE", "SUPERVISION", "PLACEMENT", "SPECIAL_GUARDIANSHIP", "CHILD_ARRANGEMENTS"};

template <size_t N>
bool Holds(const std::array<std::string_view, N>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

std::optional<CivilDate> Earlier(std::optional<CivilDate> one, std::optional<CivilDate> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

// The first day on which an order is no longer in force, as far as it says itself.
std::optional<CivilDate> StatedEnd(const Happening& order) {
  return Earlier(order.ended, order.until ? std::optional(order.until->PlusDays(1)) : std::nullopt);
}

bool IsLookedAfterBetween(const History& history, CivilDate first, CivilDate last) {
  return std::ranges::any_of(history.care_days, [&](const CareDays& care) {
    return care.known && care.days.start <= last && (!care.days.end || first < *care.days.end);
  });
}

// Made in the year, or in force in it while the child was looked after.
bool IsUnderOrderIn(const History& history, const Year& year) {
  return std::ranges::any_of(history.happenings, [&](const Happening& order) {
    if (order.kind != EntryKind::kOrder || year.last < order.on) return false;
    if (year.Holds(order.on)) return true;
    const auto end = StatedEnd(order);
    if (end && *end <= year.first) return false;
    return IsLookedAfterBetween(history, year.first,
                                end ? std::min(end->PlusDays(-1), year.last) : year.last);
  });
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

const PlacedIn& AtHomeUnderAnOrder(const History& history) {
  static const PlacedIn scotland{.places = {"HOME"}, .orders = {"CSO"}};
  static const PlacedIn england{.places = {"P1"}, .orders = {"CARE", "INTERIM_CARE", "C1", "C2"}};
  return history.nation == NameOf(Nation::kScotland) ? scotland : england;
}

bool IsOfTheOrderAtHome(const Review& review) {
  return review.code == "at_home" || review.code == "peer";
}

MeasurePart Part(std::string name, std::optional<double> value) {
  return {{std::move(name)}, value};
}

MeasurePart Part(std::string name, uint64_t count) {
  return Part(std::move(name), std::optional(static_cast<double>(count)));
}

std::optional<double> Longest(const Histogram& days) {
  return days.empty() ? std::nullopt : std::optional<double>(days.rbegin()->first);
}

uint64_t OverTwoYears(const Histogram& days) {
  uint64_t over = 0;
  for (auto at = days.upper_bound(kTwoYearsDays); at != days.end(); ++at) over += at->second;
  return over;
}

}  // namespace

void CountHearings(const History& history, const Disputes& disputes, const Year& year,
                   CivilDate known_at, HearingCounts& counts) {
  uint64_t held = 0;
  for (const auto& hearing : history.proceedings) {
    const CivilDate on = hearing.ended.value_or(hearing.on);
    if (hearing.kind != EntryKind::kHearing || !year.Holds(on)) continue;
    switch (hearing.state) {
      case HearingState::kPlanned:
        if (on <= known_at) ++counts.not_known;
        continue;
      case HearingState::kCancelled:
        ++counts.cancelled;
        continue;
      case HearingState::kHeld:
        ++counts.held;
        break;
      case HearingState::kContinued:
        ++counts.continued;
        break;
    }
    ++held;
    if (disputes.Touch(hearing.entry)) ++counts.disputed;
  }
  if (held > 0 || IsUnderOrderIn(history, year)) ++counts.children;
}

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

void CountHomeOrder(const History& history, const Disputes& disputes, const Year& year,
                    HomeOrderCounts& counts) {
  for (const auto& stretch : PlacedStretches(history, AtHomeUnderAnOrder(history))) {
    const bool runs =
        stretch.start <= year.last && (!stretch.end || year.last < stretch.end->on);
    const auto where = WhereaboutsOn(history, year.last);
    if (!runs || where == Whereabouts::kNotLookedAfter) continue;
    if (where == Whereabouts::kNotKnown || !stretch.start_known) {
      ++counts.unknown;
      continue;
    }
    const int days = DaysBetween(stretch.start, year.last);
    ++counts.days[days];
    if (disputes.Touch(stretch.entry)) ++counts.disputed;
    const bool reviewed = std::ranges::any_of(stretch.reviews, [&](const Review* review) {
      return IsOfTheOrderAtHome(*review) && review->on <= year.last &&
             DaysBetween(stretch.start, review->on) > kTwoYearsDays;
    });
    if (reviewed) ++counts.reviewed;
  }
}

void Add(const HearingCounts& other, HearingCounts& counts) {
  counts.held += other.held;
  counts.continued += other.continued;
  counts.cancelled += other.cancelled;
  counts.not_known += other.not_known;
  counts.disputed += other.disputed;
  counts.children += other.children;
}

void Add(const InterimRunCounts& other, InterimRunCounts& counts) {
  AddEach(other.days, counts.days);
  counts.open += other.open;
  counts.over_66_days += other.over_66_days;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

void Add(const HomeOrderCounts& other, HomeOrderCounts& counts) {
  AddEach(other.days, counts.days);
  counts.reviewed += other.reviewed;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

Measure HearingsPerChild(const HearingCounts& counts) {
  Measure measure;
  measure.id = "hearings_per_child";
  measure.numerator = counts.held + counts.continued;
  measure.denominator = counts.children;
  measure.value = Share(*measure.numerator, counts.children);
  measure.excluded = counts.cancelled;
  measure.unknown = counts.not_known;
  measure.disputed = counts.disputed;
  measure.parts = {Part("continued", counts.continued),
                   Part("continued_share", Share(counts.continued, *measure.numerator)),
                   Part("held", counts.held)};
  return measure;
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

Measure HomeOrderDays(const HomeOrderCounts& counts) {
  const uint64_t over = OverTwoYears(counts.days);
  Measure measure;
  measure.id = "home_order_days";
  measure.value = Median(counts.days);
  measure.denominator = Sum(counts.days);
  measure.unknown = counts.unknown;
  measure.disputed = counts.disputed;
  measure.parts = {Part("over_2_years", over), Part("reviewed_after_2_years", counts.reviewed),
                   Part("reviewed_after_2_years_share", Share(counts.reviewed, over))};
  return measure;
}

}  // namespace holdfast
