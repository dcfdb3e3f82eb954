// Which option of the command line a failure is about.
#pragma once

#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast::cli {

// An option or positional of the command that was chosen.
struct ChosenOption {
  std::string name;                 // "--on", or a positional's own name
  std::vector<std::string> values;  // as they were given; none: it was not
};

// `status` with where.field and where.rule filled, and the option named in its message, where it is
// about one that the command has. A refusal (the record says no) is about the options of its row in
// the table: those of them that were given, else the first that the command has; its rule is its
// reason. A USAGE is about the option that its message names, or whose value it quotes, and has no
// rule. What says its field already is left as it is.
Status WithOptionAtFault(Status status, const std::vector<ChosenOption>& chosen);

}  // namespace holdfast::cli
