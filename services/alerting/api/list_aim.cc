#include <algorithm>
#include <map>

#include "libs/permanence/dates.h"
#include "libs/policy/policy_set.h"
#include "libs/shard/keeper_of.h"
#include "services/alerting/api/alert_views.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/api/reads.h"
#include "services/alerting/app/alerting_index.h"
#include "services/alerting/app/alerting_keeper.h"

namespace holdfast::alerting {
namespace {

// A child whom the clock runs for.
struct InScope {
  SubjectId child;
  CivilDate since;
  std::optional<CivilDate> due;
  Registration registration;
  std::string worker;
};

struct Scope {
  AuthorityCode authority;
  std::string clock;
  std::vector<InScope> children = {};
  std::optional<CivilDate> day = {};
};

// The clock that has run for longest on that day; null when none runs.
const ClockRun* LongestRunning(const ClocksToday& today, const std::string& clock) {
  const ClockRun* longest = nullptr;
  for (const auto& [id, run] : today.runs()) {
    if (run.clock != clock || today.day() < run.start) continue;
    if (run.stop && run.stop->on <= today.day()) continue;
    if (longest == nullptr || run.start < longest->start) longest = &run;
  }
  return longest;
}

Result<void> AddPartition(ShardView& shard, uint32_t partition, uint32_t partition_count,
                          Scope& scope) {
  const auto& place =
      StateOf<AlertingState>(shard.subjects(), PartitionSubject(partition, partition_count));
  if (place.day) scope.day = scope.day ? std::min(*scope.day, *place.day) : *place.day;
  const std::string prefix = ChildRows(scope.authority.text());
  const auto rows = shard.Scan(prefix, "", SIZE_MAX);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(prefix.size()));
    const auto known = child ? KnownOf(shard.subjects(), *child, partition_count) : std::nullopt;
    if (!known || known->feed) continue;
    scope.day = scope.day ? std::min(*scope.day, known->day) : known->day;
    const ClocksToday today = ClocksOf(*known);
    const ClockRun* run = LongestRunning(today, scope.clock);
    if (run == nullptr) continue;
    scope.children.push_back(
        {*child, run->start, run->due, RegistrationOf(known->facts), known->facts.worker});
  }
  return {};
}

Result<v1::ListAimResponse> Render(const AlertingParts& parts, const Scope& scope) {
  v1::ListAimResponse response;
  if (scope.day) SetDate(*scope.day, response.mutable_day());
  for (const auto& in_scope : scope.children) {
    auto& view = *response.add_children();
    view.set_child(in_scope.child.Bytes());
    SetDate(in_scope.since, view.mutable_since());
    view.set_days(static_cast<uint32_t>(DaysBetween(in_scope.since, *scope.day)));
    if (in_scope.due) SetDate(*in_scope.due, view.mutable_due());
    view.set_worker(in_scope.worker);
    auto local_id =
        LocalIdOf(parts.registrations, {scope.authority, in_scope.child}, in_scope.registration);
    if (!local_id) return tl::unexpected(local_id.error());
    view.set_local_id(std::move(*local_id));
  }
  return response;
}

void Finish(const AlertingParts& parts, const ListAimCall& call, Scope& scope) {
  std::ranges::sort(scope.children, {}, [](const InScope& in_scope) {
    return std::tie(in_scope.since, in_scope.child);
  });
  auto response = Render(parts, scope);
  if (!response) return call->Fail(response.error());
  PersonalRead read{.method = "ListAim", .authority = scope.authority.text(), .children = {}};
  for (const auto& in_scope : scope.children) read.children.push_back(in_scope.child);
  FinishAudited(parts, call, read, std::move(*response));
}

bool IsClock(const std::string& id) {
  return std::ranges::any_of(ShippedPolicies().packs, [&](const Pack& pack) {
    return std::ranges::find(pack.clocks, id, &PolicyClock::id) != pack.clocks.end();
  });
}

}  // namespace

void ListAim(const AlertingParts& parts, const ListAimCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return call->Fail(authority.error());
  if (!IsClock(request.clock())) {
    return call->Fail({StatusCode::kInvalidArgument, "UNKNOWN_CLOCK",
                       "there is no such clock; see: holdfast policy list"});
  }
  const auto scope = std::make_shared<Scope>(Scope{*authority, request.clock()});
  WholeRead read;
  read.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  read.deadline = DeadlineOf(parts, *call);
  read.visit = [count = parts.shards.partition_count(), scope](uint32_t partition,
                                                               ShardView& shard) {
    return AddPartition(shard, partition, count, *scope);
  };
  read.done = [&parts, call, scope](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    Finish(parts, call, *scope);
  };
  ReadAll(parts, std::move(read));
}

}  // namespace holdfast::alerting
