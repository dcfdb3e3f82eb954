// A batch between its first decision and its read-back.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/journal/record.h"
#include "libs/shard/command.h"
#include "libs/shard/overlay.h"

namespace holdfast {

struct PendingCommand {
  Command command;             // without its request
  std::vector<Reply> replies;  // of the call that was decided, and of calls that joined it
};

struct PendingBatch {
  journal::v1::Record record;
  std::list<PendingCommand> commands;  // in the order of the record's outcomes
  Overlay::Touched touched;
  size_t bytes = 0;      // about what the record will have
  Monotonic deadline{};  // when it must have been read back
};

// What the owner wants done, in this order.
struct Effects {
  struct Answered {
    Reply reply;
    Result<Answer> answer;
  };
  std::vector<std::string> appends;
  std::vector<Answered> answers;
};

}  // namespace holdfast
