// A deployment in this process for tests of proceedings: cases and proceedings on one embedded log,
// and a court that feeds.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "holdfast/proceedings/v1/proceedings_service.grpc.pb.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/client.h"
#include "libs/shard/state_store.h"
#include "libs/testing/temporary_folder.h"
#include "services/cases/cases_service.h"
#include "services/proceedings/proceedings_service.h"

namespace holdfast::proceedings {

inline const AuthorityCode kNorth = *AuthorityCode::FromText("S12000901");
inline const AuthorityCode kSouth = *AuthorityCode::FromText("S12000902");
inline const AuthorityCode kCourt = *AuthorityCode::FromText("sheriff-a");
inline const AuthorityCode kReporter = *AuthorityCode::FromText("reporter-b");

// Remembers what was recorded of reads.
class RememberedReads final : public AuditTrail {
 public:
  void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) override {
    {
      const std::lock_guard lock(mutex_);
      reads_.push_back(std::move(read));
    }
    then({});
  }
  std::vector<audit::v1::PersonalDataRead> reads() const {
    const std::lock_guard lock(mutex_);
    return reads_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<audit::v1::PersonalDataRead> reads_;
};

// An event of the journal of proceedings, with its subject.
struct Happened {
  SubjectId subject;
  v1::ProceedingsEvent event;
};

class CourtInTests : public ::testing::Test {
 protected:
  explicit CourtInTests(ClockMode mode = ClockMode::kManual);
  ~CourtInTests() override { Stop(); }

  void Start();
  void Stop();

  template <typename Stub, typename Request, typename Response>
  CallResult<Response> Ask(const Identity& caller, std::unique_ptr<Stub>& stub,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                           const Request& request) {
    caller_ = caller;
    return CallUnary(*stub, method, request);
  }
  static Identity Worker(const AuthorityCode& authority = kNorth) {
    return {.body = authority, .role = Role::kWorker, .name = "someone"};
  }
  static Identity Court() { return {.body = kCourt, .role = Role::kCourt, .name = kCourt.text()}; }
  static Identity Operator() { return {.body = kNorth, .role = Role::kOperator, .name = "one"}; }
  common::v1::CommandHeader Header(const AuthorityCode& authority = kNorth) const;

  void RegisterAuthority(const AuthorityCode& authority);
  // The reason of a refusal, or "registered".
  std::string RegisterCourt(const std::function<void(v1::SourceRegistered&)>& change = {});
  // The child's id.
  std::string RegisterChild(const std::string& local_id, const AuthorityCode& authority = kNorth);

  // A hearing held, of a child of the north.
  static v1::StreamItemsRequest Held(const std::string& event_id, const std::string& local_id,
                                     int64_t sent_at_s = 1'700'000'000);
  static v1::StreamItemsRequest HeldInCase(const std::string& event_id,
                                           const std::string& case_ref);
  // The receipts of one stream; the reason of its end when it failed.
  std::vector<v1::StreamItemsResponse> Feed(const std::vector<v1::StreamItemsRequest>& items);
  // "outcome" or "outcome REASON field" of each, with commas.
  std::string Outcomes(const std::vector<v1::StreamItemsRequest>& items);
  std::string stream_end_;

  // "ALREADY_MATCHED", "accepted", ...
  std::string Match(const std::string& item, const std::string& child, bool again = false,
                    const AuthorityCode& authority = kNorth);
  // "event_id REASON" of each, with commas.
  std::string Unmatched(const Identity& caller);

  std::vector<Happened> Journal() const;
  // How many events the journal has, but for those that say what was passed on: they may come after
  // the answer.
  size_t Words() const;
  // "stated sent_at_s", "taken away", "waits" of the child's events, in order, with commas.
  std::string EventsOf(const std::string& child) const;
  std::vector<StoredRow> AllRows() const;

  static constexpr uint32_t kPartitions = 4;
  testing::TemporaryFolder data_;
  testing::TemporaryFolder keys_folder_;
  const ClockMode mode_;
  SystemClock clock_;
  std::unique_ptr<KeysFolder> keys_ =
      *KeysFolder::OpenOrCreate({.keys = keys_folder_.path(), .data = data_.path()});
  FakeKeyStore key_store_{{kNorth, kSouth, kCourt, kReporter}};
  RememberedReads audit_;
  Identity caller_ = Worker();
  Gate gate_{{.roles = HoldfastRoles(),
              .authenticate = [this](const grpc::ServerContextBase&) -> Result<Authenticated> {
                return Authenticated{.identity = caller_, .purpose = {}, .via = {}};
              }}};
  std::unique_ptr<EmbeddedLog> log_;
  std::unique_ptr<NodeContext> context_;
  std::unique_ptr<Service> cases_service_;
  std::unique_ptr<Service> proceedings_service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<cases::v1::CasesService::Stub> cases_;
  std::unique_ptr<v1::ProceedingsService::Stub> proceedings_;
};

}  // namespace holdfast::proceedings
