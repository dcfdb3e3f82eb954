#include "tests/prove/real_folder.h"

#include <cstdio>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr int kPatience_ms = 90'000;
constexpr int kLook_ms = 20;

}  // namespace

std::vector<std::string> RealFolder::Command(const std::vector<std::string>& words) const {
  std::vector<std::string> command{"--data", data(), "--keys", keys(), "--json"};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

std::unique_ptr<ChildProcess> RealFolder::Start(const std::vector<std::string>& words,
                                                const std::string& crash_point) const {
  return std::make_unique<ChildProcess>(program_, Command(words), crash_point, true);
}

ToldBy RealFolder::Run(const std::vector<std::string>& words,
                       const std::function<bool()>& gives_up) const {
  const auto process = Start(words, "");
  ToldBy told;
  while (!process->IsAtEnd()) {
    if (auto line = process->ReadLine(kLook_ms)) told.out = std::move(*line);
    if (gives_up && gives_up()) process->Kill();
  }
  told.code = process->Wait();
  return told;
}

nlohmann::json RealFolder::Done(const std::vector<std::string>& words) const {
  const ToldBy told = Run(words);
  if (told.code > 1) {
    std::string command;
    for (const auto& word : words) command += " " + word;
    std::fprintf(stderr, "holdfast%s: exit %d: %s\n", command.c_str(), told.code, told.out.c_str());
  }
  HOLDFAST_CHECK(told.code == 0 || told.code == 1);
  return told.json();
}

std::unique_ptr<ChildProcess> RealFolder::Serve(const std::string& crash_point) const {
  auto process = Start({"up"}, crash_point);
  const auto line = process->ReadLine(kPatience_ms);
  if (line && nlohmann::json::parse(*line, nullptr, false).contains("endpoint")) return process;
  return nullptr;
}

std::string HoldfastBesideThis() {
  return std::filesystem::canonical("/proc/self/exe").parent_path() / "holdfast";
}

}  // namespace holdfast
