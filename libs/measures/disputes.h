// Which entries of a history sources still disagree about.
#pragma once

#include <set>

#include "libs/permanence/history.h"

namespace holdfast {

class Disputes {
 public:
  explicit Disputes(const History& history);

  // True if an open discrepancy is of the entry, or of one of its facts.
  bool Touch(const EntryId& entry) const { return entries_.contains(entry); }

 private:
  std::set<EntryId> entries_;
};

}  // namespace holdfast
