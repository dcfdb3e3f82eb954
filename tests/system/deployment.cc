#include "tests/system/deployment.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "libs/base/check.h"

extern char** environ;

namespace holdfast::testing {
namespace {

struct Files {
  std::string out;  // a path; blank: `pipe`
  std::string err;  // a path; blank: this process's
  int pipe = -1;
};

pid_t Spawn(const std::vector<std::string>& command, const Files& files) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int flags = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (files.out.empty()) {
    posix_spawn_file_actions_adddup2(&actions, files.pipe, 1);
  } else {
    posix_spawn_file_actions_addopen(&actions, 1, files.out.c_str(), flags, 0600);
  }
  if (!files.err.empty())
    posix_spawn_file_actions_addopen(&actions, 2, files.err.c_str(), flags, 0600);
  pid_t pid = -1;
  HOLDFAST_CHECK(posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), environ) ==
                 0);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

int ExitOf(pid_t pid) {
  int status = 0;
  HOLDFAST_CHECK(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string BytesOf(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

}  // namespace

std::string Outcome::reason() const {
  const auto answer = json();
  return answer.is_object() && answer.contains("error") ? answer["error"].value("reason", "") : "";
}

Outcome RunToEnd(const std::vector<std::string>& command) {
  const TemporaryFolder folder;
  const Files files{.out = folder / "out", .err = folder / "err"};
  const int exit = ExitOf(Spawn(command, files));
  return {exit, BytesOf(files.out), BytesOf(files.err)};
}

Background::Background(const std::vector<std::string>& command) {
  int ends[2];
  HOLDFAST_CHECK(pipe2(ends, O_CLOEXEC) == 0);
  pid_ = Spawn(command, {.out = "", .err = "/dev/null", .pipe = ends[1]});
  close(ends[1]);
  output_ = ends[0];
}

Background::~Background() {
  if (pid_ >= 0) {
    Signal(SIGKILL);
    ExitOf(pid_);
  }
  close(output_);
}

std::optional<std::string> Background::ReadLine() {
  std::string line;
  for (char c; read(output_, &c, 1) == 1;) {
    if (c == '\n') return line;
    line.push_back(c);
  }
  return std::nullopt;
}

void Background::Signal(int signal) const { kill(pid_, signal); }

std::optional<int> Background::Wait(std::chrono::milliseconds limit) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
  const bool gone = poll(&ended, 1, static_cast<int>(limit.count())) == 1;
  close(handle);
  if (!gone) return std::nullopt;
  return ExitOf(std::exchange(pid_, -1));
}

Deployment::~Deployment() {
  if (is_own_) Run({"down"});
}

std::vector<std::string> Deployment::Command(const std::vector<std::string>& words) const {
  std::vector<std::string> command = {HOLDFAST_PROGRAM, "--data", data(), "--keys", keys()};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

Outcome Deployment::RunAsPerson(const std::vector<std::string>& words) const {
  return RunToEnd(Command(words));
}

Outcome Deployment::Run(const std::vector<std::string>& words) const {
  auto command = Command(words);
  command.insert(command.begin() + 1, "--json");
  return RunToEnd(command);
}

}  // namespace holdfast::testing
