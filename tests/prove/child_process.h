// A child process with pipes to its input and from its output.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace holdfast {

class ChildProcess {
 public:
  // `crash_point`: what HOLDFAST_CRASHPOINT is for it; blank: none. `quiet`: nobody sees its error
  // output.
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
               const std::string& crash_point, bool quiet = false);
  ~ChildProcess();  // kills it

  // False when it is gone.
  bool Write(const std::string& text);
  void CloseInput();
  // The next line of output, if one comes within `limit_ms`; nothing then, and at the end, which
  // IsAtEnd tells.
  std::optional<std::string> ReadLine(int limit_ms);
  bool IsAtEnd() const { return at_end_; }
  void Kill();
  // Its exit code, or 128 and the signal that ended it. Waits.
  int Wait();

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  bool at_end_ = false;
  std::string unread_;
  std::optional<int> code_;
};

}  // namespace holdfast
