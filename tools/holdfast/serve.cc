#include "tools/holdfast/serve.h"

#include <grpc/support/log.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "libs/crypto/hardening.h"
#include "libs/obs/log.h"
#include "services/node/create_data.h"
#include "services/node/node.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/kafka_options.h"

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

// gRPC takes a plain function. Kept for as long as the process lives.
Log* log_of_grpc = nullptr;

void WriteLogOfGrpc(gpr_log_func_args* line) {
  if (line->severity != GPR_LOG_SEVERITY_ERROR || log_of_grpc == nullptr) return;
  log_of_grpc->Warning("gRPC", {{"detail", PlainText{line->message}}});
}

void WaitForStop(Node& node) {
  const sigset_t signals = StopSignals();
  const timespec second{.tv_sec = 1, .tv_nsec = 0};
  while (sigtimedwait(&signals, nullptr, &second) < 0) node.UpdateHealth();
}

// All that was acknowledged is durable: a stop that hangs may be cut short.
void LimitStop(Log& log) {
  std::thread([&log] {
    std::this_thread::sleep_for(kLongestStop);
    log.Error("did not stop in time");
    _exit(kDoneWithFindings);
  }).detach();
}

// To whoever waits for this process to serve.
void Tell(const ServeOptions& options, const std::string& line) {
  if (options.ready_file < 0) {
    std::cout << line << std::flush;
    return;
  }
  if (write(options.ready_file, line.data(), line.size()) < 0)
    std::cerr << "nobody waits any more\n";
  close(options.ready_file);
}

int Failed(Status status, const ServeOptions& options, const GlobalOptions& global) {
  if (options.cluster) status = WithBrokers(std::move(status), options.cluster->kafka);
  const auto server = FindServer(global.data);
  if (status.reason == "FOLDER_IN_USE" && server) {
    status.message += ": process " + std::to_string(server->pid) + ", on " + server->endpoint;
  }
  if (options.ready_file < 0) return ReportNothingDone(status, global);
  Tell(options, Dump(ErrorJson(status)) + "\n");
  return kNothingDone;
}

// Opens the program's log in the data folder, which is made where there is none.
Result<std::unique_ptr<Log>> Prepare(const ServeOptions& options, const GlobalOptions& global,
                                     const Clock& clock) {
  const KeysPaths paths = PathsOf(global);
  if (auto made = MakeFolderIfNone(options, global); !made) return tl::unexpected(made.error());
  if (auto format = ReadDataFormat(paths.data); !format) return tl::unexpected(format.error());
  return Log::Open(
      {.file = data_path::Logs(paths.data) / "holdfast.log", .to_stderr = options.ready_file < 0},
      clock);
}

int ServeUntilStopped(const ServeOptions& options, const GlobalOptions& global, Log& log) {
  const auto services = ChooseServices(options.services);
  if (!services) return Failed(services.error(), options, global);
  auto node = Node::Start({.paths = PathsOf(global),
                           .listen = options.listen,
                           .services = *services,
                           .log = log,
                           .cluster = options.cluster});
  if (!node) {
    log.Error("cannot serve", {{"reason", PlainText{node.error().reason}},
                               {"detail", PlainText{node.error().message}}});
    return Failed(node.error(), options, global);
  }
  const RunFile& run = (*node)->run();
  const bool as_json = global.json || options.ready_file >= 0;
  Tell(options, as_json ? Dump(RunJson(run)) + "\n" : RunText(run, global));
  WaitForStop(**node);
  LimitStop(log);
  (*node)->Stop();
  return kDone;
}

}  // namespace

int Serve(const ServeOptions& options, const GlobalOptions& global) {
  const sigset_t signals = StopSignals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  HardenProcess();
  static const SystemClock clock;
  auto log = Prepare(options, global, clock);
  if (!log) return Failed(log.error(), options, global);
  log_of_grpc = log->release();
  gpr_set_log_function(WriteLogOfGrpc);
  return ServeUntilStopped(options, global, *log_of_grpc);
}

Result<void> MakeFolderIfNone(const ServeOptions& options, const GlobalOptions& global) {
  const KeysPaths paths = PathsOf(global);
  const auto state = LookAtDataFolder(paths.data);
  if (!state) return tl::unexpected(state.error());
  if (*state == DataFolderState::kMade) return {};
  if (!options.cluster) {
    return MakeDeployment({}, global).map([](const auto&) {});
  }
  const auto deployment = ReadDeploymentOf(options.cluster->kafka, nullptr);
  if (!deployment) return tl::unexpected(deployment.error());
  std::array<uint8_t, 8> random{};
  arc4random_buf(random.data(), random.size());
  const std::string instance = Hex({reinterpret_cast<const char*>(random.data()), random.size()});
  return CreateInstanceFolder(paths, FormatOf(*deployment, instance));
}

Json RunJson(const RunFile& run) {
  return {{"pid", run.pid},
          {"endpoint", run.endpoint},
          {"clock", run.clock},
          {"services", run.services}};
}

std::string RunText(const RunFile& run, const GlobalOptions& global) {
  const KeysPaths paths = PathsOf(global);
  std::string services;
  for (const auto& name : run.services) services += (services.empty() ? "" : ", ") + name;
  return "Holdfast serves on " + run.endpoint + " (process " + std::to_string(run.pid) + ", " +
         run.clock + " clock): " + services + "\n  data " + paths.data.string() + "\n  keys " +
         paths.keys.string() + "\n  log  " +
         (data_path::Logs(paths.data) / "holdfast.log").string() + "\n";
}

}  // namespace holdfast::cli
