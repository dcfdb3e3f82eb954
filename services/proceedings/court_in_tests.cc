#include "services/proceedings/court_in_tests.h"

#include <sodium.h>

#include <algorithm>
#include <thread>

#include "libs/base/uuid.h"
#include "libs/journal/journal_reader.h"
#include "libs/shard/rocks_store.h"

namespace holdfast::proceedings {

using cases::v1::CasesService;
using v1::ProceedingsService;

CourtInTests::CourtInTests(ClockMode mode) : mode_(mode) {
  log_ = *EmbeddedLog::Open(data_ / "log", EmbeddedLog::Mode::kCreate);
  for (const auto& authority : {kNorth, kSouth}) EXPECT_TRUE(keys_->AddAuthority(authority));
  Start();
  for (const auto& authority : {kNorth, kSouth}) RegisterAuthority(authority);
}

void CourtInTests::Start() {
  context_ = std::make_unique<NodeContext>(
      NodeContext{.log = *log_,
                  .clock = clock_,
                  .today = [] { return *CivilDate::FromIso("2024-06-01"); },
                  .clock_mode = mode_,
                  .data = data_.path(),
                  .partition_count = kPartitions,
                  .keys = *keys_,
                  .key_store = key_store_,
                  .witness = {},
                  .gate = gate_,
                  .audit = audit_});
  cases_service_ = MakeCasesService(*context_);
  proceedings_service_ = MakeProceedingsService(*context_);
  grpc::ServerBuilder builder;
  for (const auto& service : {cases_service_.get(), proceedings_service_.get()}) {
    const auto started = service->Start();
    ASSERT_TRUE(started) << started.error().message;
    builder.RegisterService(&service->grpc_service());
  }
  server_ = builder.BuildAndStart();
  cases_ = CasesService::NewStub(server_->InProcessChannel({}));
  proceedings_ = ProceedingsService::NewStub(server_->InProcessChannel({}));
}

void CourtInTests::Stop() {
  cases_.reset();
  proceedings_.reset();
  server_->Shutdown();
  server_.reset();  // before the services that it calls
  for (auto* service : {&proceedings_service_, &cases_service_}) {
    (*service)->Stop();
    service->reset();
  }
}

common::v1::CommandHeader CourtInTests::Header(const AuthorityCode& authority) const {
  std::array<uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  common::v1::CommandHeader header;
  header.set_command_id(CommandId{UuidV7(clock_.Now(), random)}.Bytes());
  header.set_authority(authority.text());
  return header;
}

void CourtInTests::RegisterAuthority(const AuthorityCode& authority) {
  cases::v1::RegisterAuthorityRequest request;
  *request.mutable_header() = Header(authority);
  request.set_name("Somewhere");
  const auto answer = Ask(Operator(), cases_, &CasesService::Stub::RegisterAuthority, request);
  EXPECT_TRUE(answer) << answer.error().status.message;
}

std::string CourtInTests::RegisterCourt(const std::function<void(v1::SourceRegistered&)>& change) {
  v1::RegisterSourceRequest request;
  *request.mutable_header() = Header();
  auto& source = *request.mutable_registration();
  source.set_source(kCourt.text());
  source.set_kind(v1::SOURCE_KIND_COURT);
  source.set_nation(v1::NATION_SCOTLAND);
  source.add_covers(kNorth.text());
  if (change) change(source);
  const auto answer =
      Ask(Operator(), proceedings_, &ProceedingsService::Stub::RegisterSource, request);
  return answer ? "registered" : answer.error().status.reason;
}

std::string CourtInTests::RegisterChild(const std::string& local_id,
                                        const AuthorityCode& authority) {
  cases::v1::RegisterChildRequest request;
  *request.mutable_header() = Header(authority);
  request.mutable_personal()->set_local_id(local_id);
  *request.mutable_personal()->mutable_born() = DateOf(*CivilDate::FromIso("2015-01-01"));
  const auto answer = Ask(Worker(authority), cases_, &CasesService::Stub::RegisterChild, request);
  EXPECT_TRUE(answer) << answer.error().status.message;
  return answer ? answer->child() : "";
}

v1::StreamItemsRequest CourtInTests::Held(const std::string& event_id, const std::string& local_id,
                                          int64_t sent_at_s) {
  v1::StreamItemsRequest item;
  item.set_event_id(event_id);
  item.set_sent_at_us(sent_at_s * 1'000'000);
  item.set_kind("hearing_held");
  *item.mutable_on() = DateOf(*CivilDate::FromIso("2023-11-01"));
  item.set_ref("canary-hearing-ref");
  item.set_child_authority(kNorth.text());
  item.set_local_id(local_id);
  item.set_reason("canary-reason");
  return item;
}

v1::StreamItemsRequest CourtInTests::HeldInCase(const std::string& event_id,
                                                const std::string& case_ref) {
  auto item = Held(event_id, "");
  item.set_case_ref(case_ref);
  return item;
}

std::vector<v1::StreamItemsResponse> CourtInTests::Feed(
    const std::vector<v1::StreamItemsRequest>& items) {
  caller_ = Court();
  grpc::ClientContext context;
  Prepare(context, {});
  const auto stream = proceedings_->StreamItems(&context);
  std::thread writer([&] {
    for (const auto& item : items) {
      if (!stream->Write(item)) break;
    }
    stream->WritesDone();
  });
  std::vector<v1::StreamItemsResponse> receipts;
  v1::StreamItemsResponse receipt;
  while (stream->Read(&receipt)) receipts.push_back(receipt);
  writer.join();
  const auto status = stream->Finish();
  stream_end_ = status.ok() ? "" : FromGrpc(status).status.reason;
  return receipts;
}

std::string CourtInTests::Outcomes(const std::vector<v1::StreamItemsRequest>& items) {
  std::string text = "";
  for (const auto& receipt : Feed(items)) {
    text += (text.empty() ? "" : ", ") + receipt.outcome();
    if (!receipt.reason().empty()) text += " " + receipt.reason();
    if (!receipt.field().empty()) text += " " + receipt.field();
  }
  return text + stream_end_;
}

std::string CourtInTests::Match(const std::string& item, const std::string& child, bool again,
                                const AuthorityCode& authority) {
  const auto ask = [&](auto request, auto method) {
    *request.mutable_header() = Header(authority);
    request.set_item(item);
    request.set_child(child);
    request.set_reason("canary-of-a-person");
    const auto answer = Ask(Worker(authority), proceedings_, method, request);
    return answer ? answer->result() : answer.error().status.reason;
  };
  return again ? ask(v1::RematchItemRequest(), &ProceedingsService::Stub::RematchItem)
               : ask(v1::MatchItemRequest(), &ProceedingsService::Stub::MatchItem);
}

std::string CourtInTests::Unmatched(const Identity& caller) {
  std::string text;
  v1::ListUnmatchedRequest request;
  request.set_limit(1);  // each page holds one
  do {
    const auto answer =
        Ask(caller, proceedings_, &ProceedingsService::Stub::ListUnmatched, request);
    if (!answer) return answer.error().status.reason;
    for (const auto& item : answer->items())
      text += (text.empty() ? "" : ", ") + item.event_id() + " " + item.reason();
    request.set_page(answer->next_page());
  } while (!request.page().empty());
  return text;
}

std::vector<Happened> CourtInTests::Journal() const {
  std::vector<Happened> all;
  for (uint32_t partition = 0; partition < kPartitions; ++partition) {
    JournalReader reader(*log_, {{"proceedings", partition}, kPartitions});
    const auto take = [&](const LogRecord&, JudgedRecord& judged) -> Result<void> {
      if (judged.verdict != Verdict::kBatch) return {};
      for (const auto& event : judged.record.events()) {
        auto& happened = all.emplace_back();
        happened.subject = *SubjectId::FromBytes(event.subject());
        happened.event.ParseFromString(event.payload());
      }
      return {};
    };
    while (reader.ReadOn(1 << 20, take).value_or(0) > 0) {
    }
  }
  return all;
}

size_t CourtInTests::Words() const {
  const auto all = Journal();
  return static_cast<size_t>(std::ranges::count_if(all, [](const Happened& happened) {
    const auto& event = happened.event;
    return !event.has_item_sent() && !event.has_case_ref_sent() && !event.has_source_sent();
  }));
}

std::string CourtInTests::EventsOf(const std::string& child) const {
  std::string text;
  for (const auto& [subject, event] : Journal()) {
    if (subject.Bytes() != child) continue;
    std::string said = "something else";
    if (event.has_item_stated())
      said = "stated " + std::to_string(event.item_stated().sent_at_us() / 1'000'000);
    if (event.has_item_taken_away()) said = "taken away";
    if (event.has_item_waits()) said = "waits";
    text += (text.empty() ? "" : ", ") + said;
  }
  return text;
}

std::vector<StoredRow> CourtInTests::AllRows() const {
  const auto database = *RocksDatabase::Open(data_ / "state/proceedings");
  std::vector<StoredRow> all;
  for (uint32_t partition = 0; partition < kPartitions; ++partition) {
    auto rows = *database->StoreOf(partition)->Scan("", "", 1'000'000);
    for (auto& row : rows) {
      row.key = std::to_string(partition) + row.key;
      all.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace holdfast::proceedings
