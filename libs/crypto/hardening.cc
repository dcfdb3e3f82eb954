#include "libs/crypto/hardening.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "libs/base/check.h"

namespace holdfast {

void HardenProcess() {
  HOLDFAST_CHECK(sodium_init() >= 0);
#ifndef __SANITIZE_ADDRESS__
  HOLDFAST_CHECK(prctl(PR_SET_DUMPABLE, 0) == 0);
#endif
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  HOLDFAST_CHECK(setrlimit(RLIMIT_CORE, &none) == 0);
  umask(S_IRWXG | S_IRWXO);
}

}  // namespace holdfast
