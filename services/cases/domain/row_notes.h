// What is noted of a return's rows beside the child's other rows: for the data team, it changes no
// outcome.
#pragma once

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"

namespace holdfast::cases {

// Adds to `answer`, for each row of `command` that was taken, what is noted of it: rules 7, 10 and
// 11 of the import, and of the department's rules those that the import is lenient about (358, 408,
// 440, 441, 550). `facts` and `coverage` are those after the command, their personal data open.
// They are looked at as known at the submission's year end, and of the returns alone: later returns
// and a team's record change no note.
void NoteRows(const ChildFacts& facts, const Coverage& coverage, const v1::StateReturnRows& command,
              v1::StateReturnRowsAnswer& answer);

}  // namespace holdfast::cases
