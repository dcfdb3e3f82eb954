#include "services/national/app/year_table.h"

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
    if (stored->number <= last) visit(*stored);
    return {};
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

// The part of one partition, whose children go by the coverage that its own copy of the authority
// has learnt.
class PartitionCount {
 public:
  PartitionCount(const YearQuestion& question, const PolicySet& policies, YearCounts& counts)
      : question_(question), policies_(policies), counts_(counts) {}

  // Whether the partition holds anything of the authority.
  Result<bool> Run(StateStore& store, const RowChanges& unstored, uint64_t last) {
    bool any = false;
    const auto covered =
        VisitEvents(store, unstored, PrefixOf(RowKind::kAuthority, question_.authority), last,
                    [&](const StoredEvent& stored) {
                      any = true;
                      Apply(stored.event, stored.recorded_at, coverage_);
                    });
    if (!covered) return tl::unexpected(covered.error());
    const auto counted =
        VisitEvents(store, unstored, PrefixOf(RowKind::kChild, question_.authority), last,
                    [&](const StoredEvent& stored) {
                      any = true;
                      if (stored.subject != child_) Finish(stored.subject);
                      Apply(stored.event, stored.recorded_at, facts_);
                    });
    if (!counted) return tl::unexpected(counted.error());
    Finish({});
    return any;
  }

 private:
  void Finish(const SubjectId& next) {
    const YearCounting counting{.coverage = coverage_,
                                .policies = policies_,
                                .view = {.known_at = question_.known_at},
                                .year_end = question_.year_end};
    if (facts_.registered) CountChild(child_, facts_, counting, counts_);
    child_ = next;
    facts_ = {};
  }

  const YearQuestion& question_;
  const PolicySet& policies_;
  YearCounts& counts_;
  Coverage coverage_;
  SubjectId child_;
  ChildFacts facts_;
};

}  // namespace

Result<std::optional<YearCounts>> CountYear(const YearQuestion& question, const ReadPoint& point,
                                            const OpenStore& open_store,
                                            const PolicySet& policies) {
  YearCounts counts;
  bool any = false;
  for (uint32_t partition = 0; partition < point.events.size(); ++partition) {
    const auto store = open_store(partition);
    const auto held = PartitionCount(question, policies, counts)
                          .Run(*store, point.unstored[partition], point.events[partition]);
    if (!held) return tl::unexpected(held.error());
    any = any || *held;
  }
  if (!any) return std::nullopt;
  return counts;
}

}  // namespace holdfast::national
