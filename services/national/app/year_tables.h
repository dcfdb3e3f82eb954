// The figures that national can give: a projection of all partitions of kJournals, and the counting
// over it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "libs/projection/read_model.h"
#include "services/national/app/national_fold.h"
#include "services/national/app/work_queue.h"
#include "services/national/app/year_table.h"

namespace holdfast::national {

struct YearTable {
  std::vector<uint64_t> positions;  // by part: number of the last event counted
  std::vector<Measure> measures;
};

// Which events a table counts. By part, all or none given.
struct ReadFrom {
  std::vector<uint64_t>
      exactly;  // these and no more; empty: all there are when the table is asked for
  std::vector<uint64_t>
      at_least;  // of which these, though the log may not show them yet; empty: none
};

// Thread-safe.
class YearTables {
 public:
  using Answer = std::function<void(Result<YearTable>)>;

  YearTables(EventLog& log, uint32_t partition_count, OpenPart open_part);
  ~YearTables();  // stops

  Result<void> Start(const journal::v1::Head& witness);
  // Calls that wait are answered NOT_YET_READ.
  void Stop();

  // Calls `answer` on a thread of its own: NOT_YET_READ (kUnavailable) when the events are not read
  // until `deadline`, NOT_TAKEN when too many wait, HISTORY_LOST when `from` names events that are
  // gone, UNKNOWN_AUTHORITY (kNotFound) when they hold nothing of the authority.
  void Ask(const YearQuestion& question, ReadFrom from, Monotonic deadline, Answer answer);

  uint32_t partition_count() const { return partition_count_; }
  ReadModel& read_model() { return rows_; }
  bool serving() const;
  // Records of the journals not yet read.
  uint64_t behind() const;

 private:
  void CountAt(const YearQuestion& question, ReadPoint point, const OpenPart& open_part,
               const Answer& answer) const;

  EventLog& log_;
  const uint32_t partition_count_;
  WorkQueue work_;
  ReadModelOf<NationalFold> rows_;  // last: its thread uses all above
};

}  // namespace holdfast::national
