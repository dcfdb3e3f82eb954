// Refusals of the domain as callers get them.
#pragma once

#include <string>

#include "libs/base/status.h"

namespace holdfast::cases {

// The status of a refusal by its constant: kNotFound for what is not there, else
// kFailedPrecondition.
Status StatusOfRefusal(const std::string& refusal);

}  // namespace holdfast::cases
