// A deployment of the real program in folders of its own, and its commands.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "libs/testing/temporary_folder.h"

namespace holdfast::testing {

// How a command ended.
struct Outcome {
  int exit = -1;  // minus the signal that ended it
  std::string out;
  std::string err;

  // What it answered with --json; null when that is none.
  nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
  // The reason of the failure that it answered with --json; blank: it did not fail.
  std::string reason() const;
};

// A process that goes on beside the test. Ended with it, at the latest.
class Background {
 public:
  explicit Background(const std::vector<std::string>& command);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  pid_t pid() const { return pid_; }
  // The next line that it prints; nothing when it ends first.
  std::optional<std::string> ReadLine();
  void Signal(int signal) const;
  // How it ended, as Outcome::exit; nothing when it has not by then.
  std::optional<int> Wait(std::chrono::milliseconds limit);

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

class Deployment {
 public:
  Deployment() : data_(folder_ / "data"), keys_(folder_ / "keys") {}
  // One that somebody else made, and stops.
  Deployment(std::filesystem::path data, std::filesystem::path keys)
      : data_(std::move(data)), keys_(std::move(keys)), is_own_(false) {}
  ~Deployment();  // stops a server that is left

  std::filesystem::path data() const { return data_; }
  std::filesystem::path keys() const { return keys_; }
  std::filesystem::path folder() const { return folder_.path(); }

  // holdfast --data .. --keys .. --json WORDS, to its end.
  Outcome Run(const std::vector<std::string>& words) const;
  // The same without --json, as a person has it.
  Outcome RunAsPerson(const std::vector<std::string>& words) const;
  std::vector<std::string> Command(const std::vector<std::string>& words) const;

 private:
  TemporaryFolder folder_;
  std::filesystem::path data_;
  std::filesystem::path keys_;
  bool is_own_ = true;
};

// Runs a program to its end.
Outcome RunToEnd(const std::vector<std::string>& command);

}  // namespace holdfast::testing
