// Which assertion stands behind a fact of the returns or of the team's record.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/discrepancy.h"
#include "libs/permanence/layers.h"
#include "libs/permanence/record_facts.h"

namespace holdfast {

// Views the layers and the record, which outlive it.
class Assertions {
 public:
  Assertions(const std::string& authority, const Layers& layers,
             const std::vector<RecordFact>& record)
      : authority_(authority), layers_(layers), record_(record) {}

  // What the source of `fact` states, with `value`. A return's repeated word for word by the next
  // one is still the first one's.
  StatedVersion Of(const FactId& fact, std::string value) const;
  // With the key day of its row, or the day of the record's fact, as its value.
  StatedVersion Of(const FactId& fact) const;

  bool IsRecords(const FactId& fact) const { return FindRecord(fact) != nullptr; }

 private:
  const RecordFact* FindRecord(const FactId& fact) const;

  const std::string& authority_;
  const Layers& layers_;
  const std::vector<RecordFact>& record_;
};

}  // namespace holdfast
