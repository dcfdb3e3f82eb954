// What belongs to another authority, and what does not exist at all, are answered with the very
// same bytes: by every call that takes an id of anything.
#include "tests/record/foreign_ids.h"
#include "holdfast/contact/v1/contact_service.grpc.pb.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;
using alerting::v1::AlertingService;

TEST_F(ForeignIds, OfChildrenTellNothing) {
  ExpectSame(AskCases("ShowCase", Show(child_)), AskCases("ShowCase", Show(none_)));
  const auto record = [&](const std::string& child) {
    return AskCases("RecordFact", Record(child, FACT_KIND_REVIEW, "2019-03-26", "PN1"));
  };
  ExpectSame(record(child_), record(none_));
  const auto assign = [&](const std::string& child) {
    auto request = WithHeader<AssignCaseRequest>();
    request.mutable_child()->set_child(child);
    request.set_team("team-2");
    return AskCases("AssignCase", request);
  };
  ExpectSame(assign(child_), assign(none_));
  const auto erase = [&](const std::string& child) {
    auto request = WithHeader<EraseChildRequest>();
    request.mutable_child()->set_child(child);
    request.set_reason("of the wrong person");
    request.set_approver("b.second");
    return AskCases("EraseChild", request, Role::kData);
  };
  ExpectSame(erase(child_), erase(none_));
  EXPECT_FALSE(Done(deployment_.Worker(), &Stub::ShowCase, Show(child_)).view().erased());
}

TEST_F(ForeignIds, OfContactTellNothing) {
  using contact::v1::ContactService;
  auto agreement = WithHeader<contact::v1::RecordContactRequest>();
  agreement.set_child(child_);
  agreement.mutable_said()->set_kind(contact::v1::CONTACT_KIND_AGREEMENT);
  agreement.mutable_said()->set_party("mother");
  *agreement.mutable_said()->mutable_on() = Day("2019-03-21");
  const auto north =
      ContactService::NewStub(deployment_.ChannelOf(Deployment::At(Role::kWorker, kNorth)));
  const auto agreed = CallUnary(*north, &ContactService::Stub::RecordContact, agreement);
  ASSERT_TRUE(agreed);
  const auto ask = [&](const char* method, auto request, const std::string& id) {
    if constexpr (requires { request.header().command_id(); })
      request.mutable_header()->set_command_id(NewCommandId());
    if constexpr (requires { request.set_fact(id); }) {
      request.set_fact(id);
    } else {
      request.set_child(id);
    }
    return Ask(Role::kWorker, std::string("holdfast.contact.v1.ContactService/") + method, request);
  };
  const auto same = [&](const char* method, const auto& request, const std::string& foreign) {
    ExpectSame(ask(method, request, foreign), ask(method, request, none_));
  };
  same("ShowContact", contact::v1::ShowContactRequest{}, child_);
  same("AssemblePack", contact::v1::AssemblePackRequest{}, child_);
  same("RecordContact", agreement, child_);
  same("CorrectContact", contact::v1::CorrectContactRequest{}, agreed->fact());
  same("WithdrawContact", contact::v1::WithdrawContactRequest{}, agreed->fact());
}

TEST_F(ForeignIds, OfItemsTellNothing) {
  const std::string item = FeedAnItem();
  const auto ask = [&](auto request, const std::string& item_asked, const std::string& child) {
    request.mutable_header()->set_command_id(NewCommandId());
    request.set_item(item_asked);
    request.set_child(child);
    request.set_reason("seen in a report");
    const auto* type = request.GetDescriptor();
    const std::string method = type->name().substr(0, type->name().find("Request"));
    return Ask(Role::kWorker, "holdfast.proceedings.v1.ProceedingsService/" + method, request);
  };
  const proceedings::v1::MatchItemRequest match;
  const proceedings::v1::RematchItemRequest rematch;
  for (const auto& child : {own_child_, child_, none_}) {
    ExpectSame(ask(match, item, child), ask(match, none_, child));
    ExpectSame(ask(rematch, item, child), ask(rematch, none_, child));
  }
  ExpectSame(ask(match, item, child_), ask(match, item, none_));
  const proceedings::v1::ListUnmatchedRequest list;
  EXPECT_TRUE(
      Ask(Role::kWorker, "holdfast.proceedings.v1.ProceedingsService/ListUnmatched", list).ok);
}

TEST_F(ForeignIds, LocalToAnotherAuthorityTellNothing) {
  const auto show = [&](const char* local_id) {
    ShowCaseRequest request;
    request.mutable_child()->set_local_id(local_id);
    return AskCases("ShowCase", request);
  };
  ExpectSame(show(kForeignLocalId), show("A2"));
  const auto record = [&](const char* local_id) {
    auto request = Record("", FACT_KIND_REVIEW, "2019-03-26", "PN1");
    request.mutable_child()->set_local_id(local_id);
    return AskCases("RecordFact", request);
  };
  ExpectSame(record(kForeignLocalId), record("A2"));
  const auto assign = [&](const char* local_id) {
    auto request = WithHeader<AssignCaseRequest>();
    request.mutable_child()->set_local_id(local_id);
    return AskCases("AssignCase", request);
  };
  ExpectSame(assign(kForeignLocalId), assign("A2"));
}

