// What one source says of a child, in the shape of a history but without entries' ids: those come
// when sources are joined.
#pragma once

#include <optional>
#include <vector>

#include "libs/permanence/history.h"
#include "libs/permanence/kept_rows.h"

namespace holdfast {

struct SourceHistory {
  std::vector<CarePeriod> care_periods;  // placements left empty
  std::vector<Placement> placements;
  std::vector<LegalStatus> legal_statuses;
  std::vector<Review> reviews;  // care_period left empty
  std::vector<Happening> happenings;
  std::vector<MissingEpisode> missing;
};

// What the returns say: rules 7 and 10 of the import over the kept rows, and the other tables as
// believed.
SourceHistory ReadReturns(const Layers& layers, const KeptRows& rows);

// The days on which the kept rows say that the child is looked after, or that it is not known.
std::vector<CareDays> CareDaysOf(const std::vector<KeptRow>& kept);

}  // namespace holdfast
