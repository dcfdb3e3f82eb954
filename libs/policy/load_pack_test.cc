// Policy files are data that people edit: what is wrong is named, and nothing crashes the loader.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include "libs/policy/policy_set.h"
#include "libs/policy/read_policy.h"

namespace holdfast {
namespace {

const std::string& Shipped(std::string_view name) {
  for (const auto& file : ShippedPolicyFiles()) {
    if (file.name == name) return file.yaml;
  }
  std::abort();
}

// The shipped pack of England with `old_text` replaced once.
std::string With(std::string_view old_text, std::string_view new_text) {
  std::string yaml = Shipped("england.yaml");
  const auto place = yaml.find(old_text);
  EXPECT_NE(place, std::string::npos) << old_text;
  return yaml.replace(place, old_text.size(), new_text);
}

TEST(ShippedPolicies, HoldTheClocksOfEngland) {
  const auto& pack = ShippedPolicies().packs.at(0);
  EXPECT_EQ(pack.jurisdiction, "england");
  ASSERT_EQ(pack.clocks.size(), 6u);
  EXPECT_EQ(pack.content_hash.size(), 32u);
  for (const auto& clock : pack.clocks) {
    EXPECT_FALSE(clock.text.empty());
    EXPECT_FALSE(clock.source.empty());
    EXPECT_EQ(clock.escalation_days, 14);
  }
  EXPECT_EQ(
      ShippedPolicies().FindClock("eng-review-1", *CivilDate::FromIso("2018-01-01"))->limit->count,
      20);
  EXPECT_EQ(
      ShippedPolicies().FindClock("eng-adoption-match-90d", *CivilDate::FromIso("2029-01-01")),
      nullptr);
}

TEST(LoadPack, NamesFileLineFieldAndRule) {
  struct {
    const char* old_text;
    const char* new_text;
    const char* message;
  } const cases[] = {
      {"jurisdiction: england", "jurisdiction: england\ncolour: red",
       "e.yaml:4: colour: is not a field here"},
      {"pack: england", "pack: england\npack: wales", "e.yaml:3: pack: is stated twice"},
      {"jurisdiction: england\n", "\n", "e.yaml:2: jurisdiction: is missing"},
      {"pack: england", "pack: [england]",
       "pack: must be one line of 1 to 400 printable ASCII characters"},
      {"pack: england", "pack: England", "pack: must be a name of a to z, 0 to 9, - and _"},
      {"confidence: C\n", "confidence: sure\n",
       "clocks[0].confidence: must be one of C C* K K-low"},
      {"count: 20,", "count: twenty,",
       "clocks[0].limit.count: must be a whole number from 1 to 10000"},
      {"count: 20,", "count: 0,", "clocks[0].limit.count: must be a whole number from 1 to 10000"},
      {"count: 20,", "count: 99999999999,", "clocks[0].limit.count: must be a whole number"},
      {"calendar: england-and-wales, ", "", "clocks[0].limit.calendar: is missing"},
      {"unit: months", "unit: fortnights",
       "clocks[1].limit.unit: must be one of days weeks months working_days"},
      {"{count: 3,", "{calendar: x, count: 3,",
       "clocks[1].limit.calendar: is for working_days only"},
      {"counting: exclusive, confidence: C}\n    lead_days: 28",
       "counting: nth_day, confidence: C}\n    lead_days: 28",
       "clocks[1].limit.counting: nth_day is for working_days only"},
      {"from: 2011-04-01", "from: 2011-04-31",
       "clocks[0].in_force.from: must be a day, yyyy-mm-dd"},
      {"until: 2028-12-31", "until: 1999-12-31", "clocks[3].in_force.until: is before from"},
      {"starts_at: care_start", "starts_at: birth",
       "clocks[0].starts_at: must be one of care_start"},
      {"stops_at: [review]", "stops_at: []",
       "clocks[0].stops_at: must be a list that is not empty"},
      {"stops_at: [review]", "stops_at: [match]",
       "clocks[0].stops_at: must be review, recommendation or plan"},
      {"runs_while: always", "runs_while: ordinary_care",
       "clocks[3].runs_while: does not fit what the clock starts at"},
      {"id: eng-review-2", "id: eng-review-1", "clocks[1].id: is in force twice on some days"},
      {"    legal_statuses: [V3, V4]\n", "", "other_law[0].name: needs legal_statuses or places"},
      {"pack: england", "pack: &a england", "document: must have no anchor, alias or tag"},
      {"pack: england", "pack: !!str england", "document: must have no anchor, alias or tag"},
      {"pack: england", "pack: {england", "document: is not YAML"},
  };
  for (const auto& c : cases) {
    const auto pack = LoadPack(With(c.old_text, c.new_text), "e.yaml");
    ASSERT_FALSE(pack.has_value()) << c.message;
    EXPECT_EQ(pack.error().reason, "BAD_POLICY");
    EXPECT_TRUE(pack.error().message.starts_with("e.yaml:")) << pack.error().message;
    EXPECT_NE(pack.error().message.find(c.message), std::string::npos) << pack.error().message;
  }
}

TEST(LoadPack, RefusesWhatIsNoPackAtAll) {
  const std::string deep(200'000, '[');
  std::string deep_map;
  for (int i = 0; i < 5'000; ++i) deep_map += "{a: ";
  const std::string_view cases[] = {"",           "\n",
                                    "#",          "pack",
                                    "[]",         "--- a\n--- b",
                                    "\t",         "\xff\xfe",
                                    "a: b: c",    std::string_view("\0", 1),
                                    "? [a]\n: b", "{[a]: b}",
                                    "'",          "\"\\",
                                    deep,         deep_map,
                                    "- - - -",    "%YAML 9.9\n---\na",
                                    "*a",         "&a [*a]",
                                    "!<",         "|",
                                    ">9"};
  for (const auto yaml : cases) EXPECT_FALSE(LoadPack(yaml, "x.yaml")) << yaml.substr(0, 40);
  EXPECT_FALSE(LoadPack(std::string(300'000, ' '), "x.yaml"));
}

TEST(LoadPack, TakesTheWeakestOfTheConfidences) {
  const auto pack =
      LoadPack(With("counting: exclusive, calendar: england-and-wales, confidence: C",
                    "counting: exclusive, calendar: england-and-wales, confidence: K-low"),
               "e.yaml");
  EXPECT_EQ(pack->clocks[0].confidence, Confidence::kFromUnsureKnowledge);
  EXPECT_EQ(pack->clocks[1].confidence, Confidence::kConfirmed);
}

TEST(LoadPack, HashesTheBytesOfTheFile) {
  EXPECT_NE(LoadPack(With("lead_days: 28", "lead_days: 27"), "e.yaml")->content_hash,
            ShippedPolicies().packs[0].content_hash);
}

RC_GTEST_PROP(LoadPack, SurvivesAnyDamage, ()) {
  std::string yaml = Shipped("england.yaml");
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const auto place = static_cast<size_t>(*rc::gen::inRange(0, static_cast<int>(yaml.size())));
    const auto length = static_cast<size_t>(*rc::gen::inRange(0, 40));
    yaml.replace(place, std::min(length, yaml.size() - place), *rc::gen::string<std::string>());
  }
  const auto pack = LoadPack(yaml, "damaged.yaml");
  if (!pack) RC_ASSERT(pack.error().message.starts_with("damaged.yaml"));
}

TEST(LoadCalendar, RefusesDaysOutsideItsYearsAndTwice) {
  const auto with = [](std::string_view line) {
    return "calendar: c\ntitle: t\nsource: s\nconfidence: K\nfirst_year: 2017\nlast_year: "
           "2018\nweekend: [sunday]\nholidays:\n" +
           std::string(line);
  };
  EXPECT_TRUE(LoadCalendar(with("  - {day: 2017-12-25, name: Christmas Day}"), "c.yaml"));
  EXPECT_EQ(
      LoadCalendar(with("  - {day: 2019-12-25, name: Christmas Day}"), "c.yaml").error().message,
      "c.yaml:9: holidays[0].day: is outside first_year to last_year");
  EXPECT_EQ(
      LoadCalendar(with("  - {day: 2017-12-25, name: a}\n  - {day: 2017-12-25, name: b}"), "c.yaml")
          .error()
          .message,
      "c.yaml:10: holidays[1].day: is stated twice");
}

TEST(PolicySet, NeedsTheCalendarsOfItsClocksAndEachClockOnce) {
  const PolicyFile pack{"england.yaml", Shipped("england.yaml")};
  const PolicyFile calendar{"england_and_wales.yaml", Shipped("england_and_wales.yaml")};
  EXPECT_TRUE(MakePolicySet(std::vector{pack, calendar}));
  EXPECT_EQ(MakePolicySet(std::vector{pack}).error().message,
            "england.yaml: clock eng-review-1: there is no calendar england-and-wales");
  EXPECT_EQ(MakePolicySet(
                std::vector{pack, calendar, PolicyFile{"b.yaml", With("pack: england", "pack: b")}})
                .error()
                .message,
            "b.yaml: clock eng-review-1 is also in pack england");
  EXPECT_EQ(MakePolicySet(std::vector{calendar, calendar}).error().message,
            "england_and_wales.yaml: there are two calendars england-and-wales");
}

TEST(PolicyFolder, IsReadWithItsFolders) {
  const auto files = ReadPolicyFolder(HOLDFAST_POLICY_FOLDER);
  ASSERT_TRUE(files);
  const auto set = MakePolicySet(*files);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->packs[0].content_hash, ShippedPolicies().packs[0].content_hash);
  EXPECT_EQ(ReadPolicyFolder("/nowhere").error().reason, "POLICY_NOT_READABLE");
}

}  // namespace
}  // namespace holdfast
