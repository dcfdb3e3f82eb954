// The record of the running service, as an import's. Several connections state several children at once.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "holdfast/common/v1/common.pb.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/in_parallel.h"
#include "tools/import/manifest.h"
#include "tools/import/record.h"

namespace holdfast::cli {

class ServerRecord final : public import::Record {
 public:
  // Connects. `manifest` outlives it.
  static Result<std::unique_ptr<ServerRecord>> Open(const GlobalOptions& options, const import::Manifest& manifest);

  // Begins the run, or finds it begun: its number among the authority's.
  Result<uint64_t> Start(const ssda903::Return& read);

  Result<std::vector<SubjectId>> ChildrenOfLayer(CivilDate year_end) override;
  Result<std::vector<cases::v1::StateReturnRowsAnswer>> State(std::vector<import::ChildRows> children, bool dry_run,
                                                              const import::Progress& progress) override;
  Result<void> Finish(const cases::v1::ReturnCovered& covered, const cases::v1::ImportRunFinished& finished) override;
  Result<import::Findings> Find(const cases::Supposition& supposed) override;

  // What the run said when it came to its end, JSON; nothing when it has not, or did not before this.
  const std::optional<std::string>& said_at_its_end() const { return said_at_its_end_; }
  // Where all that was stated is recorded.
  const Positions& positions() const { return positions_; }

 private:
  ServerRecord(const import::Manifest& manifest, Clients clients)
      : manifest_(manifest), clients_(std::move(clients)) {}

  common::v1::CommandHeader HeaderFor(std::string_view part) const;
  Result<cases::v1::StateReturnRowsAnswer> StateOne(Client& client, const import::ChildRows& child, bool dry_run);
  Result<cases::v1::ReviewReturnsResponse> Review(cases::v1::ReviewReturnsRequest request);

  const import::Manifest& manifest_;
  Clients clients_;  // one a thread
  std::mutex mutex_;
  std::optional<std::string> said_at_its_end_;
  Positions positions_;  // guarded by mutex_ while children are stated
};

}  // namespace holdfast::cli
