#include "tools/holdfast/workbook.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <vector>

extern char** environ;

namespace holdfast::cli {
namespace {

constexpr char kProgram[] = "xlsx2csv";

// Its standard output goes to `out`, its standard error nowhere: it may quote cells.
class SpawnActions {
 public:
  explicit SpawnActions(int out) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string ReadAll(int from) {
  std::string all;
  std::array<char, 1 << 16> some{};
  while (true) {
    const ssize_t count = read(from, some.data(), some.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return all;
    all.append(some.data(), static_cast<size_t>(count));
  }
}

// True when it ended well.
bool WaitFor(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

tl::unexpected<Status> CannotRead(const std::string& path, const std::string& why) {
  return Fail(StatusCode::kFailedPrecondition, "CANNOT_READ", "cannot read " + path + ": " + why,
              {.file = path});
}

}  // namespace

bool IsWorkbook(const std::string& bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<std::string> ReadWorkbook(const std::string& path, const std::string& sheet) {
  // Without a format of dates xlsx2csv writes them as the workbook shows them, often month first.
  std::vector<std::string> words{kProgram, "-f", "%Y-%m-%d"};
  if (sheet.empty()) {
    words.insert(words.end(), {"-s", "1"});
  } else {
    words.push_back("--sheetname=" + sheet);
  }
  words.push_back(std::filesystem::absolute(path).string());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return CannotRead(path, "no pipe could be made");
  pid_t process = 0;
  const SpawnActions actions(ends[1]);
  const int failed =
      posix_spawnp(&process, kProgram, actions.get(), nullptr, arguments.data(), environ);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return Fail(StatusCode::kFailedPrecondition, "PROGRAM_MISSING",
                "an XLSX file is read with xlsx2csv, which is not installed. As root: apt-get "
                "install xlsx2csv; or save the sheet as CSV",
                {.file = path});
  }
  std::string csv = ReadAll(ends[0]);
  close(ends[0]);
  if (!WaitFor(process)) {
    return CannotRead(path, sheet.empty() ? "xlsx2csv finds no sheet in it"
                                          : "xlsx2csv finds no sheet named " + sheet + " in it");
  }
  return csv;
}

}  // namespace holdfast::cli
