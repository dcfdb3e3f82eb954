// The read models of proceedings: rows by which items and what is left to tell are found within a
// partition. No personal data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/shard/keeper.h"
#include "services/proceedings/app/proceedings_state.h"

namespace holdfast::proceedings {

// The prefix of rows of subjects whose ids follow: others are to be told what follows from them.
std::string UntoldRows();

// Prefixes of rows of unmatched items, whose ids follow: of a source, or naming an authority. The
// value is the id of the subject that knows the item: itself, or the child that it waits for.
std::string UnmatchedOfSource(std::string_view source);
std::string UnmatchedOfAuthority(std::string_view authority);

// The prefix of rows of items, whose ids follow, that are erased with their child; the value is the
// id of the item's data key and its source's name.
std::string ErasedItems();

std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const ProceedingsState& state);

}  // namespace holdfast::proceedings
