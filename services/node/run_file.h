// DATA/run.json: where the process that serves a data folder is reached. There while it serves,
// gone after it stopped.
//
//   {"pid":4711,"endpoint":"127.0.0.1:40123","clock":"system","services":["audit","cases"]}
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

struct RunFile {
  pid_t pid = 0;
  std::string endpoint;  // HOST:PORT
  std::string clock;     // system or manual
  std::vector<std::string> services;
};

// The process of a data folder that serves now. NO_SERVER (kUnavailable) when there is no file, or
// the process that wrote it no longer lives.
Result<RunFile> FindServer(const std::filesystem::path& data);

// Replaces the file as a whole.
Result<void> WriteRunFile(const std::filesystem::path& data, const RunFile& run);
void RemoveRunFile(const std::filesystem::path& data);

}  // namespace holdfast
