// For tests: events of the cases journal, and the journal they stand in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/check.h"
#include "libs/eventlog/event_log.h"
#include "libs/journal/checkpoint.h"
#include "libs/permanence/dates.h"

namespace holdfast::national {

inline constexpr uint32_t kPartitions = 4;
inline const std::string kNorth = "E06000901";
inline const std::string kSouth = "E06000902";

inline CivilDate DayIn(std::string_view iso) {
  const auto day = CivilDate::FromIso(iso);
  HOLDFAST_CHECK(day.has_value());
  return *day;
}
inline CivilDate YearEndOf(int year) { return *CivilDate::FromYmd(year, 3, 31); }

// The `number`-th subject of a partition.
inline SubjectId ChildIn(uint32_t partition, int number) {
  for (int attempt = 0;; ++attempt) {
    const SubjectId id{HashId("test-child", {std::to_string(partition), std::to_string(number),
                                             std::to_string(attempt)})};
    if (PartitionOf(id, kPartitions) == partition) return id;
  }
}
// What stands for the copy of an authority.
inline SubjectId CopyIn(uint32_t partition) { return ChildIn(partition, -1); }

inline cases::v1::CasesEvent Registered(const std::string& authority = kNorth) {
  cases::v1::CasesEvent event;
  SetDate(DayIn("2015-01-01"), event.mutable_reported_on());
  event.mutable_child_registered()->set_authority(authority);
  return event;
}

inline cases::v1::Submission SubmissionOf(int year, const std::string& authority = kNorth) {
  cases::v1::Submission submission;
  submission.set_authority(authority);
  SetDate(YearEndOf(year), submission.mutable_year_end());
  submission.set_run(RunId{HashId("run", {std::to_string(year)})}.Bytes());
  submission.set_run_number(static_cast<uint64_t>(year));
  return submission;
}

// A return's year, covered; as a partition's copy of the authority learns it.
inline cases::v1::CasesEvent Covered(int year, const std::string& authority = kNorth) {
  cases::v1::CasesEvent event;
  SetDate(YearEndOf(year), event.mutable_reported_on());
  event.set_source_event(static_cast<uint64_t>(year));
  auto& covered = *event.mutable_return_covered();
  *covered.mutable_submission() = SubmissionOf(year, authority);
  covered.set_whole(true);
  for (const auto table : {cases::v1::RETURN_TABLE_EPISODES, cases::v1::RETURN_TABLE_REVIEWS})
    covered.add_tables(table);
  return event;
}

inline cases::v1::CasesEvent RowStated(int year, cases::v1::ReturnRow row,
                                       const std::string& authority = kNorth) {
  cases::v1::CasesEvent event;
  SetDate(YearEndOf(year), event.mutable_reported_on());
  auto& stated = *event.mutable_row_stated();
  *stated.mutable_submission() = SubmissionOf(year, authority);
  stated.set_fact(FactId{HashId("fact", {row.SerializeAsString()})}.Bytes());
  *stated.mutable_row() = std::move(row);
  return event;
}

// An episode that starts care; without `dec` it is open.
inline cases::v1::CasesEvent EpisodeStated(int year, std::string_view decom,
                                           std::string_view dec = "",
                                           const std::string& authority = kNorth) {
  cases::v1::ReturnRow row;
  auto& episode = *row.mutable_episode();
  SetDate(DayIn(decom), episode.mutable_decom());
  episode.set_rne("S");
  episode.set_ls("C2");
  episode.set_place("U4");
  if (!dec.empty()) {
    SetDate(DayIn(dec), episode.mutable_dec());
    episode.set_rec("E4A");
  }
  return RowStated(year, std::move(row), authority);
}

inline cases::v1::CasesEvent ReviewStated(int year, std::string_view day) {
  cases::v1::ReturnRow row;
  SetDate(DayIn(day), row.mutable_review()->mutable_review());
  row.mutable_review()->set_review_code("PN1");
  return RowStated(year, std::move(row));
}

using EventOf = std::pair<SubjectId, cases::v1::CasesEvent>;

// Writes the partitions' records, as their owner would.
class CasesJournal {
 public:
  explicit CasesJournal(EventLog& log) : log_(log) {}

  // Appends one batch; returns the number of the partition's last event.
  uint64_t Append(uint32_t partition, const std::vector<EventOf>& events) {
    if (states_[partition].epoch == 0) Write(partition, ClaimRecord(partition));
    const ReaderState& state = states_[partition];
    journal::v1::Record record = BatchAfter(state);
    record.set_recorded_at(1'780'000'000'000'000 + static_cast<int64_t>(state.events));
    for (const auto& [subject, event] : events) {
      auto& added = *record.add_events();
      added.set_subject(subject.Bytes());
      added.set_payload(event.SerializeAsString());
    }
    Write(partition, record);
    return states_[partition].events;
  }

 private:
  static journal::v1::Record ClaimRecord(uint32_t partition) {
    journal::v1::Record record;
    record.set_kind(journal::v1::RECORD_KIND_CLAIM);
    record.set_epoch(1);
    record.set_nonce(std::string(16, 'n'));
    *record.mutable_claim() =
        ClaimOf({.partition = {"cases", partition}, .partition_count = kPartitions});
    return record;
  }

  void Write(uint32_t partition, const journal::v1::Record& record) {
    const std::string bytes = EncodeRecord(record);
    ReaderState& state = states_[partition];
    const auto judged = Apply(state, state.next_offset, bytes, {});
    HOLDFAST_CHECK(judged && judged->verdict != Verdict::kVoid);
    log_.Append({"cases", partition}, bytes, {});
  }

  EventLog& log_;
  std::map<uint32_t, ReaderState> states_;
};

}  // namespace holdfast::national
