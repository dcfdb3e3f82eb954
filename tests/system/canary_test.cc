// Personal data stands in no file of the data folder and in no line of the log: the sample's
// children, looked for by all that is personal of them, after they were imported, stated by hand,
// refused, listed, put off, killed in between and stopped.
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <signal.h>
#include <sodium.h>

#include <fstream>
#include <thread>

#include "libs/csv/reader.h"
#include "libs/policy/policy_set.h"
#include "tests/system/canaries.h"
#include "tests/system/sample_in_tests.h"

namespace holdfast::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kName[] = "Quillon Harrowgate-Zbynek";
constexpr char kLocalId[] = "ZQX/77-canary";
constexpr char kNoLocalId[] = "ZQX/88-nobody";
constexpr char kReasonToCorrect[] = "Grandmother Vesperine rang about Tuesday";
constexpr char kReasonToWithdraw[] = "it was his cousin Ptolemy, not he";
constexpr char kReasonToSnooze[] = "waits for Doctor Farquharson's letter";
constexpr char kBorn[] = "2012-02-29";
constexpr char kEventId[] = "EVT-canary-4471";
constexpr char kHearingRef[] = "HRG/canary/9902";
constexpr char kCaseRef[] = "FC26/canary/118";
constexpr char kReasonInFeed[] = "Uncle Bartholomew objected";
constexpr char kReasonToMatch[] = "known to Nurse Pettigrew-Oxley";
constexpr char kNameInFeed[] = "Evadne Thistlewood-Krantz";
constexpr char kNobodysName[] = "Ambrose Quackenbush";
constexpr char kConditions[] = "supervised in the Wrenfold room";
constexpr char kPartysName[] = "Isolde Quarrington";
constexpr char kFrequency[] = "weekly at the Harrowgate steps";
constexpr char kObserved[] = "clung to the Tamsyn bear";
constexpr char kChildSaid[] = "likes the Merrivale swings";
constexpr char kAnswer[] = "calmer after the Ottery walks";
constexpr char kConclusion[] = "moved to the Callowhill flat";
constexpr char kView[] = "wants the Brackenridge school";
constexpr char kDone[] = "told the Penhallow review";
constexpr char kMeetingPlace[] = "upstairs at the Gosforth mill";
constexpr char kMeetingNotes[] = "his aunt Philomena spoke for him";
constexpr char kReasonToCorrectMeeting[] = "the Applecross minute differs";
constexpr char kReasonToCancel[] = "Mr Featherstonehaugh is ill";
constexpr char kReasonForSiblings[] = "both cling to the Lochwinnoch dog";
constexpr char kReasonToCorrectContact[] = "the Dunmarrow minute says so";

