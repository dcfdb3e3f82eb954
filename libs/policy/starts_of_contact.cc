#include <algorithm>

#include "libs/policy/clock_starts.h"

namespace holdfast {
namespace {

bool StopsAt(const PolicyClock& clock, StopEvent event) {
  return std::ranges::find(clock.stops_at, event) != clock.stops_at.end();
}

class ContactStarts {
 public:
  ContactStarts(const PolicyClock& clock, const History& history)
      : clock_(clock), history_(history) {}

  std::vector<ClockStart> Read() {
    for (const auto& agreement : history_.agreements) {
      if (!agreement.agreed) continue;
      if (StopsAt(clock_, StopEvent::kContactReview)) {
        AddReviews(agreement);
      } else if (agreement.terms.front().purpose.empty()) {
        AddPurpose(agreement);
      }
    }
    return std::move(starts_);
  }

 private:
  // Its end, or the child's death; whichever comes first.
  std::optional<ClockStop> EndOf(const ContactAgreement& agreement) const {
    std::optional<ClockStop> end;
    if (agreement.ended)
      end = ClockStop{.on = *agreement.ended,
                      .event = StopEvent::kContactEnded,
                      .entry = agreement.entry,
                      .facts = agreement.facts};
    if (history_.died_on && (!end || *history_.died_on < end->on))
      end = ClockStop{.on = *history_.died_on, .event = StopEvent::kDied};
    return end;
  }

  static std::optional<ClockStop> Earlier(std::optional<ClockStop> end, ClockStop other) {
    return end && end->on < other.on ? end : std::optional(std::move(other));
  }

  void Add(ClockStart start) {
    if (start.stop && start.stop->on < start.on) return;
    start.always_known = true;
    starts_.push_back(std::move(start));
  }

  // Due on the first day; a variation can give it one later.
  void AddPurpose(const ContactAgreement& agreement) {
    auto stop = EndOf(agreement);
    for (const auto& terms : agreement.terms) {
      if (terms.purpose.empty()) continue;
      stop = Earlier(std::move(stop), {.on = terms.from,
                                       .event = StopEvent::kContactPurpose,
                                       .entry = agreement.entry,
                                       .facts = {terms.fact}});
      break;
    }
    Add({.on = agreement.from,
         .entry = agreement.entry,
         .facts = agreement.facts,
         .stop = std::move(stop)});
  }

  // From the agreement to its first review, and from each review to the next.
  void AddReviews(const ContactAgreement& agreement) {
    ClockStart start{.on = agreement.from, .entry = agreement.entry, .facts = agreement.facts};
    std::optional<CivilDate> stated;
    for (const auto& review : agreement.reviews) {
      auto run = start;
      run.extensions = DatesFrom(agreement, run.on, review.on, stated);
      run.stop = Earlier(EndOf(agreement), {.on = review.on,
                                            .event = StopEvent::kContactReview,
                                            .entry = review.entry,
                                            .facts = review.facts});
      Add(std::move(run));
      start = {.on = review.on, .entry = review.entry, .facts = review.facts};
      stated = review.next;
    }
    start.extensions = DatesFrom(agreement, start.on, kDistantFuture, stated);
    start.stop = EndOf(agreement);
    Add(std::move(start));
  }

  // The dates that were stated: with the review at which it starts, and with terms that hold from
  // then on and before the next.
  static std::vector<CivilDate> DatesFrom(const ContactAgreement& agreement, CivilDate start,
                                          CivilDate next, std::optional<CivilDate> stated) {
    std::vector<CivilDate> dates;
    if (stated) dates.push_back(*stated);
    for (const auto& terms : agreement.terms) {
      if (terms.review && start <= terms.from && terms.from < next) dates.push_back(*terms.review);
    }
    return dates;
  }

  const PolicyClock& clock_;
  const History& history_;
  std::vector<ClockStart> starts_;
};

}  // namespace

std::vector<ClockStart> StartsOfContact(const PolicyClock& clock, const History& history) {
  return ContactStarts(clock, history).Read();
}

}  // namespace holdfast
