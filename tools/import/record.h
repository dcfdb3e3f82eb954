// Where an import goes: the running service, or memory. The same rules decide in both.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"
#include "services/cases/domain/return_findings.h"

namespace holdfast::import {

// One child's part of a submission. The child is known by its local id, or, when the files lack it,
// by its id.
struct ChildRows {
  std::string local_id;
  SubjectId child;
  cases::v1::StateReturnRows command;
};

// What an authority's returns leave open, of each child of whom something is.
using Findings = std::map<SubjectId, cases::OpenFindings>;

// Called after some of the children, with how many are done of how many.
using Progress = std::function<void(size_t done, size_t all)>;

class Record {
 public:
  virtual ~Record() = default;

  // The children of whom the layer of the submission's year end holds a key.
  virtual Result<std::vector<SubjectId>> ChildrenOfLayer(CivilDate year_end) = 0;
  // States each child's rows; a dry run decides and stores nothing, and its answers say what would
  // be left open. An answer for each, in order.
  virtual Result<std::vector<cases::v1::StateReturnRowsAnswer>> State(
      std::vector<ChildRows> children, bool dry_run, const Progress& progress) = 0;
  // The submission has been imported to its end, with these totals.
  virtual Result<void> Finish(const cases::v1::ReturnCovered& covered,
                              const cases::v1::ImportRunFinished& finished) = 0;
  virtual Result<Findings> Find(const cases::Supposition& supposed) = 0;
};

}  // namespace holdfast::import
