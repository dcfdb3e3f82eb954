#include <algorithm>

#include "libs/crypto/personal_fields.h"
#include "libs/permanence/dates.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/render_case.h"
#include "services/cases/domain/told_child.h"

namespace holdfast::cases {
namespace {

// Now, unless the caller looks from elsewhere; from an instant of recording, whatever was then
// known of any day.
View ViewFrom(const v1::ShowCaseRequest& request, CivilDate today) {
  View view;
  const auto known_at =
      request.view().has_known_at() ? DayOf(request.view().known_at()) : std::nullopt;
  const bool is_recorded_view = request.view().recorded_at() != 0;
  if (is_recorded_view)
    view.recorded_at = Instant(std::chrono::microseconds(request.view().recorded_at()));
  if (known_at) {
    view.known_at = *known_at;
  } else if (!is_recorded_view) {
    view.known_at = today;
  }
  return view;
}

// The case as the caller may see it. A child that is not there and one out of reach: the same
// reads, the same answer.
Result<v1::ShowCaseResponse> Show(const CasesParts& parts, const ShowCaseCall& call,
                                  const SubjectId& child, ShardView& shard) {
  const auto& state = StateOf<CasesState>(shard.subjects(), child);
  const auto owner = AuthorityCode::FromText(state.owner);
  if (!state.child.registered || !owner || !call->Reaches(*owner))
    return tl::unexpected(NoSuchChild());
  const SubjectId copy = parts.copies.Beside(state.owner, child);
  const auto& coverage = StateOf<CasesState>(shard.subjects(), copy).authority.coverage;
  const ChildPlace place{*owner, child};
  auto open = OpenFacts(parts.sealer, place, state.child, OpenWhat::kPersonAndWords);
  if (!open) return tl::unexpected(open.error());
  if (auto refs = OpenRefs(parts.of_proceedings, place, *open); !refs)
    return tl::unexpected(refs.error());
  v1::ShowCaseResponse response;
  const View view = ViewFrom(call->request(), parts.today());
  *response.mutable_view() = RenderCase(child, *open, coverage, view);
  RenderTold(state.told, view, *response.mutable_view());
  AddPosition(parts.shards.PartitionFor(child), shard.position(), response.mutable_positions());
  return response;
}

// The personal fields that the answer shows.
std::vector<std::string> PersonalIn(const v1::CaseView& view) {
  auto fields = NamesOfPersonal(view.personal());
  const bool shows_ref = std::ranges::any_of(
      view.hearings(), [](const v1::HearingView& hearing) { return !hearing.ref().empty(); });
  if (shows_ref) fields.push_back("ref");
  if (view.contact_size() > 0) fields.push_back("contact");
  if (view.siblings_size() > 0) fields.push_back("siblings");
  const auto shows = [&](const auto& words) {
    return std::ranges::any_of(view.views(),
                               [&](const v1::ViewView& shown) { return !words(shown).empty(); });
  };
  const bool shows_why = std::ranges::any_of(
      view.gates(), [](const v1::GateView& gate) { return !gate.why().empty(); });
  if (shows_why || shows([](const auto& shown) { return shown.text(); })) fields.push_back("text");
  if (shows([](const auto& shown) { return shown.done(); })) fields.push_back("done");
  return fields;
}

}  // namespace

void ShowCase(const CasesParts& parts, const ShowCaseCall& call) {
  const auto authority = AuthorityMeant(*call, call->request().authority());
  if (!authority) return call->Fail(authority.error());
  const auto child = ChildNamed(parts, *authority, call->request().child());
  if (!child) return call->Fail(child.error());
  const uint32_t partition = parts.shards.PartitionFor(*child);
  const auto run = [&parts, call, child = *child](Result<ShardView> shard) {
    if (!shard) return call->Fail(shard.error());
    auto response = Show(parts, call, child, *shard);
    if (!response) return call->Fail(response.error());
    const PersonalRead read{.method = "ShowCase",
                            .authority = response->view().authority(),
                            .fields = PersonalIn(response->view()),
                            .children = {child}};
    FinishAudited(parts, call, read, std::move(*response));
  };
  parts.shards.Read(partition, {.at_least = EventsNeeded(call->request().header(), partition),
                                .after_sources = true,
                                .deadline = DeadlineOf(parts, *call),
                                .run = run});
}

}  // namespace holdfast::cases
