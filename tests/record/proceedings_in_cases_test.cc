// What courts state of a child, in its case: read from the journal of proceedings, joined with the
// team's record, shown with the court's own number, and decided where the two disagree.
#include <gtest/gtest.h>

#include <future>

#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/testing/child_of_sources.h"
#include "tests/record/cases_bench.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;
using proceedings::v1::ProceedingsEvent;

const AuthorityCode kNorthCode = *AuthorityCode::FromText(kNorth);
const AuthorityCode kSouthCode = *AuthorityCode::FromText(kSouth);

// A journal of proceedings that states what it is told. It keeps how many events of a subject it
// has stated.
class TellingKeeper final : public KeeperOf<std::string> {
 public:
  std::string SaveState(const std::string& stated) const override { return stated; }
  Result<std::string> LoadState(const SubjectId&, std::string_view bytes) const override {
    return std::string(bytes);
  }
  Result<void> EvolveState(std::string& stated, const AppliedEvent&) const override {
    stated.push_back('1');
    return {};
  }
  // A request: the subject's 16 bytes, then the event.
  Result<Decision> Decide(Subjects&, const Command& command, const DecideContext&) const override {
    Decision decision;
    decision.kind = journal::v1::OUTCOME_KIND_ACCEPTED;
    decision.events.push_back({.subject = *SubjectId::FromBytes(command.request.substr(0, 16)),
                               .payload = command.request.substr(16)});
    return decision;
  }
};

class ProceedingsInCases : public ::testing::Test {
 protected:
  ProceedingsInCases() {
    HOLDFAST_CHECK(courts_.Start() && courts_.WaitUntilServing(std::chrono::seconds(10)));
    OpenBench();
    RegisterAuthorityRequest request;
    request.mutable_header()->set_command_id(NewCommandId());
    request.mutable_header()->set_authority(kNorth);
    request.set_name("Somewhere");
    Done(bench_->As(kNorthCode, Role::kOperator), &Stub::RegisterAuthority, request);
    child_ = Done(Worker(), &Stub::RegisterChild, Register("A1")).child();
  }

  void OpenBench() {
    bench_.reset();
    bench_ = std::make_unique<CasesBench>(*log_, *keys_, key_store_, states_, record_);
  }
  Stub& Worker() { return bench_->As(kNorthCode, Role::kWorker); }

  // The court states `item` of the child, which it calls `ref`.
  void Tell(const ItemInTests& item, const std::string& ref) {
    const auto child = *SubjectId::FromBytes(child_);
    auto event = item.Stated();
    event.mutable_item_stated()->mutable_personal()->mutable_open()->set_ref(ref);
    PersonalSealer sealer(key_store_, {.service = {"proceedings"}, .cached_keys = 0});
    HOLDFAST_CHECK(sealer.Seal(event, *key_store_.MakeKey(kNorthCode),
                               {kNorthCode, child, EventIdentity::OfAssertion(item.assertion())}));
    std::promise<bool> told;
    courts_.Submit(PartitionOf(child, 2),
                   {.authority = "court",
                    .id = CommandId{HashId("command", {std::to_string(++commands_)})},
                    .of_service = true,
                    .principal = "court",
                    .request = child_ + event.SerializeAsString(),
                    .request_mac = {},
                    .mac_key = {}},
                   [&](const Result<Answer>& answer) { told.set_value(answer.has_value()); });
    HOLDFAST_CHECK(told.get_future().get());
  }

  // The case, which shows that many hearings: all that was told before it was asked for.
  CaseView ShownWith(int hearings) {
    CaseView view = Done(Worker(), &Stub::ShowCase, Show(child_)).view();
    EXPECT_EQ(view.hearings_size(), hearings);
    return view;
  }

  ListDiscrepanciesResponse Listed(Stub& stub, const std::string& state = "") {
    ListDiscrepanciesRequest request;
    request.set_state(state);
    return Done(stub, &Stub::ListDiscrepancies, request);
  }

  ResolveDiscrepancyRequest Keep(const std::string& id, const std::string& source) {
    ResolveDiscrepancyRequest request;
    request.mutable_header()->set_command_id(NewCommandId());
    request.set_discrepancy(id);
    request.set_keep(source);
    request.set_reason("seen the order");
    return request;
  }

  TemporaryFolder folder_;
  std::unique_ptr<EmbeddedLog> log_ =
      std::move(*EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate));
  std::unique_ptr<KeysFolder> keys_ =
      std::move(*KeysFolder::OpenOrCreate({folder_ / "keys", folder_ / "data"}));
  FakeKeyStore key_store_{{kNorthCode, kSouthCode}};
  std::vector<MemoryStateStore> states_{2};
  std::vector<MemoryStateStore> told_{2};
  AccessRecord record_;
  AccessRecord courts_record_;
  SystemClock clock_;
  TellingKeeper keeper_;
  ServiceShards courts_{{.service = "proceedings", .partition_count = 2},
                        {.log = *log_,
                         .keeper = keeper_,
                         .clock = clock_,
                         .today = [] { return *CivilDate::FromIso("2019-04-01"); },
                         .store =
                             [this](uint32_t partition) {
                               return std::make_unique<RecordingStateStore>(told_[partition],
                                                                            courts_record_);
                             }}};
  std::unique_ptr<CasesBench> bench_;
  std::string child_;
  int commands_ = 0;
};

