#include "libs/measures/gate_counts.h"

namespace holdfast {

void CountGates(const History& history, const Disputes& disputes, const Year& year,
                AllGateCounts& counts) {
  for (const auto& gate : GatesOf(history)) {
    if (!year.Holds(gate.decided_on)) continue;
    auto& of_kind = counts[static_cast<size_t>(gate.kind)];
    const auto agrees = gate.Agrees();
    if (!agrees) {
      ++of_kind.unknown;
      continue;
    }
    ++of_kind.days[*gate.Days()];
    if (*agrees) ++of_kind.as_recommended;
    if (disputes.Touch(gate.entry)) ++of_kind.disputed;
  }
}

void Add(const GateCounts& other, GateCounts& counts) {
  AddEach(other.days, counts.days);
  counts.as_recommended += other.as_recommended;
  counts.unknown += other.unknown;
  counts.disputed += other.disputed;
}

Measure DecisionsAsRecommended(const AllGateCounts& counts) {
  Measure measure;
  measure.id = "decisions_as_recommended";
  measure.numerator = 0;
  measure.denominator = 0;
  measure.groups = {"gate"};
  for (const auto kind : kGateKinds) {
    const auto& of_kind = counts[static_cast<size_t>(kind)];
    const uint64_t decided = Sum(of_kind.days);
    *measure.numerator += of_kind.as_recommended;
    *measure.denominator += decided;
    measure.unknown += of_kind.unknown;
    measure.disputed += of_kind.disputed;
    if (decided == 0) continue;
    const std::string gate(NameOf(kind));
    measure.parts.push_back(
        {{"gate", gate, "as_recommended"}, static_cast<double>(of_kind.as_recommended)});
    measure.parts.push_back({{"gate", gate, "decided"}, static_cast<double>(decided)});
    measure.parts.push_back({{"gate", gate, "median_days"}, Median(of_kind.days)});
    measure.parts.push_back({{"gate", gate, "share"}, Share(of_kind.as_recommended, decided)});
  }
  measure.value = Share(*measure.numerator, *measure.denominator);
  return measure;
}

}  // namespace holdfast
