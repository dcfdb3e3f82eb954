// What all commands of the command line share.
#pragma once

#include <string>
#include <vector>

#include "libs/base/status.h"
#include "tools/holdfast/at_fault.h"

namespace holdfast::cli {

// Exit codes: what a script can rely on.
enum ExitCode {
  kDone = 0,
  kDoneWithFindings = 1,  // done, with refusals or findings
  kNothingDone = 2,       // usage, or nothing was done
  kOutcomeNotKnown = 3,
  kNotFound = 4,  // not found or not allowed
  kNoServer = 5,
};

struct GlobalOptions {
  std::string data;
  std::string keys;
  std::string as;
  std::string log = "embedded";  // or kafka:HOST:PORT,..
  std::string kafka_config;      // a file; blank: none
  std::string topic_prefix = "holdfast";
  std::string server;  // HOST:PORT; blank: the one that serves `data`
  bool json = false;
  std::vector<ChosenOption> chosen;  // every option of the command that was chosen
};

// Prints why nothing was done and which option is at fault, to standard error (and as JSON on
// standard output when asked); the exit code for it.
int Report(const Status& status, const GlobalOptions& options);

// The same for what is done here, without a server: it was not done, whatever the failure.
int ReportNothingDone(const Status& status, const GlobalOptions& options);

}  // namespace holdfast::cli
