// What the sources of an authority have said they cover: without it, silence could not be told from
// absence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "holdfast/cases/v1/returns.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/permanence/view.h"

namespace holdfast {

// A whole return of one year end, imported to its end. It covers 1 April before the year end to the
// year end.
struct ReturnCoverage {
  CivilDate year_end;
  RunId run;
  std::vector<cases::v1::ReturnTable> tables;
  Instant recorded_at;
  std::optional<Instant> withdrawn_at;  // reported at the year end, like the return
};

// From a day on, the authority's own record covers all that a team can state.
struct LiveCoverage {
  CivilDate from;
  CivilDate reported;
  Instant recorded_at;
};

// A court's or reporter's feed: what it states of the authority's children is known through its
// horizon, which is the later of the day its newest item was sent and the day through which it said
// that all is complete, with the days after which its silence is an alert.
struct FeedCoverage {
  std::string source;
  std::vector<proceedings::v1::FeedKind> states;
  CivilDate horizon;

  bool operator==(const FeedCoverage&) const = default;
};

// What one authority's sources cover, returns and live records in order of recording.
struct Coverage {
  std::vector<ReturnCoverage> returns;
  std::vector<LiveCoverage> live;
  std::vector<FeedCoverage> feeds{};  // as last heard, whatever a view sees; by source
};

// The year ends of whole returns with `table` that `view` sees, ascending, each once.
std::vector<CivilDate> CoveredYearEnds(const Coverage& coverage, cases::v1::ReturnTable table,
                                       const View& view);

// The first day that the authority's record covers as `view` sees it; nothing when it is not live.
std::optional<CivilDate> LiveFrom(const Coverage& coverage, const View& view);

// The last day through which a feed tells of `kind`; nothing when none states it.
std::optional<CivilDate> FeedHorizon(const Coverage& coverage, proceedings::v1::FeedKind kind);

// First day of the year that a return of `year_end` covers: 1 April before it.
CivilDate YearStart(CivilDate year_end);

}  // namespace holdfast
