// What a crash leaves untold is told when the owner is back: an item whose push never began.
#include <gtest/gtest.h>

#include <future>

#include "libs/crypto/fake_key_store.h"
#include "libs/crypto/identity.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/testing/temporary_folder.h"
#include "services/proceedings/app/item_ids.h"
#include "services/proceedings/app/proceedings_index.h"
#include "services/proceedings/app/proceedings_keeper.h"
#include "services/proceedings/app/what_follows.h"

namespace holdfast::proceedings {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("S12000901");
const AuthorityCode kCourt = *AuthorityCode::FromText("sheriff-a");
constexpr uint32_t kPartitions = 4;

class Untold : public ::testing::Test {
 protected:
  Untold() {
    EXPECT_TRUE(keys_->AddAuthority(kNorth));
    EXPECT_TRUE(keys_->AddSource(kCourt));
    EXPECT_TRUE(shards_.Start());
    EXPECT_TRUE(shards_.WaitUntilServing(std::chrono::seconds(10)));
  }

  Answer Do(const SubjectId& subject, v1::ProceedingsCommand command) {
    command.set_subject(subject.Bytes());
    command.set_authority(kCourt.text());
    std::promise<Result<Answer>> promise;
    const CommandId id{HashId("command in tests", {std::to_string(++commands_)})};
    shards_.Submit(PartitionOf(subject, kPartitions),
                   {.authority = kCourt.text(),
                    .id = id,
                    .of_service = true,
                    .principal = "test",
                    .request = command.SerializeAsString(),
                    .request_mac = {},
                    .mac_key = {}},
                   [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
    const auto answer = promise.get_future().get();
    EXPECT_TRUE(answer);
    return answer.value_or(Answer{});
  }
  template <typename Look>
  auto See(const SubjectId& subject, Look look) {
    std::promise<decltype(look(ProceedingsState{}))> promise;
    shards_.Read(
        PartitionOf(subject, kPartitions),
        {.deadline = clock_.Steady() + std::chrono::seconds(5), .run = [&](Result<ShardView> view) {
           promise.set_value(look(StateOf<ProceedingsState>(view->subjects(), subject)));
         }});
    return promise.get_future().get();
  }
  size_t UntoldOf(const SubjectId& subject) {
    return See(subject, [&](const ProceedingsState& state) {
      size_t rows = 0;
      for (const auto& row : IndexRowsOf(subject, state)) rows += row.key.starts_with(UntoldRows());
      return rows;
    });
  }

  // A source and an item, decided and told to nobody.
  SubjectId ReceiveWithoutTelling() {
    v1::ProceedingsCommand registers;
    auto& source = *registers.mutable_register_source()->mutable_source();
    source.set_source(kCourt.text());
    source.set_kind(v1::SOURCE_KIND_COURT);
    source.set_nation(v1::NATION_SCOTLAND);
    source.add_covers(kNorth.text());
    Do(SourceSubject(kCourt.text()), registers);
    for (uint32_t partition = 0; partition < kPartitions; ++partition) {
      v1::ProceedingsCommand learns;
      *learns.mutable_learn_of_source()->mutable_registered() = source;
      learns.mutable_learn_of_source()->mutable_registered()->set_source_event(1);
      Do(copies_.In(kCourt.text(), partition), learns);
    }
    v1::StreamItemsRequest said;
    said.set_event_id("e1");
    said.set_sent_at_us(1000);
    said.set_kind("hearing_held");
    said.set_ref("H-1");
    said.mutable_on()->set_year(2024);
    said.mutable_on()->set_month(5);
    said.mutable_on()->set_day(1);
    said.set_child_authority(kNorth.text());
    said.set_local_id("A1");
    const auto named = *NameItem(*keys_, kCourt, said);
    v1::ProceedingsCommand receives;
    *receives.mutable_receive_item() = named.command;
    const auto answer = Do(named.item, receives);
    v1::ReceiveItemAnswer decided;
    EXPECT_TRUE(decided.ParseFromString(answer.answer));
    EXPECT_EQ(decided.outcome(), "accepted");
    EXPECT_TRUE(decided.to_be_sent());
    return named.item;
  }

  testing::TemporaryFolder folder_;
  SystemClock clock_;
  std::unique_ptr<KeysFolder> keys_ =
      *KeysFolder::OpenOrCreate({.keys = folder_ / "keys", .data = folder_ / "data"});
  FakeKeyStore key_store_{{kNorth, kCourt}};
  PersonalSealer sealer_{key_store_, {.service = {"proceedings"}}};
  DataKeyPool pool_{key_store_};
  RequestMacs macs_{key_store_, *keys_};
  SourceCopies copies_{kPartitions};
  ProceedingsKeeper keeper_{
      {.sealer = sealer_, .keys = pool_, .macs = macs_, .copies = copies_, .manual_clock = true}};
  std::unique_ptr<EmbeddedLog> log_ =
      *EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate);
  ServiceShards shards_{{.service = "proceedings", .partition_count = kPartitions},
                        {.log = *log_,
                         .keeper = keeper_,
                         .clock = clock_,
                         .today = [] { return CivilDate(19'800); },
                         .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); },
                         .witness = {}}};
  uint64_t commands_ = 0;
};

TEST_F(Untold, IsToldOnceTheOwnerIsBack) {
  const SubjectId item = ReceiveWithoutTelling();
  EXPECT_EQ(UntoldOf(item), 1U);
  const SubjectId child = MakeChildId(*keys_->IdentityKey(kNorth), kNorth, "A1");
  EXPECT_EQ(See(child, [](const ProceedingsState& state) { return state.child.items.size(); }), 0U);

  Pusher back(PushesOf(sealer_, copies_), shards_, clock_);
  ASSERT_TRUE(back.CatchUp());
  std::promise<Result<std::vector<Answer>>> told;
  back.Push(item, [&](auto answers) { told.set_value(std::move(answers)); });
  ASSERT_TRUE(told.get_future().get());
  const auto waiting = See(child, [&](const ProceedingsState& state) {
    const auto known = state.child.items.find(item.Bytes());
    return known == state.child.items.end() ? size_t{0} : known->second.waiting.size();
  });
  EXPECT_EQ(waiting, 1U);

  // Told again: another process may have told it and died before it could say so.
  Pusher again(PushesOf(sealer_, copies_), shards_, clock_);
  std::promise<Result<std::vector<Answer>>> repeated;
  again.Push(item, [&](auto answers) { repeated.set_value(std::move(answers)); });
  ASSERT_TRUE(repeated.get_future().get());
  const auto words = See(child, [](const ProceedingsState& state) {
    v1::KeptSubject kept;
    kept.ParseFromString(state.events);
    return kept.events_size();
  });
  EXPECT_EQ(words, 1);
  back.Stop();
  again.Stop();
  shards_.Stop();
}

}  // namespace
}  // namespace holdfast::proceedings
