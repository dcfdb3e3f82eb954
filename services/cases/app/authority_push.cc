#include "services/cases/app/authority_push.h"

#include <algorithm>
#include <future>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/base/uuid.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/facts.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/app/cases_index.h"

namespace holdfast::cases {
namespace {

using v1::CasesEvent;

constexpr std::chrono::seconds kReadLimit{5};
constexpr std::chrono::milliseconds kTryAgain{50};
constexpr std::chrono::seconds kTeachLimit{10};
constexpr std::chrono::seconds kLookAgain{10};
constexpr char kSelf[] = "holdfast://service/cases";
// The space of the ids of what this service sends to itself.
constexpr UuidBytes kSpace = {0x5c, 0x0e, 0x4b, 0x1d, 0x8a, 0x2f, 0x4f, 0x63,
                              0x9b, 0x57, 0x21, 0xd4, 0x6e, 0x90, 0x3a, 0x7c};

bool ConcernsCopies(const CasesEvent& event) {
  return event.has_authority_registered() || event.has_authority_live() ||
         event.has_return_covered() || event.has_run_withdrawn() || event.has_aim_stated();
}

CommandId IdOf(uint32_t partition, uint64_t source_event, const SubjectId& target) {
  return {UuidV5(kSpace, "cases/" + std::to_string(partition) + "/" + std::to_string(source_event) +
                             "/learn_of_authority/" + target.HexText())};
}

// Runs `read` on the shard's thread, and waits for what it returns.
template <typename T>
Result<T> ReadNow(ServiceShards& shards, uint32_t partition, Monotonic deadline,
                  std::function<Result<T>(ShardView&)> read) {
  std::promise<Result<T>> promise;
  shards.Read(partition, {.deadline = deadline, .run = [&](Result<ShardView> view) {
                            promise.set_value(view ? read(*view) : tl::unexpected(view.error()));
                          }});
  return promise.get_future().get();
}

Result<Answer> SubmitNow(ServiceShards& shards, uint32_t partition, Command command) {
  std::promise<Result<Answer>> promise;
  shards.Submit(partition, std::move(command),
                [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
  return promise.get_future().get();
}

}  // namespace

AuthorityPush::AuthorityPush(ServiceShards& shards, const CopySubjects& copies, const Clock& clock)
    : shards_(shards), copies_(copies), clock_(clock), thread_([this] { Run(); }) {}

AuthorityPush::~AuthorityPush() { Stop(); }

void AuthorityPush::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
  work_.clear();
}

void AuthorityPush::Post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    work_.push_back(std::move(work));
  }
  wakes_.notify_all();
}

void AuthorityPush::Run() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      const auto is_woken = [this] { return stopping_ || !work_.empty(); };
      if (looks_) {
        wakes_.wait_for(lock, kLookAgain, is_woken);
      } else {
        wakes_.wait(lock, is_woken);
      }
      if (stopping_) return;
      if (work_.empty()) {
        work = [this] { LookForOwned(); };
      } else {
        work = std::move(work_.front());
        work_.pop_front();
      }
    }
    work();
  }
}

bool AuthorityPush::WaitToTryAgain() {
  std::unique_lock lock(mutex_);
  return !wakes_.wait_for(lock, kTryAgain, [this] { return stopping_; });
}

void AuthorityPush::Push(AuthorityCode authority, std::string principal, Then then) {
  Post([this, authority = std::move(authority), principal = std::move(principal),
        then = std::move(then)] {
    const Monotonic limit = clock_.Steady() + kTeachLimit;
    auto taught = Teach(authority, principal);
    while (!taught && clock_.Steady() < limit && WaitToTryAgain())
      taught = Teach(authority, principal);
    if (taught) return then(std::move(taught));
    then(tl::unexpected(OutcomeUnknown("not every partition knows of it yet")));
    Push(authority, principal, [](const Result<PartitionEvents>&) {});
  });
}

void AuthorityPush::LookForOwned() {
  std::set<uint32_t> owned;
  for (uint32_t partition = 0; partition < shards_.partition_count(); ++partition) {
    if (shards_.Owns(partition)) owned.insert(partition);
  }
  const auto before = std::exchange(owned_, owned);
  if (std::ranges::includes(before, owned)) return;
  const auto authorities = AllAuthorities();
  if (!authorities) return owned_.clear();
  for (const auto& authority : *authorities) {
    const uint32_t partition = shards_.PartitionFor(AuthoritySubject(authority.text()));
    if (owned.contains(partition) && !before.contains(partition))
      Push(authority, kSelf, [](const Result<PartitionEvents>&) {});
  }
}

