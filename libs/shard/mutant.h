// Faults that the simulator plants in the shard to prove that its checkers find them. Production runs kNone.
#pragma once

namespace holdfast {

enum class Mutant {
  kNone,
  kAnswerAtReport,          // answers when the log reports an append, not when it is read back
  kReuseNonce,              // claims again with the nonce of the attempt before
  kNoEpochCheck,            // the reader rule takes records of any epoch
  kNoNonceCheck,            // ... of any nonce
  kNoSeqCheck,              // ... of any sequence number
  kNoPrevCheck,             // ... after any chain
  kDedupeWithoutAuthority,  // one authority's command id answers another's command
  kServeBeforeClaimIsRead,  // decides as soon as the claim is appended
  kCheckpointApart,         // the checkpoint is written after the state, not with it
  kDecideOnAppliedOnly,     // forgets what is in flight
  kKeepInFlight,            // goes on after a foreign claim as if nothing was
  kForgetOutcomes,          // repeats are known in memory only
  kUnknownIsNotTaken,       // says "not taken" of what it appended
  kReuseSequence,           // appends again after a deadline, without a new claim
  kReadOverlay,             // reads see what is not yet read back
};

}  // namespace holdfast
