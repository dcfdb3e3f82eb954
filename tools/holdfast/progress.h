// How far a long command has got: a bar on a terminal, plain lines in a pipe, on standard error.
#pragma once

#include <cstddef>
#include <string>

namespace holdfast::cli {

class ProgressLine {
 public:
  explicit ProgressLine(std::string what);
  ~ProgressLine();  // ends the bar's line

  void Show(size_t done, size_t all);

 private:
  const std::string what_;
  const bool on_terminal_;
  size_t shown_tenths_ = 0;
  bool bar_open_ = false;
};

}  // namespace holdfast::cli
