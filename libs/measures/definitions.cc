#include "libs/measures/definitions.h"

#include <algorithm>
#include <array>

#include "libs/base/check.h"

namespace holdfast {
namespace {

struct Definition {
  std::string_view id;
  std::string_view england;
  std::string_view scotland{};  // blank: the same words
};

// What holds of every interval between milestones.
constexpr std::string_view kOfIntervals =
    " Value: the median of those that ended, the later milestone being reached in the year (the "
    "mean of the middle two). Open: the earlier was reached, the later was not by the end of the "
    "year, and the child was then looked after; their median is of their age on that day. Route: "
    "the one achieved by then; while none is, the plan named first, else the last recommendation; "
    "not_stated: nobody has named one. Holder: the days of those that ended, by who had to take "
    "the next step. An interval that does not apply on its route is not counted. Excluded: the "
    "later milestone came before the earlier, or the interval is open on a series of short breaks. "
    "Unknown: a milestone was passed on a day that nobody states, or it is not known whether the "
    "child is looked after. Disputed: those that ended, of which sources disagree about a "
    "milestone.";

constexpr std::array kDefinitions = {
    // Of England's return (SSDA903), and what Scotland's yearly statistics ask that is like it
    // (looked after on 31 July, starts and ends from 1 August, placements).
    Definition{"looked_after", "Children looked after at the end of 31 March.",
               "Children looked after at the end of 31 July."},
    Definition{
        "looked_after_without_short_breaks",
        "Children looked after at the end of 31 March, without those whose legal status is a "
        "series of short breaks (V3, V4).",
        "Children looked after at the end of 31 July. The codes used in Scotland name no "
        "planned series of short-term placements, so that none is left out."},
    Definition{"not_known",
               "Children of whom it is not known at the end of 31 March whether they are looked "
               "after, by why: the next return lacks their open episode, or refused it, or an "
               "episode ended without the next (388).",
               "Children of whom it is not known at the end of 31 July whether they are looked "
               "after, by why."},
    Definition{"starts",
               "Care periods begun in the year, their start known. Unknown: begun on or before a "
               "day of it."},
    Definition{"ends",
               "Care periods ended in the year, by the reason stated or not_stated. Disputed ends "
               "are counted in."},
    Definition{
        "placements",
        "Children looked after without short breaks on 31 March, by the number of their "
        "placements that ran at any time in the year.",
        "Children looked after on 31 July, by the number of their placements that ran at any "
        "time in the year."},
    Definition{"reviews_on_time",
               "Of the children with a review clock due in the year (Care Planning, Placement and "
               "Case Review (England) Regulations 2010, reg 33), the share with every one stopped "
               "by its day. Unknown: children of whom no such clock is known.",
               "Of the children with a review clock due in the year (Looked After Children "
               "(Scotland) Regulations 2009, regs 44 and 45), the share with every one stopped by "
               "its day. Unknown: children of whom no such clock is known. Scotland publishes no "
               "such figure."},
    Definition{
        "decision_to_adoption",
        "Adoption orders made in the year: median days since the last agency decision on or "
        "before the order. Unknown: orders with no such decision.",
        "Adoption orders made in the year: median days since the last agency decision on or "
        "before the order. Unknown: orders with no such decision. Scotland publishes no such "
        "figure."},
    Definition{"start_not_known",
               "Of the children looked after without short breaks on 31 March, those the start of "
               "whose care period is not known.",
               "Of the children looked after on 31 July, those the start of whose care period is "
               "not known."},
    // Of the national permanence data set; kOfIntervals is added.
    Definition{"m0_m1", "Days from first involvement with social work to becoming looked after."},
    Definition{"m1_m2",
               "Days from becoming looked after to the first recommendation at a review "
               "of the route that is counted."},
    Definition{"m2_m3", "Days from the recommendation at a review to the agency decision."},
    Definition{"m3_m4",
               "Days from the agency decision to the first application of the route being "
               "lodged in court."},
    Definition{"m4_m5", "Days from the application being lodged to the order that ends the route."},
    Definition{"m1_m5",
               "Days from becoming looked after to the order, or to what ends the route "
               "without one: a match, or the end of an order at home."},
    Definition{"hearings_per_child",
               "Hearings of the year that took place, over the children with one of them or under "
               "an order: one made in the year, or in force on a day of it on which the child was "
               "looked after (a legal status alone is no order). Held: they came to an end. "
               "Continued: to another day; continued_share is of all that took place. Each counts "
               "as what last became of it. Excluded: cancelled. Unknown: the day is past, and "
               "nobody states what became of it. Disputed: of those that took place, sources "
               "disagree."},
    Definition{
        "interim_runs",
        "Runs of interim care orders without a day between them, of which some day is in the "
        "year: days in force, first and last included, to the end of the year where it is "
        "still in force then (open). Value: the median (the mean of the middle two). An order "
        "without a stated last day ends when a lasting order is made or care ends. Unknown: "
        "orders made on or before a day of the year. Disputed: runs of which sources disagree "
        "about an order.",
        "Runs of interim compulsory supervision orders and interim variations without a day "
        "between them, of which some day is in the year: days in force, first and last "
        "included, to the end of the year where it is still in force then (open). Value: the "
        "median (the mean of the middle two). over_66_days: runs without a variation longer "
        "than hearings alone may keep one going (Children's Hearings (Scotland) Act 2011, "
        "s.96(4); a sheriff may extend). An order without a stated last day ends when a "
        "lasting order is made or care ends. Unknown: orders made on or before a day of the "
        "year. Disputed: runs of which sources disagree about an order."},
    Definition{
        "home_order_days",
        "Children looked after at the end of 31 March who are placed with their parents (P1) "
        "under a care order or interim care order, the order or the legal status (C1, C2): "
        "median days since the later of the placement and the order. over_2_years: more than "
        "730 days. reviewed_after_2_years: of those, a review of kind at_home or peer was "
        "held more than 730 days after the start. Unknown: the start is not known, or whether "
        "the child is looked after. Disputed: sources disagree about the start.",
        "Children looked after at the end of 31 July who are placed at home under a "
        "compulsory supervision order: median days since the later of the placement and the "
        "order. over_2_years: more than 730 days. reviewed_after_2_years: of those, a review "
        "of kind at_home or peer was held more than 730 days after the start. Unknown: the "
        "start is not known, or whether the child is looked after. Disputed: sources disagree "
        "about the start."},
    Definition{
        "decisions_as_recommended",
        "Of the decisions of the year that had a recommendation before them, from the same "
        "time in care, the share that are of the recommended route. A review: the plan that "
        "stood the day before. Legal opinion and panel: the last recommendation of a review. "
        "Agency decision: the last of panel and review. Hearing: the last of all these, where "
        "the hearing ends the order and so decides for home. Court: the order sought, else "
        "the last of all these; the order made is compared, by its route if it has one. "
        "median_days: from the recommendation to the decision. Unknown: nothing was "
        "recommended, or the decision states no route. Disputed: of those compared, sources "
        "disagree about the decision."},
};

bool IsOfInterval(std::string_view id) { return id.starts_with("m") && id[2] == '_'; }

}  // namespace

std::string DefinitionOf(std::string_view id, Nation nation) {
  const auto found = std::ranges::find(kDefinitions, id, &Definition::id);
  HOLDFAST_CHECK(found != kDefinitions.end());
  const bool is_same = nation == Nation::kEngland || found->scotland.empty();
  std::string text(is_same ? found->england : found->scotland);
  if (IsOfInterval(id)) text += kOfIntervals;
  return text;
}

}  // namespace holdfast
