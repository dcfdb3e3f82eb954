#include "tools/holdfast/tracker_record.h"

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/permanence/dates.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

constexpr size_t kConnections = 8;
constexpr uint32_t kChildrenOnAPage = 1000;

}  // namespace

Result<std::unique_ptr<TrackerRecord>> TrackerRecord::Open(const GlobalOptions& options,
                                                           const import::Manifest& manifest) {
  Clients clients;
  while (clients.size() < kConnections) {
    auto client = Client::Open(options, {.role = Role::kData, .authority = manifest.authority});
    if (!client) return tl::unexpected(client.error());
    clients.push_back(std::move(*client));
  }
  return std::unique_ptr<TrackerRecord>(new TrackerRecord(manifest, std::move(clients)));
}

common::v1::CommandHeader TrackerRecord::HeaderFor(std::string_view part) const {
  common::v1::CommandHeader header;
  header.set_command_id(manifest_.CommandFor(part).Bytes());
  header.set_authority(manifest_.authority);
  return header;
}

Result<void> TrackerRecord::Start(const std::vector<cases::v1::ImportFile>& files) {
  cases::v1::StartImportRequest request;
  *request.mutable_header() = HeaderFor("start");
  request.set_run(manifest_.run.Bytes());
  SetDate(manifest_.sheet->as_of, request.mutable_as_of());
  for (const auto& file : files) *request.add_files() = file;
  const auto answer = clients_.front()->Call(&Stub::StartImport, request);
  return answer ? Result<void>{} : tl::unexpected(answer.error());
}

Result<TrackerRecord::Answer> TrackerRecord::StateOne(Client& client,
                                                      const cases::v1::StateTrackerRow& row,
                                                      bool dry_run) {
  cases::v1::StateTrackerRowRequest request;
  *request.mutable_header() = HeaderFor("local " + row.child().open().local_id());
  *request.mutable_command() = row;
  request.set_dry_run(dry_run);
  auto answer = client.Call(&Stub::StateTrackerRow, request);
  if (!answer && answer.error().reason == "ERASED") {
    Answer erased;
    auto& refused = *erased.mutable_answer()->mutable_row();
    refused.set_outcome(cases::v1::ROW_OUTCOME_REFUSED);
    refused.set_rule("erased");
    refused.set_message(answer.error().message);
    return erased;
  }
  if (!answer) return tl::unexpected(answer.error());
  const std::lock_guard lock(mutex_);
  KeepLatest(positions_, answer->positions());
  return std::move(*answer);
}

Result<std::vector<TrackerRecord::Answer>> TrackerRecord::State(
    const std::vector<cases::v1::StateTrackerRow>& rows, bool dry_run,
    const import::Progress& progress) {
  return InParallel<Answer>(
      clients_, rows.size(),
      [&](Client& client, size_t i) { return StateOne(client, rows[i], dry_run); }, progress);
}

Result<void> TrackerRecord::Finish(const cases::v1::ImportRunFinished& finished) {
  cases::v1::FinishImportRequest request;
  *request.mutable_header() = HeaderFor("finish");
  request.mutable_covered()->mutable_submission()->set_run(manifest_.run.Bytes());
  *request.mutable_finished() = finished;
  const auto answer = clients_.front()->Call(&Stub::FinishImport, request);
  if (!answer) return tl::unexpected(answer.error());
  KeepLatest(positions_, answer->positions());
  return {};
}

Result<std::optional<NextDate>> TrackerRecord::NextDateOf(Client& client,
                                                          const SubjectId& child) const {
  alerting::v1::ShowCalendarRequest request;
  *request.mutable_header()->mutable_at_least() = positions_;
  request.set_child(child.Bytes());
  const auto answer = client.Call(&alerting::v1::AlertingService::Stub::ShowCalendar, request);
  if (!answer) return tl::unexpected(answer.error());
  for (const auto& item : answer->items()) {
    if (item.clock().empty()) continue;
    return NextDate{child, item.clock(), DayOf(item.on()).value_or(CivilDate{}), item.state()};
  }
  return std::nullopt;
}

Result<std::vector<NextDate>> TrackerRecord::NextDates(const std::vector<SubjectId>& children) {
  const auto found = InParallel<std::optional<NextDate>>(
      clients_, children.size(),
      [&](Client& client, size_t i) { return NextDateOf(client, children[i]); }, {});
  if (!found) return tl::unexpected(found.error());
  std::vector<NextDate> dates;
  for (const auto& date : *found) {
    if (date) dates.push_back(*date);
  }
  return dates;
}

Result<std::vector<cases::v1::DiscrepancyView>> TrackerRecord::Contradictions(
    const std::set<SubjectId>& children) {
  cases::v1::ListDiscrepanciesRequest request;
  *request.mutable_header()->mutable_at_least() = positions_;
  request.set_authority(manifest_.authority);
  request.set_state("open");
  request.set_limit(kChildrenOnAPage);
  std::vector<cases::v1::DiscrepancyView> all;
  do {
    const auto page = clients_.front()->Call(&Stub::ListDiscrepancies, request);
    if (!page) return tl::unexpected(page.error());
    for (const auto& view : page->discrepancies()) {
      if (children.contains(SubjectId::FromBytes(view.child()).value_or(SubjectId{})))
        all.push_back(view);
    }
    request.set_page(page->next_page());
  } while (!request.page().empty());
  return all;
}

}  // namespace holdfast::cli
