// Named places at which a test may end the process: HOLDFAST_CRASHPOINT=name:n ends it, without any
// clean-up, when `name` is reached for the n-th time. Unset, a crash point costs one comparison.
#pragma once

#include <string_view>

namespace holdfast {

void CrashPoint(std::string_view name);

}  // namespace holdfast
