// A child's way to a permanent home: the milestones of the national permanence data set, and who
// held the next step when. Pure functions of the history.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/permanence/history.h"

namespace holdfast {

// M0 first involvement with social work; M1 looked after; M2 recommendation at a review; M3a a
// panel recommends; M3 agency decision; M4 lodged in court; M5 the order, or what ends the route
// without one.
enum class Milestone { kM0, kM1, kM2, kM3a, kM3, kM4, kM5 };
inline constexpr std::array kMilestones = {Milestone::kM0,  Milestone::kM1, Milestone::kM2,
                                           Milestone::kM3a, Milestone::kM3, Milestone::kM4,
                                           Milestone::kM5};

enum class MilestoneState { kReached, kOpen, kNotApplicable, kNotKnown };

struct MilestoneReached {
  Milestone milestone = Milestone::kM0;
  std::optional<CivilDate> on;  // of kReached
  MilestoneState state = MilestoneState::kOpen;
  EntryId entry;  // of what reached it; zero: nothing that has an entry did

  bool operator==(const MilestoneReached&) const = default;
};

// One care period's way on one route, from M0 to M5.
struct Pathway {
  const CarePeriod* care_period = nullptr;  // null: there was none yet
  std::string route;                        // blank: nobody has said one
  std::array<MilestoneReached, kMilestones.size()> milestones;

  const MilestoneReached& At(Milestone milestone) const {
    return milestones[static_cast<size_t>(milestone)];
  }
};

// The way of `history`'s care period of that index on `route`, as things stood at the end of
// `as_at`.
Pathway PathwayOn(const History& history, size_t care_period, const std::string& route,
                  CivilDate as_at = kDistantFuture);

// The way that a measure counts, as things stood at the end of `as_at`: on the named route that was
// achieved first; while none is, on one whose order was made though nobody named it; else on that
// of the first plan that stands; without a plan, on that of the last recommendation. A contingency
// plan never counts. The care period started by then.
Pathway CountedPathway(const History& history, size_t care_period,
                       CivilDate as_at = kDistantFuture);

// The way of the last care period, or of a child who has not been looked after.
Pathway CurrentPathway(const History& history, CivilDate as_at = kDistantFuture);

// Who must act. In the order in which the lower of two that opened on one day holds.
enum class Holder {
  kSocialWork,
  kLegal,
  kService,
  kPanel,
  kDecisionMaker,
  kFamily,
  kReporter,
  kHearing,
  kSafeguarder,
  kCourt,
};

// Half-open days on which one body holds the next step; open while it goes on.
struct HeldDays {
  Days days;
  Holder holder = Holder::kSocialWork;
};

// From M0 (M1 where that is not known) to M5 or the end of the care period: without gap or overlap.
// The body whose step was opened last holds it; on one day, the later in Holder.
std::vector<HeldDays> HoldersOf(const History& history, const Pathway& pathway);
// The same for `days` alone, which are not empty, of a way on `route`.
std::vector<HeldDays> HoldersDuring(const History& history, const std::string& route,
                                    const Days& days);

// M0, M3a, ...
std::string_view NameOf(Milestone milestone);
// reached, open, not_applicable, not_known.
std::string_view NameOf(MilestoneState state);
// social_work, legal, ...
std::string_view NameOf(Holder holder);

// True for a route of the nation (england, scotland): domain's routes to permanence.
bool IsRoute(std::string_view nation, std::string_view route);

}  // namespace holdfast
