#include "libs/permanence/assertions.h"

#include <algorithm>

namespace holdfast {

StatedVersion Assertions::Of(const FactId& fact, std::string value) const {
  StatedVersion version = Of(fact);
  version.value = std::move(value);
  return version;
}

StatedVersion Assertions::Of(const FactId& fact) const {
  if (const auto* recorded = FindRecord(fact)) {
    return {.source = "record/" + authority_,
            .fact = fact,
            .assertion = recorded->assertion,
            .reported = recorded->reported,
            .value = recorded->on.Iso()};
  }
  StatedVersion version{.source = "ssda903/" + authority_,
                        .fact = fact,
                        .assertion = {},
                        .reported = kDistantPast,
                        .value = {}};
  if (const auto* statement = layers_.FirstSaying(fact)) {
    version.assertion = statement->assertion;
    version.reported = statement->year_end;
    if (statement->key.day) version.value = statement->key.day->Iso();
  }
  return version;
}

const RecordFact* Assertions::FindRecord(const FactId& fact) const {
  const auto found = std::ranges::find(record_, fact, &RecordFact::fact);
  return found == record_.end() ? nullptr : &*found;
}

}  // namespace holdfast
