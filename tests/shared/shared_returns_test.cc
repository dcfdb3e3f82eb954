// The published returns: one whole return of 2017-18, and five years of one authority. What the
// import must hold of any returns, held on these.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>

#include "libs/permanence/dates.h"
#include "libs/permanence/layers.h"
#include "services/cases/domain/render_case.h"
#include "tools/import/importer.h"
#include "tools/import/memory_record.h"

namespace holdfast::import {
namespace {

using ssda903::Table;

// Missing data fails; only without the variable, run by hand, is there nothing to test.
#define NEED_SHARED() \
  if (!std::getenv("HOLDFAST_SHARED")) GTEST_SKIP() << "HOLDFAST_SHARED names no folder"

std::string Folder(const std::string& name) {
  return std::string(std::getenv("HOLDFAST_SHARED")) + "/data/ssda903/" + name;
}

CivilDate YearEnd(int year) { return *CivilDate::FromYmd(year, 3, 31); }

ssda903::Return Read(const std::string& name, int year, std::vector<std::string> ignored = {}) {
  auto files = ssda903::ReadFolder(Folder(name));
  if (!files) throw std::runtime_error(files.error().message);
  auto read = ssda903::ReadReturn(std::move(*files), YearEnd(year),
                                  {.chosen = {}, .ignored = std::move(ignored)});
  if (!read) throw std::runtime_error(read.error().message);
  return std::move(*read);
}

class Authority {
 public:
  Report Import(const ssda903::Return& read, bool dry_run = false) {
    const uint64_t run = ++runs_;
    auto report = import::Import(read,
                                 {.authority = "E06000901",
                                  .run = RunId{HashId("run", {std::to_string(run)})},
                                  .run_number = run,
                                  .dry_run = dry_run},
                                 record_, {});
    if (!report) throw std::runtime_error(report.error().message);
    return std::move(*report);
  }

  std::string Cases() const {
    std::string bytes;
    for (const auto& [child, facts] : record_.children()) {
      if (facts.registered)
        bytes += cases::RenderCase(child, facts, record_.coverage(), {}).SerializeAsString();
    }
    return bytes;
  }

  const MemoryRecord& record() const { return record_; }

