#include "services/relay/app/published_journals.h"

#include <gtest/gtest.h>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/base/check.h"
#include "libs/eventlog/simulated_log.h"

namespace holdfast::relay {
namespace {

constexpr uint32_t kPartitions = 2;
const SubjectId kChild{{1}};
const SubjectId kItem{{2}};

// Writes journals as their owners would.
class Journals {
 public:
  explicit Journals(EventLog& log) : log_(log) {}

  template <typename Event>
  void Append(const LogPartition& partition, const SubjectId& subject, const Event& event) {
    ReaderState& state = states_[partition];
    if (state.epoch == 0) {
      journal::v1::Record claim;
      claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
      claim.set_epoch(1);
      claim.set_nonce(std::string(16, 'n'));
      *claim.mutable_claim() = ClaimOf({.partition = partition, .partition_count = kPartitions});
      Write(partition, claim);
    }
    journal::v1::Record record = BatchAfter(state);
    record.set_recorded_at(1'780'000'000'000'000 + static_cast<int64_t>(state.events));
    record.add_events()->set_subject(subject.Bytes());
    record.mutable_events(0)->set_payload(event.SerializeAsString());
    Write(partition, record);
  }

 private:
  void Write(const LogPartition& partition, const journal::v1::Record& record) {
    const std::string bytes = EncodeRecord(record);
    ReaderState& state = states_[partition];
    const auto judged = Apply(state, state.next_offset, bytes, {});
    HOLDFAST_CHECK(judged && judged->verdict != Verdict::kVoid);
    log_.Append(partition, bytes, {});
  }

  EventLog& log_;
  std::map<LogPartition, ReaderState> states_;
};

// Rows in memory that outlive those who use them.
class Rows {
 public:
  OpenStore Open() {
    return [this](uint32_t part) { return std::make_unique<View>(*this, part); };
  }

 private:
  class View final : public StateStore {
   public:
    View(Rows& all, uint32_t part) : all_(all), part_(part) {}
    Result<std::optional<std::string>> Get(std::string_view key) override {
      const std::lock_guard lock(all_.mutex_);
      return all_.stores_[part_].Get(key);
    }
    Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                        size_t limit) override {
      const std::lock_guard lock(all_.mutex_);
      return all_.stores_[part_].Scan(prefix, after, limit);
    }
    Result<void> Write(const RowChanges& changes) override {
      const std::lock_guard lock(all_.mutex_);
      return all_.stores_[part_].Write(changes);
    }
    Result<void> Wipe() override {
      const std::lock_guard lock(all_.mutex_);
      return all_.stores_[part_].Wipe();
    }

   private:
    Rows& all_;
    const uint32_t part_;
  };

  std::mutex mutex_;
  std::map<uint32_t, MemoryStateStore> stores_;
};

cases::v1::CasesEvent Registered(const std::string& authority) {
  cases::v1::CasesEvent event;
  event.mutable_child_registered()->set_authority(authority);
  return event;
}
cases::v1::CasesEvent Assigned() {
  cases::v1::CasesEvent event;
  event.mutable_case_assigned()->set_team("A");
  return event;
}
alerting::v1::AlertingEvent Raised() {
  alerting::v1::AlertingEvent event;
  event.mutable_alert_raised()->set_state(alerting::v1::ALERT_STATE_DUE);
  return event;
}

class Published : public ::testing::Test {
 protected:
  Published() : log_(shared_.Connect()), journals_(*log_) { Begin(); }

  void Begin() {
    published_.reset();
    published_ = std::make_unique<PublishedJournals>(*log_, kPartitions, rows_.Open(), [this] {
      const std::lock_guard lock(mutex_);
      news_.notify_all();
    });
    ASSERT_TRUE(published_->Start({}));
  }

  // Waits until the index has read so many events there, then all that a walk after `event` gives:
  // the number of each event, and whose it is.
  std::vector<std::string> WalkAfter(const LogPartition& partition, uint64_t event,
                                     uint64_t through) {
    std::unique_lock lock(mutex_);
    const bool read = news_.wait_for(lock, std::chrono::seconds(20), [&] {
      return published_->index().through(partition) >= through;
    });
    EXPECT_TRUE(read);
    std::vector<std::string> given;
    const auto walk = published_->WalkAfter(partition, event);
    for (bool more = true; more;) {
      const auto went = walk->Next(1, [&](const PublishedEvent& one) {
        std::string text = std::to_string(one.event.number) + (one.everybody ? " all" : "");
        for (const auto& authority : one.authorities) text += " " + authority;
        given.push_back(std::move(text));
      });
      EXPECT_TRUE(went);
      more = went && *went;
    }
    return given;
  }

