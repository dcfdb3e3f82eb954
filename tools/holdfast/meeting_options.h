// What the commands on meetings have in common: their options, and what these say.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "holdfast/cases/v1/meetings.pb.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {

struct MeetingOptions {
  std::string authority;
  std::string command_id;
  std::string meeting;
  std::string kind;
  std::string planned;
  std::string held;
  std::string time;
  std::string chair;
  std::string chair_independent;  // yes or no; blank: not stated
  std::vector<std::string> invited;
  std::vector<std::string> came;
  std::vector<std::string> children;   // ID or ID=CODE
  std::vector<std::string> decisions;  // what=plan,code=adoption,child=ID,by=PART,due=DAY
  std::string place;
  std::string notes;
  std::string reason;
  std::string state;
  uint32_t limit = 0;
  std::string page;
};

std::shared_ptr<MeetingOptions> NewMeetingOptions(CLI::App& command, bool changes);

// Who is there, where, of whom, and what was decided.
void AddSaidOptions(CLI::App& command, MeetingOptions& options);

// What they say of a meeting; USAGE where it cannot be read.
Result<cases::v1::MeetingSaid> ReadSaid(const MeetingOptions& options);

}  // namespace holdfast::cli
