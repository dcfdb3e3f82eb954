#include "libs/shard/push_rounds.h"

#include <algorithm>
#include <iterator>

#include "libs/base/uuid.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kReadLimit{5};
constexpr std::chrono::milliseconds kTryAgain{50};
constexpr std::chrono::seconds kWaitLimit{10};
constexpr std::chrono::seconds kLookAgain{10};
// The space of the ids of what services push.
constexpr UuidBytes kSpace = {0x0b, 0x6d, 0x2f, 0x90, 0x5a, 0x1c, 0x4e, 0x27,
                              0x8d, 0x13, 0x7e, 0x44, 0xc2, 0x90, 0x61, 0xaf};

}  // namespace

void PushRounds::Stop() {
  std::map<SubjectId, Active> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(active_);
  }
  for (auto& [subject, active] : dropped) {
    for (auto* waiting : {&active.waiting, &active.next}) {
      for (auto& one : *waiting) one.then(tl::unexpected(OutcomeUnknown("the service stops")));
    }
  }
}

void PushRounds::Push(const SubjectId& subject, Then then) {
  bool begins = false;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      const auto [found, added] = active_.try_emplace(subject);
      Active& active = found->second;
      begins = added;
      active.again = active.again || !added;
      auto& waiting = added ? active.waiting : active.next;
      waiting.push_back({std::move(then), around_.now() + kWaitLimit});
      then = nullptr;
    }
  }
  if (then) return then(tl::unexpected(OutcomeUnknown("the service stops")));
  if (begins) Begin(subject);
}

// As Push; but one that is being pushed already is not waited for: two that follow from each other
// never wait for each other.
void PushRounds::Follow(const SubjectId& subject, Then then) {
  bool is_active = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = active_.find(subject);
    is_active = found != active_.end();
    if (is_active) found->second.again = true;
  }
  if (is_active) return then(std::vector<Answer>{});
  Push(subject, std::move(then));
}

void PushRounds::CatchUp(uint32_t partition, std::function<void(Result<void>)> begun) {
  const auto run = [this, begun](Result<ShardView> view) {
    if (!view) return begun(tl::unexpected(view.error()));
    const auto rows = view->Scan(options_.rows, "", SIZE_MAX);
    if (!rows) return begun(tl::unexpected(rows.error()));
    if (around_.mutant == Mutant::kForgetUntold) return begun({});
    for (const auto& row : *rows) {
      const auto subject = SubjectId::FromBytes(row.key.substr(options_.rows.size()));
      if (subject) Follow(*subject, [](const auto&) {});
    }
    begun({});
  };
  {
    const std::lock_guard lock(mutex_);
    looks_[partition] = around_.now() + kLookAgain;
  }
  around_.wake();
  if (!around_.owns(partition)) return begun({});
  around_.read(partition, {.deadline = around_.now() + kReadLimit, .run = run});
}

void PushRounds::Begin(const SubjectId& subject) {
  around_.read(
      PartitionFor(subject),
      {.deadline = around_.now() + kReadLimit, .run = [this, subject](Result<ShardView> view) {
         if (!view) return TryAgain(subject);
         auto outgoing = options_.outgoing(view->subjects(), subject);
         if (!outgoing) return TryAgain(subject);
         Tell(subject, std::move(*outgoing));
       }});
}

void PushRounds::Tell(const SubjectId& subject, Outgoing outgoing) {
  const auto round = std::make_shared<Round>();
  round->outgoing = std::move(outgoing);
  const size_t count = round->outgoing.commands.size();
  round->answers.resize(count);
  round->left = count;
  if (round->outgoing.through == 0 || count == 0) return OnTold(subject, round);
  const bool early = around_.mutant == Mutant::kConfirmBeforeAnswers;
  for (size_t i = 0; i < count; ++i) {
    const PushedCommand& pushed = round->outgoing.commands[i];
    around_.submit(PartitionFor(pushed.target), CommandOf(subject, round->outgoing.through, pushed),
                   [this, early, subject, round, i](Result<Answer> answer) {
                     if (!early) OnAnswer(subject, round, i, std::move(answer));
                   });
  }
  if (early) OnTold(subject, round);
}

void PushRounds::OnAnswer(const SubjectId& subject, const RoundOf& round, size_t index,
                          Result<Answer> answer) {
  const bool answered = answer.has_value();
  if (answered) round->answers[index] = std::move(*answer);
  const PushedCommand& pushed = round->outgoing.commands[index];
  if (answered && pushed.target_pushes) {
    if (pushed.awaited) {
      return Follow(pushed.target, [this, subject, round](const auto& told) {
        if (!told) NoteNotFollowed(round);
        OnDone(subject, round);
      });
    }
    Follow(pushed.target, [](const auto&) {});
  }
  if (!answered) {
    const std::lock_guard lock(mutex_);
    round->failed = true;
  }
  OnDone(subject, round);
}

