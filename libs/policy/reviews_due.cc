#include "libs/policy/reviews_due.h"

namespace holdfast {

ReviewsDue ReviewsDueIn(std::span<const ClockRun> runs, CivilDate first, CivilDate last) {
  ReviewsDue reviews;
  for (const auto& run : runs) {
    if (!run.of_reviews || !run.due || *run.due < first || last < *run.due) continue;
    const bool on_time = run.stop && run.stop->on <= *run.due;
    const bool stated_late = run.stop && run.stop->stated && !on_time;
    const bool known_on_its_day = !run.not_known_since || *run.due <= *run.not_known_since;
    if (!on_time && !stated_late && !known_on_its_day) continue;
    ++reviews.due;
    reviews.stopped_by_their_day += on_time;
  }
  return reviews;
}

}  // namespace holdfast
