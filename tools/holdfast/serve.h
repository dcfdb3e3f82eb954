// Serves a data folder in this process, until a signal asks it to stop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/node/cluster.h"
#include "services/node/run_file.h"
#include "tools/holdfast/json.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

struct ServeOptions {
  std::string listen = "127.0.0.1:0";
  std::vector<std::string> services;  // none: all
  int ready_file = -1;  // the process that started this one reads here that it serves, or why not;
                        // -1: there is none
  std::optional<ClusterOptions> cluster;  // the log is shared; none: it is in the data folder
};

// Called before the process has another thread. Answers on standard output when it serves, returns
// after SIGTERM or SIGINT.
int Serve(const ServeOptions& options, const GlobalOptions& global);

// Makes the data folder where there is none: of a deployment of its own, or of an instance.
Result<void> MakeFolderIfNone(const ServeOptions& options, const GlobalOptions& global);

Json RunJson(const RunFile& run);
std::string RunText(const RunFile& run, const GlobalOptions& global);

// Starts `serve` as a process of its own and returns when that serves, or does not.
int ServeDetached(const ServeOptions& options, const GlobalOptions& global);

}  // namespace holdfast::cli
