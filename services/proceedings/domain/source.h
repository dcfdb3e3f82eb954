// A source: a court or children's reporter that states facts. One subject holds what is known of
// it; each partition has a copy, by which its items are judged, which learns from the first. No
// clock, no randomness, no I/O.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast::proceedings {

// One event each, or none.
using Events = std::vector<v1::ProceedingsEvent>;

struct SourceFacts {
  std::optional<v1::SourceRegistered> registered;
  std::optional<CivilDate> sent_on;          // of the newest item
  std::optional<CivilDate> covered_through;  // as it said
  uint64_t newest = 0;                       // number of its last event that copies have to learn
  uint64_t sent_through = 0;                 // number of the last one that all of them know
};

enum class SourceRefusal {  // in order of precedence
  kNotAKind,                // neither court nor reporter
  kNotANation,
  kCoversNobody,
  kNotACode,       // of an authority
  kKindNotThere,   // a kind that it states is none of its nation's
  kOtherKind,      // it is registered as something else
  kUnknownSource,  // it is not registered
};

std::string_view NameOf(SourceRefusal refusal);
std::string_view TextOf(SourceRefusal refusal);

// Days of silence unless it is said otherwise.
inline constexpr uint32_t kUsualSilence_days = 14;
inline constexpr uint32_t kLongestSilence_days = 3650;  // more is taken for this

tl::expected<Events, SourceRefusal> Decide(const SourceFacts& facts,
                                           const v1::RegisterSource& command);
tl::expected<Events, SourceRefusal> Decide(const SourceFacts& facts,
                                           const v1::HearFromSource& command);
// A copy's. What is not newer changes nothing.
Events Decide(const SourceFacts& copy, const v1::LearnOfSource& command);

// `facts` after `event`, of that number in its partition.
void Apply(const v1::ProceedingsEvent& event, uint64_t number, SourceFacts& facts);

// What each copy is to learn, while something is.
std::optional<v1::LearnOfSource> WhatFollows(const SourceFacts& facts);

// The subject that holds a source's facts, and its copy in `partition` of `count`.
SubjectId SourceSubject(std::string_view source);
SubjectId SourceCopySubject(std::string_view source, uint32_t partition, uint32_t count);

}  // namespace holdfast::proceedings