  using Given = std::vector<std::string>;

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_;
  Journals journals_;
  Rows rows_;
  std::mutex mutex_;
  std::condition_variable news_;
  std::unique_ptr<PublishedJournals> published_;
};

TEST_F(Published, EventsOfASubjectAreWhoseItsFirstEventSays) {
  journals_.Append({"cases", 1}, kChild, Registered("N"));
  journals_.Append({"cases", 1}, kChild, Assigned());
  EXPECT_EQ(WalkAfter({"cases", 1}, 0, 2), (Given{"1 N", "2 N"}));
}

TEST_F(Published, AlertsAreOfTheAuthorityOfTheirChild) {
  journals_.Append({"cases", 1}, kChild, Registered("N"));
  journals_.Append({"alerting", 1}, kChild, Raised());
  EXPECT_EQ(WalkAfter({"alerting", 1}, 0, 1), (Given{"1 N"}));
}

TEST_F(Published, ItemsThatNameNoAuthorityAreNobodysUntilTheyAreMatched) {
  proceedings::v1::ProceedingsEvent received;
  received.mutable_item_received()->set_source("court");
  proceedings::v1::ProceedingsEvent matched;
  matched.mutable_item_matched()->set_authority("N");
  proceedings::v1::ProceedingsEvent sent;
  sent.mutable_item_sent()->set_through(2);
  journals_.Append({"proceedings", 0}, kItem, received);
  journals_.Append({"proceedings", 0}, kItem, matched);
  journals_.Append({"proceedings", 0}, kItem, sent);
  EXPECT_EQ(WalkAfter({"proceedings", 0}, 0, 3), (Given{"1", "2 N", "3"}));
}

TEST_F(Published, LostHistoryConcernsAll) {
  cases::v1::CasesEvent lost;
  lost.mutable_history_lost()->set_from(3);
  journals_.Append({"cases", 0}, kChild, lost);
  EXPECT_EQ(WalkAfter({"cases", 0}, 0, 1), (Given{"1 all"}));
}

TEST_F(Published, AWalkGoesOnAfterAnyEventAlsoWhenAllWasStartedAgain) {
  constexpr uint64_t kEvents = 3000;
  journals_.Append({"cases", 1}, kChild, Registered("N"));
  for (uint64_t i = 1; i < kEvents; ++i) journals_.Append({"cases", 1}, kChild, Assigned());
  for (int round = 0; round < 2; ++round) {
    for (const uint64_t after : {uint64_t{0}, uint64_t{1}, uint64_t{1500}, kEvents - 1, kEvents}) {
      const auto given = WalkAfter({"cases", 1}, after, kEvents);
      ASSERT_EQ(given.size(), kEvents - after);
      if (given.empty()) continue;
      EXPECT_EQ(given.front(), std::to_string(after + 1) + " N");
      EXPECT_EQ(given.back(), std::to_string(kEvents) + " N");
    }
    Begin();
  }
}

TEST_F(Published, AWalkFindsALogThatLostItsEnd) {
  journals_.Append({"cases", 1}, kChild, Registered("N"));
  journals_.Append({"cases", 1}, kChild, Assigned());
  WalkAfter({"cases", 1}, 0, 2);
  const auto walk = published_->WalkAfter({"cases", 1}, 0);
  while (*walk->Next(1, [](const PublishedEvent&) {})) continue;
  const auto place = walk->checkpoint();
  EXPECT_EQ(place.events(), 2U);
  shared_.Truncate({"cases", 1}, 2);
  const auto again = published_->WalkFrom({"cases", 1}, place);
  const auto went = again->Next(1, [](const PublishedEvent&) {});
  ASSERT_FALSE(went);
  EXPECT_EQ(went.error().reason, "LOG_REGRESSION");
}

}  // namespace
}  // namespace holdfast::relay