void PushRounds::NoteNotFollowed(const RoundOf& round) {
  const std::lock_guard lock(mutex_);
  round->followed = false;
}

void PushRounds::OnDone(const SubjectId& subject, const RoundOf& round) {
  bool failed = false;
  {
    const std::lock_guard lock(mutex_);
    if (--round->left > 0) return;
    failed = round->failed;
  }
  if (failed && around_.mutant != Mutant::kConfirmUnanswered) return TryAgain(subject);
  OnTold(subject, round);
}

void PushRounds::OnTold(const SubjectId& subject, const RoundOf& round) {
  std::vector<Waiting> waiting;
  bool followed = true;
  {
    const std::lock_guard lock(mutex_);
    const auto found = active_.find(subject);
    if (found != active_.end()) waiting.swap(found->second.waiting);
    followed = round->followed;
  }
  const bool nothing = round->outgoing.through == 0;
  for (auto& one : waiting) {
    if (followed) {
      one.then(round->answers);
    } else {
      one.then(tl::unexpected(OutcomeUnknown("what follows from it is not told yet")));
    }
  }
  if (nothing) return EndRound(subject);
  Confirm(subject, round);
}

void PushRounds::Confirm(const SubjectId& subject, const RoundOf& round) {
  const PushedCommand confirm = options_.confirm(subject, round->outgoing, round->answers);
  around_.submit(PartitionFor(subject), CommandOf(subject, round->outgoing.through, confirm),
                 [this, subject](const Result<Answer>& answer) {
                   if (!answer) return TryAgain(subject);
                   EndRound(subject);
                 });
}

void PushRounds::EndRound(const SubjectId& subject) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = active_.find(subject);
    if (found == active_.end()) return;
    Active& active = found->second;
    if (!active.again) return void(active_.erase(found));
    active.again = false;
    active.waiting.swap(active.next);
  }
  Begin(subject);
}

void PushRounds::TryAgain(const SubjectId& subject) {
  std::vector<Then> late;
  {
    const std::lock_guard lock(mutex_);
    const auto found = active_.find(subject);
    if (stopping_ || found == active_.end()) return;
    Active& active = found->second;
    std::ranges::move(active.next, std::back_inserter(active.waiting));
    active.next.clear();
    active.again = false;
    const Monotonic now = around_.now();
    std::erase_if(active.waiting, [&](Waiting& one) {
      if (one.limit > now) return false;
      late.push_back(std::move(one.then));
      return true;
    });
    again_.emplace(now + kTryAgain, subject);
  }
  around_.wake();
  for (const auto& then : late)
    then(tl::unexpected(OutcomeUnknown("not everybody concerned knows of it yet")));
}

void PushRounds::Step() {
  std::vector<SubjectId> subjects;
  std::vector<uint32_t> partitions;
  const Monotonic now = around_.now();
  {
    const std::lock_guard lock(mutex_);
    const auto end = again_.upper_bound(now);
    for (auto it = again_.begin(); it != end; it = again_.erase(it)) subjects.push_back(it->second);
    for (const auto& [partition, look] : looks_) {
      if (look <= now) partitions.push_back(partition);
    }
  }
  for (const SubjectId& subject : subjects) Begin(subject);
  for (const uint32_t partition : partitions) CatchUp(partition, [](const auto&) {});
}

Monotonic PushRounds::Due() const {
  const std::lock_guard lock(mutex_);
  Monotonic due = again_.empty() ? Monotonic::max() : again_.begin()->first;
  for (const auto& [partition, look] : looks_) due = std::min(due, look);
  return due;
}

Command PushRounds::CommandOf(const SubjectId& subject, uint64_t through,
                              const PushedCommand& pushed) const {
  std::string name = options_.service + "/" + std::to_string(PartitionFor(subject)) + "/" +
                     std::to_string(through) + "/" + pushed.name + "/" + subject.HexText() + "/" +
                     pushed.target.HexText();
  if (around_.mutant == Mutant::kFreshPushIds) {
    name += "/" + std::to_string(around_.now().time_since_epoch().count());
  }
  return {.authority = pushed.authority,
          .id = {UuidV5(kSpace, name)},
          .of_service = true,
          .principal = "holdfast://service/" + options_.service,
          .request = pushed.request,
          .request_mac = {},
          .mac_key = {}};
}

}  // namespace holdfast
