#include "services/national/app/year_table.h"

#include <unordered_map>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/measures/count_child.h"
#include "libs/permanence/coverage_events.h"

namespace holdfast::national {
namespace {

constexpr size_t kPage = 1000;

// Calls `visit` with each event of one kind and authority up to number `last`, by subject, then
// number.
template <typename Visit>
Result<void> VisitEvents(StateStore& store, const RowChanges& unstored, const std::string& prefix,
                         uint64_t last, Visit&& visit) {
  auto waiting = unstored.lower_bound(prefix);
  const auto show = [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto stored = ReadRow(key, value);
    if (!stored) return tl::unexpected(stored.error());
    if (stored->number > last) return {};
    return visit(*stored);
  };
  const auto show_waiting_before = [&](const std::string* key) -> Result<void> {
    for (; waiting != unstored.end() && waiting->first.starts_with(prefix) &&
           (!key || waiting->first <= *key);
         ++waiting) {
      if (key && waiting->first == *key) continue;
      if (auto shown = show(waiting->first, *waiting->second); !shown) return shown;
    }
    return {};
  };
  std::string after;
  while (true) {
    const auto rows = store.Scan(prefix, after, kPage);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      if (auto shown = show_waiting_before(&row.key); !shown) return shown;
      if (auto shown = show(row.key, row.value); !shown) return shown;
    }
    if (rows->size() < kPage) return show_waiting_before(nullptr);
    after = rows->back().key;
  }
}

// What one journal holds of a partition, up to a point.
struct PartRows {
  StateStore& store;
  const RowChanges& unstored;
  uint64_t last;
};

// Calls `visit` with each event of one kind and authority, by subject, then number; and notes in
// `any` whether there is one.
template <typename Event, typename Visit>
Result<void> VisitRows(const PartRows& rows, RowKind kind, const std::string& authority, bool& any,
                       Visit&& visit) {
  return VisitEvents(rows.store, rows.unstored, PrefixOf(kind, authority), rows.last,
                     [&](const StoredEvent& stored) -> Result<void> {
                       const auto event = ReadEvent<Event>(stored);
                       if (!event) return tl::unexpected(event.error());
                       any = true;
                       visit(stored, *event);
                       return {};
                     });
}

// The part of one partition, whose children go by the coverage that its own copy of the authority
// has learnt.
class PartitionCount {
 public:
  PartitionCount(const YearQuestion& question, const PolicySet& policies, YearCounts& counts)
      : question_(question), policies_(policies), counts_(counts) {}

  // Whether the partition holds anything of the authority.
  Result<bool> Run(const PartRows& cases, const PartRows& proceedings) {
    bool any = false;
    if (auto read = ReadProceedings(proceedings, any); !read) return tl::unexpected(read.error());
    const auto covered =
        VisitRows<cases::v1::CasesEvent>(cases, RowKind::kAuthority, question_.authority, any,
                                         [&](const StoredEvent& stored, const auto& event) {
                                           Apply(event, stored.recorded_at, coverage_);
                                         });
    if (!covered) return tl::unexpected(covered.error());
    const auto counted =
        VisitRows<cases::v1::CasesEvent>(cases, RowKind::kChild, question_.authority, any,
                                         [&](const StoredEvent& stored, const auto& event) {
                                           if (stored.subject != child_) Finish(stored.subject);
                                           Apply(event, stored.recorded_at, facts_);
                                         });
    if (!counted) return tl::unexpected(counted.error());
    Finish({});
    return any;
  }

 private:
  struct Stated {
    Instant recorded_at;
    proceedings::v1::ProceedingsEvent event;
  };

  Result<void> ReadProceedings(const PartRows& rows, bool& any) {
    return VisitRows<proceedings::v1::ProceedingsEvent>(
        rows, RowKind::kChild, question_.authority, any,
        [&](const StoredEvent& stored, auto& event) {
          proceedings_[stored.subject].push_back({stored.recorded_at, event});
        });
  }

  void Finish(const SubjectId& next) {
    const YearCounting counting{.coverage = coverage_,
                                .policies = policies_,
                                .view = {.known_at = question_.known_at},
                                .year_end = question_.year_end};
    if (facts_.registered) {
      for (const auto& stated : proceedings_[child_])
        Apply(stated.event, stated.recorded_at, facts_);
      CountChild(child_, facts_, counting, counts_);
    }
    child_ = next;
    facts_ = {};
  }

  const YearQuestion& question_;
  const PolicySet& policies_;
  YearCounts& counts_;
  Coverage coverage_;
  std::unordered_map<SubjectId, std::vector<Stated>> proceedings_;
  SubjectId child_;
  ChildFacts facts_;
};

}  // namespace

Result<std::optional<YearCounts>> CountYear(const YearQuestion& question, const ReadPoint& point,
                                            const OpenPart& open_part, const PolicySet& policies) {
  YearCounts counts;
  bool any = false;
  const auto partition_count = static_cast<uint32_t>(point.events.size() / kJournals.size());
  for (uint32_t p = 0; p < partition_count; ++p) {
    const uint32_t q = partition_count + p;
    const auto cases = open_part(p);
    const auto proceedings = open_part(q);
    const auto held = PartitionCount(question, policies, counts)
                          .Run({*cases, point.unstored[p], point.events[p]},
                               {*proceedings, point.unstored[q], point.events[q]});
    if (!held) return tl::unexpected(held.error());
    any = any || *held;
  }
  if (!any) return std::nullopt;
  return counts;
}

}  // namespace holdfast::national
