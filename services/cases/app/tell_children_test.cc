// What a crash leaves untold is told when the owner is back: once in effect, however often it is
// told, and by whom.
#include "services/cases/app/tell_children.h"

#include <gtest/gtest.h>

#include <future>

#include "libs/crypto/fake_key_store.h"
#include "libs/crypto/identity.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/permanence/dates.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/temporary_folder.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/app/cases_keeper.h"
#include "services/cases/app/row_ids.h"

namespace holdfast::cases {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("S12000901");
constexpr uint32_t kPartitions = 4;
constexpr CivilDate kToday(20'600);

class ToldChildren : public ::testing::Test {
 protected:
  ToldChildren() {
    EXPECT_TRUE(keys_->AddAuthority(kNorth));
    Serve();
    for (uint32_t partition = 0; partition < kPartitions; ++partition) {
      v1::CasesCommand learns;
      auto& learnt = *learns.mutable_learn_of_authority();
      learnt.mutable_event()->mutable_authority_registered()->set_authority(kNorth.text());
      learnt.set_source_event(1);
      Do(copies_.In(kNorth.text(), partition), learns);
    }
    for (const char* local_id : {"A1", "A2", "A3"}) children_.push_back(Register(local_id));
  }
  ~ToldChildren() override { shards_->Stop(); }

  // A process of its own on the same log, with nothing in memory.
  void Serve() {
    if (shards_) shards_->Stop();
    shards_ = std::make_unique<ServiceShards>(
        ServiceShardsOptions{.service = "cases", .partition_count = kPartitions},
        ServiceSurroundings{
            .log = *log_,
            .keeper = keeper_,
            .clock = clock_,
            .today = [] { return kToday; },
            .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); },
            .witness = {}});
    ASSERT_TRUE(shards_->Start());
    ASSERT_TRUE(shards_->WaitUntilServing(std::chrono::seconds(10)));
  }

