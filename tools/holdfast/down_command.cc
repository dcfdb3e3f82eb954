#include "tools/holdfast/down_command.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "services/node/run_file.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

constexpr int kLongestWait_ms = 30'000;

Status NotStopped(const std::string& why) {
  return {StatusCode::kUnavailable, "NOT_STOPPED", "the server was not stopped: " + why};
}

// Holds on to a process: its number is not another's while this lives.
class ProcessHandle {
 public:
  explicit ProcessHandle(pid_t pid) : file_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}
  ~ProcessHandle() {
    if (file_ >= 0) close(file_);
  }
  ProcessHandle(const ProcessHandle&) = delete;
  ProcessHandle& operator=(const ProcessHandle&) = delete;

  bool IsOpen() const { return file_ >= 0; }
  bool Ask(int signal) const {
    return syscall(SYS_pidfd_send_signal, file_, signal, nullptr, 0) == 0;
  }
  bool WaitUntilGone(int limit_ms) const {
    pollfd ended{.fd = file_, .events = POLLIN, .revents = 0};
    return poll(&ended, 1, limit_ms) == 1;
  }

 private:
  const int file_;
};

// An ended process keeps its number until its parent, or init, has asked how it ended: soon, where
// one asks at all.
void AwaitCollection(pid_t pid) {
  for (int i = 0; i < 50 && kill(pid, 0) == 0; ++i) poll(nullptr, 0, 10);
}

int RunDown(const GlobalOptions& global) {
  const auto before = FindServer(global.data);
  if (!before) return Report(before.error(), global);
  const ProcessHandle process(before->pid);
  // Asked again: the number that was read may have become another process's before it was held.
  const auto server = FindServer(global.data);
  if (!server) return Report(server.error(), global);
  if (!process.IsOpen() || server->pid != before->pid || !process.Ask(SIGTERM)) {
    return ReportNothingDone(NotStopped(std::strerror(errno)), global);
  }
  if (!process.WaitUntilGone(kLongestWait_ms)) {
    return Report(NotStopped("process " + std::to_string(server->pid) + " still drains"), global);
  }
  AwaitCollection(server->pid);
  return Answer({{"stopped", true}, {"pid", server->pid}},
                "Holdfast has stopped (process " + std::to_string(server->pid) + ")\n", global);
}

}  // namespace

void AddDownCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command =
      app.add_subcommand("down", "Stop the server of the data folder, and wait until it is gone");
  command->footer(
      "Examples:\n"
      "  holdfast down\n"
      "  holdfast --data ./data down");
  RunsWhenChosen(*command, global, run, RunDown);
}

}  // namespace holdfast::cli
