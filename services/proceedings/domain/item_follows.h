// What an item means for others: its children, and the case references that it names.
#pragma once

#include <vector>

#include "holdfast/proceedings/v1/proceedings_commands.pb.h"
#include "services/proceedings/domain/item_facts.h"

namespace holdfast::proceedings {

// What others are to be told, while something is: each with its subject. Personal data is as the
// item has it.
std::vector<v1::ProceedingsCommand> WhatFollows(const SubjectId& item, const ItemFacts& facts);

}  // namespace holdfast::proceedings
