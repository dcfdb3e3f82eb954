#include <algorithm>
#include <map>
#include <optional>

#include "libs/permanence/dates.h"
#include "libs/shard/keeper_of.h"
#include "services/alerting/api/alert_views.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/api/reads.h"
#include "services/alerting/app/alerting_index.h"

namespace holdfast::alerting {
namespace {

constexpr uint32_t kUsualPage = 100;
constexpr uint32_t kLongestPage = 1000;

// Where an alert stands in the list: its child's urgency, then its own. A page's name is the place
// of its last alert.
struct Place {
  Urgency child;
  uint8_t rank = 0;
  int32_t due_days = 0;
  AlertId alert;

  auto operator<=>(const Place&) const = default;
};

struct Listed {
  Place place;
  v1::AlertView view;
  Registration registration;  // of its child
  bool is_of_child = true;    // not of a feed, which has no personal data
};

// A page in the making.
struct Page {
  AuthorityCode authority;
  std::string prefix;                   // of the worklist's rows
  std::optional<v1::AlertState> state;  // none: all that are open
  std::optional<Place> after;           // none: from the start
  size_t limit = 0;
  std::map<v1::AlertState, uint64_t> counts = {};
  std::vector<Listed> listed = {};    // the first of each partition, one more than the page takes
  std::optional<CivilDate> day = {};  // that every partition has begun

  bool Lists(v1::AlertState alert) const { return state ? alert == *state : IsOpen(alert); }
};

Place PlaceOf(const Urgency& child, const Alert& alert) {
  const auto due = alert.clock.has_due_on() ? DayOf(alert.clock.due_on()) : std::nullopt;
  return {.child = child,
          .rank = RankOf(alert.state),
          .due_days = due.value_or(kDistantFuture).days_since_epoch(),
          .alert = alert.id};
}

// The child's urgency, its rank and due day as the alert's own, and the alert's id, in hex.
std::string PageAfter(const Place& place) {
  const Urgency own{.rank = place.rank, .due_days = place.due_days, .child = place.child.child};
  return Hex(KeyOf(place.child) + KeyOf(own) + place.alert.Bytes());
}

std::optional<Place> PlaceNamed(std::string_view name) {
  const auto bytes = FromHex(name);
  if (!bytes || bytes->size() != 58) return std::nullopt;
  const std::string_view view = *bytes;
  const auto child = UrgencyFromKey(view.substr(0, 21));
  const auto own = UrgencyFromKey(view.substr(21, 21));
  return Place{*child, own->rank, own->due_days, *AlertId::FromBytes(view.substr(42))};
}

void Count(std::string_view states, Page& page) {
  for (const char state : states) ++page.counts[static_cast<v1::AlertState>(state)];
}

// One partition's part of the page: its first alerts after the place, and the counts of all its
// children.
Result<void> AddPartition(uint32_t partition, uint32_t partition_count, ShardView& shard,
                          Page& page) {
  const auto& place =
      StateOf<AlertingState>(shard.subjects(), PartitionSubject(partition, partition_count));
  if (place.day) page.day = page.day ? std::min(*page.day, *place.day) : *place.day;
  const auto rows = shard.Scan(page.prefix, "", SIZE_MAX);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<Listed> listed;
  for (const auto& row : *rows) {
    Count(row.value, page);
    const auto child = UrgencyFromKey(std::string_view(row.key).substr(page.prefix.size()));
    const bool lists_any = std::ranges::any_of(
        row.value, [&](char state) { return page.Lists(static_cast<v1::AlertState>(state)); });
    if (!child || !lists_any || listed.size() > page.limit ||
        (page.after && *child < page.after->child))
      continue;
    const auto& state = StateOf<AlertingState>(shard.subjects(), child->child);
    for (const auto& [id, alert] : state.alerts.alerts) {
      if (!page.Lists(alert.state)) continue;
      const Place at = PlaceOf(*child, alert);
      if (page.after && at <= *page.after) continue;
      listed.push_back({at, ViewOf(child->child, state, alert), RegistrationOf(state.child),
                        !state.kept.has_feed()});
    }
  }
  std::ranges::sort(listed, {}, &Listed::place);
  if (listed.size() > page.limit + 1) listed.resize(page.limit + 1);
  std::ranges::move(listed, std::back_inserter(page.listed));
  return {};
}

// What was listed, cut to the page, without local ids.
v1::ListAlertsResponse Render(Page& page) {
  v1::ListAlertsResponse response;
  std::ranges::sort(page.listed, {}, &Listed::place);
  if (page.listed.size() > page.limit) {
    page.listed.resize(page.limit);
    response.set_next_page(PageAfter(page.listed.back().place));
  }
  if (page.day) SetDate(*page.day, response.mutable_day());
  for (int i = v1::ALERT_STATE_UPCOMING; i <= v1::AlertState_MAX; ++i) {
    const auto state = static_cast<v1::AlertState>(i);
    (*response.mutable_counts())[std::string(NameOf(state))] = page.counts[state];
  }
  for (auto& listed : page.listed) *response.add_alerts() = std::move(listed.view);
  return response;
}

// Opens the local ids of the page's children, then ends the call once that is recorded.
void OpenAndFinish(const AlertingParts& parts, const ListAlertsCall& call, Page& page) {
  auto response = Render(page);
  PersonalRead read{.method = "ListAlerts", .authority = page.authority.text(), .children = {}};
  std::string local_id;
  for (int i = 0; i < response.alerts_size(); ++i) {
    const Listed& listed = page.listed[static_cast<size_t>(i)];
    const SubjectId& child = listed.place.child.child;
    if (!listed.is_of_child) continue;
    if (read.children.empty() || read.children.back() != child) {
      auto opened = LocalIdOf(parts.registrations, {page.authority, child}, listed.registration);
      if (!opened) return call->Fail(opened.error());
      local_id = std::move(*opened);
      read.children.push_back(child);
    }
    response.mutable_alerts(i)->set_local_id(local_id);
  }
  FinishAudited(parts, call, read, std::move(response));
}

}  // namespace

void ListAlerts(const AlertingParts& parts, const ListAlertsCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return call->Fail(authority.error());
  const auto state = StateNamed(request.state());
  if (!state && !request.state().empty()) {
    return call->Fail(
        {StatusCode::kInvalidArgument, "STATE_UNKNOWN", "no alert is ever in that state"});
  }
  const auto after = PlaceNamed(request.page());
  if (!after && !request.page().empty()) {
    return call->Fail({StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page"});
  }
  const auto page = std::make_shared<Page>(
      Page{.authority = *authority,
           .prefix = WorklistRows({authority->text(), request.team(), request.worker()}),
           .state = state,
           .after = after,
           .limit = std::min(request.limit() == 0 ? kUsualPage : request.limit(), kLongestPage)});
  WholeRead read;
  read.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  read.deadline = DeadlineOf(parts, *call);
  read.visit = [count = parts.shards.partition_count(), page](uint32_t partition,
                                                              ShardView& shard) {
    return AddPartition(partition, count, shard, *page);
  };
  read.done = [&parts, call, page](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    OpenAndFinish(parts, call, *page);
  };
  ReadAll(parts, std::move(read));
}

}  // namespace holdfast::alerting
