// A bug is neither a refusal nor an error: HOLDFAST_CHECK aborts, in release too.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HOLDFAST_CHECK(condition)                                                        \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
