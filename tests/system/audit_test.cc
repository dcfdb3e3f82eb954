// Every read of personal data is one record of the audit, made before the answer leaves: through
// the whole program.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/rpc/client.h"
#include "tests/system/sample_in_tests.h"

namespace holdfast::testing {
namespace {

using cases::v1::CasesService;
using nlohmann::json;
using std::chrono::microseconds;
using std::chrono::seconds;

class AuditTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = new Deployment;
    TakeSample(*made_, kNorthmere);
  }
  static void TearDownTestSuite() {
    delete made_;
    made_ = nullptr;
  }

  static json Do(const std::vector<std::string>& words) {
    const auto done = made_->Run(words);
    EXPECT_EQ(done.exit, 0) << done.out << done.err;
    return done.json();
  }

  // The reads of the child since the last time it was asked.
  std::vector<json> NewReads(const std::string& child) {
    const auto reads = Do({"audit", "--child", child})["reads"];
    std::vector<json> added(reads.begin() + static_cast<ptrdiff_t>(seen_[child]), reads.end());
    seen_[child] = reads.size();
    return added;
  }

  static void ExpectRead(const json& read, const std::vector<std::string>& fields,
                         size_t children) {
    EXPECT_EQ(read["who"], "holdfast://E06000901/worker/worker");
    EXPECT_EQ(read["role"], "worker");
    EXPECT_EQ(read["purpose"], "direct_care");
    EXPECT_EQ(read["fields"], json(fields));
    EXPECT_EQ(read["children"], children);
    EXPECT_EQ(read.size(), 6U) << read;
  }

  // The personal fields of a case that were shown. Some of the children have no name.
  static std::vector<std::string> FieldsOf(const json& shown) {
    std::vector<std::string> fields;
    for (const char* field : {"local_id", "name", "born"}) {
      if (!shown["personal"][field].is_null()) fields.emplace_back(field);
    }
    EXPECT_GE(fields.size(), 2U) << shown["personal"];
    return fields;
  }

  // Walks all pages of a list of alerts or cases; of each, the ids of the children on it.
  static std::vector<std::set<std::string>> Pages(const std::string& command,
                                                  const std::string& what,
                                                  const std::string& limit) {
    std::vector<std::set<std::string>> pages;
    std::vector<std::string> words = {command, "list", "--authority", kNorthmere, "--limit", limit};
    for (json page; pages.empty() || !page["next_page"].is_null();) {
      page = Do(words);
      auto& children = pages.emplace_back();
      for (const auto& listed : page[what]) children.insert(listed["child"]);
      if (page["next_page"].is_string()) {
        words.resize(6);
        words.insert(words.end(), {"--page", page["next_page"]});
      }
    }
    return pages;
  }

  static Deployment* made_;
  std::map<std::string, size_t> seen_;
};

Deployment* AuditTest::made_ = nullptr;

TEST_F(AuditTest, HasOneRecordOfEachCaseThatIsShown) {
  const std::string child =
      Do({"case", "list", "--authority", kNorthmere, "--limit", "1"})["cases"][0]["child"];
  NewReads(child);
  const auto shown = Do({"case", "show", "--child", child});
  const auto reads = NewReads(child);
  ASSERT_EQ(reads.size(), 1U);
  ExpectRead(reads[0], FieldsOf(shown), 1);
  const std::string local_id = shown["personal"]["local_id"];
  Do({"case", "show", "--local-id", local_id, "--authority", kNorthmere, "--known-at",
      "2025-03-31"});
  EXPECT_EQ(NewReads(child).size(), 1U);
  // What is not shown is not read.
  EXPECT_EQ(made_->Run({"--as", "data@E06000901", "case", "show", "--child", child}).exit, 4);
  EXPECT_EQ(made_->Run({"--as", "operator", "case", "list", "--authority", kNorthmere}).exit, 4);
  EXPECT_EQ(NewReads(child).size(), 0U);
}

