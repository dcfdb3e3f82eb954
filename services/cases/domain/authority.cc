#include "services/cases/domain/authority.h"

#include <algorithm>

#include "libs/permanence/coverage_events.h"
#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

using namespace v1;

v1::CasesEvent NewEvent(const AuthorityContext& context) {
  CasesEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  return event;
}

AuthorityDecision Causing(CasesEvent event) {
  AuthorityDecision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

const ImportRun* Find(const AuthorityFacts& facts, const std::string& run) {
  const auto found = std::ranges::find_if(
      facts.runs, [&](const ImportRun& r) { return r.submission.run() == run; });
  return found == facts.runs.end() ? nullptr : &*found;
}

ImportRun* Find(AuthorityFacts& facts, const std::string& run) {
  return const_cast<ImportRun*>(Find(std::as_const(facts), run));
}

// What a run says is known by the end of this day.
const common::v1::Date& ReportedAt(const Submission& submission) {
  return submission.has_as_of() ? submission.as_of() : submission.year_end();
}

// True when a later run of the same year end, or of the same day's sheet, still stands.
bool HasLaterSubmission(const AuthorityFacts& facts, const ImportRun& run) {
  return std::ranges::any_of(facts.runs, [&](const ImportRun& other) {
    return !other.withdrawn && other.submission.run_number() > run.submission.run_number() &&
           other.submission.has_as_of() == run.submission.has_as_of() &&
           DayOf(ReportedAt(other.submission)) == DayOf(ReportedAt(run.submission));
  });
}

bool KnowsCoverage(const Coverage& coverage, const std::string& run) {
  return std::ranges::any_of(coverage.returns,
                             [&](const ReturnCoverage& r) { return r.run.Bytes() == run; });
}

bool KnowsWithdrawal(const Coverage& coverage, const std::string& run) {
  return std::ranges::any_of(coverage.returns, [&](const ReturnCoverage& r) {
    return r.run.Bytes() == run && r.withdrawn_at;
  });
}

bool IsLiveFrom(const Coverage& coverage, CivilDate from) {
  return !coverage.live.empty() && coverage.live.back().from == from;
}

StatedAim AimOf(const auto& stated) {
  StatedAim aim{.clock = stated.clock(),
                .limit = LimitFromText(stated.limit()).value_or(Limit{}),
                .lead_days = {},
                .from = DayOf(stated.from()).value_or(kDistantFuture)};
  if (stated.has_lead_days()) aim.lead_days = static_cast<int>(stated.lead_days());
  return aim;
}

// True if the last that was stated of the clock says the very same.
bool StatesAlready(const AuthorityFacts& facts, const StatedAim& aim) {
  const auto last = std::ranges::find_if(facts.aims.rbegin(), facts.aims.rend(),
                                         [&](const StatedAim& a) { return a.clock == aim.clock; });
  return last != facts.aims.rend() && *last == aim;
}

}  // namespace

AuthorityResult Decide(const AuthorityContext& context, const RegisterAuthority& command) {
  if (context.facts.registered) {
    if (context.facts.name != command.name()) return tl::unexpected(AuthorityRefusal::kNameDiffers);
    return AuthorityDecision{};
  }
  CasesEvent event = NewEvent(context);
  event.mutable_authority_registered()->set_authority(context.authority);
  event.mutable_authority_registered()->set_name(command.name());
  return Causing(std::move(event));
}

AuthorityResult Decide(const AuthorityContext& context, const SetAuthorityLive& command) {
  if (!context.facts.registered) return tl::unexpected(AuthorityRefusal::kUnknownAuthority);
  const auto from = DayOf(command.from());
  if (from && IsLiveFrom(context.facts.coverage, *from)) return AuthorityDecision{};
  CasesEvent event = NewEvent(context);
  event.mutable_authority_live()->set_authority(context.authority);
  *event.mutable_authority_live()->mutable_from() = command.from();
  return Causing(std::move(event));
}

