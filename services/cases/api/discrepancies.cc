#include <optional>

#include "libs/crypto/identity.h"
#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/domain/render_discrepancy.h"

namespace holdfast::cases {
namespace {

constexpr uint32_t kUsualPage = 100;
constexpr uint32_t kLongestPage = 1000;

// Where the sources of a child disagree on `today`.
std::vector<Discrepancy> DiscrepanciesOf(const CasesParts& parts, const SubjectId& child,
                                         CivilDate today, ShardView& shard) {
  const auto& state = StateOf<CasesState>(shard.subjects(), child);
  const auto& copy = StateOf<CasesState>(shard.subjects(), parts.copies.Beside(state.owner, child));
  return BuildHistory(child, state.child, copy.authority.coverage, {.known_at = today})
      .discrepancies;
}

// A page's place: the child after which the next one begins, in the order of partitions and of ids
// within each.
struct Page {
  std::string prefix;              // of the rows whose children are looked at
  std::optional<SubjectId> child;  // the only one
  SubjectId after;                 // zero: from the start
  uint32_t first = 0;              // partition
  size_t limit = 0;
  size_t children = 0;  // with discrepancies
  SubjectId last;
  CivilDate today;
  v1::ListDiscrepanciesResponse response;
};

void AddChild(const CasesParts& parts, const std::string& state, const SubjectId& child,
              ShardView& shard, Page& page) {
  const auto discrepancies = DiscrepanciesOf(parts, child, page.today, shard);
  const auto& facts = StateOf<CasesState>(shard.subjects(), child).child;
  bool has_some = false;
  for (const auto& discrepancy : discrepancies) {
    auto shown = RenderDiscrepancy(child, facts, discrepancy);
    if (!state.empty() && shown.state() != state) continue;
    *page.response.add_discrepancies() = std::move(shown);
    has_some = true;
  }
  if (has_some) ++page.children;
}

// One partition's part of the page. A page that is full ends where the next child begins.
Result<WalkOn> AddChildren(const CasesParts& parts, const v1::ListDiscrepanciesRequest& request,
                           uint32_t partition, ShardView& shard, Page& page) {
  const bool goes_on = partition == page.first && !page.after.IsZero();
  const auto rows =
      shard.Scan(page.prefix, goes_on ? page.prefix + page.after.Bytes() : "", SIZE_MAX);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(page.prefix.size()));
    if (!child || (page.child && *child != *page.child)) continue;
    if (page.children == page.limit) {
      page.response.set_next_page(page.last.HexText());
      return WalkOn::kDone;
    }
    AddChild(parts, request.state(), *child, shard, page);
    page.last = *child;
  }
  return WalkOn::kNextPartition;
}

Result<Page> PageOf(const CasesParts& parts, const ListDiscrepanciesCall& call) {
  const auto& request = call->request();
  const auto authority = AuthorityMeant(*call, request.authority());
  if (!authority) return tl::unexpected(authority.error());
  const auto after = request.page().empty() ? SubjectId{} : SubjectId::FromHexText(request.page());
  if (!after) return Fail(StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page");
  if (!request.state().empty() && request.state() != "open" && request.state() != "resolved")
    return Fail(StatusCode::kInvalidArgument, "STATE_UNKNOWN", "a state is open or resolved");
  Page page;
  page.prefix = request.worker().empty() ? ChildrenOf(authority->text())
                                         : ChildrenOfWorker(authority->text(), request.worker());
  if (!request.child().empty()) {
    page.child = SubjectId::FromBytes(request.child());
    if (!page.child)
      return Fail(StatusCode::kInvalidArgument, "CHILD_NEEDED", "the child's id is 16 bytes");
  }
  page.after = *after;
  page.first = after->IsZero() ? 0 : parts.shards.PartitionFor(*after);
  page.limit = std::min(request.limit() == 0 ? kUsualPage : request.limit(), kLongestPage);
  page.today = parts.today();
  SetDate(page.today, page.response.mutable_day());
  return page;
}

// The child of the authority that has the discrepancy. Another authority's is not found, after the
// same reads.
void FindChildOf(const CasesParts& parts, const AnyUnaryCall& call, const CommandOrigin& origin,
                 const DiscrepancyId& id, std::function<void(Result<SubjectId>)> then) {
  const auto found = std::make_shared<std::optional<SubjectId>>();
  PartitionWalk walk;
  walk.after_sources = true;
  walk.deadline = DeadlineOf(parts, call);
  walk.visit = [&parts, found, id, today = parts.today(),
                prefix = ChildrenOf(origin.authority.text())](uint32_t,
                                                              ShardView& shard) -> Result<WalkOn> {
    const auto rows = shard.Scan(prefix, "", SIZE_MAX);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      const auto child = SubjectId::FromBytes(std::string_view(row.key).substr(prefix.size()));
      if (!child) continue;
      for (const auto& discrepancy : DiscrepanciesOf(parts, *child, today, shard)) {
        if (discrepancy.id == id) *found = child;
      }
      if (*found) return WalkOn::kDone;
    }
    return WalkOn::kNextPartition;
  };
  walk.done = [found, then = std::move(then)](const Result<void>& done) {
    if (!done) return then(tl::unexpected(done.error()));
    if (!*found) {
      return then(Fail(StatusCode::kNotFound, "UNKNOWN_DISCREPANCY",
                       "there is no such discrepancy, or it is closed"));
    }
    then(**found);
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace

void ListDiscrepancies(const CasesParts& parts, const ListDiscrepanciesCall& call) {
  auto read = PageOf(parts, call);
  if (!read) return call->Fail(read.error());
  const auto page = std::make_shared<Page>(std::move(*read));
  PartitionWalk walk;
  walk.first = page->first;
  walk.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  walk.after_sources = true;
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [&parts, call, page](uint32_t partition, ShardView& shard) {
    return AddChildren(parts, call->request(), partition, shard, *page);
  };
  walk.done = [call, page](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    call->Finish(page->response);
  };
  WalkPartitions(parts.shards, std::move(walk));
}

void ResolveDiscrepancy(const CasesParts& parts, const ResolveDiscrepancyCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  const auto id = DiscrepancyId::FromBytes(request.discrepancy());
  if (!id)
    return call->Fail({StatusCode::kInvalidArgument, "DISCREPANCY_NEEDED",
                       "the 16-byte id of the discrepancy is needed"});
  FindChildOf(parts, *call, *origin, *id,
              [&parts, call, origin = *origin, id = *id](const Result<SubjectId>& child) {
                if (!child) return call->Fail(child.error());
                const auto key = parts.keys.IdentityKey(origin.authority);
                if (!key) return call->Fail(key.error());
                v1::CasesCommand command;
                auto& resolves = *command.mutable_resolve_discrepancy();
                resolves.set_discrepancy(id.Bytes());
                resolves.set_keep(call->request().keep());
                resolves.set_same(call->request().same());
                if (!call->request().reason().empty())
                  resolves.mutable_reason()->mutable_open()->set_text(call->request().reason());
                resolves.set_assertion(MakeAssertionId(*key, FactId{id.bytes}, origin.id).Bytes());
                const uint32_t partition = parts.shards.PartitionFor(*child);
                Submit(parts, origin, *child, std::move(command),
                       [call, partition](const Result<Answer>& answer) {
                         FinishFrom(*call, partition, answer);
                       });
              });
}

}  // namespace holdfast::cases
