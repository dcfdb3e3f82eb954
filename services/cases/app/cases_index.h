// The read models of cases: rows by which children, facts and authorities are found within a
// partition. No personal data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/shard/keeper.h"
#include "services/cases/app/cases_state.h"

namespace holdfast::cases {

// Prefixes; the id of a child follows, 16 bytes. `authority` is a code.
std::string ChildrenOf(std::string_view authority);  // registered ones
std::string ChildrenOfTeam(std::string_view authority, std::string_view team);
std::string ChildrenOfWorker(std::string_view authority, std::string_view worker);
std::string ChildrenWithReturns(std::string_view authority);  // of whom a return says something

// The key of a fact's row, whose value is the id of its child.
std::string FactRow(std::string_view authority, std::string_view fact);

std::string MeetingsOf(std::string_view authority);  // prefix; the id of a meeting follows

// The prefix of rows of meetings and sibling groups, whose ids follow, that not all of their
// children know of.
std::string UntoldRows();

// The prefix of rows of children, whose ids follow, whose erasure is not confirmed by every
// instance.
std::string OpenErasures();

// The prefix of rows of authorities, whose codes follow.
std::string Authorities();

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const CasesState& state);

}  // namespace holdfast::cases
