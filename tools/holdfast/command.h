// What every command's file includes: how it adds itself to the command line, and how it answers.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <memory>

#include "tools/holdfast/json.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

// Makes `run` what is done when `command` is chosen: `body(options, global)` gives the exit code.
template <typename Options>
void RunsWhenChosen(CLI::App& command, std::shared_ptr<Options> options,
                    const GlobalOptions& global, std::function<int()>& run,
                    int (*body)(const Options&, const GlobalOptions&)) {
  command.callback([=, &global, &run] { run = [=, &global] { return body(*options, global); }; });
}

inline void RunsWhenChosen(CLI::App& command, const GlobalOptions& global,
                           std::function<int()>& run, int (*body)(const GlobalOptions&)) {
  command.callback([=, &global, &run] { run = [=, &global] { return body(global); }; });
}

// The result, on standard output: one JSON object when asked, else `text`.
inline int Answer(const Json& json, const std::string& text, const GlobalOptions& global,
                  int exit_code = kDone) {
  std::cout << (global.json ? Dump(json) + "\n" : text) << std::flush;
  return exit_code;
}

}  // namespace holdfast::cli
