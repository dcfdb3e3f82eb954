// The planted faults, by name.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "libs/shard/mutant.h"

namespace holdfast {

inline constexpr std::array<std::pair<Mutant, std::string_view>, 15> kMutants{{
    {Mutant::kAnswerAtReport, "answer-at-report"},
    {Mutant::kReuseNonce, "reuse-nonce"},
    {Mutant::kNoEpochCheck, "no-epoch-check"},
    {Mutant::kNoNonceCheck, "no-nonce-check"},
    {Mutant::kNoSeqCheck, "no-seq-check"},
    {Mutant::kNoPrevCheck, "no-prev-check"},
    {Mutant::kDedupeWithoutAuthority, "dedupe-without-authority"},
    {Mutant::kServeBeforeClaimIsRead, "serve-before-claim-is-read"},
    {Mutant::kCheckpointApart, "checkpoint-apart"},
    {Mutant::kDecideOnAppliedOnly, "decide-on-applied-only"},
    {Mutant::kKeepInFlight, "keep-in-flight"},
    {Mutant::kForgetOutcomes, "forget-outcomes"},
    {Mutant::kUnknownIsNotTaken, "unknown-is-not-taken"},
    {Mutant::kReuseSequence, "reuse-sequence"},
    {Mutant::kReadOverlay, "read-overlay"},
}};

inline constexpr uint64_t kMutantSeeds = 500;  // within which each must be found

}  // namespace holdfast