Result<void> AuthorityPush::CatchUp() {
  if (shards_.is_shared()) {
    Post([this] {
      LookForOwned();
      const std::lock_guard lock(mutex_);
      looks_ = true;
    });
    return {};
  }
  const auto authorities = AllAuthorities();
  if (!authorities) return tl::unexpected(authorities.error());
  for (const auto& authority : *authorities) {
    std::promise<Result<void>> promise;
    Push(authority, kSelf, [&](const Result<PartitionEvents>& taught) {
      promise.set_value(taught.map([](const PartitionEvents&) {}));
    });
    if (auto taught = promise.get_future().get(); !taught) return taught;
  }
  return {};
}

Result<std::vector<AuthorityCode>> AuthorityPush::AllAuthorities() {
  std::vector<AuthorityCode> authorities;
  std::promise<Result<void>> promise;
  WalkPartitions(shards_, {.deadline = clock_.Steady() + kReadLimit,
                           .visit = [&](uint32_t, ShardView& view) -> Result<WalkOn> {
                             const auto rows = view.Scan(Authorities(), "", SIZE_MAX);
                             if (!rows) return tl::unexpected(rows.error());
                             for (const auto& row : *rows) {
                               const auto code =
                                   AuthorityCode::FromText(row.key.substr(Authorities().size()));
                               if (code) authorities.push_back(*code);
                             }
                             return WalkOn::kNextPartition;
                           },
                           .done = [&](Result<void> done) { promise.set_value(std::move(done)); }});
  const auto walked = promise.get_future().get();
  if (!walked) return tl::unexpected(walked.error());
  return authorities;
}

Result<AuthorityPush::Lessons> AuthorityPush::EventsOf(const AuthorityCode& authority) {
  const SubjectId subject = AuthoritySubject(authority.text());
  return ReadNow<Lessons>(
      shards_, shards_.PartitionFor(subject), clock_.Steady() + kReadLimit,
      [&](ShardView& view) -> Result<Lessons> {
        Lessons lessons;
        const auto& state = StateOf<CasesState>(view.subjects(), subject);
        const auto visited =
            VisitEvents(subject, state.events, [&](const AppliedEvent& applied) -> Result<void> {
              CasesEvent event;
              event.ParseFromArray(applied.payload.data(),
                                   static_cast<int>(applied.payload.size()));
              if (!ConcernsCopies(event)) return {};
              SetDate(ReportedOn(event, applied.recorded_at), event.mutable_reported_on());
              lessons.push_back({applied.number, std::move(event)});
              return {};
            });
        if (!visited) return tl::unexpected(visited.error());
        return lessons;
      });
}

Result<PartitionEvents> AuthorityPush::Teach(const AuthorityCode& authority,
                                             const std::string& principal) {
  const auto lessons = EventsOf(authority);
  if (!lessons) return tl::unexpected(lessons.error());
  PartitionEvents events;
  for (uint32_t partition = 0; partition < shards_.partition_count(); ++partition) {
    const auto taught = TeachPartition(authority, principal, partition, *lessons);
    if (!taught) return tl::unexpected(taught.error());
    events.push_back(*taught);
  }
  return events;
}

Result<uint64_t> AuthorityPush::TeachPartition(const AuthorityCode& authority,
                                               const std::string& principal, uint32_t partition,
                                               const Lessons& lessons) {
  const SubjectId copy = copies_.In(authority.text(), partition);
  Lessons lacking;
  const auto position = ReadNow<uint64_t>(
      shards_, partition, clock_.Steady() + kReadLimit, [&](ShardView& view) -> Result<uint64_t> {
        AuthorityFacts facts = StateOf<CasesState>(view.subjects(), copy).authority;
        for (const auto& lesson : lessons) {
          v1::LearnOfAuthority learn;
          *learn.mutable_event() = lesson.event;
          learn.set_source_event(lesson.source_event);
          const auto decided = Decide(AuthorityContext{authority.text(), facts, {}, false}, learn);
          if (!decided || decided->events.empty()) continue;
          for (const auto& event : decided->events) Apply(event, {}, facts);
          lacking.push_back(lesson);
        }
        return view.position();
      });
  if (!position) return position;
  uint64_t through = *position;
  for (const auto& lesson : lacking) {
    v1::CasesCommand command;
    command.set_subject(copy.Bytes());
    command.set_authority(authority.text());
    *command.mutable_learn_of_authority()->mutable_event() = lesson.event;
    command.mutable_learn_of_authority()->set_source_event(lesson.source_event);
    const uint32_t source = shards_.PartitionFor(AuthoritySubject(authority.text()));
    const auto answer = SubmitNow(shards_, partition,
                                  {.authority = authority.text(),
                                   .id = IdOf(source, lesson.source_event, copy),
                                   .of_service = true,
                                   .principal = principal,
                                   .request = command.SerializeAsString(),
                                   .request_mac = {},
                                   .mac_key = {}});
    if (!answer) return tl::unexpected(answer.error());
    through = answer->last_event;
  }
  return through;
}

}  // namespace holdfast::cases
