#include "services/node/node.h"

#include <unistd.h>

#include "libs/base/london.h"
#include "libs/crypto/rocks_key_store.h"
#include "libs/crypto/table_key_store.h"
#include "libs/obs/log.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/certificates.h"
#include "services/audit/app/read_recorder.h"
#include "services/node/create_data.h"
#include "services/node/repaired_log.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kGrace{4};  // for calls that run when a stop begins

void LogTurnedAway(Log& log, const TurnedAway& call) {
  log.Warning("a call was turned away", {{"method", PlainText{call.method}},
                                         {"peer", PlainText{call.peer}},
                                         {"caller", PlainText{call.caller}},
                                         {"reason", PlainText{call.why.reason}}});
}

void LogFailure(Log& log, ConstantText message, const holdfast::Status& why) {
  log.Error(message, {{"reason", PlainText{why.reason}}, {"detail", PlainText{why.message}}});
}

Result<void> RequireFolder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) return {};
  return Fail(StatusCode::kDataLoss, "DATA_DAMAGED",
              folder.string() + " is missing; restore it from a copy of the data folder");
}

Status WrongLog(const fs::path& data, const DataFormat& format) {
  return {StatusCode::kFailedPrecondition, "DEPLOYMENT_DIFFERS",
          format.is_shared()
              ? data.string() +
                    " is the folder of an instance whose log is shared; serve it with: "
                    "holdfast serve all --log kafka:HOST:PORT"
              : data.string() +
                    " has its log in it; an instance on a shared log needs a folder of "
                    "its own"};
}

Status WithoutHead(const Status& status) {
  if (status.reason != "NO_HEAD") return status;
  return {StatusCode::kDataLoss, "NO_HEAD",
          status.message +
              ": without it a journal that lost its end is not found out; restore it from "
              "a copy of the data folder"};
}

}  // namespace

Result<std::unique_ptr<Node>> Node::Start(const NodeOptions& options) {
  const auto format = ReadDataFormat(options.paths.data);
  if (!format) return tl::unexpected(format.error());
  if (format->is_shared() != options.cluster.has_value())
    return tl::unexpected(WrongLog(options.paths.data, *format));
  auto lock = FolderLock::Take(options.paths.data);
  if (!lock) return tl::unexpected(lock.error());
  std::unique_ptr<Node> node(new Node(options, *format, std::move(*lock)));
  RemoveRunFile(options.paths.data);
  for (const auto step : {&Node::OpenStores, &Node::OpenErasures, &Node::OpenClock,
                          &Node::StartServices, &Node::Serve}) {
    if (auto done = (node.get()->*step)(); !done) return tl::unexpected(done.error());
  }
  return node;
}

Node::Node(const NodeOptions& options, const DataFormat& format, FolderLock lock)
    : options_(options),
      format_(format),
      lock_(std::move(lock)),
      gate_({.roles = HoldfastRoles(),
             .on_turned_away =
                 [this](const TurnedAway& call) { LogTurnedAway(options_.log, call); }}),
      handlers_(
          gate_, [this](const auto& give) { ShowStatus(give); }, [this] { return ReadModels(); }),
      instance_handlers_(gate_, [this] { return PartitionsHere(format_.instance, services_); }),
      door_(gate_) {}

Node::~Node() { Stop(); }

Result<void> Node::OpenStores() {
  const fs::path& data = options_.paths.data;
  if (auto repaired = RequireNoUnfinishedRepair(data); !repaired) return repaired;
  auto keys = KeysFolder::Open(options_.paths);
  if (!keys) return tl::unexpected(keys.error());
  keys_ = std::move(*keys);

  auto head = ReadHeadFile(data_path::Head(data), keys_->head_key());
  if (!head) return tl::unexpected(WithoutHead(head.error()));
  witness_ = std::move(*head);

  if (auto opened = options_.cluster ? OpenCluster() : OpenLog(); !opened) return opened;

  heads_ = std::make_unique<Heads>(witness_);
  head_writer_ = std::make_unique<HeadWriter>(
      HeadWriter::Options{
          .path = data_path::Head(data),
          .key = keys_->head_key(),
          .failed = [&log = options_.log](
                        const auto& why) { LogFailure(log, "HEAD was not written", why); }},
      *heads_, clock_);
  return {};
}

