// Judges a history by the logs that were left, in one pass: the valid log is the witness of the
// order of all that happened.
#pragma once

#include "libs/eventlog/event_log.h"
#include "tests/sim/history.h"

namespace holdfast {

// The violations of I1 to I4 and I6 in one partition: what was acknowledged and is not there, is
// there twice, was decided on another state than that before it, was denied and is there, or
// contradicts real time. It has a reader rule of its own.
std::vector<std::string> CheckHistory(const History& history, const std::vector<LogRecord>& log);

// The same for a service that reacts: each event of each source consumed once, in order, with the
// source's chain.
std::vector<std::string> CheckReactions(const std::vector<std::vector<LogRecord>>& sources,
                                        const std::vector<LogRecord>& log);

// What follows from a subject's events takes effect at each target once, in the order of the
// subject's events, and nothing else does; each round's command is decided once; who waits is
// answered when it stands there; all is told in the end. Of what several subjects push to one
// target, and one to several, no order is promised. `logs` by partition.
std::vector<std::string> CheckPushes(const History& history,
                                     const std::vector<std::vector<LogRecord>>& logs);

}  // namespace holdfast
