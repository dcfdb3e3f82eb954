#include <algorithm>
#include <array>

#include "libs/permanence/dates.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/meetings.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"

namespace holdfast::cases {
namespace {

constexpr uint32_t kUsualPage = 100;
constexpr uint32_t kLongestPage = 1000;

// Where a meeting stands in the list.
struct Place {
  CivilDate on;
  std::string meeting;  // id

  auto operator<=>(const Place&) const = default;
};

// As a page says it: 2026-05-12.HEX.
std::string TextOf(const Place& place) { return place.on.Iso() + "." + Hex(place.meeting); }

std::optional<Place> PlaceFromText(const std::string& text) {
  const size_t dot = text.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto on = CivilDate::FromIso(text.substr(0, dot));
  const auto meeting = SubjectId::FromHexText(text.substr(dot + 1));
  if (!on || !meeting) return std::nullopt;
  return Place{*on, meeting->Bytes()};
}

bool IsState(const std::string& state) {
  using enum MeetingState;
  return std::ranges::any_of(std::array{kNone, kPlanned, kHeld, kCancelled, kWithdrawn},
                             [&](MeetingState known) { return NameOf(known) == state; });
}

using Meetings = std::map<Place, v1::MeetingSummary>;

// One partition's meetings that come after `after`.
void AddMeetings(const v1::ListMeetingsRequest& request, const std::optional<Place>& after,
                 const std::vector<std::string>& ids, ShardView& shard, Meetings& meetings) {
  for (const auto& bytes : ids) {
    const auto id = SubjectId::FromBytes(bytes);
    if (!id) continue;
    const auto& known = StateOf<CasesState>(shard.subjects(), *id).meeting;
    if (!request.state().empty() && NameOf(known.state) != request.state()) continue;
    const Place place{DayOfMeeting(known), bytes};
    if (after && place <= *after) continue;
    auto& summary = meetings[place];
    summary.set_meeting(bytes);
    summary.set_kind(known.said.kind());
    SetDate(place.on, summary.mutable_on());
    summary.set_state(std::string(NameOf(known.state)));
  }
}

v1::ListMeetingsResponse PageOf(Meetings meetings, uint32_t limit) {
  v1::ListMeetingsResponse response;
  const size_t most = std::min(limit == 0 ? kUsualPage : limit, kLongestPage);
  const Place* last = nullptr;
  for (auto& [place, summary] : meetings) {
    if (static_cast<size_t>(response.meetings_size()) == most) {
      response.set_next_page(TextOf(*last));
      break;
    }
    *response.add_meetings() = std::move(summary);
    last = &place;
  }
  return response;
}

}  // namespace

void ListMeetings(const CasesParts& parts, const ListMeetingsCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return call->Fail(authority.error());
  if (!IsState(request.state()))
    return call->Fail({StatusCode::kInvalidArgument, "STATE_UNKNOWN",
                       "a state is planned, held, cancelled or withdrawn"});
  const auto after = PlaceFromText(request.page());
  if (!after && !request.page().empty())
    return call->Fail({StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page"});
  const auto found = std::make_shared<Meetings>();
  PartitionWalk walk;
  walk.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [call, found, after, prefix = MeetingsOf(authority->text())](
                   uint32_t, ShardView& shard) -> Result<WalkOn> {
    const auto rows = shard.Scan(prefix, "", SIZE_MAX);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<std::string> ids;
    for (const auto& row : *rows) ids.push_back(row.key.substr(prefix.size()));
    AddMeetings(call->request(), after, ids, shard, *found);
    return WalkOn::kNextPartition;
  };
  walk.done = [call, found](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    call->Finish(PageOf(std::move(*found), call->request().limit()));
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace holdfast::cases
