// A source's own number of a case: which items name it, and the child that a person has said it is
// of. No clock, no randomness, no I/O.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

struct CaseRefFacts {
  std::string source;
  std::map<std::string, uint64_t>
      items;  // that name it and no child: ids, and their events' numbers
  std::optional<v1::CaseRefLearnt> learnt;
  uint64_t learnt_at = 0;     // number of that event
  uint64_t newest = 0;        // number of its last event
  uint64_t sent_through = 0;  // number of the last event that all its items know of
};

Events Decide(const CaseRefFacts& facts, const v1::NameCaseRef& command);
// Of two the later word of a person counts.
Events Decide(const CaseRefFacts& facts, const v1::LearnCaseRef& command);

// `facts` after `event`, of that number in its partition.
void Apply(const v1::ProceedingsEvent& event, uint64_t number, CaseRefFacts& facts);

// What items are to be told, while something is: all of a new word, a new one of the last word.
std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& case_ref,
                                                const CaseRefFacts& facts);

}  // namespace holdfast::proceedings
