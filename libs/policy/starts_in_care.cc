#include <algorithm>

#include "libs/policy/clock_starts.h"

namespace holdfast {
namespace {

ClockStop StopBy(const Review& review) {
  return {
      .on = review.on, .event = StopEvent::kReview, .entry = review.entry, .facts = review.facts};
}

bool StopsAt(const PolicyClock& clock, StopEvent event) {
  return std::ranges::find(clock.stops_at, event) != clock.stops_at.end();
}

std::optional<ClockStop> Earlier(std::optional<ClockStop> one, std::optional<ClockStop> other) {
  if (!one || !other) return one ? one : other;
  return other->on < one->on ? other : one;
}

class StretchStarts {
 public:
  StretchStarts(const PolicyClock& clock, const History& history, const CareStretch& stretch)
      : clock_(clock), history_(history), stretch_(stretch) {
    for (const Review* review : stretch.reviews) {
      if (Knows(*review)) reviews_.push_back(review);
    }
  }

  std::vector<ClockStart> Read() {
    const size_t first_later = stretch_.start_known ? 1 : 0;
    switch (clock_.starts_at) {
      case StartEvent::kCareStart:
      case StartEvent::kPlacedStart:
        if (stretch_.start_known) AddStretch();
        if (clock_.repeats) AddReviews(0);
        break;
      case StartEvent::kFirstReview:
        if (stretch_.start_known && !reviews_.empty()) AddReview(0);
        break;
      case StartEvent::kEachLaterReview:
        AddReviews(first_later);
        break;
      case StartEvent::kEachReview:
        AddReviews(0);
        break;
      default:
        break;
    }
    return std::move(starts_);
  }

 private:
  bool Knows(const Review& review) const {
    const auto holds = [&](const std::vector<std::string>& codes) {
      return std::ranges::find(codes, review.code) != codes.end();
    };
    return (clock_.review_codes.empty() || holds(clock_.review_codes)) &&
           !holds(clock_.not_review_codes);
  }

  void AddStretch() {
    ClockStart start{.on = stretch_.start,
                     .entry = stretch_.entry,
                     .facts = stretch_.facts,
                     .stop = StopAfter(stretch_.start, 0),
                     .period = stretch_.period};
    start.agreed = AgreedFor(start);
    starts_.push_back(std::move(start));
  }

  // The last interval that was agreed in the stretch, before the clock stopped.
  std::optional<AgreedInterval> AgreedFor(const ClockStart& start) const {
    std::optional<AgreedInterval> agreed;
    if (!clock_.agreed_interval) return agreed;
    for (const auto& happening : history_.happenings) {
      if (happening.kind != EntryKind::kReviewInterval || happening.on < stretch_.start) continue;
      if (start.stop && start.stop->on <= happening.on) continue;
      if (const auto limit = LimitFromText(happening.code)) agreed = {happening.on, *limit};
    }
    return agreed;
  }

  void AddReviews(size_t from) {
    for (size_t i = from; i < reviews_.size(); ++i) AddReview(i);
  }

  void AddReview(size_t index) {
    const Review& review = *reviews_[index];
    // A review on the day that ends the stretch stops what runs and starts nothing.
    if (stretch_.end && stretch_.end->on <= review.on) return;
    ClockStart start{.on = review.on,
                     .entry = review.entry,
                     .facts = review.facts,
                     .stop = StopAfter(review.on, index + 1),
                     .period = stretch_.period,
                     .earlier_reviews_not_known = !stretch_.start_known};
    if (clock_.due_by_next_review && index + 1 < reviews_.size())
      start.due_by = reviews_[index + 1]->on;
    start.agreed = AgreedFor(start);
    starts_.push_back(std::move(start));
  }

  // What the clock waits for, or what ends the stretch before that.
  std::optional<ClockStop> StopAfter(CivilDate start, size_t review) const {
    std::optional<ClockStop> stop;
    if (StopsAt(clock_, StopEvent::kReview) && review < reviews_.size())
      stop = StopBy(*reviews_[review]);
    if (StopsAt(clock_, StopEvent::kRecommendation)) stop = Earlier(stop, Recommended(start));
    if (StopsAt(clock_, StopEvent::kPlan)) stop = Earlier(stop, Planned(start));
    // A review on the last day of the stretch counts before the end.
    if (!stop || (stretch_.end && stretch_.end->on < stop->on)) return stretch_.end;
    return stop;
  }

  std::optional<ClockStop> Recommended(CivilDate start) const {
    for (const auto& happening : history_.happenings) {
      if (happening.kind == EntryKind::kRecommendation && start <= happening.on)
        return ClockStop{.on = happening.on,
                         .event = StopEvent::kRecommendation,
                         .entry = happening.entry,
                         .facts = happening.facts};
    }
    return std::nullopt;
  }

  // A plan that was there before stops the clock on its first day.
  std::optional<ClockStop> Planned(CivilDate start) const {
    for (const auto& plan : history_.plans) {
      if (plan.contingency || plan.since < stretch_.period->start) continue;
      return ClockStop{.on = std::max(start, plan.since),
                       .event = StopEvent::kPlan,
                       .entry = plan.entry,
                       .facts = plan.facts};
    }
    return std::nullopt;
  }

  const PolicyClock& clock_;
  const History& history_;
  const CareStretch& stretch_;
  std::vector<const Review*> reviews_;
  std::vector<ClockStart> starts_;
};

}  // namespace

std::vector<ClockStart> StartsInCare(const PolicyClock& clock, const History& history,
                                     const std::vector<CareStretch>& stretches) {
  std::vector<ClockStart> starts;
  for (const auto& stretch : stretches) {
    for (auto& start : StretchStarts(clock, history, stretch).Read())
      starts.push_back(std::move(start));
  }
  return starts;
}

}  // namespace holdfast
