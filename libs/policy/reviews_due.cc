#include "libs/policy/reviews_due.h"

namespace holdfast {
namespace {

bool IsStoppedByReview(const ClockRun& run) {
  return run.stop && run.stop->event == StopEvent::kReview;
}

bool CountsAsMissed(const ClockRun& run, const History& history, CivilDate known_at) {
  if (run.stop && run.stop->on <= *run.due) return false;
  if (WhereaboutsOn(history, *run.due) == Whereabouts::kNotKnown) return false;
  return *run.due <= known_at && (!run.not_known_since || *run.due <= *run.not_known_since);
}

}  // namespace

ReviewsDue ReviewsDueIn(std::span<const ClockRun> runs, const History& history, CivilDate first,
                        CivilDate last, CivilDate known_at) {
  ReviewsDue reviews;
  for (const auto& run : runs) {
    if (!run.of_reviews || !run.due || *run.due < first || last < *run.due) continue;
    if (IsStoppedByReview(run)) {
      ++reviews.due;
      reviews.stopped_by_their_day += run.stop->on <= *run.due;
    } else if (CountsAsMissed(run, history, known_at)) {
      ++reviews.due;
    }
  }
  return reviews;
}

}  // namespace holdfast