TEST_F(AuditTest, HasOneRecordOfEachPageOfTheChildrenOnIt) {
  const auto first = Pages("case", "cases", "50");
  ASSERT_GT(first.size(), 3U);
  for (const auto& page : first) NewReads(*page.begin());
  const auto pages = Pages("case", "cases", "50");
  EXPECT_EQ(pages, first);
  for (const auto& page : pages) {
    const auto reads = NewReads(*page.begin());
    ASSERT_EQ(reads.size(), 1U);
    ExpectRead(reads[0], {"local_id"}, page.size());
  }
}

TEST_F(AuditTest, HasOneRecordOfEachPageOfAlertsAndOfEachAlertExplained) {
  const auto first = Pages("alerts", "alerts", "7");
  ASSERT_GT(first.size(), 1U);
  std::map<std::string, std::vector<size_t>> on;  // of each child the sizes of the pages it is on
  for (const auto& page : first) {
    for (const auto& child : page) on[child].push_back(page.size());
  }
  NewReads(on.begin()->first);
  NewReads(on.rbegin()->first);
  Pages("alerts", "alerts", "7");
  for (const auto& [child, sizes] : {*on.begin(), *on.rbegin()}) {
    const auto reads = NewReads(child);
    ASSERT_EQ(reads.size(), sizes.size());
    for (size_t i = 0; i < sizes.size(); ++i) ExpectRead(reads[i], {"local_id"}, sizes[i]);
  }
  const auto alert = Do({"alerts", "list", "--authority", kNorthmere, "--limit", "1"})["alerts"][0];
  const std::string child = alert["child"];
  NewReads(child);
  Do({"alerts", "explain", alert["id"]});
  const auto reads = NewReads(child);
  ASSERT_EQ(reads.size(), 1U);
  ExpectRead(reads[0], {"local_id"}, 1);
}

// Callers that are gone before their answer comes: what they might have got is recorded all the
// same, and once.
TEST_F(AuditTest, HasTheRecordAlsoWhenTheCallerIsGone) {
  const std::string child =
      Do({"case", "list", "--authority", kNorthmere, "--limit", "1"})["cases"][0]["child"];
  const auto run = json::parse(std::ifstream(made_->data() / "run.json"));
  const auto identity = *LoadIdentity(made_->keys(), {"worker@E06000901"});
  const auto stub = CasesService::NewStub(OpenChannel(run["endpoint"], identity));
  cases::v1::ShowCaseRequest request;
  request.mutable_child()->set_child(SubjectId::FromHexText(child)->Bytes());
  ASSERT_TRUE(CallUnary(*stub, &CasesService::Stub::ShowCase, request));
  const auto fields = FieldsOf(Do({"case", "show", "--child", child}));
  NewReads(child);

  constexpr size_t kCalls = 40;
  size_t recorded_for_nobody = 0;
  for (int round = 0; round < 50 && recorded_for_nobody == 0; ++round) {
    size_t answered = 0;
    for (size_t i = 0; i < kCalls; ++i) {
      grpc::ClientContext context;
      Prepare(context, {});
      grpc::CompletionQueue queue;
      cases::v1::ShowCaseResponse response;
      grpc::Status status;
      const auto call = stub->AsyncShowCase(&context, request, &queue);
      call->Finish(&response, &status, nullptr);
      std::this_thread::sleep_for(microseconds(100 * i));
      context.TryCancel();
      void* tag = nullptr;
      bool ok = false;
      queue.Next(&tag, &ok);
      if (status.ok()) ++answered;
    }
    // Reads that are under way when nobody waits for them end all the same.
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto reads = NewReads(child);
    EXPECT_GE(reads.size(), answered);
    EXPECT_LE(reads.size(), kCalls);
    for (const auto& read : reads) ExpectRead(read, fields, 1);
    recorded_for_nobody = reads.size() - answered;
  }
  EXPECT_GT(recorded_for_nobody, 0U);
}

}  // namespace
}  // namespace holdfast::testing
