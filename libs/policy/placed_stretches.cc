#include <algorithm>
#include <tuple>

#include "libs/policy/care_stretches.h"

namespace holdfast {
namespace {

bool Contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

// Half-open days with what they are known by.
struct Span {
  Days days;
  EntryId start_entry;
  std::vector<FactId> start_facts;
  bool start_known = true;
  EntryId end_entry;
  std::vector<FactId> end_facts;
  StopEvent ends_as = StopEvent::kPlacementEnded;
};

std::optional<CivilDate> Earlier(std::optional<CivilDate> one, std::optional<CivilDate> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

// The runs of one placement in the places asked for.
void AddPlacement(const Placement& placement, const PlacedIn& placed, std::vector<Span>* spans) {
  const auto& places = placement.places;
  for (size_t i = 0; i < places.size(); ++i) {
    if (!Contains(placed.places, places[i].place)) continue;
    const auto next = i + 1 < places.size() ? std::optional(places[i + 1].from) : std::nullopt;
    const auto end = next ? Earlier(next, placement.end) : placement.end;
    if (end && *end <= places[i].from) continue;
    const bool goes_on = !spans->empty() && spans->back().start_entry == placement.entry &&
                         spans->back().days.end == places[i].from;
    if (goes_on) {
      spans->back().days.end = end;
      continue;
    }
    spans->push_back({.days = {places[i].from, end},
                      .start_entry = placement.entry,
                      .start_facts = placement.facts,
                      .start_known = placement.start_known || i > 0,
                      .end_entry = placement.entry,
                      .end_facts = placement.facts});
  }
}

// One span where one goes on in the next without a day between.
std::vector<Span> JoinMoves(std::vector<Span> spans) {
  std::vector<Span> joined;
  for (auto& span : spans) {
    const bool goes_on =
        !joined.empty() && (!joined.back().days.end || span.days.start <= *joined.back().days.end);
    if (!goes_on) {
      joined.push_back(std::move(span));
      continue;
    }
    Span& last = joined.back();
    const bool ends_later = last.days.end && (!span.days.end || *last.days.end < *span.days.end);
    if (!ends_later) continue;
    last.days.end = span.days.end;
    last.end_entry = span.end_entry;
    last.end_facts = span.end_facts;
  }
  return joined;
}

// The days on which one of the orders is in force, or the child's legal status.
std::vector<Span> OrderSpans(const History& history, const std::vector<std::string>& orders) {
  std::vector<Span> spans;
  for (const auto& status : history.legal_statuses) {
    if (!Contains(orders, status.code) || (status.end && *status.end <= status.start)) continue;
    spans.push_back({.days = {status.start, status.end},
                     .start_entry = status.entry,
                     .start_facts = status.facts,
                     .start_known = status.start_known,
                     .end_entry = status.entry,
                     .end_facts = status.facts,
                     .ends_as = StopEvent::kOrderEnded});
  }
  for (const auto& order : history.happenings) {
    if (order.kind != EntryKind::kOrder || !Contains(orders, order.code)) continue;
    const auto after = order.until ? std::optional(order.until->PlusDays(1)) : std::nullopt;
    const auto end = Earlier(order.ended, after);
    if (end && *end <= order.on) continue;
    spans.push_back({.days = {order.on, end},
                     .start_entry = order.entry,
                     .start_facts = order.facts,
                     .start_known = order.on_known,
                     .end_entry = order.entry,
                     .end_facts = order.facts,
                     .ends_as = StopEvent::kOrderEnded});
  }
  std::ranges::stable_sort(
      spans, {}, [](const Span& span) { return std::tuple(span.days.start, span.start_entry); });
  return JoinMoves(std::move(spans));
}

// The days of `place` on which the order runs too.
std::optional<Span> Both(const Span& place, const Span& order) {
  const bool order_is_later = place.days.start <= order.days.start;
  Span both = order_is_later ? order : place;
  both.start_known = place.start_known && order.start_known;
  both.days.end = Earlier(place.days.end, order.days.end);
  if (both.days.end && *both.days.end <= both.days.start) return std::nullopt;
  const Span& first_to_end = both.days.end == place.days.end ? place : order;
  both.end_entry = first_to_end.end_entry;
  both.end_facts = first_to_end.end_facts;
  both.ends_as = first_to_end.ends_as;
  return both;
}

CareStretch StretchOf(const History& history, const CarePeriod& period, const Span& span) {
  CareStretch stretch{.period = &period,
                      .entry = span.start_entry,
                      .facts = span.start_facts,
                      .start = span.days.start,
                      .start_known = span.start_known,
                      .end = EndOfCare(history, period),
                      .reviews = {}};
  if (span.days.end && (!stretch.end || *span.days.end < stretch.end->on)) {
    stretch.end = ClockStop{.on = *span.days.end,
                            .event = span.ends_as,
                            .entry = span.end_entry,
                            .facts = span.end_facts};
  }
  return stretch;
}

std::vector<Span> SpansIn(const History& history, const CarePeriod& period,
                          const PlacedIn& placed) {
  std::vector<Span> spans;
  for (const auto& placement : period.placements) AddPlacement(placement, placed, &spans);
  if (!placed.restart_on_move) spans = JoinMoves(std::move(spans));
  if (placed.orders.empty()) return spans;
  std::vector<Span> with_order;
  for (const auto& span : spans) {
    for (const auto& order : OrderSpans(history, placed.orders)) {
      if (auto both = Both(span, order)) with_order.push_back(*std::move(both));
    }
  }
  return with_order;
}

}  // namespace

std::vector<CareStretch> PlacedStretches(const History& history, const PlacedIn& placed) {
  std::vector<CareStretch> stretches;
  for (const auto& period : history.care_periods) {
    for (const auto& span : SpansIn(history, period, placed)) {
      auto stretch = StretchOf(history, period, span);
      if (stretch.end && stretch.end->on <= stretch.start) continue;
      AddReviews(history, &stretch);
      if (!stretches.empty() && stretches.back().end && stretches.back().end->on == stretch.start)
        std::erase_if(stretches.back().reviews,
                      [&](const Review* review) { return review->on == stretch.start; });
      stretches.push_back(std::move(stretch));
    }
  }
  return stretches;
}

}  // namespace holdfast
