#include "services/node/erasures.h"

#include <utility>

#include "services/cases/app/cases_index.h"
#include "services/cases/app/cases_state.h"
#include "services/node/ask_shards.h"
#include "services/proceedings/app/proceedings_index.h"

namespace holdfast {
namespace {

using cases::Erasure;

// How soon what waits for others is looked at again, and what others may have begun.
constexpr std::chrono::milliseconds kLookAgain{50};
constexpr std::chrono::seconds kLookForOthers{1};
constexpr std::chrono::seconds kLookAlone{10};

}  // namespace

Erasures::~Erasures() { Stop(); }

void Erasures::Start(const std::vector<Service*>& services) {
  services_ = services;
  Service* cases = ServiceNamed("cases");
  cases_ = cases == nullptr ? nullptr : cases->shards();
  if (cases_ == nullptr) return;
  {
    const std::lock_guard lock(mutex_);
    running_ = true;
  }
  thread_ = std::thread([this] { Run(); });
}

void Erasures::Stop() {
  std::list<Waiting> waiting;
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
    waiting.swap(waiting_);
  }
  wakes_.notify_all();
  for (const auto& one : waiting) one.then();
  if (thread_.joinable()) thread_.join();
}

void Erasures::Advance(const SubjectId& child, Monotonic deadline, std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    if (running_) {
      waiting_.push_back({child, deadline, std::move(then)});
      then = nullptr;
      asked_ = true;
    }
  }
  if (then) return then();
  wakes_.notify_all();
}

void Erasures::Run() {
  while (true) {
    const auto next = RunRound();
    std::unique_lock lock(mutex_);
    wakes_.wait_for(lock, next, [this] { return !running_ || asked_; });
    if (!running_) return;
    asked_ = false;
  }
}

Monotonic::duration Erasures::RunRound() {
  const auto open = OpenChildren();
  if (!open) {
    Warn(open.error());
    AnswerThose(nullptr);
    return kLookForOthers;
  }
  std::set<SubjectId> left;
  bool failed = false;
  for (const SubjectId& child : *open) {
    Result<Went> went = Went::kOn;
    while (went && *went == Went::kOn) went = GoOn(child);
    if (went && *went == Went::kDone) continue;
    left.insert(child);
    failed = failed || !went;
    if (!went) Warn(went.error());
  }
  if (const auto late = DestroyKeysOfLateItems(); !late) Warn(late.error());
  AnswerThose(&left);
  if (!left.empty() && !failed) return kLookAgain;
  return failed || parts_.peers != nullptr ? kLookForOthers : kLookAlone;
}

// Once for each kind of failure: it is tried again each second.
void Erasures::Warn(const Status& why) {
  if (std::exchange(warned_, why.reason) == why.reason) return;
  parts_.log.Warning("an erasure waits",
                     {{"reason", PlainText{why.reason}}, {"detail", PlainText{why.message}}});
}

// Whoever asked about a child of which nothing is open, or has waited long enough.
void Erasures::AnswerThose(const std::set<SubjectId>* open) {
  std::list<Waiting> answered;
  {
    const std::lock_guard lock(mutex_);
    const Monotonic now = parts_.clock.Steady();
    for (auto one = waiting_.begin(); one != waiting_.end();) {
      const auto next = std::next(one);
      // One that has just asked may have come after the look at what is open.
      const bool is_done = open != nullptr && !asked_ && !open->contains(one->child);
      if (is_done || one->deadline <= now) answered.splice(answered.end(), waiting_, one);
      one = next;
    }
  }
  for (const auto& one : answered) one.then();
}

Result<std::vector<SubjectId>> Erasures::OpenChildren() {
  std::vector<SubjectId> children;
  const std::string prefix = cases::OpenErasures();
  for (uint32_t partition = 0; partition < cases_->partition_count(); ++partition) {
    const auto rows = ScanNow(*cases_, partition, prefix, parts_.clock);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      if (const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(prefix.size())))
        children.push_back(*child);
    }
  }
  return children;
}

Result<Erasure> Erasures::ErasureOf(const SubjectId& child) {
  return ReadNow<Erasure>(*cases_, child, parts_.clock, [&](Subjects& subjects) {
    return StateOf<cases::CasesState>(subjects, child).erasure;
  });
}

Result<KeyId> Erasures::DataKeyOf(const SubjectId& child) {
  return ReadNow<KeyId>(*cases_, child, parts_.clock, [&](Subjects& subjects) {
    return StateOf<cases::CasesState>(subjects, child).child.key_id;
  });
}

bool Erasures::KeepsKeys() const { return parts_.peers == nullptr || cases_->Owns(0); }

Service* Erasures::ServiceNamed(std::string_view name) const {
  for (Service* service : services_) {
    if (service->name() == name) return service;
  }
  return nullptr;
}

// Items that came when their child's record was erased already: what stands of them in the key
// store's files goes with the next new key of their source.
Result<void> Erasures::DestroyKeysOfLateItems() {
  Service* proceedings = ServiceNamed("proceedings");
  if (proceedings == nullptr || !KeepsKeys()) return {};
  ServiceShards& shards = *proceedings->shards();
  for (uint32_t partition = 0; partition < shards.partition_count(); ++partition) {
    const auto rows = ScanNow(shards, partition, proceedings::ErasedItems(), parts_.clock);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      const auto key =
          KeyId::FromBytes(std::string_view(row.value).substr(0, sizeof(KeyId::bytes)));
      if (!key || destroyed_.contains(*key)) continue;
      if (auto done = Destroy({*key}); !done) return done;
      destroyed_.insert(*key);
    }
  }
  return {};
}

}  // namespace holdfast