Result<void> Node::OpenLog() {
  const fs::path& data = options_.paths.data;
  for (const auto& folder : {data_path::Log(data), data_path::KeyStore(data)}) {
    if (auto there = RequireFolder(folder); !there) return there;
  }
  auto log = EmbeddedLog::Open(data_path::Log(data), EmbeddedLog::Mode::kOpen);
  if (!log) return tl::unexpected(log.error());
  log_ = std::move(*log);
  auto key_store = OpenRocksKeyStore(data_path::KeyStore(data), *keys_);
  if (!key_store) return tl::unexpected(key_store.error());
  key_store_ = std::move(*key_store);
  return {};
}

Result<void> Node::OpenCluster() {
  auto deployment = ReadDeploymentOf(options_.cluster->kafka, &options_.log);
  if (!deployment) return tl::unexpected(deployment.error());
  const DataFormat wanted = FormatOf(*deployment, format_.instance);
  if (wanted != format_) {
    return Fail(StatusCode::kFailedPrecondition, "DEPLOYMENT_DIFFERS",
                options_.paths.data.string() +
                    " was made for another deployment, or with another "
                    "number of partitions or clock");
  }
  auto identity = LoadIdentity(options_.paths.keys, NameOfRole(Role::kService));
  if (!identity) return tl::unexpected(identity.error());
  auto cluster = Cluster::Open({.options = *options_.cluster,
                                .instance = format_.instance,
                                .deployment = std::move(*deployment),
                                .identity = std::move(*identity),
                                .log = options_.log});
  if (!cluster) return tl::unexpected(cluster.error());
  cluster_ = std::move(*cluster);
  key_store_ = OpenTableKeyStore(cluster_->keys(), *keys_);
  return {};
}

// Every key that live data keys are wrapped by is here, before anything is opened with them.
Result<void> Node::OpenErasures() {
  if (cluster_) key_peers_ = std::make_unique<KeyPeers>(*cluster_);
  erasures_ = std::make_unique<Erasures>(Erasures::Parts{.instance = InstanceId(),
                                                         .keys = *keys_,
                                                         .store = *key_store_,
                                                         .clock = clock_,
                                                         .log = options_.log,
                                                         .peers = key_peers_.get()});
  instance_handlers_.GiveKeysOf(*keys_);
  return erasures_->TakeMissingKeys();
}

Result<void> Node::OpenClock() {
  if (format_.clock == ClockMode::kSystem) return {};
  if (cluster_) {
    manual_day_ = ManualDay::OpenShared(cluster_->days(), cluster_->first_day());
    return {};
  }
  auto day = ManualDay::Open(data_path::Day(options_.paths.data));
  if (!day) return tl::unexpected(day.error());
  manual_day_ = std::move(*day);
  return {};
}

Result<void> Node::StartServices() {
  context_ = std::make_unique<NodeContext>(
      NodeContext{.log = log_ ? static_cast<EventLog&>(*log_) : cluster_->log(),
                  .clock = clock_,
                  .today = [this] { return Today(); },
                  .clock_mode = format_.clock,
                  .data = options_.paths.data,
                  .partition_count = format_.partition_count,
                  .keys = *keys_,
                  .key_store = *key_store_,
                  .heads = heads_.get(),
                  .witness = witness_,
                  .gate = gate_,
                  .audit = audit_,
                  .manual_day = manual_day_.get(),
                  .program_log = &options_.log,
                  .forwarder = cluster_ ? &cluster_->forwarder() : nullptr,
                  .instance = InstanceId(),
                  .erasures = erasures_.get(),
                  .cluster = options_.cluster ? &*options_.cluster : nullptr});
  for (const ServiceMaker& maker : options_.services) {
    services_.push_back(maker.make(*context_));
    // The audit service alone is one: it keeps the record that others ask for.
    if (auto* trail = dynamic_cast<AuditTrail*>(services_.back().get())) audit_.ConnectTo(*trail);
  }
  if (cluster_ && !audit_.is_connected()) {
    remote_audit_ = std::make_unique<audit::ReadRecorder>(
        format_.partition_count, clock_, [this](uint32_t partition, Command command, Reply reply) {
          cluster_->forwarder().Forward({"audit", partition}, std::move(command), std::move(reply));
        });
    audit_.ConnectTo(*remote_audit_);
  }
  for (const auto& service : services_) {
    ++started_;
    if (auto started = service->Start(); !started) {
      LogFailure(options_.log, "a service could not start", started.error());
      return tl::unexpected(started.error());
    }
    if (ServiceShards* shards = service->shards()) instance_handlers_.Add(service->name(), *shards);
    options_.log.Info("a service has started", {{"service", PlainText{service->name()}}});
  }
  return {};
}

