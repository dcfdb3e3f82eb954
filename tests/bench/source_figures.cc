// The figures of several sources: what a court feeds, the alerts that follow, and a child's page.
#include <rocksdb/db.h>

#include <future>
#include <map>
#include <thread>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "tests/bench/figures.h"
#include "tests/bench/served.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using alerting::v1::AlertingService;
using cases::v1::CasesService;
using proceedings::v1::ProceedingsService;
using proceedings::v1::StreamItemsRequest;
using proceedings::v1::StreamItemsResponse;

constexpr char kCourt[] = "family-court-a";
constexpr char kAllServices[] = "audit,cases,contact,proceedings,alerting,national";

// A court of the authority; its stream is open from Open to Close, 60 s at most.
class Court {
 public:
  explicit Court(const Served& served) {
    served.Must({"source", "add", kCourt, "--kind", "court", "--nation", "england", "--covers",
                 kBenchAuthority});
    const auto identity = NameOfRoleAt(Role::kCourt, *AuthorityCode::FromText(kCourt));
    channel_ = OpenChannel(served.endpoint(), *LoadIdentity(served.deployment().keys(), identity));
    HOLDFAST_CHECK(AwaitServer(*channel_, 10s));
    stub_ = ProceedingsService::NewStub(channel_);
  }

  void Open() {
    context_ = std::make_unique<grpc::ClientContext>();
    Prepare(*context_, {.timeout = 60s});
    stream_ = stub_->StreamItems(context_.get());
  }
  void Close() {
    stream_->WritesDone();
    HOLDFAST_CHECK(stream_->Finish().ok());
  }
  void Send(const StreamItemsRequest& item) { HOLDFAST_CHECK(stream_->Write(item)); }
  void Receive() {
    StreamItemsResponse receipt;
    HOLDFAST_CHECK(stream_->Read(&receipt));
    if (receipt.outcome() != "accepted")
      std::cerr << receipt.outcome() << " " << receipt.reason() << " " << receipt.field() << "\n";
    HOLDFAST_CHECK(receipt.outcome() == "accepted");
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<ProceedingsService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<StreamItemsRequest, StreamItemsResponse>> stream_;
};

// The n-th item of all: of child n modulo `children`.
StreamItemsRequest Item(const std::string& kind, uint64_t number, uint64_t children,
                        const CivilDate& on) {
  StreamItemsRequest item;
  item.set_sequence(number);
  item.set_event_id("e" + std::to_string(number));
  item.set_sent_at_us(1'770'000'000'000'000 + static_cast<int64_t>(number) * 1'000'000);
  item.set_kind(kind);
  *item.mutable_on() = AsDate(on);
  item.set_ref("r" + std::to_string(number));
  item.set_child_authority(kBenchAuthority);
  item.set_local_id("L" + std::to_string(number % children));
  return item;
}

// Items a second when the next `batch` is sent once the one before has its receipts.
double FeedBatches(Court& court, uint64_t batches, uint64_t batch, uint64_t children,
                   uint64_t& number) {
  court.Open();
  const auto start = std::chrono::steady_clock::now();
  for (uint64_t b = 0; b < batches; ++b) {
    for (uint64_t i = 0; i < batch; ++i, ++number) {
      const auto on = CivilDate::FromYmd(2024, 1, 1)->PlusDays(static_cast<int>(number / children));
      court.Send(Item("hearing_set", number, children, on));
    }
    for (uint64_t i = 0; i < batch; ++i) court.Receive();
  }
  const double seconds = SecondsSince(start);
  court.Close();
  return static_cast<double>(batches * batch) / seconds;
}

// As many values of as many bytes in each write, each write synced.
double RawBatches(rocksdb::DB& database, uint64_t batches, uint64_t batch, size_t bytes) {
  static uint64_t key = 0;
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto start = std::chrono::steady_clock::now();
  for (uint64_t b = 0; b < batches; ++b) {
    rocksdb::WriteBatch write;
    for (uint64_t i = 0; i < batch; ++i) write.Put(std::to_string(key++), std::string(bytes, 'x'));
    HOLDFAST_CHECK(database.Write(synced, &write).ok());
  }
  return static_cast<double>(batches * batch) / SecondsSince(start);
}

// Children with a placement, an application, hearings and reviews, and a hearing on another day by
// the team.
std::vector<std::string> ChildrenWithMuch(const Served& served, Court& court, uint64_t count) {
  const auto children = RegisterChildren(served, count);
  RecordFacts(served, children, 6, [](const std::string& child, uint64_t round) {
    if (round == 0) return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2025, 5, 1), "");
    if (round == 1) return Fact(child, cases::v1::FACT_KIND_PLACEMENT_START, Day(2025, 5, 1), "U1");
    if (round == 2) return Fact(child, cases::v1::FACT_KIND_HEARING, Day(2025, 9, 5), "");
    const auto on = CivilDate::FromYmd(2025, 5, 20)->PlusDays(90 * static_cast<int>(round - 3));
    return Fact(child, cases::v1::FACT_KIND_REVIEW, AsDate(on), "PN1");
  });
  uint64_t number = 0;
  court.Open();
  for (uint64_t i = 0; i < count * 3; ++i, ++number) {
    const bool is_application = number < count;
    const auto on = CivilDate::FromYmd(2025, 6, 2)->PlusDays(static_cast<int>(number / count) * 45);
    auto item = Item(is_application ? "application_issued" : "hearing_set", number, count, on);
    if (is_application) item.set_code("CARE");
    court.Send(item);
    court.Receive();
  }
  court.Close();
  return children;
}

}  // namespace