AuthorityResult Decide(const AuthorityContext& context, const StateAim& command) {
  if (!context.facts.registered) return tl::unexpected(AuthorityRefusal::kUnknownAuthority);
  if (StatesAlready(context.facts, AimOf(command))) return AuthorityDecision{};
  CasesEvent event = NewEvent(context);
  auto& stated = *event.mutable_aim_stated();
  stated.set_authority(context.authority);
  stated.set_clock(command.clock());
  stated.set_limit(command.limit());
  if (command.has_lead_days()) stated.set_lead_days(command.lead_days());
  *stated.mutable_from() = command.from();
  stated.set_reason(command.reason());
  return Causing(std::move(event));
}

AuthorityResult Decide(const AuthorityContext& context, const StartImport& command) {
  if (!context.facts.registered) return tl::unexpected(AuthorityRefusal::kUnknownAuthority);
  if (const auto* run = Find(context.facts, command.run())) {
    if (run->withdrawn) return tl::unexpected(AuthorityRefusal::kRunWithdrawn);
    AuthorityDecision decision;
    decision.run_number = run->submission.run_number();
    return decision;
  }
  if (command.has_as_of() && DayOf(command.as_of()).value_or(kDistantFuture) > context.today)
    return tl::unexpected(AuthorityRefusal::kSheetAhead);
  CasesEvent event = NewEvent(context);
  auto& started = *event.mutable_import_run_started();
  auto& submission = *started.mutable_submission();
  submission.set_authority(context.authority);
  if (command.has_as_of()) {
    *submission.mutable_as_of() = command.as_of();
  } else {
    *submission.mutable_year_end() = command.year_end();
  }
  submission.set_run(command.run());
  submission.set_run_number(context.facts.runs.size() + 1);
  started.set_repair(command.repair());
  *started.mutable_files() = command.files();
  started.set_by(command.by());
  AuthorityDecision decision = Causing(std::move(event));
  decision.run_number = context.facts.runs.size() + 1;
  return decision;
}

AuthorityResult Decide(const AuthorityContext& context, const FinishImport& command) {
  const auto* run = Find(context.facts, command.covered().submission().run());
  if (!run) return tl::unexpected(AuthorityRefusal::kUnknownRun);
  if (run->withdrawn) return tl::unexpected(AuthorityRefusal::kRunWithdrawn);
  if (run->finished) return AuthorityDecision{};
  AuthorityDecision decision;
  if (!run->submission.has_as_of()) {  // a sheet covers nothing: what it lacks it does not deny
    CasesEvent covered;
    *covered.mutable_reported_on() = run->submission.year_end();
    *covered.mutable_return_covered() = command.covered();
    *covered.mutable_return_covered()->mutable_submission() = run->submission;
    decision.events.push_back(std::move(covered));
  }
  CasesEvent finished = NewEvent(context);
  *finished.mutable_import_run_finished() = command.finished();
  *finished.mutable_import_run_finished()->mutable_submission() = run->submission;
  decision.events.push_back(std::move(finished));
  return decision;
}

AuthorityResult Decide(const AuthorityContext& context, const WithdrawRun& command) {
  const auto* run = Find(context.facts, command.run());
  if (!run) return tl::unexpected(AuthorityRefusal::kUnknownRun);
  if (run->withdrawn) return AuthorityDecision{};
  if (HasLaterSubmission(context.facts, *run))
    return tl::unexpected(AuthorityRefusal::kRunNotNewest);
  CasesEvent event;
  *event.mutable_reported_on() = ReportedAt(run->submission);
  *event.mutable_run_withdrawn()->mutable_submission() = run->submission;
  return Causing(std::move(event));
}

