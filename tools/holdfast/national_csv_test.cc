#include "tools/holdfast/national_csv.h"

#include <gtest/gtest.h>

namespace holdfast::cli {
namespace {

Json AnswerWith(const Measure& measure) {
  const Json positions = {{{"service", "cases"}, {"partition", 0}, {"event", 12}},
                          {{"service", "cases"}, {"partition", 1}, {"event", 7}}};
  return NationalJson("E06000901", *CivilDate::FromIso("2026-03-31"),
                      *CivilDate::FromIso("2026-05-01"), positions, {measure});
}

std::string RowsOf(const Measure& measure) {
  const std::string text = NationalCsv(AnswerWith(measure));
  return text.substr(text.find('\n') + 1);
}

TEST(NationalCsv, SaysOfEachFigureAllThatItNeeds) {
  Measure measure{.id = "reviews_on_time", .definition = "A share, of all."};
  measure.value = 2.0 / 3.0;
  measure.numerator = 2;
  measure.denominator = 3;
  measure.unknown = 4;
  measure.disputed = 1;
  EXPECT_EQ(
      RowsOf(measure),
      "E06000901,2026-03-31,2026-05-01,reviews_on_time,,0.6667,2,3,0,4,1,\"A share, of all.\","
      "not disclosure-controlled,cases/0:12 cases/1:7\r\n");
}

TEST(NationalCsv, LeavesWhatThereIsNotBlank) {
  EXPECT_EQ(RowsOf({.id = "decision_to_adoption", .definition = "Days."}),
            "E06000901,2026-03-31,2026-05-01,decision_to_adoption,,,,,0,0,0,Days.,not "
            "disclosure-controlled,"
            "cases/0:12 cases/1:7\r\n");
}

TEST(NationalCsv, HasARowForEachCategory) {
  Measure measure{.id = "ends", .definition = "Ends."};
  measure.value = 3;
  measure.numerator = 3;
  measure.by = {{"E4A", 2}, {"not_stated", 1}};
  const std::string rows = RowsOf(measure);
  EXPECT_EQ(std::ranges::count(rows, '\n'), 3);
  EXPECT_NE(rows.find(",ends,E4A,2,"), std::string::npos);
  EXPECT_NE(rows.find(",ends,not_stated,1,"), std::string::npos);
}

TEST(NationalCsv, NamesAFigureWithinAFigureByItsPath) {
  Measure measure{.id = "m1_m2", .definition = "Days."};
  measure.parts = {{{"route", "adoption", "ended"}, 2.0},
                   {{"route", "adoption", "median_days"}, 10.5},
                   {{"route", "adoption", "open_median_days"}, {}}};
  measure.groups = {"holder", "route"};
  const std::string rows = RowsOf(measure);
  EXPECT_EQ(std::ranges::count(rows, '\n'), 4) << rows;
  EXPECT_NE(rows.find(",m1_m2,route/adoption/ended,2,"), std::string::npos) << rows;
  EXPECT_NE(rows.find(",m1_m2,route/adoption/median_days,10.5,"), std::string::npos) << rows;
  EXPECT_NE(rows.find(",m1_m2,route/adoption/open_median_days,,"), std::string::npos) << rows;
  EXPECT_EQ(AnswerWith(measure)["measures"][0]["by"].dump(),
            "{\"holder\":{},\"route\":{\"adoption\":{\"ended\":2,\"median_days\":10.5,"
            "\"open_median_days\":null}}}");
}

TEST(NationalCsv, GivesASpreadsheetNoFormula) {
  Measure measure{.id = "ends", .definition = "=HYPERLINK(\"x\")"};
  measure.by = {{"@SUM(A1)", 1}};
  const std::string rows = RowsOf(measure);
  EXPECT_NE(rows.find("\"'=HYPERLINK(\"\"x\"\")\""), std::string::npos) << rows;
  EXPECT_NE(rows.find(",'@SUM(A1),"), std::string::npos) << rows;
}

}  // namespace
}  // namespace holdfast::cli