Result<void> Node::Serve() {
  const auto authority = CertificateAuthority::OpenOrCreate(options_.paths.keys, clock_.Now());
  if (!authority) return tl::unexpected(authority.error());
  if (auto renewed = authority->IssueForDeployment(CodeOfNationals(), clock_.Now()); !renewed)
    return renewed;
  auto identity = LoadIdentity(options_.paths.keys, {kServerIdentity});
  if (!identity) return tl::unexpected(identity.error());

  std::vector<grpc::Service*> offered{&handlers_, &instance_handlers_};
  for (const auto& service : services_) offered.push_back(&service->grpc_service());
  if (cluster_) door_.OpenTo(format_.instance, cluster_->instances(), cluster_->channels());
  auto server = RpcServer::Start({.listen = options_.listen,
                                  .identity = std::move(*identity),
                                  .others = cluster_ ? &door_ : nullptr},
                                 offered);
  if (!server) return tl::unexpected(server.error());
  server_ = std::move(*server);
  if (auto joined = JoinOthers(); !joined) return joined;
  std::vector<Service*> running;
  for (const auto& service : services_) running.push_back(service.get());
  erasures_->Start(running);
  UpdateHealth();

  run_ = {getpid(), server_->endpoint(), std::string(Text(format_.clock)), {}};
  for (const auto& service : services_) run_.services.push_back(service->name());
  if (auto written = WriteRunFile(options_.paths.data, run_); !written) return written;
  options_.log.Info("serving", {{"endpoint", PlainText{run_.endpoint}}, {"version", kVersion}});
  return {};
}

Result<void> Node::JoinOthers() {
  if (!cluster_) return {};
  std::vector<Service*> services;
  for (const auto& service : services_) services.push_back(service.get());
  return cluster_->Join(services, server_->endpoint());
}

CivilDate Node::Today() const { return manual_day_ ? manual_day_->day() : LondonDay(clock_.Now()); }

void Node::UpdateHealth() {
  for (const auto& service : services_) server_->SetServing(service->name(), service->serving());
  unreadable_.Look(PartitionsHere(format_.instance, services_));
  door_.LeaveAbsent();
}

std::vector<ReadModel*> Node::ReadModels() const {
  std::vector<ReadModel*> all;
  for (const auto& service : services_)
    std::ranges::copy(service->read_models(), std::back_inserter(all));
  return all;
}

void Node::ShowStatus(const NodeHandlers::GiveStatus& give) {
  node::v1::ShowStatusResponse status;
  for (const auto& service : services_) {
    auto& shown = *status.add_services();
    shown.set_name(service->name());
    shown.set_serving(service->serving());
    shown.set_behind(service->behind());
  }
  status.set_clock(std::string(Text(format_.clock)));
  SetDate(Today(), status.mutable_day());
  status.set_version(kVersion);
  if (!cluster_) return give(std::move(status));
  (void)cluster_->AskWhoIsPresent();  // who was there last is told meanwhile
  std::vector<InstanceView> others;
  for (const auto& instance : cluster_->instances().Present()) {
    auto& shown = *status.add_instances();
    shown.set_id(instance.id);
    shown.set_pid(instance.pid);
    shown.set_endpoint(instance.endpoint);
    if (instance.id != format_.instance && !instance.endpoint.empty()) others.push_back(instance);
  }
  for (const auto& warning : cluster_->warnings()) status.add_warnings(warning);
  AskForPartitions(
      others, cluster_->channels(),
      [give, status = std::move(status), here = PartitionsHere(format_.instance, services_),
       id = format_.instance, owners = cluster_->owners().All()](RowsByInstance told) mutable {
        told[id] = std::move(here);
        for (auto& row : MergePartitions(told, owners))
          status.mutable_partitions()->Add(std::move(row));
        give(std::move(status));
      });
}

void Node::Stop() {
  if (std::exchange(stopped_, true)) return;
  if (server_) options_.log.Info("stopping");
  if (erasures_) erasures_->Stop();
  if (cluster_) cluster_->Leave();  // others take over while this one still answers
  if (server_) server_->Drain(kGrace);
  while (started_ > 0) services_[--started_]->Stop();
  server_.reset();
  services_.clear();
  if (head_writer_) head_writer_->Stop();
  log_.reset();
  key_store_.reset();
  cluster_.reset();
  RemoveRunFile(options_.paths.data);
  options_.log.Info("stopped");
}

}  // namespace holdfast