AuthorityResult Decide(const AuthorityContext& context, const LearnOfAuthority& command) {
  const auto& event = command.event();
  const Coverage& coverage = context.facts.coverage;
  bool known = false;
  switch (event.event_case()) {
    case CasesEvent::kAuthorityRegistered:
      known = context.facts.registered;
      break;
    case CasesEvent::kAuthorityLive:
      known = context.facts.live_source_event >= command.source_event();
      break;
    case CasesEvent::kAimStated:
      known = context.facts.aim_source_event >= command.source_event();
      break;
    case CasesEvent::kReturnCovered:
      known = !event.return_covered().whole() ||
              KnowsCoverage(coverage, event.return_covered().submission().run());
      break;
    case CasesEvent::kRunWithdrawn:
      known = KnowsWithdrawal(coverage, event.run_withdrawn().submission().run()) ||
              !KnowsCoverage(coverage, event.run_withdrawn().submission().run());
      break;
    default:
      known = true;
  }
  if (known) return AuthorityDecision{};
  CasesEvent learnt = event;
  learnt.set_source_event(command.source_event());
  return Causing(std::move(learnt));
}

void Apply(const CasesEvent& event, Instant recorded_at, AuthorityFacts& facts) {
  holdfast::Apply(event, recorded_at, facts.coverage);
  switch (event.event_case()) {
    case CasesEvent::kAuthorityRegistered:
      facts.registered = true;
      facts.code = event.authority_registered().authority();
      facts.name = event.authority_registered().name();
      return;
    case CasesEvent::kAuthorityLive:
      facts.live_source_event = event.source_event();
      return;
    case CasesEvent::kAimStated:
      facts.aims.push_back(AimOf(event.aim_stated()));
      facts.aim_source_event = event.source_event();
      return;
    case CasesEvent::kRunWithdrawn:
      if (auto* run = Find(facts, event.run_withdrawn().submission().run())) run->withdrawn = true;
      return;
    case CasesEvent::kImportRunStarted: {
      const auto& started = event.import_run_started();
      facts.runs.push_back({.submission = started.submission(),
                            .repair = started.repair(),
                            .files = {started.files().begin(), started.files().end()},
                            .by = started.by(),
                            .started_at = recorded_at});
      return;
    }
    case CasesEvent::kImportRunFinished:
      if (auto* run = Find(facts, event.import_run_finished().submission().run())) {
        run->finished = true;
        run->finish = event.import_run_finished();
        // By the records, so that finishing again after a kill says the same.
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(recorded_at - run->started_at);
        run->finish.set_duration_ms(static_cast<uint64_t>(took.count()));
      }
      return;
    default:
      return;
  }
}

std::string_view NameOf(AuthorityRefusal refusal) {
  switch (refusal) {
    case AuthorityRefusal::kUnknownAuthority:
      return "UNKNOWN_AUTHORITY";
    case AuthorityRefusal::kUnknownRun:
      return "UNKNOWN_RUN";
    case AuthorityRefusal::kRunNotNewest:
      return "RUN_NOT_NEWEST";
    case AuthorityRefusal::kRunWithdrawn:
      return "RUN_WITHDRAWN";
    case AuthorityRefusal::kSheetAhead:
      return "SHEET_AHEAD";
    case AuthorityRefusal::kNameDiffers:
      return "NAME_DIFFERS";
  }
  return "";
}

std::string_view TextOf(AuthorityRefusal refusal) {
  switch (refusal) {
    case AuthorityRefusal::kUnknownAuthority:
      return "the authority is not registered: holdfast authority add CODE --name TEXT";
    case AuthorityRefusal::kUnknownRun:
      return "the authority has no such run";
    case AuthorityRefusal::kRunNotNewest:
      return "a later submission of the same year, or sheet of the same day, stands: withdraw that "
             "one first";
    case AuthorityRefusal::kRunWithdrawn:
      return "the run was withdrawn: import it anew";
    case AuthorityRefusal::kSheetAhead:
      return "the sheet's as-of day lies ahead";
    case AuthorityRefusal::kNameDiffers:
      return "the authority is registered with another name: holdfast authority list";
  }
  return "";
}

SubjectId AuthoritySubject(std::string_view authority) {
  return {HashId("authority", {authority})};
}

SubjectId AuthorityCopySubject(std::string_view authority, uint32_t partition, uint32_t count) {
  for (uint64_t attempt = 0;; ++attempt) {
    const SubjectId id{
        HashId("authority-copy", {authority, std::to_string(partition), std::to_string(attempt)})};
    if (PartitionOf(id, count) == partition) return id;
  }
}

}  // namespace holdfast::cases