ItemInTests Hearing(const char* event_id, const char* on, const char* ref) {
  return ItemInTests("court", event_id, proceedings::v1::FEED_KIND_HEARING_SET, on, ref)
      .Sent("2019-03-01");
}

TEST_F(ProceedingsInCases, AHearingIsShownWithTheCourtsOwnNumberAlsoAfterARestart) {
  Tell(Hearing("e", "2019-05-02", "1"), "H/34");
  const auto shown = ShownWith(1).hearings(0);
  EXPECT_EQ(shown.state(), "planned");
  EXPECT_EQ(shown.ref(), "H/34");
  OpenBench();
  EXPECT_EQ(ShownWith(1).hearings(0).SerializeAsString(), shown.SerializeAsString());
}

TEST_F(ProceedingsInCases, WhereTheTeamSaysOtherwiseItIsListedAndDecided) {
  Tell(Hearing("e", "2019-03-20", "1"), "H/34");
  ShownWith(1);
  Done(Worker(), &Stub::RecordFact, Record(child_, FACT_KIND_HEARING, "2019-03-22", "held"));
  const auto listed = Listed(Worker(), "open");
  ASSERT_EQ(listed.discrepancies_size(), 1);
  const auto& near = listed.discrepancies(0);
  EXPECT_EQ(near.kind(), "near");
  EXPECT_EQ(near.counts(), "court");
  EXPECT_EQ(near.child(), child_);
  EXPECT_EQ(Listed(Worker(), "resolved").discrepancies_size(), 0);

  const auto keep = Keep(near.id(), "record/" + std::string(kNorth));
  EXPECT_EQ(Done(Worker(), &Stub::ResolveDiscrepancy, keep).result(), "accepted");
  EXPECT_EQ(Listed(Worker(), "open").discrepancies_size(), 0);
  ASSERT_EQ(Listed(Worker(), "resolved").discrepancies_size(), 1);
  EXPECT_EQ(Listed(Worker()).discrepancies(0).counts(), "record/" + std::string(kNorth));
  EXPECT_EQ(ShownWith(2).discrepancies_size(), 0) << "resolved ones are in the list alone";
  EXPECT_EQ(Done(Worker(), &Stub::ResolveDiscrepancy, Keep(near.id(), keep.keep())).result(),
            "unchanged");
}

TEST_F(ProceedingsInCases, AnotherAuthoritySeesAndDecidesNothingOfIt) {
  RegisterAuthorityRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.mutable_header()->set_authority(kSouth);
  request.set_name("Elsewhere");
  Done(bench_->As(kNorthCode, Role::kOperator), &Stub::RegisterAuthority, request);
  Tell(Hearing("e", "2019-03-20", "1"), "H/34");
  ShownWith(1);
  Done(Worker(), &Stub::RecordFact, Record(child_, FACT_KIND_HEARING, "2019-03-22", "held"));
  const auto id = Listed(Worker()).discrepancies(0).id();
  auto& south = bench_->As(kSouthCode, Role::kWorker);
  EXPECT_EQ(Listed(south).discrepancies_size(), 0);
  EXPECT_EQ(ReasonOf(south, &Stub::ResolveDiscrepancy, Keep(id, "court")),
            ReasonOf(south, &Stub::ResolveDiscrepancy, Keep(std::string(16, 'x'), "court")));
  EXPECT_EQ(Listed(Worker(), "open").discrepancies_size(), 1);
}

TEST_F(ProceedingsInCases, AListIsReadPageByPageAndOfOneChildAlone) {
  const auto other = Done(Worker(), &Stub::RegisterChild, Register("A2")).child();
  Tell(Hearing("e", "2019-03-20", "1"), "H/34");
  ShownWith(1);
  Done(Worker(), &Stub::RecordFact, Record(child_, FACT_KIND_HEARING, "2019-03-22", "held"));
  ListDiscrepanciesRequest request;
  request.set_limit(1);
  int found = 0;
  do {
    const auto page = Done(Worker(), &Stub::ListDiscrepancies, request);
    found += page.discrepancies_size();
    request.set_page(page.next_page());
  } while (!request.page().empty());
  EXPECT_EQ(found, 1);
  request.set_child(other);
  EXPECT_EQ(Done(Worker(), &Stub::ListDiscrepancies, request).discrepancies_size(), 0);
  request.set_child(child_);
  EXPECT_EQ(Done(Worker(), &Stub::ListDiscrepancies, request).discrepancies_size(), 1);
}

}  // namespace
}  // namespace holdfast::testing
