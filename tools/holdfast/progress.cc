#include "tools/holdfast/progress.h"

#include <unistd.h>

#include <iostream>

namespace holdfast::cli {

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (bar_open_) std::cerr << "\n";
}

void ProgressLine::Show(size_t done, size_t all) {
  if (all == 0) return;
  if (on_terminal_) {
    const size_t width = 40;
    const size_t filled = done * width / all;
    std::cerr << "\r" << what_ << " [" << std::string(filled, '#')
              << std::string(width - filled, '.') << "] " << done << " of " << all << std::flush;
    bar_open_ = true;
    return;
  }
  const size_t tenths = done * 10 / all;
  if (tenths == shown_tenths_) return;
  shown_tenths_ = tenths;
  std::cerr << what_ << ": " << done << " of " << all << "\n";
}

}  // namespace holdfast::cli