  Answer Do(const SubjectId& subject, v1::CasesCommand command) {
    command.set_subject(subject.Bytes());
    command.set_authority(kNorth.text());
    std::promise<Result<Answer>> promise;
    const CommandId id{HashId("command in tests", {std::to_string(++commands_)})};
    shards_->Submit(PartitionOf(subject, kPartitions),
                    {.authority = kNorth.text(),
                     .id = id,
                     .of_service = true,
                     .principal = "test",
                     .request = command.SerializeAsString(),
                     .request_mac = {},
                     .mac_key = {}},
                    [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
    const auto answer = promise.get_future().get();
    EXPECT_TRUE(answer);
    const Answer done = answer.value_or(Answer{});
    EXPECT_NE(done.kind, journal::v1::OUTCOME_KIND_REFUSED) << done.result;
    return done;
  }
  template <typename Look>
  auto See(const SubjectId& subject, Look look) {
    std::promise<decltype(look(CasesState{}))> promise;
    shards_->Read(
        PartitionOf(subject, kPartitions),
        {.deadline = clock_.Steady() + std::chrono::seconds(5), .run = [&](Result<ShardView> view) {
           promise.set_value(look(StateOf<CasesState>(view->subjects(), subject)));
         }});
    return promise.get_future().get();
  }

  SubjectId Register(const char* local_id) {
    const SubjectId child = MakeChildId(*keys_->IdentityKey(kNorth), kNorth, local_id);
    v1::CasesCommand command;
    auto& registers = *command.mutable_register_child();
    registers.mutable_personal()->mutable_open()->set_local_id(local_id);
    *registers.mutable_personal()->mutable_open()->mutable_born() = DateOf(CivilDate(18'000));
    registers.set_registration(child.Bytes());
    Do(child, command);
    return child;
  }

  // A review of the three children, held and told to nobody.
  SubjectId HoldWithoutTelling(CivilDate on) {
    const SubjectId meeting{HashId("meeting in tests", {})};
    v1::CasesCommand command;
    auto& holds = *command.mutable_hold_meeting();
    holds.mutable_said()->set_kind("review");
    *holds.mutable_said()->mutable_held() = DateOf(on);
    for (const auto& child : children_)
      holds.mutable_said()->add_children()->set_child(child.Bytes());
    holds.set_assertion(meeting.Bytes());
    Do(meeting, command);
    return meeting;
  }

  void Tell(const SubjectId& subject, bool after_a_crash = false) {
    Pusher pusher(TellChildren(), *shards_, clock_);
    if (after_a_crash) {
      EXPECT_TRUE(pusher.CatchUp());
    }
    std::promise<bool> told;
    pusher.Push(subject, [&](const auto& answers) { told.set_value(answers.has_value()); });
    EXPECT_TRUE(told.get_future().get());
    // Behind it: the confirmation.
    while (UntoldOf(subject) > 0) std::this_thread::yield();
    pusher.Stop();
  }

  size_t UntoldOf(const SubjectId& subject) {
    return See(subject, [&](const CasesState& state) {
      size_t rows = 0;
      for (const auto& row : IndexRowsOf(subject, state)) rows += row.key.starts_with(UntoldRows());
      return rows;
    });
  }
  std::vector<RecordedVersion> RecordOf(const SubjectId& child) {
    return See(child, [](const CasesState& state) { return state.child.record; });
  }
  std::string EventsOf(const SubjectId& subject) {
    return See(subject, [](const CasesState& state) { return state.events; });
  }

  testing::TemporaryFolder folder_;
  SystemClock clock_;
  std::unique_ptr<KeysFolder> keys_ =
      *KeysFolder::OpenOrCreate({.keys = folder_ / "keys", .data = folder_ / "data"});
  FakeKeyStore key_store_{{kNorth}};
  PersonalSealer sealer_{key_store_, {.service = {"cases"}}};
  DataKeyPool pool_{key_store_};
  RequestMacs macs_{key_store_, *keys_};
  CopySubjects copies_{kPartitions};
  CasesKeeper keeper_{
      {.sealer = sealer_, .keys = pool_, .macs = macs_, .copies = copies_, .manual_clock = true}};
  std::unique_ptr<EmbeddedLog> log_ =
      *EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate);
  std::unique_ptr<ServiceShards> shards_;
  std::vector<SubjectId> children_;
  uint64_t commands_ = 0;
};

TEST_F(ToldChildren, KnowOfAMeetingOnceTheOwnerIsBackHoweverOftenItIsTold) {
  const SubjectId meeting = HoldWithoutTelling(kToday.PlusDays(-20));
  Serve();
  EXPECT_EQ(UntoldOf(meeting), 1u);
  EXPECT_TRUE(RecordOf(children_[0]).empty());
  Tell(meeting, true);
  for (const auto& child : children_) {
    const auto record = RecordOf(child);
    ASSERT_EQ(record.size(), 1u);
    EXPECT_EQ(record[0].on, kToday.PlusDays(-20));
  }
  const std::string events = EventsOf(children_[1]);
  Serve();
  Tell(meeting, true);
  EXPECT_EQ(EventsOf(children_[1]), events);
}

// It dies after the first of three children has been told, before it could say so.
TEST_F(ToldChildren, WhoKnewAlreadyStateNothingTwice) {
  const SubjectId meeting = HoldWithoutTelling(kToday.PlusDays(-20));
  const auto told = See(meeting, [&](const CasesState& state) {
    return ToldTo(children_[0], meeting, state.meeting);
  });
  v1::CasesCommand tells;
  *tells.mutable_tell_of_meeting()->mutable_told() = told;
  Do(children_[0], tells);
  const std::string events = EventsOf(children_[0]);
  Serve();
  Tell(meeting, true);
  EXPECT_EQ(EventsOf(children_[0]), events);
  EXPECT_EQ(RecordOf(children_[2]).size(), 1u);
}

TEST_F(ToldChildren, AreCorrectedAndThenTakenBackWithTheMeeting) {
  const SubjectId meeting = HoldWithoutTelling(kToday.PlusDays(-20));
  Tell(meeting);
  v1::CasesCommand corrects;
  *corrects.mutable_correct_meeting()->mutable_said()->mutable_held() =
      DateOf(kToday.PlusDays(-19));
  corrects.mutable_correct_meeting()->mutable_reason()->mutable_open()->set_text("r");
  corrects.mutable_correct_meeting()->set_assertion(std::string(16, 'c'));
  Do(meeting, corrects);
  Serve();
  Tell(meeting, true);
  EXPECT_EQ(RecordOf(children_[1]).back().on, kToday.PlusDays(-19));
  v1::CasesCommand withdraws;
  withdraws.mutable_withdraw_meeting()->mutable_reason()->mutable_open()->set_text("r");
  withdraws.mutable_withdraw_meeting()->set_assertion(std::string(16, 'w'));
  Do(meeting, withdraws);
  Tell(meeting);
  for (const auto& child : children_) {
    const auto record = RecordOf(child);
    EXPECT_EQ(record.size(), 3u);
    EXPECT_TRUE(record.back().withdrawn);
  }
}

TEST_F(ToldChildren, KnowTheirSiblingsOnceTheOwnerIsBack) {
  const SubjectId group{HashId("group in tests", {})};
  v1::CasesCommand creates;
  creates.mutable_create_sibling_group();
  Do(group, creates);
  EXPECT_EQ(UntoldOf(group), 0u);
  for (int i = 0; i < 2; ++i) {
    v1::CasesCommand joins;
    joins.mutable_join_siblings()->set_child(children_[static_cast<size_t>(i)].Bytes());
    Do(group, joins);
  }
  Serve();
  Tell(group, true);
  const auto siblings_of = [&](const SubjectId& child) {
    return See(child, [](const CasesState& state) {
      return state.told.siblings.empty() ? 0 : state.told.siblings.back().told.children_size();
    });
  };
  EXPECT_EQ(siblings_of(children_[0]), 2);
  EXPECT_EQ(siblings_of(children_[1]), 2);
  EXPECT_EQ(siblings_of(children_[2]), 0);
}

TEST_F(ToldChildren, AreNoneWhereAMeetingIsTakenForAChild) {
  const SubjectId meeting = HoldWithoutTelling(kToday.PlusDays(-20));
  v1::CasesCommand command;
  command.set_subject(meeting.Bytes());
  command.set_authority(kNorth.text());
  command.mutable_assign_case()->set_team("North");
  std::promise<std::string> refusal;
  shards_->Submit(PartitionOf(meeting, kPartitions),
                  {.authority = kNorth.text(),
                   .id = {HashId("command in tests", {"taken"})},
                   .of_service = true,
                   .principal = "test",
                   .request = command.SerializeAsString(),
                   .request_mac = {},
                   .mac_key = {}},
                  [&](const Result<Answer>& answer) { refusal.set_value(answer->result); });
  EXPECT_EQ(refusal.get_future().get(), "UNKNOWN_CHILD");
}

}  // namespace
}  // namespace holdfast::cases
