// A record in memory: the same decisions as the service's, nothing stored. For `try`, and for
// tests.
#pragma once

#include <map>

#include "libs/permanence/build_history.h"
#include "tools/import/record.h"

namespace holdfast::import {

class MemoryRecord final : public Record {
 public:
  explicit MemoryRecord(std::string authority) : authority_(std::move(authority)) {}

  Result<std::vector<SubjectId>> ChildrenOfLayer(CivilDate year_end) override;
  Result<std::vector<cases::v1::StateReturnRowsAnswer>> State(std::vector<ChildRows> children,
                                                              bool dry_run,
                                                              const Progress& progress) override;
  Result<void> Finish(const cases::v1::ReturnCovered& covered,
                      const cases::v1::ImportRunFinished& finished) override;
  Result<Findings> Find(const cases::Supposition& supposed) override;

  // The id by which this record knows a child.
  SubjectId ChildOf(const std::string& local_id) const;

  const std::map<SubjectId, ChildFacts>& children() const { return children_; }
  const Coverage& coverage() const { return coverage_; }

 private:
  Instant Now() { return Instant(std::chrono::microseconds(++recorded_)); }

  std::string authority_;
  std::map<SubjectId, ChildFacts> children_;
  Coverage coverage_;
  int64_t recorded_ = 0;  // microseconds since 1970: arrival, not time
};

}  // namespace holdfast::import
