#include "tools/holdfast/serve.h"

#include <grpc/support/log.h>
#include <signal.h>
#include <unistd.h>

#include <iostream>
#include <thread>

#include "libs/crypto/hardening.h"
#include "libs/obs/log.h"
#include "services/node/node.h"
#include "tools/holdfast/deployment.h"

namespace holdfast::cli {
namespace {

constexpr std::chrono::seconds kLongestStop{9};

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void LogOfGrpc(gpr_log_func_args* line) {
  if (line->severity == GPR_LOG_SEVERITY_ERROR) obs::Warn("gRPC", {{"detail", line->message}});
}

void WaitForStop(Node& node) {
  const sigset_t signals = StopSignals();
  const timespec second{.tv_sec = 1, .tv_nsec = 0};
  while (sigtimedwait(&signals, nullptr, &second) < 0) node.UpdateHealth();
}

// All that was acknowledged is durable: a stop that hangs may be cut short.
void LimitStop() {
  std::thread([] {
    std::this_thread::sleep_for(kLongestStop);
    obs::Error("did not stop in time");
    _exit(kDoneWithFindings);
  }).detach();
}

// To whoever waits for this process to serve.
void Tell(const ServeOptions& options, const std::string& line) {
  if (options.ready_file < 0) {
    std::cout << line << std::flush;
    return;
  }
  if (write(options.ready_file, line.data(), line.size()) < 0) obs::Warn("nobody waits any more");
  close(options.ready_file);
}

int Failed(Status status, const ServeOptions& options, const GlobalOptions& global) {
  obs::Error("cannot serve", status);
  const auto server = FindServer(global.data);
  if (status.reason == "FOLDER_IN_USE" && server) {
    status.message += ": process " + std::to_string(server->pid) + ", on " + server->endpoint;
  }
  if (options.ready_file < 0) return ReportNothingDone(status, global);
  Tell(options, Dump(ErrorJson(status)) + "\n");
  return kNothingDone;
}

Result<std::unique_ptr<Node>> StartNode(const ServeOptions& options, const GlobalOptions& global) {
  const auto services = ChooseServices(options.services);
  if (!services) return tl::unexpected(services.error());
  const KeysPaths paths = PathsOf(global);
  const auto state = LookAtDataFolder(paths.data);
  if (!state) return tl::unexpected(state.error());
  if (*state != DataFolderState::kMade) {
    if (auto made = MakeDeployment({}, global); !made) return tl::unexpected(made.error());
  }
  if (auto format = ReadDataFormat(paths.data); !format) return tl::unexpected(format.error());
  std::error_code ignored;
  std::filesystem::create_directories(data_path::Logs(paths.data), ignored);
  const bool is_detached = options.ready_file >= 0;
  const auto opened = obs::OpenLog({.file = data_path::Logs(paths.data) / "holdfast.log",
                                    .to_standard_error = !is_detached});
  if (!opened) return tl::unexpected(opened.error());
  return Node::Start({.paths = paths, .listen = options.listen, .services = *services});
}

}  // namespace

int Serve(const ServeOptions& options, const GlobalOptions& global) {
  const sigset_t signals = StopSignals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  HardenProcess();
  gpr_set_log_function(LogOfGrpc);
  auto node = StartNode(options, global);
  if (!node) return Failed(node.error(), options, global);
  const RunFile& run = (*node)->run();
  const bool as_json = global.json || options.ready_file >= 0;
  Tell(options, as_json ? Dump(RunJson(run)) + "\n" : RunText(run, global));
  WaitForStop(**node);
  LimitStop();
  (*node)->Stop();
  return kDone;
}

Json RunJson(const RunFile& run) {
  return {{"pid", run.pid}, {"endpoint", run.endpoint}, {"clock", run.clock}, {"services", run.services}};
}

std::string RunText(const RunFile& run, const GlobalOptions& global) {
  const KeysPaths paths = PathsOf(global);
  std::string services;
  for (const auto& name : run.services) services += (services.empty() ? "" : ", ") + name;
  return "Holdfast serves on " + run.endpoint + " (process " + std::to_string(run.pid) + ", " + run.clock +
         " clock): " + services + "\n  data " + paths.data.string() + "\n  keys " + paths.keys.string() +
         "\n  log  " + (data_path::Logs(paths.data) / "holdfast.log").string() + "\n";
}

}  // namespace holdfast::cli
