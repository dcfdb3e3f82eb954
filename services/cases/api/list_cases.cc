#include <optional>

#include "libs/permanence/build_history.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/app/sealed_facts.h"

namespace holdfast::cases {
namespace {

constexpr uint32_t kUsualPage = 100;
constexpr uint32_t kLongestPage = 1000;

// A page's place: the child after which the next one begins, in the order of partitions and of ids
// within each.
struct Page {
  AuthorityCode authority;
  std::string prefix;  // of the rows that are listed
  SubjectId after;     // zero: from the start
  uint32_t first = 0;  // partition
  size_t limit = 0;
  CivilDate today;
  std::vector<SubjectId> children;
  v1::ListCasesResponse response;
};

std::string PrefixOf(const v1::ListCasesRequest& request, const std::string& authority) {
  if (!request.worker().empty()) return ChildrenOfWorker(authority, request.worker());
  if (!request.team().empty()) return ChildrenOfTeam(authority, request.team());
  return ChildrenOf(authority);
}

Result<v1::CaseSummary> Summarise(const CasesParts& parts, const Page& page, const SubjectId& child,
                                  ShardView& shard) {
  const auto& state = StateOf<CasesState>(shard.subjects(), child);
  const auto& copy = StateOf<CasesState>(shard.subjects(), parts.copies.Beside(state.owner, child));
  const auto open =
      OpenFacts(parts.sealer, {page.authority, child}, state.child, OpenWhat::kPerson);
  if (!open) return tl::unexpected(open.error());
  v1::CaseSummary summary;
  summary.set_child(child.Bytes());
  summary.set_local_id(open->personal.open().local_id());
  summary.set_team(state.child.team);
  summary.set_worker(state.child.worker);
  const View now{.known_at = page.today};
  const History history = BuildHistory(child, *open, copy.authority.coverage, now);
  summary.set_looked_after(WhereaboutsOn(history, page.today) == Whereabouts::kLookedAfter);
  return summary;
}

// One partition's part of the page. Ends the walk when there is one child more than the page takes.
Result<WalkOn> AddChildren(const CasesParts& parts, const v1::ListCasesRequest& request,
                           uint32_t partition, ShardView& shard, Page& page) {
  const std::string after =
      partition == page.first && !page.after.IsZero() ? page.prefix + page.after.Bytes() : "";
  const bool filters = !request.team().empty() && !request.worker().empty();
  const auto rows =
      shard.Scan(page.prefix, after, filters ? SIZE_MAX : page.limit - page.children.size() + 1);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(page.prefix.size()));
    if (!child) continue;
    const auto& team = StateOf<CasesState>(shard.subjects(), *child).child.team;
    if (!request.team().empty() && team != request.team()) continue;
    if (page.children.size() == page.limit) {
      page.response.set_next_page(page.children.back().HexText());
      return WalkOn::kDone;
    }
    auto summary = Summarise(parts, page, *child, shard);
    if (!summary) return tl::unexpected(summary.error());
    *page.response.add_cases() = std::move(*summary);
    page.children.push_back(*child);
  }
  return WalkOn::kNextPartition;
}

}  // namespace

void ListCases(const CasesParts& parts, const ListCasesCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return call->Fail(authority.error());
  const auto after = request.page().empty() ? SubjectId{} : SubjectId::FromHexText(request.page());
  if (!after)
    return call->Fail({StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page"});
  const auto page = std::make_shared<Page>(
      Page{.authority = *authority,
           .prefix = PrefixOf(request, authority->text()),
           .after = *after,
           .first = after->IsZero() ? 0 : parts.shards.PartitionFor(*after),
           .limit = std::min(request.limit() == 0 ? kUsualPage : request.limit(), kLongestPage),
           .today = parts.today(),
           .children = {},
           .response = {}});
  PartitionWalk walk;
  walk.first = page->first;
  walk.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [&parts, call, page](uint32_t partition, ShardView& shard) {
    return AddChildren(parts, call->request(), partition, shard, *page);
  };
  walk.done = [&parts, call, page](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    const PersonalRead read{.method = "ListCases",
                            .authority = page->authority.text(),
                            .fields = {"local_id"},
                            .children = page->children};
    FinishAudited(parts, call, read, std::move(page->response));
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace holdfast::cases
