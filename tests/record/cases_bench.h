// For tests: the calls of cases within this process, on stores that write down what is asked of
// them.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <vector>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/projection/read_model.h"
#include "libs/shard/state_store.h"
#include "services/cases/api/cases_calls.h"
#include "services/cases/app/person_lookup.h"
#include "services/cases/app/tell_children.h"
#include "tests/record/deployment.h"
#include "tests/record/recording_state_store.h"

namespace holdfast::testing {

class NoAudit final : public AuditTrail {
 public:
  void Record(audit::v1::PersonalDataRead, std::function<void(Result<void>)> then) override {
    then({});
  }
};

// All but the audit.
class CasesBench {
 public:
  explicit CasesBench(EventLog& log, KeysFolder& keys, KeyStore& store,
                      std::vector<MemoryStateStore>& states, AccessRecord& record)
      : key_store_(store, record),
        sealer_(key_store_, {.service = {"cases"}, .cached_keys = 0}),
        of_proceedings_(key_store_, {.service = {"proceedings"}, .cached_keys = 0}),
        pool_(key_store_),
        macs_(key_store_, keys),
        copies_(static_cast<uint32_t>(states.size())),
        keeper_({.sealer = sealer_,
                 .keys = pool_,
                 .macs = macs_,
                 .copies = copies_,
                 .manual_clock = true}),
        shards_({.service = "cases",
                 .partition_count = static_cast<uint32_t>(states.size()),
                 .sources = {"proceedings"}},
                {.log = log,
                 .keeper = keeper_,
                 .clock = clock_,
                 .today = [] { return *CivilDate::FromIso("2019-04-01"); },
                 .store =
                     [&](uint32_t partition) {
                       return std::make_unique<RecordingStateStore>(states[partition], record);
                     }}),
        rows_(2 * states.size() + 1),
        people_sealer_(store, {.service = {"cases"}}),
        people_("people", {.journals = JournalsOf("cases", static_cast<uint32_t>(states.size()))},
                log,
                cases::PersonLookupRows(
                    [this, &states](uint32_t part) {
                      return std::make_unique<RecordingStateStore>(rows_[part - states.size()],
                                                                   of_people_);
                    },
                    static_cast<uint32_t>(states.size())),
                [this, &keys, &states](const OpenPart& open) {
                  return std::make_unique<cases::PersonLookup>(
                      cases::LookupKeys{people_sealer_, keys}, open,
                      static_cast<uint32_t>(states.size()));
                }),
        gate_({.roles = HoldfastRoles(),
               .authenticate = [this](const grpc::ServerContextBase&) { return caller_; }}) {
    HOLDFAST_CHECK(shards_.Start() && shards_.WaitUntilServing(std::chrono::seconds(10)));
    push_ = std::make_unique<cases::AuthorityPush>(shards_, copies_, clock_);
    HOLDFAST_CHECK(people_.Start({}).has_value());
    tell_ = std::make_unique<Pusher>(cases::TellChildren(), shards_, clock_);
    parts_.reset(new cases::CasesParts{
        shards_, copies_, *push_, *tell_, runs_, sealer_, of_proceedings_, macs_, keys, clock_,
        [] { return *CivilDate::FromIso("2019-04-01"); }, audit_, people_});
    calls_ = cases::MakeCasesCalls(gate_, *parts_);
    grpc::ServerBuilder builder;
    builder.RegisterService(calls_.get());
    server_ = builder.BuildAndStart();
    stub_ = cases::v1::CasesService::NewStub(server_->InProcessChannel({}));
  }
  ~CasesBench() {
    server_->Shutdown();
    push_->Stop();
    tell_->Stop();
    shards_.Stop();
    people_.Stop();
  }

  cases::v1::CasesService::Stub& As(const AuthorityCode& body, Role role) {
    caller_ = Authenticated{{body, role, "name"}, std::nullopt, {}};
    return *stub_;
  }

 private:
  SystemClock clock_;
  NoAudit audit_;
  RecordingKeyStore key_store_;
  PersonalSealer sealer_;
  PersonalSealer of_proceedings_;
  DataKeyPool pool_;
  RequestMacs macs_;
  cases::CopySubjects copies_;
  cases::StartedRuns runs_;
  cases::CasesKeeper keeper_;
  ServiceShards shards_;
  // The look-up by name reads the journal behind every call's back: what it touches is no call's.
  std::vector<MemoryStateStore> rows_;
  AccessRecord of_people_;
  PersonalSealer people_sealer_;
  ReadModelOf<cases::PersonLookup> people_;
  Result<Authenticated> caller_ =
      Authenticated{{*AuthorityCode::FromText(kNorth), Role::kWorker, "name"}, std::nullopt, {}};
  Gate gate_;
  std::unique_ptr<cases::AuthorityPush> push_;
  std::unique_ptr<Pusher> tell_;
  std::unique_ptr<cases::CasesParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<cases::v1::CasesService::Stub> stub_;
};

}  // namespace holdfast::testing
