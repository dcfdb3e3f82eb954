// What a process that holds keys does first.
#pragma once

namespace holdfast {

// Turns off core dumps and reading of this process's memory by others of the same user
// (PR_SET_DUMPABLE), and makes new files private (umask 077). Aborts when the kernel refuses.
void HardenProcess();

}  // namespace holdfast