// What a court feeds, all its items durable and stated of their children before the next batch,
// beside synced writes of the same bytes. Five alternating runs.
void BenchFeed(const std::filesystem::path& folder) {
  constexpr uint64_t kChildren = 2'000;
  constexpr uint64_t kItems = 4'096;
  const Served served("audit,cases,proceedings");
  RegisterChildren(served, kChildren);
  Court court(served);
  rocksdb::DB* opened = nullptr;
  rocksdb::Options options;
  options.create_if_missing = true;
  HOLDFAST_CHECK(rocksdb::DB::Open(options, (folder / "raw").string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> raw(opened);
  const size_t bytes =
      Item("hearing_set", 100'000, kChildren, *CivilDate::FromYmd(2024, 1, 1)).ByteSizeLong();
  uint64_t number = 0;
  for (const uint64_t batch : {64, 512}) {
    std::vector<double> fed;
    std::vector<double> synced;
    for (int run = 0; run < 5; ++run) {
      synced.push_back(RawBatches(*raw, 20 * kItems / batch, batch, bytes));
      fed.push_back(FeedBatches(court, kItems / batch, batch, kChildren, number));
    }
    Print("feed_" + std::to_string(batch), Median(fed), "items/s",
          "raw synced batches of the bytes", Median(synced));
  }
}

std::vector<double> FactsToAlerts(const Served& served, uint64_t child_count, uint64_t fact_count) {
  constexpr std::chrono::microseconds kEach{2'000};
  const auto children = RegisterChildren(served, child_count);
  std::map<std::string, uint64_t> number_of;
  for (uint64_t i = 0; i < child_count; ++i) number_of[children[i]] = i;
  Court court(served);
  court.Open();

  const auto stub = AlertingService::NewStub(OpenChannel(served.endpoint(), served.Worker()));
  grpc::ClientContext context;
  Prepare(context, {.timeout = 60s});
  alerting::v1::StreamAlertsRequest request;
  request.set_authority(kBenchAuthority);
  const auto alerts = stub->StreamAlerts(&context, request);
  std::vector<std::chrono::steady_clock::time_point> seen(fact_count);
  std::thread subscriber([&] {
    alerting::v1::StreamAlertsResponse change;
    uint64_t count = 0;
    while (count < fact_count && alerts->Read(&change)) {
      if (change.alert().clock() != "eng-care-26w") continue;
      auto& first = seen[number_of.at(change.alert().child())];
      if (first != std::chrono::steady_clock::time_point()) continue;  // a later change of it
      first = std::chrono::steady_clock::now();
      ++count;
    }
    HOLDFAST_CHECK(count == fact_count);
  });
  std::thread receipts([&] {
    for (uint64_t i = 0; i < fact_count; ++i) court.Receive();
  });
  std::this_thread::sleep_for(2s);  // until what came before has settled
  const auto start = std::chrono::steady_clock::now();
  const auto issued = *CivilDate::FromYmd(2025, 11, 20);
  for (uint64_t i = 0; i < fact_count; ++i) {
    std::this_thread::sleep_until(start + i * kEach);
    auto item = Item("application_issued", i, child_count, issued);
    item.set_code("CARE");
    court.Send(item);
  }
  receipts.join();
  court.Close();
  subscriber.join();
  context.TryCancel();
  std::vector<double> took_ms;
  for (uint64_t i = 0; i < fact_count; ++i) {
    const auto took = seen[i] - (start + i * kEach);
    took_ms.push_back(std::chrono::duration<double, std::milli>(took).count());
  }
  return took_ms;
}

// From the moment a fact was due to be fed to the moment a subscriber has its alert, among 12,000
// children.
void BenchFactToAlert(const std::filesystem::path&) {
  constexpr double kBar_ms = 50;
  const Served served(kAllServices);
  const auto took_ms = FactsToAlerts(served, 12'000, 10'000);
  Print("fact_to_alert_p50", Quantile(took_ms, 0.5), "ms", "bar", kBar_ms);
  Print("fact_to_alert_p99", Quantile(took_ms, 0.99), "ms", "bar", kBar_ms);
}

// What a child's page asks for: the case, the calendar with the alerts' states, the discrepancies;
// one after the other, of one child of 1,000 after another.
void BenchChildsPage(const std::filesystem::path&) {
  constexpr uint64_t kChildren = 1'000;
  constexpr double kBar_ms = 5;
  const Served served(kAllServices);
  Court court(served);
  const auto children = ChildrenWithMuch(served, court, kChildren);
  const auto channel = OpenChannel(served.endpoint(), served.Worker());
  const auto cases_stub = CasesService::NewStub(channel);
  const auto alerting_stub = AlertingService::NewStub(channel);
  std::vector<double> took_ms;
  for (uint64_t i = 0; i < 3 * kChildren; ++i) {
    const std::string& child = children[i % kChildren];
    cases::v1::ShowCaseRequest show;
    show.mutable_child()->set_child(child);
    alerting::v1::ShowCalendarRequest calendar;
    calendar.set_child(child);
    cases::v1::ListDiscrepanciesRequest discrepancies;
    discrepancies.set_authority(kBenchAuthority);
    discrepancies.set_child(child);
    // A page asks for its parts at once.
    const auto start = std::chrono::steady_clock::now();
    auto calling_items = std::async(std::launch::async, [&] {
      return CallUnary(*alerting_stub, &AlertingService::Stub::ShowCalendar, calendar);
    });
    auto calling_disagreed = std::async(std::launch::async, [&] {
      return CallUnary(*cases_stub, &CasesService::Stub::ListDiscrepancies, discrepancies);
    });
    const auto shown = CallUnary(*cases_stub, &CasesService::Stub::ShowCase, show);
    const auto items = calling_items.get();
    const auto disagreed = calling_disagreed.get();
    took_ms.push_back(SecondsSince(start) * 1000);
    HOLDFAST_CHECK(shown && items && disagreed);
    HOLDFAST_CHECK(items->items_size() > 0 && disagreed->discrepancies_size() > 0);
  }
  Print("childs_page_p50", Quantile(took_ms, 0.5), "ms", "bar", kBar_ms);
  Print("childs_page_p99", Quantile(took_ms, 0.99), "ms", "bar", kBar_ms);
}

// The state of all services made again from journals of about a million events, to serving.
void BenchRebuildServices(const std::filesystem::path&) {
  constexpr uint64_t kChildren = 40'000;
  constexpr uint64_t kRounds = 9;
  constexpr double kBar = 300'000;
  Served served(kAllServices);
  const auto children = RegisterChildren(served, kChildren);
  RecordFacts(served, children, kRounds, [](const std::string& child, uint64_t round) {
    if (round == 0) return Fact(child, cases::v1::FACT_KIND_CARE_START, Day(2024, 5, 1), "");
    const auto on = CivilDate::FromYmd(2024, 5, 20)->PlusDays(60 * static_cast<int>(round));
    return Fact(child, cases::v1::FACT_KIND_REVIEW, AsDate(on), "PN1");
  });
  served.Must({"down"});
  const auto verified = served.deployment().Run({"journal", "verify"}).json();
  uint64_t events = 0;
  for (const auto& partition : verified["partitions"])
    events += partition["events"].get<uint64_t>();
  std::filesystem::remove_all(served.deployment().data() / "state");
  const auto start = std::chrono::steady_clock::now();
  served.Start();
  const double seconds = SecondsSince(start);
  std::cerr << events << " events in " << seconds << " s\n";
  Print("rebuild_services", static_cast<double>(events) / seconds, "events/s", "bar", kBar);
}

}  // namespace holdfast
