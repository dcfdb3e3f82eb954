// The running service, as the import of a tracker sheet asks it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/in_parallel.h"
#include "tools/import/manifest.h"

namespace holdfast::cli {

// The next day by which something is to be done for a child.
struct NextDate {
  SubjectId child;
  std::string clock;  // id of the policy's
  CivilDate due;      // the last permitted day; it may be past
  std::string state;  // the alert's; later: it is not upcoming yet
};

class TrackerRecord {
 public:
  using Answer = cases::v1::StateTrackerRowResponse;

  // Connects. `manifest` outlives it.
  static Result<std::unique_ptr<TrackerRecord>> Open(const GlobalOptions& options,
                                                     const import::Manifest& manifest);

  // Begins the run, or finds it begun.
  Result<void> Start(const std::vector<cases::v1::ImportFile>& files);
  // States each child's row; a dry run decides and stores nothing. An answer for each, in order; a
  // child whose record was erased has its row refused.
  Result<std::vector<Answer>> State(const std::vector<cases::v1::StateTrackerRow>& rows,
                                    bool dry_run, const import::Progress& progress);
  // The run has come to its end, with these totals.
  Result<void> Finish(const cases::v1::ImportRunFinished& finished);

  // Of each child the earliest day of a clock that runs; a child without one is left out.
  Result<std::vector<NextDate>> NextDates(const std::vector<SubjectId>& children);
  // Where sources of these children disagree, and nobody has decided.
  Result<std::vector<cases::v1::DiscrepancyView>> Contradictions(
      const std::set<SubjectId>& children);

  // Where all that was stated is recorded.
  const Positions& positions() const { return positions_; }

 private:
  TrackerRecord(const import::Manifest& manifest, Clients clients)
      : manifest_(manifest), clients_(std::move(clients)) {}

  common::v1::CommandHeader HeaderFor(std::string_view part) const;
  Result<Answer> StateOne(Client& client, const cases::v1::StateTrackerRow& row, bool dry_run);
  Result<std::optional<NextDate>> NextDateOf(Client& client, const SubjectId& child) const;

  const import::Manifest& manifest_;
  Clients clients_;  // one a thread
  std::mutex mutex_;
  Positions positions_;  // guarded by mutex_ while rows are stated
};

}  // namespace holdfast::cli
