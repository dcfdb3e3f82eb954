#include "services/alerting/town_in_tests.h"

namespace holdfast::alerting {

using cases::v1::CasesService;

void Town::ImportReturn(const std::string& local_id, std::string_view started,
                        std::string_view year_end) {
  cases::v1::StartImportRequest start;
  *start.mutable_header() = Header();
  start.set_run(start.header().command_id());
  *start.mutable_year_end() = DateOf(DayIn(year_end));
  const auto begun = Ask(cases_, &CasesService::Stub::StartImport, start, Role::kData);
  ASSERT_TRUE(begun) << begun.error().status.message;

  cases::v1::Submission submission;
  submission.set_authority(acts_for_.text());
  *submission.mutable_year_end() = start.year_end();
  submission.set_run(start.run());
  submission.set_run_number(begun->run_number());
  cases::v1::StateReturnRowsRequest rows;
  *rows.mutable_header() = Header();
  auto& command = *rows.mutable_command();
  *command.mutable_submission() = submission;
  command.add_tables(cases::v1::RETURN_TABLE_HEADER);
  command.add_tables(cases::v1::RETURN_TABLE_EPISODES);
  command.mutable_child()->mutable_open()->set_local_id(local_id);
  auto& header = *command.add_rows();
  header.set_verdict(cases::v1::ROW_VERDICT_TAKE);
  header.mutable_row()->mutable_header()->set_sex("F");
  *header.mutable_row()->mutable_personal()->mutable_open()->mutable_born() =
      DateOf(DayIn("2010-05-01"));
  auto& row = *command.add_rows();
  row.set_verdict(cases::v1::ROW_VERDICT_TAKE);
  auto& episode = *row.mutable_row()->mutable_episode();
  *episode.mutable_decom() = DateOf(DayIn(started));
  episode.set_rne("S");
  episode.set_ls("C2");
  episode.set_cin("N1");
  episode.set_place("U6");
  const auto stated = Ask(cases_, &CasesService::Stub::StateReturnRows, rows, Role::kData);
  ASSERT_TRUE(stated) << stated.error().status.message;

  cases::v1::FinishImportRequest finish;
  *finish.mutable_header() = Header();
  *finish.mutable_covered()->mutable_submission() = submission;
  for (const auto table : {cases::v1::RETURN_TABLE_HEADER, cases::v1::RETURN_TABLE_EPISODES,
                           cases::v1::RETURN_TABLE_REVIEWS}) {
    finish.mutable_covered()->add_tables(table);
  }
  finish.mutable_covered()->set_whole(true);
  *finish.mutable_finished()->mutable_submission() = submission;
  const auto finished = Ask(cases_, &CasesService::Stub::FinishImport, finish, Role::kData);
  ASSERT_TRUE(finished) << finished.error().status.message;
}

std::string Town::List(const v1::ListAlertsRequest& request) {
  const auto answer = ListPage(request);
  if (!answer) return answer.error().status.reason;
  std::string text;
  for (const auto& alert : answer->alerts()) {
    text += (text.empty() ? "" : ", ") + alert.clock() + " " + alert.state() + " " +
            DayOf(alert.due())->Iso();
  }
  return text;
}

v1::ExplainAlertResponse Town::ExplainFirst(const std::string& state) {
  v1::ListAlertsRequest list;
  list.set_state(state);
  const auto page = ListPage(list);
  v1::ExplainAlertRequest request;
  if (page && page->alerts_size() > 0) request.set_id(page->alerts(0).id());
  const auto answer = Ask(alerting_, &v1::AlertingService::Stub::ExplainAlert, request);
  EXPECT_TRUE(answer) << answer.error().status.reason;
  return answer.value_or(v1::ExplainAlertResponse());
}

std::vector<StoredRow> Town::AllRows() const {
  const auto database = *RocksDatabase::Open(data_ / "state/alerting");
  std::vector<StoredRow> all;
  for (uint32_t partition = 0; partition < kPartitions; ++partition) {
    auto rows = *database->StoreOf(partition)->Scan("", "", 1'000'000);
    for (auto& row : rows) {
      row.key = std::to_string(partition) + row.key;
      all.push_back(std::move(row));
    }
  }
  return all;
}

uint64_t Town::RecordsInJournal() const {
  uint64_t records = 0;
  for (uint32_t p = 0; p < kPartitions; ++p) records += *log_->End({"alerting", p});
  return records;
}

}  // namespace holdfast::alerting
