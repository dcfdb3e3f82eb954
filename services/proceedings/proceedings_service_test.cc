// Proceedings as its callers have it: over gRPC, on a real log, beside cases.
#include "services/proceedings/proceedings_service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "services/proceedings/court_in_tests.h"
#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {
namespace {

class AFeed : public CourtInTests {
 protected:
  AFeed() { EXPECT_EQ(RegisterCourt(), "registered"); }
};

TEST_F(AFeed, IsAnsweredByAReceiptForEachItemInOrder) {
  const std::string anna = RegisterChild("A1");
  std::vector<v1::StreamItemsRequest> items;
  for (uint64_t i = 0; i < 1500; ++i) {
    items.push_back(Held("e" + std::to_string(i), "A1"));
    items.back().set_sequence(i);
  }
  items[7].set_kind("hearing_lost");
  const auto receipts = Feed(items);
  ASSERT_EQ(receipts.size(), items.size());
  for (uint64_t i = 0; i < receipts.size(); ++i) {
    EXPECT_EQ(receipts[i].sequence(), i);
    EXPECT_EQ(receipts[i].event_id(), items[i].event_id());
    EXPECT_EQ(receipts[i].outcome(), i == 7 ? "refused" : "accepted") << receipts[i].reason();
    EXPECT_EQ(receipts[i].child(), i == 7 ? "" : anna);
    EXPECT_EQ(receipts[i].item().empty(), i == 7);
  }
  const auto journal = Journal();
  EXPECT_EQ(
      std::ranges::count_if(journal, [](const Happened& h) { return h.event.has_item_stated(); }),
      1499);
}

TEST_F(AFeed, MayBeSentAgainWhole) {
  RegisterChild("A1");
  const std::vector items = {Held("e1", "A1", 100), Held("e2", "A1", 200)};
  EXPECT_EQ(Outcomes(items), "accepted, accepted");
  const size_t before = Words();
  EXPECT_EQ(Outcomes(items), "same, same");
  EXPECT_EQ(Words(), before);
}

TEST_F(AFeed, CountsALaterVersionAndKeepsAnEarlierOne) {
  const std::string anna = RegisterChild("A1");
  auto later = Held("e1", "A1", 300);
  *later.mutable_on() = DateOf(*CivilDate::FromIso("2023-11-02"));
  auto earlier = Held("e1", "A1", 100);
  *earlier.mutable_on() = DateOf(*CivilDate::FromIso("2023-11-03"));
  EXPECT_EQ(Outcomes({Held("e1", "A1", 200)}), "accepted");
  EXPECT_EQ(Outcomes({later}), "changed");
  EXPECT_EQ(Outcomes({earlier, Held("e1", "A1", 200)}), "stale, same");
  EXPECT_EQ(EventsOf(anna), "stated 200, stated 300, stated 100");
}

TEST_F(AFeed, ParksTheItemOfAChildWithoutARecordAndRegistrationReleasesIt) {
  EXPECT_EQ(Outcomes({Held("e1", "A1", 100)}), "parked CHILD_NOT_REGISTERED");
  EXPECT_EQ(Unmatched(Court()), "e1 CHILD_NOT_REGISTERED");
  EXPECT_EQ(Unmatched(Worker()), "e1 CHILD_NOT_REGISTERED");
  EXPECT_EQ(Outcomes({Held("e1", "A1", 100)}), "parked CHILD_NOT_REGISTERED");
  const std::string anna = RegisterChild("A1");
  EXPECT_EQ(Outcomes({Held("e1", "A1", 100)}), "same");
  EXPECT_EQ(EventsOf(anna), "waits, stated 100");
  EXPECT_EQ(Unmatched(Worker()), "");
}

TEST_F(AFeed, SealsWhatIsSaidOfAChildUnderTheChildsKey) {
  const std::string anna = RegisterChild("A1");
  Feed({Held("e1", "A1", 100), Held("e2", "A2", 100)});
  const std::string ben = RegisterChild("A2");
  Feed({Held("e2", "A2", 100)});
  std::set<std::string> keys;
  size_t of_children = 0;
  for (const auto& [subject, event] : Journal()) {
    if (event.has_item_received()) {
      EXPECT_EQ(event.item_received().personal().sealed().key_id(), event.item_received().key_id());
      keys.insert(event.item_received().key_id());
    }
    if (!event.has_item_stated()) continue;
    ++of_children;
    keys.insert(event.item_stated().personal().sealed().key_id());
  }
  EXPECT_EQ(of_children, 2U);
  EXPECT_EQ(keys.size(), 4U);
  EXPECT_NE(anna, ben);
}

TEST_F(AFeed, LearnsACaseReferenceFromAPerson) {
  const std::string anna = RegisterChild("A1");
  const auto receipts = Feed({HeldInCase("e1", "CASE/1"), HeldInCase("e2", "CASE/1")});
  EXPECT_EQ(receipts[0].outcome() + receipts[0].reason(), "parkedCASE_REF_UNKNOWN");
  EXPECT_EQ(receipts[1].outcome(), "parked");
  EXPECT_EQ(Unmatched(Worker(kSouth)), "");
  EXPECT_EQ(Match(receipts[0].item(), anna, true), "NOT_MATCHED");
  EXPECT_EQ(Match(receipts[0].item(), std::string(16, 'x')), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Match(receipts[0].item(), anna), "accepted");
  EXPECT_EQ(Match(receipts[0].item(), anna), "unchanged");
  EXPECT_EQ(EventsOf(anna), "stated 1700000000, stated 1700000000");
  EXPECT_EQ(Unmatched(Court()), "");
  EXPECT_EQ(Outcomes({HeldInCase("e3", "CASE/1"), HeldInCase("e4", "CASE/2")}),
            "accepted, parked CASE_REF_UNKNOWN");
}

TEST_F(AFeed, PutsAWrongChildRight) {
  const std::string anna = RegisterChild("A1");
  const std::string ben = RegisterChild("A2");
  const auto item = Feed({Held("e1", "A1", 100)})[0].item();
  EXPECT_EQ(Match(item, ben), "ALREADY_MATCHED");
  EXPECT_EQ(Match(item, ben, true, kSouth), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Match(item, ben, true), "accepted");
  EXPECT_EQ(EventsOf(anna), "stated 100, taken away");
  EXPECT_EQ(EventsOf(ben), "stated 100");
}

TEST_F(AFeed, MovesAnItemThatNamesAnotherChild) {
  const std::string anna = RegisterChild("A1");
  const std::string ben = RegisterChild("A2");
  EXPECT_EQ(Outcomes({Held("e1", "A1", 100)}), "accepted");
  EXPECT_EQ(Outcomes({Held("e1", "A2", 200)}), "changed");
  EXPECT_EQ(EventsOf(anna), "stated 100, taken away");
  EXPECT_EQ(EventsOf(ben), "stated 100, stated 200");
}

TEST_F(AFeed, OfAnotherAuthoritysWorkerIsNotThere) {
  RegisterCourt([](auto& source) { source.add_covers(kSouth.text()); });
  const std::string theirs = RegisterChild("B1", kSouth);
  const auto item = Feed({Held("e1", "A1", 100)})[0].item();
  EXPECT_EQ(Match(item, theirs, true, kSouth), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Match(std::string(16, 'x'), theirs, true, kSouth), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Unmatched(Worker(kSouth)), "");
}

TEST_F(AFeed, RefusesAndStoresNothing) {
  auto foreign = Held("e1", "A1");
  foreign.set_child_authority(kSouth.text());
  auto unreadable = Held("e2", "A1");
  unreadable.mutable_on()->Clear();
  const size_t before = Words();
  EXPECT_EQ(Outcomes({foreign, unreadable, Held("", "A1")}),
            "refused AUTHORITY_NOT_COVERED authority, refused BAD_DAY on, "
            "refused MISSING event_id");
  EXPECT_EQ(Words(), before);
}

TEST_F(AFeed, OfAnotherSourceEndsTheStream) {
  auto foreign = Held("e1", "A1");
  foreign.set_source(kReporter.text());
  EXPECT_EQ(Outcomes({Held("e1", "A1", 100), foreign}),
            "parked CHILD_NOT_REGISTEREDNOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(AFeed, SaysInADryRunWhatWouldCome) {
  RegisterChild("A1");
  Feed({Held("e1", "A1", 100)});
  const size_t before = Words();
  auto dry = [](v1::StreamItemsRequest item) {
    item.set_dry_run(true);
    return item;
  };
  auto covered = dry(Held("e5", ""));
  covered.set_kind("covered");
  EXPECT_EQ(Outcomes({dry(Held("e1", "A1", 100)), dry(Held("e2", "A1", 300)),
                      dry(Held("e3", "A2", 100)), dry(HeldInCase("e4", "C")), covered}),
            "same, accepted, parked CHILD_NOT_REGISTERED, parked CASE_REF_UNKNOWN, accepted");
  EXPECT_EQ(Words(), before);
}

TEST_F(AFeed, IsHeardFromInEveryPartitionOnceADay) {
  RegisterChild("A1");
  const int64_t day = 86'400;
  auto covered = Held("c1", "", 19'700 * day);
  covered.set_kind("covered");
  EXPECT_EQ(Outcomes({Held("e1", "A1", 19'700 * day), Held("e2", "A1", 19'700 * day + 5),
                      Held("e3", "A1", 19'600 * day), covered, covered}),
            "accepted, accepted, accepted, accepted, same");
  std::map<SubjectId, std::vector<std::string>> heard;
  for (const auto& [subject, event] : Journal()) {
    if (!event.has_source_heard_from()) continue;
    const auto& said = event.source_heard_from();
    heard[subject].push_back(DayOf(said.sent_on())->Iso() +
                             (said.has_covered_through() ? " covered" : ""));
  }
  ASSERT_EQ(heard.size(), kPartitions + 1);
  for (const auto& [subject, days] : heard)
    EXPECT_EQ(days.back(), CivilDate(19'700).Iso() + " covered");
  for (uint32_t partition = 0; partition < kPartitions; ++partition)
    EXPECT_TRUE(heard.contains(SourceCopySubject(kCourt.text(), partition, kPartitions)));
}

TEST_F(AFeed, IsSeenByNoOtherSource) {
  EXPECT_EQ(RegisterCourt([](auto& source) {
              source.set_source(kReporter.text());
              source.set_kind(v1::SOURCE_KIND_REPORTER);
            }),
            "registered");
  Feed({Held("e1", "A1", 100)});
  const Identity reporter{.body = kReporter, .role = Role::kReporter, .name = kReporter.text()};
  EXPECT_EQ(Unmatched(reporter), "");
  v1::ListUnmatchedRequest request;
  request.set_source(kCourt.text());
  const auto answer =
      Ask(reporter, proceedings_, &v1::ProceedingsService::Stub::ListUnmatched, request);
  EXPECT_EQ(answer.error().status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(AFeed, RecordsWhoReadWhatWasNotMatched) {
  Feed({Held("e1", "A1", 100)});
  Unmatched(Worker());
  ASSERT_EQ(audit_.reads().size(), 1U);
  EXPECT_EQ(audit_.reads()[0].items_size(), 1);
  EXPECT_EQ(audit_.reads()[0].fields(0), "event_id");
}

TEST_F(AFeed, IsTheSameAfterARestartAndARebuild) {
  RegisterChild("A1");
  Feed(
      {Held("e1", "A1", 100), Held("e2", "A2", 100), HeldInCase("e3", "C"), Held("e1", "A1", 200)});
  RegisterChild("A2");
  EXPECT_EQ(Outcomes({Held("e2", "A2", 100)}), "same");
  Stop();
  const auto rows = AllRows();
  Start();
  Stop();
  std::filesystem::remove_all(data_ / "state/proceedings");
  Start();
  EXPECT_EQ(Outcomes({Held("e2", "A2", 100)}), "same");
  Stop();
  const auto again = AllRows();
  const auto subjects = [](const std::vector<StoredRow>& all) {
    std::map<std::string, std::string> kept;
    for (const auto& row : all) {
      if (row.key[1] == 's' || row.key[1] == 'r') kept[row.key] = row.value;
    }
    return kept;
  };
  EXPECT_EQ(subjects(rows), subjects(again));
  Start();
}

TEST_F(AFeed, HasNoPersonalDataInTheOpen) {
  const std::string anna = RegisterChild("canary-local-id");
  auto described = HeldInCase("canary-event-1", "canary-case-ref");
  described.set_name("canary-name");
  const auto items = Feed(
      {Held("canary-event-0", "canary-local-id"), described, Held("canary-event-2", "canary-no")});
  Match(items[1].item(), anna);
  Stop();
  for (const auto& row : AllRows())
    EXPECT_EQ((row.key + row.value).find("canary"), std::string::npos);
  for (const auto& happened : Journal())
    EXPECT_EQ(happened.event.SerializeAsString().find("canary"), std::string::npos);
  Start();
}

TEST_F(AFeed, OfASourceWithAnAuthoritysNameIsRefused) {
  EXPECT_EQ(RegisterCourt([](auto& source) { source.set_source(kNorth.text()); }), "CODE_TAKEN");
  EXPECT_EQ(RegisterCourt([](auto& source) { source.set_kind(v1::SOURCE_KIND_REPORTER); }),
            "OTHER_KIND");
  EXPECT_TRUE(std::filesystem::exists(keys_folder_ / "id/court@sheriff-a/cert.pem"));
  EXPECT_FALSE(std::filesystem::exists(keys_folder_ / "id/reporter@sheriff-a"));
}

class ANewFeed : public CourtInTests {};

TEST_F(ANewFeed, OfASourceThatNobodyRegisteredIsRefused) {
  EXPECT_EQ(Outcomes({Held("e1", "A1")}), "refused UNKNOWN_SOURCE source");
}

class AFeedToday : public CourtInTests {
 protected:
  AFeedToday() : CourtInTests(ClockMode::kSystem) { RegisterCourt(); }
};

TEST_F(AFeedToday, RefusesWhatIsSentAhead) {
  const auto now_s = clock_.Now().time_since_epoch().count() / 1'000'000;
  RegisterChild("A1");
  EXPECT_EQ(Outcomes({Held("e1", "A1", now_s + 200), Held("e2", "A1", now_s + 400)}),
            "accepted, refused SENT_AHEAD sent_at");
}

}  // namespace
}  // namespace holdfast::proceedings
