#include "libs/permanence/assertions.h"

#include <algorithm>

namespace holdfast {

StatedVersion Assertions::Of(const FactId& fact, std::string value) const {
  StatedVersion version = Of(fact);
  version.value = std::move(value);
  return version;
}

StatedVersion Assertions::Of(const FactId& fact) const {
  if (const auto* recorded = Find(stated_.record, fact))
    return VersionOf("record/" + authority_, *recorded);
  if (const auto* listed = Find(stated_.tracker, fact))
    return VersionOf("tracker/" + authority_, *listed);
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

StatedVersion Assertions::VersionOf(std::string source, const RecordFact& stated) {
  return {.source = std::move(source),
          .fact = stated.fact,
          .assertion = stated.assertion,
          .reported = stated.reported,
          .value = stated.on.Iso()};
}

const RecordFact* Assertions::Find(const std::vector<RecordFact>& stated, const FactId& fact) {
  const auto found = std::ranges::find(stated, fact, &RecordFact::fact);
  return found == stated.end() ? nullptr : &*found;
}

}  // namespace holdfast
