// What runs in one process: each service is a library that is given its surroundings and gives a
// gRPC service and its shards.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/audit/v1/audit_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"
#include "libs/eventlog/event_log.h"
#include "libs/journal/head_file.h"
#include "libs/rpc/gate.h"
#include "services/node/clock_mode.h"

namespace grpc {
class Service;
}

namespace holdfast {

struct ClusterOptions;
class CommandForwarder;
class Log;
class ManualDay;
class ReadModel;
class ServiceShards;

// Where a read of personal data is recorded before its answer leaves. Thread-safe.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;
  // Calls `then` once the record is durable; with a status when it is not: then nothing may be
  // answered. The record's subject is the child when it is one, else the authority.
  virtual void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) = 0;
  // The same for what an operator does that has to be accounted for. By default nothing of the kind
  // may be done.
  virtual void RecordAct(audit::v1::OperatorActed act, std::function<void(Result<void>)> then) {
    then(Fail(StatusCode::kFailedPrecondition, "AUDIT_NOT_SERVING",
              act.act() + " is not done without a record of it"));
  }
};

// Brings erasures to their end: what follows from a child's record being erased, in all services
// and key stores of this process. Thread-safe.
class ErasureDriver {
 public:
  virtual ~ErasureDriver() = default;
  // Goes on with the child's erasure at once, and calls `then` when every instance has confirmed
  // it, or at `deadline`, or when this process stops.
  virtual void Advance(const SubjectId& child, Monotonic deadline, std::function<void()> then) = 0;
};

// A data key, and the authority or source whose key wraps it.
struct KeyOfBody {
  KeyId key;
  AuthorityCode of;
};

// What each service is given. All of it outlives the services.
struct NodeContext {
  EventLog& log;
  const Clock& clock;
  std::function<CivilDate()> today;  // the deployment's civil day; thread-safe
  ClockMode clock_mode = ClockMode::kSystem;
  std::filesystem::path data;  // the data folder; a service keeps its state in data/state/NAME
  uint32_t partition_count = 16;
  KeysFolder& keys;
  KeyStore& key_store;
  Heads* heads = nullptr;
  journal::v1::Head witness;  // what the HEAD file held at start
  Gate& gate;
  AuditTrail& audit;
  ManualDay* manual_day =
      nullptr;                 // what `today` answers under a manual clock; null under the system's
  Log* program_log = nullptr;  // for operators; null in tests
  // Where other instances own partitions too: what brings commands to them. Null: this process is
  // alone.
  CommandForwarder* forwarder = nullptr;
  std::string instance = "embedded";        // this process's id where there are others
  ErasureDriver* erasures = nullptr;        // null in tests
  const ClusterOptions* cluster = nullptr;  // how the log on Kafka is reached; null: it is embedded
};

// A service in this process. Made, started, served, drained, stopped: in this order, once.
class Service {
 public:
  virtual ~Service() = default;
  virtual std::string name() const = 0;  // cases, alerting, national, audit
  virtual Result<void> Start() = 0;      // returns when every partition serves, or one cannot
  virtual grpc::Service& grpc_service() = 0;
  virtual bool serving() const = 0;
  virtual uint64_t behind() const = 0;  // records of logs not yet read, over all partitions
  virtual void Stop() = 0;              // drains what is in flight
  virtual ServiceShards* shards() { return nullptr; }  // once started; null: it has no journal
  // What of it can be made anew while it serves. Once started.
  virtual std::vector<ReadModel*> read_models() { return {}; }

  // Does what is this service's own part of the erasure of a child, and waits for it: not for a
  // thread that others need. The keys of what is erased with the child; nothing while its own
  // journal, or its read models, do not say yet that the child is erased.
  using ErasedWith = std::optional<std::vector<KeyOfBody>>;
  virtual Result<ErasedWith> Erase(const SubjectId&) { return ErasedWith{std::in_place}; }
};

}  // namespace holdfast
