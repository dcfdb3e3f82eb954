// Judges a history by the log that was left, in one pass: the valid log is the witness of the order
// of all that happened.
#pragma once

#include "libs/eventlog/event_log.h"
#include "tests/sim/history.h"

namespace holdfast {

// The violations of I1 to I4 and I6: what was acknowledged and is not there, is there twice, was
// decided on another state than that before it, was denied and is there, or contradicts real time.
// It has a reader rule of its own.
std::vector<std::string> CheckHistory(const History& history, const std::vector<LogRecord>& log);

// The same for a service that reacts: each source event consumed once, in order, with the source's
// chain.
std::vector<std::string> CheckReactions(const std::vector<LogRecord>& source,
                                        const std::vector<LogRecord>& log);

}  // namespace holdfast
