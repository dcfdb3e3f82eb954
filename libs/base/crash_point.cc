#include "libs/base/crash_point.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

namespace holdfast {
namespace {

struct Planned {
  std::string name;
  std::atomic<long> left{0};
};

// What the environment asks for; read once.
Planned& Plan() {
  static Planned planned;
  static const bool read = [] {
    const char* setting = std::getenv("HOLDFAST_CRASHPOINT");
    if (setting == nullptr) return false;
    const std::string text = setting;
    const size_t colon = text.rfind(':');
    planned.name = text.substr(0, colon);
    planned.left = colon == std::string::npos ? 1 : std::atol(text.c_str() + colon + 1);
    return true;
  }();
  static_cast<void>(read);
  return planned;
}

}  // namespace

void CrashPoint(std::string_view name) {
  Planned& planned = Plan();
  if (planned.name.empty() || planned.name != name) return;
  if (--planned.left == 0) _exit(86);
}

}  // namespace holdfast
