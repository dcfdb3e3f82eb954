#include "libs/permanence/dates.h"
#include "libs/permanence/view.h"
#include "libs/policy/policy_set.h"
#include "libs/rpc/certificates.h"
#include "libs/shard/partition_walk.h"
#include "services/cases/api/commands.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/reads.h"
#include "services/cases/app/cases_index.h"

namespace holdfast::cases {
namespace {

constexpr uint32_t kMostLeadDays = 1'000;

// Keys before the first event: nothing of the authority can be sealed without.
Result<void> MakeKeys(const CasesParts& parts, const AuthorityCode& authority) {
  if (auto made = parts.keys.AddAuthority(authority); !made) return made;
  const Instant now = parts.clock.Now();
  const auto certificates = CertificateAuthority::OpenOrCreate(parts.keys.path(), now);
  if (!certificates) return tl::unexpected(certificates.error());
  return certificates->IssueForAuthority(authority, now);
}

void Show(const AuthorityFacts& facts, v1::AuthorityView& view) {
  view.set_authority(facts.code);
  view.set_name(facts.name);
  if (const auto live = LiveFrom(facts.coverage, View{})) SetDate(*live, view.mutable_live_from());
  for (const auto year_end : CoveredYearEnds(facts.coverage, v1::RETURN_TABLE_EPISODES, View{})) {
    SetDate(year_end, view.add_year_ends());
  }
}

bool IsPracticeAim(const std::string& id) {
  for (const auto& pack : ShippedPolicies().packs) {
    for (const auto& clock : pack.clocks) {
      if (clock.id == id) return clock.practice_aim;
    }
  }
  return false;
}

std::optional<Status> WrongIn(const v1::StateAimRequest& request) {
  const auto bad = [](const char* reason, const char* message) {
    return Status{StatusCode::kInvalidArgument, reason, message};
  };
  if (!IsPracticeAim(request.clock()))
    return bad("NOT_AN_AIM", "only a practice aim has limits of an authority's own, never law");
  if (!LimitFromText(request.limit()))
    return bad("LIMIT", "a limit is a number of months, weeks or days: 18mo, 14wk, 28d");
  if (request.lead_days() > kMostLeadDays) return bad("LEAD", "lead days are 0 to 1,000");
  if (!DayOf(request.from())) return bad("NO_DAY", "the first day on which it holds is needed");
  if (request.reason().empty()) return bad("NO_REASON", "a reason is needed");
  return std::nullopt;
}

}  // namespace

void RegisterAuthority(const CasesParts& parts, const RegisterAuthorityCall& call) {
  const auto origin = OriginOf(*call, call->request().header());
  if (!origin) return call->Fail(origin.error());
  // Before keys are made for it.
  if (call->request().name().find_first_not_of(' ') == std::string::npos) {
    return call->Fail({StatusCode::kInvalidArgument, "NO_NAME", "an authority needs a name"});
  }
  // Files are written and synced: not on a thread of gRPC.
  parts.push.Post([&parts, call, origin = *origin] {
    if (auto made = MakeKeys(parts, origin.authority); !made) return call->Fail(made.error());
    v1::CasesCommand command;
    command.mutable_register_authority()->set_name(call->request().name());
    Submit(parts, origin, AuthoritySubject(origin.authority.text()), std::move(command),
           [&parts, call, origin](const Result<Answer>& answer) {
             FinishWhenTaught(parts, call, origin, answer);
           });
  });
}

void SetAuthorityLive(const CasesParts& parts, const SetAuthorityLiveCall& call) {
  const auto origin = OriginOf(*call, call->request().header());
  if (!origin) return call->Fail(origin.error());
  if (!DayOf(call->request().from())) {
    return call->Fail({StatusCode::kInvalidArgument, "NO_DAY", "the first day covered is needed"});
  }
  v1::CasesCommand command;
  *command.mutable_set_authority_live()->mutable_from() = call->request().from();
  Submit(parts, *origin, AuthoritySubject(origin->authority.text()), std::move(command),
         [&parts, call, origin = *origin](const Result<Answer>& answer) {
           FinishWhenTaught(parts, call, origin, answer);
         });
}

void StateAim(const CasesParts& parts, const StateAimCall& call) {
  const auto& request = call->request();
  const auto origin = OriginOf(*call, request.header());
  if (!origin) return call->Fail(origin.error());
  if (const auto wrong = WrongIn(request)) return call->Fail(*wrong);
  v1::CasesCommand command;
  auto& state = *command.mutable_state_aim();
  state.set_clock(request.clock());
  state.set_limit(request.limit());
  if (request.has_lead_days()) state.set_lead_days(request.lead_days());
  *state.mutable_from() = request.from();
  state.set_reason(request.reason());
  Submit(parts, *origin, AuthoritySubject(origin->authority.text()), std::move(command),
         [&parts, call, origin = *origin](const Result<Answer>& answer) {
           FinishWhenTaught(parts, call, origin, answer);
         });
}

void ListAuthorities(const CasesParts& parts, const ListAuthoritiesCall& call) {
  struct Found {
    std::map<std::string, v1::AuthorityView> by_code;
  };
  const auto found = std::make_shared<Found>();
  PartitionWalk walk;
  walk.at_least = [call](uint32_t partition) {
    return EventsNeeded(call->request().header(), partition);
  };
  walk.deadline = DeadlineOf(parts, *call);
  walk.visit = [found](uint32_t, ShardView& view) -> Result<WalkOn> {
    const auto rows = view.Scan(Authorities(), "", SIZE_MAX);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      const std::string code = row.key.substr(Authorities().size());
      Show(StateOf<CasesState>(view.subjects(), AuthoritySubject(code)).authority,
           found->by_code[code]);
    }
    return WalkOn::kNextPartition;
  };
  walk.done = [call, found](const Result<void>& done) {
    if (!done) return call->Fail(done.error());
    v1::ListAuthoritiesResponse response;
    for (auto& [code, view] : found->by_code) *response.add_authorities() = std::move(view);
    call->Finish(response);
  };
  WalkPartitions(parts.shards, std::move(walk));
}

}  // namespace holdfast::cases
