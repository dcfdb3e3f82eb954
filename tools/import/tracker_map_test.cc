// What a map of a tracker sheet may say, and what is said of one that may not.
#include "tools/import/tracker_map.h"

#include <gtest/gtest.h>

namespace holdfast::import {
namespace {

using namespace cases::v1;

constexpr char kWhole[] = R"(dates: dmy
child: {local_id: ID, born: DOB, name: Name, worker: Worker}
columns:
  - {column: Accommodated, kind: care_start}
  - {column: Panel, kind: panel, code: adoption}
  - column: Status from
    kind: legal_status
    code: {column: Status, map: {Compulsory order: CSO, "Voluntary": S25}}
ignore: [Notes]
)";

Result<TrackerMap> Read(const std::string& text) {
  return ReadTrackerMap("map.yaml", text, Nation::kScotland);
}

TEST(TrackerMap, IsReadAsItStands) {
  const auto map = Read(kWhole);
  ASSERT_TRUE(map) << map.error().message;
  EXPECT_EQ(map->dates, DateForm::kDmy);
  EXPECT_EQ(map->local_id, "ID");
  EXPECT_EQ(map->born, "DOB");
  EXPECT_EQ(map->name, "Name");
  EXPECT_EQ(map->worker, "Worker");
  ASSERT_EQ(map->columns.size(), 3u);
  EXPECT_EQ(map->columns[0].kind, FACT_KIND_CARE_START);
  EXPECT_EQ(map->columns[1].code, "adoption");
  EXPECT_EQ(map->columns[2].code_column, "Status");
  EXPECT_EQ(map->columns[2].codes.at("Compulsory order"), "CSO");
  EXPECT_EQ(map->ignored, std::vector<std::string>{"Notes"});
}

// The whole map with `from` replaced by `to`.
std::string With(const std::string& from, const std::string& to) {
  std::string text = kWhole;
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(TrackerMap, IsRefusedByFileLineFieldAndRule) {
  struct Case {
    std::string text;
    uint64_t line;
    std::string field;
    std::string rule;
  };
  const Case cases[] = {
      {With("dmy", "mdy"), 1, "dates", "must be dmy or iso"},
      {With("dates: dmy\n", ""), 1, "dates", "is missing"},
      {With("born: DOB, ", ""), 2, "child.born", "is missing"},
      {With("born: DOB", "birth: DOB"), 2, "child.birth", "is not a field here"},
      {With("ignore: [Notes]", "ignore: Notes"), 9, "ignore", "must be a list of columns"},
      {With("[Notes]", "[id]"), 9, "ignore[0]", "names the column id a second time"},
      {With("column: Panel", "column: DOB"), 5, "columns[1].column",
       "names the column DOB a second time"},
      {With("kind: panel", "kind: pannel"), 5, "columns[1].kind",
       "is no kind of fact that a sheet can state"},
      {With("code: adoption", "code: adopted"), 5, "columns[1].code",
       "adopted is no code of panel in the authority's nation"},
      {With("kind: care_start", "kind: order"), 4, "columns[0].code",
       "is missing: order needs a code"},
      {With("CSO", "C2"), 8, "columns[2].code.map.Compulsory order",
       "C2 is no code of legal_status in the authority's nation"},
      {With("kind: care_start", "kind: panel, code: adoption"), 5, "columns[1]",
       "states panel adoption a second time: a sheet has one day for each kind and code"},
      {With("column: Status,", "column: Notes,"), 8, "columns",
       "uses for codes a column that is named twice"},
  };
  for (const auto& wrong : cases) {
    const auto map = Read(wrong.text);
    ASSERT_FALSE(map) << wrong.rule;
    EXPECT_EQ(map.error().reason, "BAD_MAP");
    EXPECT_EQ(map.error().where.file, "map.yaml");
    EXPECT_EQ(map.error().where.line, wrong.line) << wrong.field;
    EXPECT_EQ(map.error().where.field, wrong.field);
    EXPECT_EQ(map.error().where.rule, wrong.rule);
    EXPECT_EQ(map.error().message, "map.yaml:" + std::to_string(wrong.line) + ": " + wrong.field +
                                       ": " + wrong.rule);
  }
}

TEST(TrackerMap, ThatIsNoYamlIsRefusedByLine) {
  const auto map = Read("dates: [dmy\nchild: {");
  ASSERT_FALSE(map);
  EXPECT_EQ(map.error().reason, "BAD_MAP");
  EXPECT_TRUE(map.error().message.starts_with("map.yaml:")) << map.error().message;
  EXPECT_FALSE(Read(""));
  EXPECT_FALSE(Read("just text"));
}

TEST(TrackerMap, TakesTheCodesOfItsNation) {
  const std::string text = With("Compulsory order: CSO, \"Voluntary\": S25", "Interim: C1");
  EXPECT_TRUE(ReadTrackerMap("map.yaml", text, Nation::kEngland));
  EXPECT_FALSE(Read(text));
}

}  // namespace
}  // namespace holdfast::import
