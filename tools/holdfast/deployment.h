// Makes a deployment for `init`, and for `up` where there is none.
#pragma once

#include <cstdint>
#include <string>

#include "libs/base/civil_date.h"
#include "libs/crypto/keys_folder.h"
#include "tools/holdfast/json.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

struct DeploymentOptions {
  std::string clock = "system";
  std::string day;  // of a manual clock
  uint32_t partitions = 16;
};

// Says on standard error what losing a new root key means. What was made, as `init` answers it.
Result<Json> MakeDeployment(const DeploymentOptions& options, const GlobalOptions& global);

// Absolute, so that they mean the same in a process that runs elsewhere.
KeysPaths PathsOf(const GlobalOptions& global);

}  // namespace holdfast::cli
