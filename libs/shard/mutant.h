// Faults that the simulator plants in the shard and in pushes to prove that its checkers find them. Production
// runs kNone.
#pragma once

namespace holdfast {

enum class Mutant {
  kNone,
  kAnswerAtReport,          // answers when the log reports an append, not when it is read back
  kReuseNonce,              // claims with a nonce that others and earlier attempts had
  kNoEpochCheck,            // the reader rule takes records of any epoch
  kNoOrderCheck,            // the reader rule takes batches of any sequence number, after any chain
  kDedupeWithoutAuthority,  // one authority's command id answers another's command
  kServeBeforeClaimIsRead,  // decides once the claim is appended, and prev is not checked
  kCheckpointApart,         // the checkpoint is written after the state, not with it
  kDecideOnAppliedOnly,     // forgets what is in flight
  kKeepOverlay,             // decides on what was in flight when it was dropped
  kAnswerVoid,              // answers a batch of its own also when it is void
  kForgetOutcomes,          // repeats are known in memory only
  kUnknownIsNotTaken,       // says "not taken" of what it appended
  kReuseSequence,           // appends again after a deadline, without a new claim
  kForgetOffered,           // source events that were dropped with a batch are not offered again
  kReadOverlay,             // reads see what is not yet read back
  kFreshPushIds,            // a push that is sent again has another command id
  kConfirmBeforeAnswers,    // what follows from a subject counts as told once it is sent
  kConfirmUnanswered,       // ... once each push has an answer, also when that says it was not taken
  kForgetUntold,            // what a crash left untold is not looked for
};

}  // namespace holdfast