TEST_F(ForeignIds, OfFactsTellNothing) {
  for (const std::string& child : {std::string(), child_, none_, own_child_}) {
    const auto withdraw = [&](const std::string& fact) {
      auto request = WithHeader<WithdrawFactRequest>();
      request.set_fact(fact);
      if (!child.empty()) request.mutable_child()->set_child(child);
      return AskCases("WithdrawFact", request);
    };
    ExpectSame(withdraw(fact_), withdraw(none_));
    const auto correct = [&](const std::string& fact) {
      auto request = WithHeader<CorrectFactRequest>();
      request.set_fact(fact);
      *request.mutable_on() = Day("2019-03-27");
      if (!child.empty()) request.mutable_child()->set_child(child);
      return AskCases("CorrectFact", request);
    };
    ExpectSame(correct(fact_), correct(none_));
  }
}

TEST_F(ForeignIds, OfEntriesTellNothing) {
  const auto record = [&](const std::string& entry) {
    auto request = Record(own_child_, FACT_KIND_CARE_START, "2019-03-20");
    request.set_entry(entry);
    return AskCases("RecordFact", request);
  };
  ExpectSame(record(entry_), record(none_));
}

TEST_F(ForeignIds, OfAlertsTellNothing) {
  const auto explain = [&](const std::string& alert) {
    alerting::v1::ExplainAlertRequest request;
    request.set_id(alert);
    return AskAlerting("ExplainAlert", request);
  };
  ExpectSame(explain(alert_), explain(none_));
  const auto acknowledge = [&](const std::string& alert) {
    auto request = WithHeader<alerting::v1::AcknowledgeAlertRequest>();
    request.set_id(alert);
    return AskAlerting("AcknowledgeAlert", request);
  };
  ExpectSame(acknowledge(alert_), acknowledge(none_));
  const auto undo = [&](const std::string& alert) {
    auto request = WithHeader<alerting::v1::UndoAlertRequest>();
    request.set_id(alert);
    return AskAlerting("UndoAlert", request);
  };
  ExpectSame(undo(alert_), undo(none_));
  const auto snooze = [&](const std::string& alert) {
    auto request = WithHeader<alerting::v1::SnoozeAlertRequest>();
    request.set_id(alert);
    *request.mutable_until() = Day("2019-04-10");
    request.set_reason("waits for the school");
    return AskAlerting("SnoozeAlert", request);
  };
  ExpectSame(snooze(alert_), snooze(none_));
}

TEST_F(ForeignIds, OfRunsTellNothing) {
  const auto list = [&](const std::string& run) {
    ListImportsRequest request;
    request.set_run(run);
    return AskCases("ListImports", request, Role::kData);
  };
  ExpectSame(list(run_), list(none_), true);
  const auto withdraw = [&](const std::string& run) {
    auto request = WithHeader<WithdrawRunRequest>();
    request.set_run(run);
    return AskCases("WithdrawRun", request, Role::kData);
  };
  ExpectSame(withdraw(run_), withdraw(none_));
  const auto finish = [&](const std::string& run) {
    return AskCases("FinishImport", Finish(run, "2019-03-31", kSouth), Role::kData);
  };
  ExpectSame(finish(run_), finish(none_));
  const auto state = [&](const std::string& run) {
    return AskCases("StateReturnRows", Rows(run, "2019-03-31", "S2", "2019-03-01", kSouth),
                    Role::kData);
  };
  ExpectSame(state(run_), state(none_));
  const auto state_row = [&](const std::string& run) {
    auto request = WithHeader<StateTrackerRowRequest>();
    request.mutable_command()->mutable_sheet()->set_run(run);
    request.mutable_command()->mutable_child()->mutable_open()->set_local_id("S2");
    return AskCases("StateTrackerRow", request, Role::kData);
  };
  ExpectSame(state_row(run_), state_row(none_));
}

TEST_F(ForeignIds, OfChildrenOfARunTellNothing) {
  const std::string own_run = RunOf('2');
  Done(deployment_.Data(kSouth), &Stub::StartImport, Start(own_run, "2019-03-31", kSouth));
  for (const bool dry_run : {true, false}) {
    const auto state = [&](const std::string& child) {
      auto request = Rows(own_run, "2019-03-31", "", "2019-03-01", kSouth);
      request.set_child(child);
      request.set_dry_run(dry_run);
      return AskCases("StateReturnRows", request, Role::kData);
    };
    ExpectSame(state(child_), state(none_));
    const auto lack = [&](const std::string& child) {
      auto request = Rows(own_run, "2019-03-31", "", "2019-03-01", kSouth);
      request.mutable_command()->clear_rows();
      request.set_child(child);
      request.set_dry_run(dry_run);
      return AskCases("StateReturnRows", request, Role::kData);
    };
    ExpectSame(lack(child_), lack(none_));
  }
  const auto withdraw = [&](const std::string& child) {
    auto request = WithHeader<WithdrawRunRequest>();
    request.set_run(own_run);
    request.set_child(child);
    return AskCases("WithdrawRun", request, Role::kData);
  };
  ExpectSame(withdraw(child_), withdraw(none_));
}

TEST_F(ForeignIds, NamedAsPagesTellNothing) {
  const auto cases = [&](const std::string& child) {
    ListCasesRequest request;
    request.set_page(SubjectId::FromBytes(child)->HexText());
    const auto answer = AskCases("ListCases", request);
    EXPECT_TRUE(answer.ok);
    ListCasesResponse page;
    page.ParseFromString(answer.bytes);
    for (const auto& listed : page.cases()) EXPECT_EQ(listed.child(), own_child_);
    return page.cases_size();
  };
  EXPECT_LE(cases(child_), 1);
  EXPECT_LE(cases(none_), 1);
}

}  // namespace
}  // namespace holdfast::testing
