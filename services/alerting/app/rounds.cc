#include "services/alerting/app/rounds.h"

#include <sodium.h>

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::alerting {
namespace {

constexpr size_t kChildrenAtOnce = 100;
constexpr double kDrained_per_second = 500;
constexpr std::chrono::seconds kShownFor{60};
constexpr std::chrono::seconds kAtLeastEvery{1};
constexpr std::chrono::milliseconds kBetweenRounds{50};
constexpr std::chrono::seconds kReadLimit{5};

// Waits on one thread for what others answer.
template <typename Item>
class Gathering {
 public:
  explicit Gathering(std::vector<Item> items) : items_(std::move(items)), missing_(items_.size()) {}

  void Put(size_t index, Item item) {
    const std::lock_guard lock(mutex_);
    items_[index] = std::move(item);
    if (--missing_ == 0) all_.notify_all();
  }
  std::vector<Item> TakeAll() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [this] { return missing_ == 0; });
    return std::move(items_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::vector<Item> items_;
  size_t missing_;
};

Status Stopped() { return NotTaken("the service stops"); }

Command CommandOf(const v1::AlertingCommand& command) {
  CommandId id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  return {.authority = {},
          .id = id,
          .of_service = true,
          .principal = "holdfast",
          .request = command.SerializeAsString(),
          .request_mac = {},
          .mac_key = {}};
}

}  // namespace

Rounds::Rounds(RoundsParts parts, std::string refused)
    : parts_(std::move(parts)), progress_(parts_.shards.partition_count()) {
  status_.refused = std::move(refused);
}

Rounds::~Rounds() { Stop(); }

void Rounds::Start() {
  shown_ = parts_.today();
  shown_since_ = refilled_at_ = parts_.clock.Steady();
  may_drain_ = kDrained_per_second;
  for (uint32_t p = 0; p < parts_.shards.partition_count(); ++p) {
    watchers_.push_back(parts_.log.Watch({"alerting", p}, [this] { Wake(); }));
  }
  thread_ = std::thread([this] { Run(); });
}

void Rounds::Stop() {
  watchers_.clear();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

RoundsStatus Rounds::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void Rounds::AfterRound(std::function<void(Result<void>)> then) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) after_.push_back(std::exchange(then, nullptr));
    signalled_ = true;
  }
  if (then) return then(tl::unexpected(Stopped()));
  wakes_.notify_all();
}

void Rounds::AcceptClock() {
  {
    const std::lock_guard lock(mutex_);
    status_.refused.clear();
  }
  Wake();
}

void Rounds::Wake() {
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  wakes_.notify_all();
}

void Rounds::Run() {
  std::vector<std::function<void(Result<void>)>> after;
  bool worked = true;
  while (WaitForWork(worked)) {
    {
      const std::lock_guard lock(mutex_);
      after = std::exchange(after_, {});
    }
    worked = GoRound();
    for (const auto& then : after) then({});
    after.clear();
  }
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    after = std::exchange(after_, {});
  }
  for (const auto& then : after) then(tl::unexpected(Stopped()));
}

// False: it is to stop. Rounds without work come at most twenty times a second, however often
// somebody wakes it.
bool Rounds::WaitForWork(bool worked) {
  std::unique_lock lock(mutex_);
  if (!worked) {
    wakes_.wait_for(lock, kAtLeastEvery, [this] { return signalled_ || stopping_; });
    wakes_.wait_for(lock, kBetweenRounds, [this] { return stopping_; });
  }
  signalled_ = false;
  return !stopping_;
}

bool Rounds::GoRound() {
  Refill();
  const auto works = FindAllWork();
  auto commands = Plan(works);
  const bool works_on = !commands.empty();
  Give(std::move(commands));
  Publish(works);
  return works_on;
}

void Rounds::Refill() {
  const Monotonic now = parts_.clock.Steady();
  const std::chrono::duration<double> passed = now - refilled_at_;
  refilled_at_ = now;
  may_drain_ = std::min(kDrained_per_second, may_drain_ + passed.count() * kDrained_per_second);
}

// Nothing: the clock is refused, or has not yet shown its day for long enough.
std::optional<CivilDate> Rounds::DayToBegin() {
  if (!status().refused.empty()) return std::nullopt;
  const CivilDate today = parts_.today();
  const Monotonic now = parts_.clock.Steady();
  if (today != std::exchange(shown_, today)) shown_since_ = now;
  if (parts_.clock_mode == ClockMode::kSystem && now < shown_since_ + kShownFor)
    return std::nullopt;
  return today;
}

