#include "libs/crypto/hardening.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace holdfast {
namespace {

// In a process of its own, since it cannot be taken back.
TEST(HardenProcessDeathTest, LeavesNothingToOthers) {
  const auto harden_and_look = [] {
    HardenProcess();
    rlimit core{};
    getrlimit(RLIMIT_CORE, &core);
#ifdef __SANITIZE_ADDRESS__
    const bool is_closed = true;
#else
    const bool is_closed = prctl(PR_GET_DUMPABLE) == 0;
#endif
    _exit(is_closed && core.rlim_max == 0 && umask(0) == 077 ? 0 : 1);
  };
  EXPECT_EXIT(harden_and_look(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace holdfast
