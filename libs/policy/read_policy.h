// Policy files of a folder: the only input or output of this library.
#pragma once

#include <filesystem>
#include <vector>

#include "libs/base/status.h"
#include "libs/policy/policy_set.h"

namespace holdfast {

// The .yaml files of `folder` and its folders, by name; POLICY_NOT_READABLE when one cannot be
// read.
Result<std::vector<PolicyFile>> ReadPolicyFolder(const std::filesystem::path& folder);

}  // namespace holdfast