std::string BytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<CivilDate> DayIn(const std::string& text) {
  if (const auto iso = CivilDate::FromIso(text)) return iso;
  if (text.size() != 10 || text[2] != '/') return std::nullopt;
  return CivilDate::FromIso(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
}

// The columns of returns and record files whose cells are personal; SW_ID is set aside, and nothing
// of it kept.
const std::set<std::string> kPersonal = {"CHILD",    "DOB",       "MC_DOB",  "DUC",
                                         "UPN",      "HOME_POST", "PL_POST", "SW_ID",
                                         "local_id", "born",      "name",    "NAME"};

// What stands in the sample's files, personal and not.
struct SampleCells {
  std::set<std::string> personal;
  std::set<std::string> other;

  void AddFile(const fs::path& path) {
    const auto file = csv::Read(BytesOf(path));
    if (!file) return;
    for (const auto& row : file->rows) {
      for (size_t i = 0; i < std::min(row.cells.size(), file->heading.size()); ++i) {
        (kPersonal.contains(file->heading[i]) ? personal : other).insert(row.cells[i]);
      }
    }
  }
};

// Every personal cell of the sample, but days that are no secret: those on which something else
// happened to somebody, or that the shipped policy names.
Canaries CanariesOfSample() {
  SampleCells cells;
  for (const auto& entry : fs::recursive_directory_iterator(SampleFolder() / kNorthmere)) {
    if (entry.path().extension() == ".csv") cells.AddFile(entry.path());
  }
  std::set<CivilDate> said;
  for (const auto& cell : cells.other) {
    if (const auto day = DayIn(cell)) said.insert(*day);
  }
  Canaries canaries;
  for (const auto& cell : cells.personal) {
    const auto day = DayIn(cell);
    const bool in_policy =
        day && std::ranges::any_of(ShippedPolicyFiles(), [&](const PolicyFile& file) {
          return file.yaml.find(day->Iso()) != std::string::npos;
        });
    // Days of the years that the sample's clocks run in can be days that are due.
    if (day && !said.contains(*day) && !in_policy && day->year() < 2023) canaries.AddDay(*day);
    if (!day && cell.size() >= 6) canaries.AddText(cell);
  }
  return canaries;
}

class CanaryTest : public ::testing::Test {
 protected:
  CanaryTest() : canaries_(CanariesOfSample()) {
    for (const char* text : {kName, kLocalId, kNoLocalId, kReasonToCorrect, kReasonToWithdraw,
                             kReasonToSnooze, kEventId, kHearingRef, kCaseRef, kReasonInFeed,
                             kReasonToMatch, kNameInFeed, kNobodysName, kConditions, kPartysName,
                             kFrequency, kObserved, kChildSaid, kAnswer, kConclusion, kView, kDone,
                             kReasonToCorrectContact, kMeetingPlace, kMeetingNotes,
                             kReasonToCorrectMeeting, kReasonToCancel, kReasonForSiblings}) {
      canaries_.AddText(text);
    }
    canaries_.AddDay(*CivilDate::FromIso(kBorn));
  }

  nlohmann::json Do(const std::vector<std::string>& words, int exit = 0) {
    const auto done = made_.Run(words);
    EXPECT_EQ(done.exit, exit) << words[0] << " " << words[1] << ": " << done.out << done.err;
    return done.json();
  }

  // A child by hand, corrected and withdrawn with reasons; reads; an alert put off; and what is
  // refused.
  void ActByHand() {
    const auto child =
        Do({"case", "register", "--authority", kNorthmere, "--local-id", kLocalId, "--born", kBorn,
            "--name", kName, "--team", "North", "--worker", "w17"})["child"];
    const auto start = Do({"case", "record", "care_start", "--child", child, "--on", "2026-04-20"});
    const auto review =
        Do({"case", "record", "review", "--child", child, "--on", "2026-05-05", "--code", "PN1"});
    Do({"case", "correct", start["fact"], "--on", "2026-04-21", "--reason", kReasonToCorrect});
    Do({"case", "withdraw", review["fact"], "--reason", kReasonToWithdraw});
    child_ = child;
    Do({"case", "show", "--child", child});
    Do({"case", "show", "--local-id", kLocalId, "--authority", kNorthmere});
    Do({"case", "show", "--local-id", kNoLocalId, "--authority", kNorthmere}, 4);
    Do({"case", "record", "review", "--child", child, "--on", "2012-01-01", "--code", "PN1"}, 2);
    Do({"case", "list", "--authority", kNorthmere});
    EXPECT_EQ(Do({"case", "find", "--authority", kNorthmere, "--name", kName, "--born",
                  kBorn})["children"],
              nlohmann::json({child}));
    Do({"case", "find", "--authority", kNorthmere, "--name", kNobodysName, "--born", kBorn});
    const auto alerts = Do({"alerts", "list", "--authority", kNorthmere})["alerts"];
    ASSERT_FALSE(alerts.empty());
    Do({"alerts", "explain", alerts[0]["id"]});
    Do({"alerts", "snooze", alerts[0]["id"], "--until", "2026-05-20", "--reason", kReasonToSnooze});
    std::ofstream(made_.folder() / "teams.csv") << "CHILD,TEAM,WORKER\n"
                                                << kNoLocalId << ",North,w17\n";
    Do({"case", "assign", "--authority", kNorthmere, "--file", made_.folder() / "teams.csv",
        "--rejects", made_.folder() / "rejects" / "by_hand"},
       1);
  }

  // Contact: with words of every kind, corrected, ended, shown and packed.
  void HaveContact() {
    const auto record = [&](const std::string& kind, const std::string& on,
                            std::vector<std::string> said) {
      std::vector<std::string> words{"case", "record", kind, "--child", child_, "--on", on};
      words.insert(words.end(), said.begin(), said.end());
      return Do(words);
    };
    const auto agreed = record("agreement", "2026-04-22",
                               {"--party", "mother", "--name", kPartysName, "--frequency",
                                kFrequency, "--text", kConditions});
    record("session", "2026-04-25", {"--party", "mother", "--state", "held"});
    record("observation", "2026-04-25", {"--party", "mother", "--text", kObserved});
    record("contact_view", "2026-04-26", {"--text", kChildSaid});
    record("contact_review", "2026-04-27", {"--text", kAnswer, "--outcome", "end"});
    record("agreement_end", "2026-04-28", {"--text", kConclusion});
    record("view", "2026-04-26", {"--by", "child", "--text", kView, "--done", kDone});
    Do({"case", "correct", agreed["fact"], "--purpose", "assess_return", "--reason",
        kReasonToCorrectContact});
    Do({"contact", "show", "--child", child_});
    Do({"contact", "pack", "--child", child_});
    Do({"case", "record", "session", "--child", child_, "--on", "2026-04-25", "--party",
        kPartysName},
       2);
  }

  // A meeting held, corrected and shown, one cancelled; a decision about siblings.
  void Meet() {
    const auto listed = Do({"case", "list", "--authority", kNorthmere})["cases"];
    const size_t other_at = listed[0]["child"] == child_ ? 1 : 0;
    const std::string other = listed[other_at]["child"];
    const auto held = Do({"meeting", "hold", "--kind", "review", "--on", "2026-05-02", "--child",
                          child_, "--place", kMeetingPlace, "--notes", kMeetingNotes});
    Do({"meeting", "correct", held["meeting"], "--on", "2026-05-03", "--reason",
        kReasonToCorrectMeeting});
    EXPECT_EQ(Do({"meeting", "show", held["meeting"]})["notes"], kMeetingNotes);
    const auto planned = Do({"meeting", "plan", "panel", "--on", "2026-06-03", "--child", child_});
    Do({"meeting", "cancel", planned["meeting"], "--reason", kReasonToCancel});
    Do({"meeting", "hold", "--kind", kMeetingNotes, "--on", "2026-05-02", "--child", child_}, 2);
    const auto group = Do({"siblings", "create", "--authority", kNorthmere})["group"];
    for (const std::string& child : {child_, other})
      Do({"siblings", "join", group, "--child", child});
    Do({"siblings", "decide", group, "together", "--on", "2026-05-02", "--reason",
        kReasonForSiblings});
    EXPECT_EQ(Do({"siblings", "show", group})["decisions"][0]["reason"], kReasonForSiblings);
  }

  // A court's items: stated of the child, waiting for one, matched by a person, parked, refused.
  void Feed() {
    Do({"source", "add", "family-court-a", "--kind", "court", "--nation", "england", "--covers",
        kNorthmere});
    const std::string text = std::string("2026-05-01T10:00:00Z,hearing_held,2026-04-30,") +
                             kHearingRef + "," + kNorthmere + ",";
    std::ofstream(made_.folder() / "feed.csv")
        << "event_id,sent_at,kind,on,ref,authority,local_id,case_ref,name,born,reason\n"
        << kEventId << "1," << text << kLocalId << ",," << kNameInFeed << "," << kBorn << ","
        << kReasonInFeed << "\n"
        << kEventId << "2," << text << kNoLocalId << ",,,,\n"
        << kEventId << "3," << text << "," << kCaseRef << ",,,\n"
        << kEventId << "4," << text << ",," << kNobodysName << "," << kBorn << ",\n"
        << kEventId << "5,yesterday,hearing_held,2026-04-30,,," << kLocalId << ",,,,\n";
    const auto fed =
        Do({"feed", made_.folder() / "feed.csv", "--source", "family-court-a"}, 1)["receipts"];
    ASSERT_EQ(fed.size(), 5U);
    EXPECT_EQ(fed[0]["outcome"], "accepted");
    EXPECT_EQ(fed[4]["outcome"], "refused");
    Do({"feed", "match", fed[2]["item"], "--child", child_, "--reason", kReasonToMatch});
    EXPECT_EQ(Do({"feed", "unmatched", "--authority", kNorthmere})["items"].size(), 2U);
  }

  const Deployment made_;
  Canaries canaries_;
  std::string child_;
};

const std::set<std::string> kNone;

TEST_F(CanaryTest, StandInNoFileOfTheDataFolderAndInNoLineOfTheLog) {
  ASSERT_GT(canaries_.size(), 700U);
  TakeSample(made_, kNorthmere, made_.folder() / "rejects");
  ActByHand();
  HaveContact();
  Meet();
  Feed();
  // Rejects are for the authority itself, outside the data folder.
  EXPECT_FALSE(canaries_.FindInFiles(made_.folder() / "rejects").empty());

  std::this_thread::sleep_for(std::chrono::seconds(2));  // state and HEAD have been flushed
  EXPECT_EQ(canaries_.FindInFiles(made_.data()), kNone);
  kill(nlohmann::json::parse(std::ifstream(made_.data() / "run.json"))["pid"], SIGKILL);
  while (made_.Run({"status"}).exit != 5) continue;
  EXPECT_EQ(canaries_.FindInFolder(made_.data()), kNone);

  Do({"up", "--detach"});
  Do({"case", "show", "--child", child_});
  const auto reads = made_.Run({"audit", "--child", child_});
  EXPECT_EQ(reads.exit, 0);
  EXPECT_EQ(canaries_.FindIn(reads.out + reads.err), kNone);
  for (const auto& read : nlohmann::json::parse(reads.out)["reads"]) {
    EXPECT_EQ(read.size(), 6U) << read;
  }
  Do({"down"});
  EXPECT_EQ(canaries_.FindInFolder(made_.data()), kNone);
  EXPECT_EQ(canaries_.FindInFolder(made_.keys()), kNone);
  EXPECT_NE(BytesOf(made_.data() / "logs" / "holdfast.log").find("serving"), std::string::npos);
}

TEST(Canaries, AreFoundInEveryForm) {
  Canaries canaries;
  canaries.AddText("Quillon");
  canaries.AddDay(*CivilDate::FromIso("2012-02-29"));
  for (const std::string& bytes :
       {std::string("xQuillonx"), std::string("QUILLON"), std::string("quillon"),
        std::string("5175696c6c6f6e"), std::string("UXVpbGxvbg=="), std::string("eFF1aWxsb25YWFhY"),
        std::string("eHhRdWlsbG9uWFhYWA=="), std::string("Q\0u\0i\0l\0l\0o\0n", 13),
        std::string("born 2012-02-29."), std::string("29/02/2012"),
        std::string("\x08\xdc\x0f\x10\x02\x18\x1d")}) {
    EXPECT_EQ(canaries.FindIn(bytes).size(), 1U) << bytes;
  }
  EXPECT_EQ(canaries.FindIn("Quill, 2012-02-28"), kNone);
}

TEST(Canaries, AreFoundInATableThatRocksDbHasCompressedAndInRowsThatWereDeleted) {
  const TemporaryFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kZSTD;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder / "db", &opened).ok());
  std::unique_ptr<rocksdb::DB> database(opened);
  std::string value;
  for (int i = 0; i < 2000; ++i) value += "the quick lazy dog " + std::to_string(i * 7919 % 1000);
  database->Put({}, "row", value + " Quillon Harrowgate " + value);
  database->Flush({});
  database->Delete({}, "row");
  database->Flush({});
  for (const auto& file : fs::directory_iterator(folder / "db")) {
    if (file.path().extension() == ".log") fs::resize_file(file.path(), 0);
  }
  database.reset();
  Canaries canaries;
  canaries.AddText("Quillon Harrowgate");
  EXPECT_EQ(canaries.FindInFiles(folder.path()), kNone);
  EXPECT_EQ(canaries.FindInFolder(folder.path()),
            std::set<std::string>{"db: text of Quillon Harrowgate"});
}

TEST(Canaries, AreFoundInTheNamesOfFilesAndInWhatIsNotYetInATable) {
  const TemporaryFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder / "db", &opened).ok());
  opened->Put({}, "Quillon Harrowgate", "");
  delete opened;
  std::ofstream(folder / "Quillon Harrowgate.csv") << "";
  Canaries canaries;
  canaries.AddText("Quillon Harrowgate");
  EXPECT_EQ(canaries.FindInFolder(folder.path()).size(), 3U);
}

}  // namespace
}  // namespace holdfast::testing
