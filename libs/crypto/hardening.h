// What a process that holds keys does first.
#pragma once

namespace holdfast {

// Turns off core dumps and reading of this process's memory by others of the same user
// (PR_SET_DUMPABLE), and makes new files private (umask 077). Aborts when the kernel refuses. Under
// AddressSanitizer memory stays readable, since its leak check reads it from outside.
void HardenProcess();

}  // namespace holdfast
