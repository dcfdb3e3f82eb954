// For tests: the sample of invented children, in a deployment of the real program.
#pragma once

#include <filesystem>
#include <string>

#include "tests/system/deployment.h"

namespace holdfast::testing {

inline const std::string kNorthmere = "E06000901";  // live, with a team's record
inline const std::string kSaltby = "E06000902";     // known by returns only

std::filesystem::path SampleFolder();

// Makes and starts `deployment` on the sample's day, and takes every step of the sample, of all
// authorities or of one. Refused rows go to `rejects`, a folder for each step, where it is not
// blank.
void TakeSample(const Deployment& deployment, const std::string& only = "",
                const std::filesystem::path& rejects = "");

}  // namespace holdfast::testing