 private:
  MemoryRecord record_{"E06000901"};
  uint64_t runs_ = 0;
};

std::vector<uint64_t> Row(const Totals& t) {
  return {t.read, t.refused, t.set_aside, t.corrected, t.facts, t.unchanged};
}

TEST(FakeReturn, HasTwoFilesForOneTableWhichItNames) {
  NEED_SHARED();
  auto files = ssda903::ReadFolder(Folder("fake-return-2017-18"));
  ASSERT_TRUE(files) << "the shared data is absent";
  const auto read = ssda903::ReadReturn(*files, YearEnd(2018), {});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, "TWO_FILES");
  EXPECT_NE(read.error().message.find("placed_for_adoption.csv"), std::string::npos);
  EXPECT_NE(read.error().message.find("placed_for_adoption_errors.csv"), std::string::npos);
}

TEST(FakeReturn, EndsRowByRowAsItAlwaysDid) {
  NEED_SHARED();
  const auto read = Read("fake-return-2017-18", 2018, {"placed_for_adoption_errors.csv"});
  Authority authority;
  const Report report = authority.Import(read);
  using R = std::vector<uint64_t>;  // read, refused, set aside, corrected, facts, unchanged
  EXPECT_EQ(Row(report.total), (R{25944, 24, 7761, 0, 18158, 1}));
  EXPECT_EQ(Row(report.tables.at(Table::kHeader)), (R{2675, 0, 0, 0, 2675, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kEpisodes)), (R{5050, 0, 0, 0, 5050, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kReviews)), (R{12582, 24, 5032, 0, 7525, 1}));
  EXPECT_EQ(Row(report.tables.at(Table::kUasc)), (R{132, 0, 0, 0, 132, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kAd1)), (R{29, 0, 0, 0, 29, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kPlacedAdoption)), (R{29, 0, 0, 0, 29, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kPrevPerm)), (R{2675, 0, 0, 0, 2675, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kMissing)), (R{43, 0, 0, 0, 43, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kOc2)), (R{2675, 0, 2675, 0, 0, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kOc3)), (R{53, 0, 53, 0, 0, 0}));
  EXPECT_EQ(Row(report.tables.at(Table::kSocialWorker)), (R{1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(report.open.overlap, 62u);
  EXPECT_EQ(report.open.two_open, 6u);
  EXPECT_EQ(report.open.after_died, 3u);
  EXPECT_EQ(report.files.size(), 17u) << "every file is named";
}

constexpr int kFirstYear = 2018;

const std::vector<ssda903::Return>& Panel() {
  static const auto panel = [] {
    std::vector<ssda903::Return> years;
    for (int year = kFirstYear; year < kFirstYear + 5; ++year)
      years.push_back(Read("five-year-panel/" + std::to_string(year - 1), year));
    return years;
  }();
  return panel;
}

const Authority& PanelInOrder() {
  static const auto authority = [] {
    Authority in_order;
    for (const auto& read : Panel()) in_order.Import(read);
    return in_order;
  }();
  return authority;
}

// Imports the years in `order`, each as often as it stands there; a repeat makes no event and all
// is as before.
std::string CasesIn(const std::vector<size_t>& order) {
  Authority authority;
  std::map<size_t, Report> first;
  for (const size_t year : order) {
    Report report = authority.Import(Panel()[year]);
    const auto [before, is_first] = first.try_emplace(year, report);
    if (is_first) continue;
    const Totals& was = before->second.total;
    EXPECT_EQ(report.events, 0u);
    EXPECT_EQ(Row(report.total),
              (std::vector<uint64_t>{was.read, was.refused, was.set_aside, 0, 0,
                                     was.corrected + was.facts + was.unchanged}));
  }
  return authority.Cases();
}

TEST(Panel, EndsRowByRowAsItAlwaysDid) {
  NEED_SHARED();
  Authority authority;
  using R = std::vector<uint64_t>;
  const std::vector<R> expected{{7409, 8, 1984, 0, 5416, 1},
                                {5579, 6, 1424, 0, 1410, 2739},
                                {3910, 4, 872, 0, 951, 2083},
                                {2680, 2, 511, 0, 612, 1555},
                                {1863, 2, 323, 0, 359, 1179}};
  for (size_t i = 0; i < Panel().size(); ++i)
    EXPECT_EQ(Row(authority.Import(Panel()[i]).total), expected[i]) << i;
}

std::vector<uint64_t> Printed(const Report& r) {
  auto printed = Row(r.total);
  printed.insert(printed.end(),
                 {r.events, r.notes.size(), r.fields_aside.size(), r.vanished, r.returned, r.late,
                  r.moved, r.removed, r.open.overlap, r.open.two_open, r.open.lacks_continuation,
                  r.open.after_died, r.open.not_in_next_return, r.open.removed_in_resubmission});
  return printed;
}

TEST(Panel, EndsAsADryRunOfEachYearSaidWhateverTheOrder) {
  NEED_SHARED();
  for (const auto& order : std::vector<std::vector<size_t>>{{0, 1, 2, 3, 4}, {3, 0, 4, 2, 1, 2}}) {
    Authority authority;
    for (const size_t year : order) {
      const auto said = Printed(authority.Import(Panel()[year], true));
      EXPECT_EQ(said, Printed(authority.Import(Panel()[year]))) << "year " << year;
    }
  }
}

TEST(Panel, GivesTheSameCasesInOrderReversedAndShuffledAndEachOfTheseTwice) {
  NEED_SHARED();
  const std::string expected = PanelInOrder().Cases();
  ASSERT_FALSE(expected.empty());
  const std::vector<size_t> order{0, 1, 2, 3, 4};
  std::vector<size_t> shuffled = order;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(903));
  for (const auto& years : std::vector<std::vector<size_t>>{order, {4, 3, 2, 1, 0}, shuffled}) {
    std::vector<size_t> twice = years;
    twice.insert(twice.end(), years.begin(), years.end());
    EXPECT_TRUE(CasesIn(twice) == expected) << "starting with year " << years[0];
  }
  EXPECT_TRUE(CasesIn({0, 0, 1, 1, 2, 2, 3, 3, 4, 4}) == expected);
}

TEST(Panel, HasAsManyLookedAfterAtItsOwnYearEndAsHaveAnOpenRowInItsLayer) {
  NEED_SHARED();
  for (const auto& read : Panel()) {
    uint64_t looked_after = 0;
    for (const auto& [child, facts] : PanelInOrder().record().children()) {
      const auto history = BuildHistory(child, facts, PanelInOrder().record().coverage(),
                                        {.known_at = read.year_end});
      looked_after += WhereaboutsOn(history, read.year_end) == Whereabouts::kLookedAfter;
    }
    std::set<std::string> with_open_row;
    for (const auto& row : read.tables.at(Table::kEpisodes).rows) {
      if (row.verdict == ssda903::Verdict::kTake && !row.content.episode().has_dec())
        with_open_row.insert(row.local_id);
    }
    EXPECT_EQ(looked_after, with_open_row.size()) << read.year_end.Iso();
  }
}

TEST(Panel, HasNobodyDeadOrAdoptedByAnOpenRow) {
  NEED_SHARED();
  for (const auto& read : Panel()) {
    for (const auto& [child, facts] : PanelInOrder().record().children()) {
      const auto history = BuildHistory(child, facts, PanelInOrder().record().coverage(),
                                        {.known_at = read.year_end});
      std::set<CivilDate> stated_ends;
      for (const auto* row :
           Layers(facts, {.known_at = read.year_end}).Believed(cases::v1::RETURN_TABLE_EPISODES)) {
        if (row->row.episode().has_dec()) stated_ends.insert(*DayOf(row->row.episode().dec()));
        EXPECT_TRUE(row->row.episode().has_dec() || row->row.episode().rec().empty());
      }
      EXPECT_TRUE(!history.died_on || stated_ends.contains(*history.died_on));
      for (const auto& happening : history.happenings) {
        if (happening.kind != EntryKind::kOrder || happening.code == "PLACEMENT") continue;
        EXPECT_TRUE(stated_ends.contains(happening.on)) << happening.code;
      }
    }
  }
}

TEST(Panel, ShowsAsKnownAtAYearEndNothingOfALaterReturn) {
  NEED_SHARED();
  Authority up_to;
  for (const auto& read : Panel()) {
    up_to.Import(read);
    const View view{.known_at = read.year_end};
    for (const auto& [child, facts] : up_to.record().children()) {
      if (!facts.registered) continue;
      auto known = cases::RenderCase(child, facts, up_to.record().coverage(), {});
      auto seen = cases::RenderCase(child, PanelInOrder().record().children().at(child),
                                    PanelInOrder().record().coverage(), view);
      // What other law applies goes by the day looked at, which the view without one does not name.
      known.clear_other_law();
      seen.clear_other_law();
      ASSERT_EQ(seen.SerializeAsString(), known.SerializeAsString()) << read.year_end.Iso();
    }
  }
}

}  // namespace
}  // namespace holdfast::import
