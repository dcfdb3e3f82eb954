#include "libs/permanence/facts.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/base/london.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/told.h"

namespace holdfast {
namespace {

using cases::v1::CasesEvent;
using cases::v1::ReturnRow;

template <typename SomeId>
SomeId IdOf(const std::string& bytes) {
  return SomeId::FromBytes(bytes).value_or(SomeId{});
}

Statement StatementOf(const cases::v1::Submission& submission, StatementKind kind,
                      Instant recorded_at) {
  Statement statement;
  statement.kind = kind;
  statement.year_end = DayOf(submission.year_end()).value_or(kDistantPast);
  statement.run = IdOf<RunId>(submission.run());
  statement.run_number = submission.run_number();
  statement.recorded_at = recorded_at;
  return statement;
}

template <typename Event>  // RowRemoved or RowRefused
Statement StatementOfKey(const Event& event, StatementKind kind, Instant recorded_at) {
  Statement statement = StatementOf(event.submission(), kind, recorded_at);
  statement.key = {event.table(), event.has_key_day() ? DayOf(event.key_day()) : std::nullopt};
  statement.fact = IdOf<FactId>(event.fact());
  return statement;
}

RecordedVersion FirstVersion(const cases::v1::FactRecorded& event, CivilDate reported,
                             Instant recorded_at) {
  RecordedVersion version;
  version.fact = IdOf<FactId>(event.fact());
  version.assertion = IdOf<AssertionId>(event.assertion());
  version.kind = event.kind();
  version.on = DayOf(event.on()).value_or(kDistantPast);
  version.code = event.code();
  if (event.has_until()) version.until = DayOf(event.until());
  version.parallel = event.parallel();
  version.how = event.how();
  version.rate = event.rate();
  version.words = event.personal();
  version.words_of = version.assertion;
  version.contingency = event.contingency();
  version.state = event.state();
  version.entry = EntryId::FromBytes(event.entry());
  for (const auto& fact : event.entry_facts()) version.entry_facts.push_back(IdOf<FactId>(fact));
  version.reported = reported;
  version.recorded_at = recorded_at;
  return version;
}

// The newest version of `fact`, or null.
const RecordedVersion* NewestVersion(const ChildFacts& facts, const FactId& fact) {
  for (auto version = facts.record.rbegin(); version != facts.record.rend(); ++version) {
    if (version->fact == fact) return &*version;
  }
  return nullptr;
}

void ApplyCorrection(const cases::v1::FactCorrected& event, CivilDate reported, Instant recorded_at,
                     ChildFacts& facts) {
  const auto* newest = NewestVersion(facts, IdOf<FactId>(event.fact()));
  if (!newest) return;
  RecordedVersion version = *newest;
  version.assertion = IdOf<AssertionId>(event.assertion());
  version.on = DayOf(event.on()).value_or(version.on);
  version.code = event.code();
  version.until = event.has_until() ? DayOf(event.until()) : std::nullopt;
  version.rate = event.rate();
  version.state = event.state();
  version.withdrawn = false;
  version.reported = reported;
  version.recorded_at = recorded_at;
  facts.record.push_back(std::move(version));
}

void ApplyWithdrawal(const cases::v1::FactWithdrawn& event, CivilDate reported, Instant recorded_at,
                     ChildFacts& facts) {
  const auto* newest = NewestVersion(facts, IdOf<FactId>(event.fact()));
  if (!newest) return;
  RecordedVersion version = *newest;
  version.assertion = IdOf<AssertionId>(event.assertion());
  version.withdrawn = true;
  version.reported = reported;
  version.recorded_at = recorded_at;
  facts.record.push_back(std::move(version));
}

void ApplyResolution(const cases::v1::DiscrepancyResolved& event, CivilDate reported,
                     Instant recorded_at, ChildFacts& facts) {
  ResolvedVersion resolved;
  resolved.kind = event.kind();
  resolved.field = event.field();
  resolved.keep = event.same() ? "" : event.keep();
  for (const auto& assertion : event.compared())
    resolved.compared.push_back(IdOf<AssertionId>(assertion));
  std::ranges::sort(resolved.compared);
  resolved.reported = reported;
  resolved.recorded_at = recorded_at;
  facts.resolved.push_back(std::move(resolved));
}

void ApplyRegistration(const cases::v1::ChildRegistered& event, ChildFacts& facts) {
  facts.registered = true;
  facts.authority = event.authority();
  facts.key_id = IdOf<KeyId>(event.key_id());
  facts.registration = IdOf<AssertionId>(event.assertion());
  facts.personal = event.personal();
}

void ApplyAssignment(const cases::v1::CaseAssigned& event, ChildFacts& facts) {
  facts.team = event.team();
  facts.worker = event.worker();
  facts.worker_of_sheet.reset();
  if (!event.has_sheet()) return;
  facts.worker_of_sheet = {.as_of = DayOf(event.sheet().as_of()).value_or(kDistantPast),
                           .run_number = event.sheet().run_number()};
}

void ApplyTracker(const cases::v1::TrackerFactsStated& event, Instant recorded_at,
                  ChildFacts& facts) {
  for (const auto& stated : event.facts()) {
    facts.tracker.push_back({.fact = IdOf<FactId>(stated.fact()),
                             .assertion = IdOf<AssertionId>(stated.assertion()),
                             .kind = stated.kind(),
                             .code = stated.code(),
                             .on = DayOf(stated.on()).value_or(kDistantPast),
                             .as_of = DayOf(event.sheet().as_of()).value_or(kDistantPast),
                             .run = IdOf<RunId>(event.sheet().run()),
                             .run_number = event.sheet().run_number(),
                             .recorded_at = recorded_at});
  }
}

void ApplyRow(const cases::v1::RowStated& event, Instant recorded_at, ChildFacts& facts) {
  Statement statement = StatementOf(event.submission(), StatementKind::kStated, recorded_at);
  statement.key = KeyOf(event.row());
  statement.fact = IdOf<FactId>(event.fact());
  statement.assertion = IdOf<AssertionId>(event.assertion());
  statement.row = event.row();
  facts.statements.push_back(std::move(statement));
}

}  // namespace

RowKey KeyOf(const ReturnRow& row) {
  using namespace cases::v1;
  switch (row.content_case()) {
    case ReturnRow::kHeader:
      return {RETURN_TABLE_HEADER, {}};
    case ReturnRow::kEpisode:
      return {RETURN_TABLE_EPISODES, DayOf(row.episode().decom())};
    case ReturnRow::kReview:
      return {RETURN_TABLE_REVIEWS, DayOf(row.review().review())};
    case ReturnRow::kUasc:
      return {RETURN_TABLE_UASC, {}};
    case ReturnRow::kAd1:
      return {RETURN_TABLE_AD1, DayOf(row.ad1().date_int())};
    case ReturnRow::kPlacedAdoption:
      return {RETURN_TABLE_PLACED_ADOPTION, DayOf(row.placed_adoption().date_placed())};
    case ReturnRow::kPreviousPermanence:
      return {RETURN_TABLE_PREVIOUS_PERMANENCE, {}};
    case ReturnRow::kMissing:
      return {RETURN_TABLE_MISSING, DayOf(row.missing().mis_start())};
    case ReturnRow::CONTENT_NOT_SET:
      return {};
  }
  return {};
}

CivilDate ReportedOn(const CasesEvent& event, Instant recorded_at) {
  const auto stated = event.has_reported_on() ? DayOf(event.reported_on()) : std::nullopt;
  return stated ? *stated : LondonDay(recorded_at);
}

void Apply(const CasesEvent& event, Instant recorded_at, ChildFacts& facts) {
  const CivilDate reported = ReportedOn(event, recorded_at);
  switch (event.event_case()) {
    case CasesEvent::kChildRegistered:
      return ApplyRegistration(event.child_registered(), facts);
    case CasesEvent::kCaseAssigned:
      return ApplyAssignment(event.case_assigned(), facts);
    case CasesEvent::kRowStated:
      return ApplyRow(event.row_stated(), recorded_at, facts);
    case CasesEvent::kRowRemoved:
      facts.statements.push_back(
          StatementOfKey(event.row_removed(), StatementKind::kRemoved, recorded_at));
      return;
    case CasesEvent::kRowRefused:
      facts.statements.push_back(
          StatementOfKey(event.row_refused(), StatementKind::kRefused, recorded_at));
      return;
    case CasesEvent::kRunWithdrawn: {
      const auto& run = event.run_withdrawn().submission();
      const auto reported_at = DayOf(run.has_as_of() ? run.as_of() : run.year_end());
      facts.withdrawals.push_back(
          {IdOf<RunId>(run.run()), reported_at.value_or(kDistantPast), recorded_at});
      return;
    }
    case CasesEvent::kTrackerFactsStated:
      return ApplyTracker(event.tracker_facts_stated(), recorded_at, facts);
    case CasesEvent::kFactRecorded:
      facts.record.push_back(FirstVersion(event.fact_recorded(), reported, recorded_at));
      return;
    case CasesEvent::kFactCorrected:
      return ApplyCorrection(event.fact_corrected(), reported, recorded_at, facts);
    case CasesEvent::kFactWithdrawn:
      return ApplyWithdrawal(event.fact_withdrawn(), reported, recorded_at, facts);
    case CasesEvent::kDiscrepancyResolved:
      return ApplyResolution(event.discrepancy_resolved(), reported, recorded_at, facts);
    case CasesEvent::kMeetingTold:
      facts.meetings.push_back(ToldOf(event.meeting_told(), reported, recorded_at));
      return;
    case CasesEvent::kSiblingsTold:
      facts.siblings.push_back(ToldOf(event.siblings_told(), reported, recorded_at));
      return;
    case CasesEvent::kChildErased:
      facts.erased = true;
      return;
    case CasesEvent::kErasureStepDone:
    case CasesEvent::kAuthorityRegistered:
    case CasesEvent::kAuthorityLive:
    case CasesEvent::kAimStated:
    case CasesEvent::kReturnCovered:
    case CasesEvent::kImportRunStarted:
    case CasesEvent::kImportRunFinished:
    case CasesEvent::kMeetingPlanned:
    case CasesEvent::kMeetingHeld:
    case CasesEvent::kMeetingCorrected:
    case CasesEvent::kMeetingCancelled:
    case CasesEvent::kMeetingWithdrawn:
    case CasesEvent::kSiblingGroupCreated:
    case CasesEvent::kSiblingJoined:
    case CasesEvent::kSiblingLeft:
    case CasesEvent::kSiblingsDecided:
    case CasesEvent::kAllTold:
    case CasesEvent::kHistoryLost:
    case CasesEvent::EVENT_NOT_SET:
      return;
  }
}

}  // namespace holdfast
