#include "tools/holdfast/at_fault.h"

#include <gtest/gtest.h>

#include <set>

#include "services/alerting/domain/handle_alert.h"
#include "services/cases/domain/hand_entry.h"
#include "services/cases/domain/meeting.h"
#include "services/cases/domain/sibling_group.h"
#include "services/contact/domain/contact_record.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::cli {
namespace {

using Chosen = std::vector<ChosenOption>;

// The options of `case record`, of which a kind and a child are given, and these.
Chosen Recording(const Chosen& given) {
  Chosen chosen = {{"kind", {"review"}}, {"--child", {"8d3e"}}};
  for (const char* name : {"--on", "--code", "--state", "--until", "--parallel", "--contingency",
                           "--how", "--frequency", "--entry", "--party", "--way", "--purpose",
                           "--review", "--by", "--outcome", "--text", "--reason"})
    chosen.push_back({name, {}});
  for (const auto& option : given) {
    for (auto& one : chosen) {
      if (one.name == option.name) one.values = option.values;
    }
  }
  return chosen;
}

Status Refused(const char* reason) {
  return {StatusCode::kFailedPrecondition, reason, "it may not be"};
}
Status Misused(const char* message) { return {StatusCode::kInvalidArgument, "USAGE", message}; }

TEST(AnOptionAtFault, IsNamedByTheRefusal) {
  struct Row {
    const char* reason;
    Chosen chosen;
    const char* field;
  };
  const std::vector<Row> rows = {
      {"FUTURE_DAY", Recording({{"--on", {"2030-01-01"}}}), "--on"},
      {"FUTURE_DAY", {{"--local-id", {"A"}}, {"--born", {"2030-01-01"}}}, "--born"},
      {"NO_SUCH_CODE", Recording({{"--code", {"XX"}}}), "--code"},
      {"NO_SUCH_CODE", Recording({{"--by", {"judge"}}}), "--by"},
      {"NO_SUCH_CODE", {{"--child", {"8d3e=XX"}}, {"--decision", {}}}, "--child"},
      {"NO_SUCH_CODE", {{"--child", {"8d3e"}}, {"--decision", {"what=plan"}}}, "--decision"},
      {"NEEDS_CODE", Recording({}), "--code"},
      {"NO_PARALLEL", Recording({{"--contingency", {"true"}}}), "--contingency"},
      {"UNKNOWN_ENTRY", Recording({{"--entry", {"00"}}}), "--entry"},
      {"FOREIGN_FIELD", Recording({{"--party", {"mother"}}, {"--purpose", {"x"}}}), "--purpose"},
      {"NO_SUCH_PART", {{"--chair", {"judge"}}, {"--came", {"child"}}}, "--chair, --came"},
      {"LIMIT", {{"clock", {"pace-aim-1"}}, {"--limit", {"soon"}}}, "--limit"},
      {"NOT_AN_AIM", {{"clock", {"eng-review-1"}}, {"--limit", {"1mo"}}}, "clock"},
      {"END_NOT_AHEAD", {{"id", {"aa"}}, {"--until", {"2020-01-01"}}}, "--until"},
      {"KIND_NOT_THERE", {{"name", {"court-a"}}, {"--states", {"grounds"}}}, "--states"},
  };
  for (const auto& row : rows) {
    const Status status = WithOptionAtFault(Refused(row.reason), row.chosen);
    EXPECT_EQ(status.where.field, row.field) << row.reason;
    EXPECT_EQ(status.where.rule, row.reason);
    EXPECT_EQ(status.message, std::string(row.field) + ": it may not be");
  }
}

TEST(AnOptionAtFault, IsNamedByWhatIsSaidOfUse) {
  struct Row {
    const char* message;
    Chosen chosen;
    const char* field;
    const char* shown;
  };
  const std::vector<Row> rows = {
      {"--on takes a day as YYYY-MM-DD, not 'x'", Recording({{"--on", {"x"}}, {"--until", {"x"}}}),
       "--on", "--on takes a day as YYYY-MM-DD, not 'x'"},
      {"'zz' is not the id of a child",
       {{"--child", {"zz=PN1"}}},
       "--child",
       "--child: 'zz' is not the id of a child"},
      {"there is no kind of fact 'dance'",
       {{"kind", {"dance"}}},
       "kind",
       "there is no kind of fact 'dance'"},
      {"--code, --until and --how are not of contact", Recording({{"--until", {"2026-01-01"}}}),
       "--until", "--code, --until and --how are not of contact"},
      {"--on is required", {{"--on", {}}}, "--on", "--on is required"},
      {"The following argument was not expected: --colour",
       {},
       "--colour",
       "The following argument was not expected: --colour"},
      {"say something", {{"--on", {}}}, "", "say something"},
  };
  for (const auto& row : rows) {
    const Status status = WithOptionAtFault(Misused(row.message), row.chosen);
    EXPECT_EQ(status.where.field, row.field) << row.message;
    EXPECT_EQ(status.where.rule, "");
    EXPECT_EQ(status.message, row.shown);
  }
}

TEST(AnOptionAtFault, IsNotLookedForWhereTheFieldIsSaidOrNobodysFault) {
  Status placed = Refused("NO_SUCH_CODE");
  placed.where = {.file = "a.csv", .line = 3, .field = "code", .rule = "404"};
  EXPECT_EQ(WithOptionAtFault(placed, Recording({{"--code", {"XX"}}})), placed);
  const Status away{StatusCode::kUnavailable, "OUTCOME_UNKNOWN", "not known"};
  EXPECT_EQ(WithOptionAtFault(away, Recording({})), away);
}

// What is not found says nothing of what it was: the caller learns nothing of what is others'.
const std::set<std::string_view> kNotFound = {
    "UNKNOWN_CHILD", "UNKNOWN_FACT",  "UNKNOWN_DISCREPANCY", "UNKNOWN_MEETING",
    "UNKNOWN_GROUP", "UNKNOWN_ALERT", "UNKNOWN_SOURCE"};

template <typename Refusal>
void ExpectOptionsForAll(Refusal last, const Chosen& every) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const std::string reason(NameOf(static_cast<Refusal>(i)));
    const Status status = WithOptionAtFault(Refused(reason.c_str()), every);
    EXPECT_EQ(status.where.field.empty(), kNotFound.contains(reason)) << reason;
  }
}

TEST(AnOptionAtFault, IsKnownForEveryRefusalOfWhatAHandStates) {
  Chosen every = Recording({});
  for (const char* name :
       {"--local-id", "--born", "fact", "meeting", "--keep", "--same", "--time", "--chair",
        "--decision", "decision", "id", "--kind", "--nation", "--covers", "--states"})
    every.push_back({name, {}});
  ExpectOptionsForAll(cases::HandRefusal::kNoSuchVersion, every);
  ExpectOptionsForAll(cases::MeetingRefusal::kDueBeforeMeeting, every);
  ExpectOptionsForAll(cases::SiblingRefusal::kNoReason, every);
  ExpectOptionsForAll(contact::Refusal::kBeforeStart, every);
  ExpectOptionsForAll(alerting::Refusal::kEndNotAhead, every);
  ExpectOptionsForAll(proceedings::SourceRefusal::kUnknownSource, every);
}

}  // namespace
}  // namespace holdfast::cli
