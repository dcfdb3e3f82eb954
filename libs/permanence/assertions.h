// Which assertion stands behind a fact of the returns, of the team's record or of its tracker
// sheets.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/discrepancy.h"
#include "libs/permanence/layers.h"
#include "libs/permanence/record_facts.h"

namespace holdfast {

// What a person states of a child day by day: in the record, or in a tracker sheet, which counts
// for less than any other source.
struct DaysStated {
  const std::vector<RecordFact>& record;
  const std::vector<RecordFact>& tracker;

  bool IsEmpty() const { return record.empty() && tracker.empty(); }
};

// Views the layers and what is stated, which outlive it.
class Assertions {
 public:
  Assertions(const std::string& authority, const Layers& layers, const DaysStated& stated)
      : authority_(authority), layers_(layers), stated_(stated) {}

  // What the source of `fact` states, with `value`. A return's repeated word for word by the next
  // one is still the first one's.
  StatedVersion Of(const FactId& fact, std::string value) const;
  // With the key day of its row, or the day of the record's fact, as its value.
  StatedVersion Of(const FactId& fact) const;

  // False: of the record or a sheet.
  bool IsReturns(const FactId& fact) const {
    return !Find(stated_.record, fact) && !Find(stated_.tracker, fact);
  }

 private:
  static const RecordFact* Find(const std::vector<RecordFact>& stated, const FactId& fact);
  static StatedVersion VersionOf(std::string source, const RecordFact& stated);

  const std::string& authority_;
  const Layers& layers_;
  const DaysStated stated_;
};

}  // namespace holdfast
