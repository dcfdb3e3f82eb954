// A deployment of the real program for campaigns: folders, commands and the process that serves
// them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/prove/child_process.h"

namespace holdfast {

// How a command of the program ended.
struct ToldBy {
  int code = -1;
  std::string out;  // its last line

  nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

class RealFolder {
 public:
  // `program`: the holdfast to run; `folder` holds data and keys.
  RealFolder(std::string program, std::filesystem::path folder)
      : program_(std::move(program)), folder_(std::move(folder)) {}

  std::filesystem::path data() const { return folder_ / "data"; }
  std::filesystem::path keys() const { return folder_ / "keys"; }

  // holdfast --data .. --keys .. --json WORDS, to its end; killed once `gives_up` says so.
  ToldBy Run(const std::vector<std::string>& words,
             const std::function<bool()>& gives_up = {}) const;
  // As Run; a failure ends the campaign.
  nlohmann::json Done(const std::vector<std::string>& words) const;
  // A process of it that goes on, with HOLDFAST_CRASHPOINT.
  std::unique_ptr<ChildProcess> Start(const std::vector<std::string>& words,
                                      const std::string& crash_point) const;
  // `up`, once it serves; null when it ended first.
  std::unique_ptr<ChildProcess> Serve(const std::string& crash_point = "") const;

 private:
  std::vector<std::string> Command(const std::vector<std::string>& words) const;

  const std::string program_;
  const std::filesystem::path folder_;
};

// The holdfast in the folder of the running program.
std::string HoldfastBesideThis();

}  // namespace holdfast
