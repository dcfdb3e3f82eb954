// The planted faults, by name.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "libs/shard/mutant.h"

namespace holdfast {

inline constexpr std::array<std::pair<Mutant, std::string_view>, 19> kMutants{{
    {Mutant::kAnswerAtReport, "answer-at-report"},
    {Mutant::kReuseNonce, "reuse-nonce"},
    {Mutant::kNoEpochCheck, "no-epoch-check"},
    {Mutant::kNoOrderCheck, "no-order-check"},
    {Mutant::kDedupeWithoutAuthority, "dedupe-without-authority"},
    {Mutant::kServeBeforeClaimIsRead, "serve-before-claim-is-read"},
    {Mutant::kCheckpointApart, "checkpoint-apart"},
    {Mutant::kDecideOnAppliedOnly, "decide-on-applied-only"},
    {Mutant::kKeepOverlay, "keep-overlay"},
    {Mutant::kAnswerVoid, "answer-void"},
    {Mutant::kForgetOutcomes, "forget-outcomes"},
    {Mutant::kUnknownIsNotTaken, "unknown-is-not-taken"},
    {Mutant::kReuseSequence, "reuse-sequence"},
    {Mutant::kForgetOffered, "forget-offered"},
    {Mutant::kReadOverlay, "read-overlay"},
    {Mutant::kFreshPushIds, "fresh-push-ids"},
    {Mutant::kConfirmBeforeAnswers, "confirm-before-answers"},
    {Mutant::kConfirmUnanswered, "confirm-unanswered"},
    {Mutant::kForgetUntold, "forget-untold"},
}};

inline constexpr uint64_t kMutantSeeds = 500;  // within which each must be found

}  // namespace holdfast
