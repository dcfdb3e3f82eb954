// A history in words, a line a thing, for tests. A start "on or before" has a ~; an end is a day,
// "open", "unknown", or "lost DAY" where it is not known since that day.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/history.h"

namespace holdfast {

using Lines = std::vector<std::string>;

Lines CarePeriodsOf(const History& history);    // "~2019-04-01 to 2020-01-01 stated E4A"
Lines PlacementsOf(const History& history);     // "2019-04-01 to open U6"; of all care periods
Lines LegalStatusesOf(const History& history);  // "2019-04-01 to open C2"
Lines ReviewsOf(const History& history);        // "2019-05-01 PN1", with "outside care"
Lines HappeningsOf(const History& history);     // "2019-05-01 order ADOPTION disputed"
// "2026-03-05 order CSO until 2027-03-04 ended 2026-09-01"; orders alone
Lines OrdersOf(const History& history);
// "2026-03-05 application PO issued 2026-03-06 until 2026-09-01 ended 2026-08-01 made PO";
// "2026-03-05 hearing held ended 2026-03-05"
Lines ProceedingsOf(const History& history);
// "2026-03-01 mother [2026-03-01 assess_return 1 a week review 2026-06-01] ended 2026-07-01"
Lines AgreementsOf(const History& history);
// "2026-03-07 mother missed by mother"
Lines SessionsOf(const History& history);
// "differs until court 2027-03-04 record/S12000901 2027-03-05 counts court from 2026-03-01", with
// "resolved"
Lines DisagreementsOf(const History& history);
Lines DiscrepanciesOf(
    const History& history);  // "overlap 2019-04-01 2019-05-01", by the key days of ChildOfReturns
Lines CareDaysOf(
    const History& history);  // "2019-04-01 to open C2 U6", "2019-04-01 to open not known: 388"

}  // namespace holdfast