std::vector<Result<PartitionWork>> Rounds::FindAllWork() {
  const uint32_t count = parts_.shards.partition_count();
  const auto gathering =
      std::make_shared<Gathering<Result<PartitionWork>>>(std::vector<Result<PartitionWork>>(
          count, Fail(StatusCode::kUnavailable, "NOT_YET_READ", "")));
  for (uint32_t p = 0; p < count; ++p) {
    parts_.shards.Read(p, {.deadline = parts_.clock.Steady() + kReadLimit,
                           .run = [this, gathering, p, count](auto view) {
                             if (!view) return gathering->Put(p, tl::unexpected(view.error()));
                             gathering->Put(p, FindWork(*view, {.partition = p,
                                                                .partition_count = count,
                                                                .policy = parts_.policy,
                                                                .progress = progress_[p],
                                                                .children = kChildrenAtOnce}));
                           }});
  }
  return gathering->TakeAll();
}

// Of the partitions that this instance owns, those whose day is the oldest come first where there
// is not enough for all.
std::vector<Rounds::Given> Rounds::Plan(const std::vector<Result<PartitionWork>>& works) {
  const auto target = DayToBegin();
  std::vector<uint32_t> order;
  for (uint32_t p = 0; p < works.size(); ++p) {
    if (works[p] && parts_.shards.Owns(p)) order.push_back(p);
  }
  std::ranges::stable_sort(order, {},
                           [&](uint32_t p) { return works[p]->day.value_or(kDistantPast); });
  std::vector<Given> commands;
  for (const uint32_t p : order) {
    auto given = PlanOne(p, *works[p], target);
    if (!given) continue;
    given->command.set_subject(PartitionSubject(p, parts_.shards.partition_count()).Bytes());
    commands.push_back(std::move(*given));
  }
  return commands;
}

std::optional<Rounds::Given> Rounds::PlanOne(uint32_t partition, const PartitionWork& work,
                                             std::optional<CivilDate> target) {
  Given given{.partition = partition, .command = {}};
  const auto start_days = [&](CivilDate through) {
    SetDate(through, given.command.mutable_start_days()->mutable_through());
    return given;
  };
  if (!work.day) return start_days(target.value_or(parts_.today()));
  if (!work.has_policy) {
    *given.command.mutable_put_policy_in_force()->mutable_policy() = parts_.policy;
    return given;
  }
  if (work.behind) {
    auto& compute = *given.command.mutable_compute_children();
    for (const auto& child : work.behind->children) compute.add_children(child.Bytes());
    if (work.behind->last) compute.set_of(work.behind->of.Bytes());
    compute.set_through(work.behind->through);
    progress_[partition].of = work.behind->of;
    progress_[partition].through = work.behind->through;
    return given;
  }
  if (!work.due.empty()) {
    given.is_due = true;
    auto& compute = *given.command.mutable_compute_children();
    for (size_t i = 0; i < work.due.size() && may_drain_ >= 1; ++i, --may_drain_) {
      compute.add_children(work.due[i].Bytes());
    }
    return compute.children_size() == 0 ? std::nullopt : std::optional(given);
  }
  if (!target || *target <= *work.day) return std::nullopt;
  return start_days(work.next_due ? std::min(*target, *work.next_due) : *target);
}

void Rounds::Give(std::vector<Given> commands) {
  const auto gathering = std::make_shared<Gathering<Result<Answer>>>(std::vector<Result<Answer>>(
      commands.size(), Fail(StatusCode::kUnavailable, "NOT_TAKEN", "")));
  if (commands.empty()) return;
  for (size_t i = 0; i < commands.size(); ++i) {
    parts_.shards.Submit(
        commands[i].partition, CommandOf(commands[i].command),
        [gathering, i](Result<Answer> answer) { gathering->Put(i, std::move(answer)); });
  }
  const auto answers = gathering->TakeAll();
  for (size_t i = 0; i < commands.size(); ++i) {
    if (answers[i]) OnAnswer(commands[i], *answers[i]);
  }
}

// A command that failed is planned again by the next round.
void Rounds::OnAnswer(const Given& given, const Answer& answer) {
  if (!given.command.has_compute_children()) return;
  const auto& compute = given.command.compute_children();
  v1::ComputeChildrenAnswer done;
  done.ParseFromString(answer.answer);
  if (given.is_due) {
    may_drain_ -=
        std::max(0.0, static_cast<double>(done.alerts()) - static_cast<double>(done.computed()));
  } else if (done.computed() > 0) {
    const auto& last = compute.children(static_cast<int>(done.computed()) - 1);
    progress_[given.partition].after = *SubjectId::FromBytes(last);
  }
}

void Rounds::Publish(const std::vector<Result<PartitionWork>>& works) {
  RoundsStatus status;
  status.at_rest = true;
  status.day = kDistantFuture;
  for (const auto& work : works) {
    status.at_rest = status.at_rest && work && work->IsAtRest();
    if (!work || !work->day) {
      status.day.reset();
    } else if (status.day) {
      status.day = std::min(*status.day, *work->day);
    }
  }
  const std::lock_guard lock(mutex_);
  status.refused = std::move(status_.refused);
  status_ = std::move(status);
}

}  // namespace holdfast::alerting
