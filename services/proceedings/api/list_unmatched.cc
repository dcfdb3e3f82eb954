#include <algorithm>
#include <charconv>

#include "libs/rpc/at_least.h"
#include "libs/shard/keeper_of.h"
#include "libs/shard/partition_walk.h"
#include "services/proceedings/api/commands.h"
#include "services/proceedings/api/handlers.h"
#include "services/proceedings/app/proceedings_index.h"
#include "services/proceedings/app/sealed_items.h"
#include "services/proceedings/domain/feed_kinds.h"

namespace holdfast::proceedings {
namespace {

constexpr uint32_t kUsualPage = 100;
constexpr uint32_t kLongestPage = 1000;
constexpr std::chrono::seconds kLongestWait{30};

// A page's place: the item after which it begins, in the order of partitions and of ids within
// each.
struct Page {
  std::string prefix;  // of the rows that are listed
  SubjectId after;     // zero: from the start
  uint32_t first = 0;  // partition
  size_t limit = 0;
  std::vector<SubjectId> items;
  uint32_t last = 0;  // partition of the last one
  v1::ListUnmatchedResponse response;
};

// As next_page says it: the partition, '-' and the item's id.
bool ReadPlace(const std::string& text, uint32_t count, Page& page) {
  if (text.empty()) return true;
  const size_t dash = text.find('-');
  if (dash == std::string::npos) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + dash, page.first);
  const auto item = SubjectId::FromHexText(std::string_view(text).substr(dash + 1));
  if (error != std::errc() || end != text.data() + dash || page.first >= count || !item)
    return false;
  page.after = *item;
  return true;
}

bool IsSource(Role role) { return role == Role::kCourt || role == Role::kReporter; }

Result<v1::UnmatchedItem> ViewOf(const ProceedingsParts& parts, ShardView& view,
                                 const SubjectId& item, const SubjectId& holder) {
  const auto& state = StateOf<ProceedingsState>(view.subjects(), holder);
  v1::UnmatchedItem shown;
  shown.set_item(item.Bytes());
  Result<common::v1::PersonalField> open;
  if (item == holder) {
    const auto& said = state.item.versions.back().said;
    shown.set_source(said.source());
    shown.set_kind(std::string(NameOf(said.kind())));
    *shown.mutable_on() = said.on();
    shown.set_reason(std::string(WhyParked(state.item)));
    open = OpenVersion(parts.sealer, item, said);
  } else {
    const auto& waits = state.child.items.at(item.Bytes()).waiting.rbegin()->second.statement();
    shown.set_source(waits.source());
    shown.set_kind(std::string(NameOf(waits.kind())));
    *shown.mutable_on() = waits.on();
    shown.set_reason("CHILD_NOT_REGISTERED");
    open = OpenWaiting(parts.sealer, holder, waits);
  }
  if (!open) return tl::unexpected(open.error());
  shown.set_event_id(open->open().event_id());
  return shown;
}

Result<WalkOn> AddItems(const ProceedingsParts& parts, uint32_t partition, ShardView& view,
                        Page& page) {
  const bool is_first = partition == page.first && !page.after.IsZero();
  const std::string after = is_first ? page.prefix + page.after.Bytes() : "";
  const auto rows = view.Scan(page.prefix, after, page.limit - page.items.size() + 1);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto item = SubjectId::FromBytes(std::string_view(row.key).substr(page.prefix.size()));
    const auto holder = SubjectId::FromBytes(row.value);
    if (!item || !holder) continue;
    if (page.items.size() == page.limit) {
      page.response.set_next_page(std::to_string(page.last) + "-" + page.items.back().HexText());
      return WalkOn::kDone;
    }
    auto shown = ViewOf(parts, view, *item, *holder);
    if (!shown) return tl::unexpected(shown.error());
    *page.response.add_items() = std::move(*shown);
    page.items.push_back(*item);
    page.last = partition;
  }
  return WalkOn::kNextPartition;
}

// Each page is a read of personal data, recorded before it leaves.
void FinishAudited(const ProceedingsParts& parts, const ListUnmatchedCall& call, const Page& page) {
  if (page.items.empty()) return call->Finish(page.response);
  const auto& who = call->principal();
  audit::v1::PersonalDataRead record;
  record.set_who(UriOf(who));
  record.set_role(std::string(Text(who.role)));
  record.set_purpose(std::string(Text(who.purpose)));
  record.set_method("holdfast.proceedings.v1.ProceedingsService/ListUnmatched");
  record.set_authority(who.authority.text());
  record.add_fields("event_id");
  for (const auto& item : page.items) record.add_items(item.Bytes());
  parts.audit.Record(std::move(record),
                     [call, response = page.response](const Result<void>& recorded) {
                       if (!recorded) return call->Fail(recorded.error());
                       call->Finish(response);
                     });
}

Monotonic DeadlineOf(const ProceedingsParts& parts, const AnyUnaryCall& call) {
  const auto left = call.deadline() - std::chrono::system_clock::now();
  return parts.clock.Steady() +
         std::min(std::chrono::duration_cast<std::chrono::nanoseconds>(left),
                  std::chrono::duration_cast<std::chrono::nanoseconds>(kLongestWait));
}

}  // namespace

void ListUnmatched(const ProceedingsParts& parts, const ListUnmatchedCall& call) {
  const auto& request = call->request();
  const auto& who = call->principal();
  const auto page = std::make_shared<Page>();
  if (!ReadPlace(request.page(), parts.shards.partition_count(), *page))
    return call->Fail({StatusCode::kInvalidArgument, "PAGE_UNKNOWN", "no list said this page"});
  page->prefix = IsSource(who.role) ? UnmatchedOfSource(who.authority.text())
                                    : UnmatchedOfAuthority(who.authority.text());
  page->limit = std::min(request.limit() == 0 ? kUsualPage : request.limit(), kLongestPage);
  PartitionWalk walk;
  walk.first = page->first;
  walk.at_least = [call](uint32_t partition) {
    common::v1::Position place;
    place.set_service("proceedings");
    place.set_partition(partition);
    return EventAt(call->request().header().at_least(), place);
  };
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [&parts, page](uint32_t partition, ShardView& view) {
    return AddItems(parts, partition, view, *page);
  };
  walk.done = [&parts, call, page](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    FinishAudited(parts, call, *page);
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace holdfast::proceedings
