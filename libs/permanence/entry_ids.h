// The ids of entries: of child, kind and first key day, without a source.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast {

// Gives each entry of one child its id. Entries of a kind are named in order of present key day, so
// that of two with one kind and first key day the earlier keeps the plain id and the next is "#2".
class EntryIds {
 public:
  explicit EntryIds(const SubjectId& child) : child_(child.Bytes()) {}

  // `kind` with its code where that is part of it, such as "order/ADOPTION".
  EntryId Name(const std::string& kind, CivilDate first_key_day) {
    const int count = ++given_[{kind, first_key_day}];
    const std::string day = first_key_day.Iso();
    if (count == 1) return {HashId("entry", {child_, kind, day})};
    return {HashId("entry", {child_, kind, day, "#" + std::to_string(count)})};
  }

 private:
  std::string child_;
  std::map<std::pair<std::string, CivilDate>, int> given_;
};

}  // namespace holdfast
