#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "services/node/data_format.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/kafka_options.h"
#include "tools/holdfast/serve.h"

extern char** environ;

namespace holdfast::cli {
namespace {

constexpr int kReadyFile = 3;  // its number in the new process

Status NotStarted(const std::string& why) {
  return {StatusCode::kInternal, "NOT_STARTED", "the server was not started: " + why};
}

std::vector<std::string> CommandLine(const ServeOptions& options, const GlobalOptions& global) {
  const KeysPaths paths = PathsOf(global);
  std::vector<std::string> words = {"holdfast", "--data", paths.data.string(), "--keys",
                                    paths.keys.string()};
  std::string list;
  for (const auto& name : options.services) list += (list.empty() ? "" : ",") + name;
  if (options.cluster) {
    const auto session =
        std::chrono::duration_cast<std::chrono::seconds>(options.cluster->session).count();
    words.insert(words.end(), {"--log", global.log, "--topic-prefix", global.topic_prefix});
    if (!global.kafka_config.empty()) {
      const auto file = std::filesystem::absolute(global.kafka_config).string();
      words.insert(words.end(), {"--kafka-config", file});
    }
    words.insert(words.end(), {"serve", list.empty() ? "all" : list, "--session-timeout",
                               std::to_string(session)});
    if (!options.cluster->advertise.empty())
      words.insert(words.end(), {"--advertise", options.cluster->advertise});
  } else {
    words.emplace_back("up");
    if (!list.empty()) words.insert(words.end(), {"--services", list});
  }
  words.insert(words.end(),
               {"--listen", options.listen, "--ready-file", std::to_string(kReadyFile)});
  return words;
}

// In a session of its own, with nothing open but where it says that it serves, and a file for what
// a crash prints.
Result<pid_t> Spawn(std::vector<std::string> words, int ready_file,
                    const std::filesystem::path& crash_file) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, ready_file, kReadyFile);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, crash_file.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                   0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, kReadyFile + 1);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return tl::unexpected(NotStarted(std::strerror(error)));
  return pid;
}

std::string ReadAll(int file) {
  std::string text;
  char part[4096];
  for (ssize_t size; (size = read(file, part, sizeof part)) != 0;) {
    if (size > 0) text.append(part, static_cast<size_t>(size));
    if (size < 0 && errno != EINTR) break;
  }
  return text;
}

// Makes what is missing here, where a person reads what a new root key means. The folder of logs.
Result<std::filesystem::path> Prepare(const ServeOptions& options, const GlobalOptions& global) {
  const auto data = PathsOf(global).data;
  if (auto made = MakeFolderIfNone(options, global); !made) return tl::unexpected(made.error());
  std::error_code ignored;
  std::filesystem::create_directories(data_path::Logs(data), ignored);
  return data_path::Logs(data);
}

int AnswerOf(const std::string& told, const GlobalOptions& global) {
  const Json json = Json::parse(told, nullptr, false);
  if (!json.is_object()) {
    return ReportNothingDone(NotStarted("it ended at once; see logs/crash.log in the data folder"),
                             global);
  }
  if (json.contains("error")) {
    if (global.json) std::cout << told;
    std::cerr << "holdfast: " << json["error"].value("message", "") << "\n";
    return kNothingDone;
  }
  const RunFile run{json.value("pid", 0), json.value("endpoint", ""), json.value("clock", ""),
                    json.value("services", std::vector<std::string>{})};
  return Answer(json, RunText(run, global), global);
}

}  // namespace

int ServeDetached(const ServeOptions& options, const GlobalOptions& global) {
  const auto logs = Prepare(options, global);
  if (!logs) {
    return ReportNothingDone(
        options.cluster ? WithBrokers(logs.error(), options.cluster->kafka) : logs.error(), global);
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return ReportNothingDone(NotStarted(std::strerror(errno)), global);
  // Out of the way of the numbers that the new process uses.
  const int ready_file = fcntl(ends[1], F_DUPFD_CLOEXEC, 100);
  close(ends[1]);
  const auto pid = Spawn(CommandLine(options, global), ready_file, *logs / "crash.log");
  close(ready_file);
  if (!pid) return ReportNothingDone(pid.error(), global);
  const std::string told = ReadAll(ends[0]);
  close(ends[0]);
  return AnswerOf(told, global);
}

}  // namespace holdfast::cli
