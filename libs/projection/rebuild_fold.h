// A read model made again from a journal, to be compared with what is stored.
#pragma once

#include "libs/projection/projection.h"

namespace holdfast {

// Gives `fold` every valid event of the journal up to `end`, and no record more, then has it store
// them with that place.
Result<void> RebuildFold(const JournalIdentity& identity, EventLog& log, Fold& fold,
                         const journal::v1::Checkpoint& end);

}  // namespace holdfast
