#include "libs/permanence/dates.h"
#include "services/alerting/api/handlers.h"
#include "services/alerting/api/reads.h"
#include "services/node/manual_day.h"

namespace holdfast::alerting {
namespace {

// Calls `then` once every partition has begun `day` and nothing is left to be done for it;
// OUTCOME_UNKNOWN when that takes until the deadline: it goes on by itself.
void WhenBegun(const AlertingParts& parts, CivilDate day, Monotonic deadline,
               std::function<void(Result<CivilDate>)> then) {
  parts.rounds.AfterRound([&parts, day, deadline,
                           then = std::move(then)](const Result<void>& went) mutable {
    if (!went)
      return then(
          tl::unexpected(OutcomeUnknown("the service stops; it goes on when it starts again")));
    const RoundsStatus status = parts.rounds.status();
    if (status.at_rest && status.day && *status.day >= day) return then(*status.day);
    if (parts.clock.Steady() >= deadline) {
      return then(
          tl::unexpected(OutcomeUnknown("not every partition has begun the day yet; it goes on")));
    }
    WhenBegun(parts, day, deadline, std::move(then));
  });
}

}  // namespace

void ShowClock(const AlertingParts& parts, const ShowClockCall& call) {
  parts.rounds.AfterRound([&parts, call](const Result<void>& went) {
    if (!went) return call->Fail(went.error());
    const RoundsStatus status = parts.rounds.status();
    v1::ShowClockResponse response;
    response.set_mode(parts.clock_mode == ClockMode::kManual ? "manual" : "system");
    if (status.day) SetDate(*status.day, response.mutable_day());
    response.set_refused(status.refused);
    call->Finish(response);
  });
}

void SetClock(const AlertingParts& parts, const SetClockCall& call) {
  const auto day = DayOf(call->request().day());
  if (!day) return call->Fail({StatusCode::kInvalidArgument, "NO_DAY", "the day to set is needed"});
  if (parts.manual_day == nullptr) {
    return call->Fail({StatusCode::kFailedPrecondition, "CLOCK_IS_SYSTEM",
                       "the day is the system clock's, not a manual one"});
  }
  if (auto set = parts.manual_day->Set(*day); !set) return call->Fail(set.error());
  WhenBegun(parts, *day, DeadlineOf(parts, *call), [call](const Result<CivilDate>& begun) {
    if (!begun) return call->Fail(begun.error());
    v1::SetClockResponse response;
    SetDate(*begun, response.mutable_day());
    call->Finish(response);
  });
}

void AcceptClock(const AlertingParts& parts, const AcceptClockCall& call) {
  const auto accept = [&parts, call] {
    parts.rounds.AcceptClock();
    parts.rounds.AfterRound([&parts, call](const Result<void>& went) {
      if (!went) return call->Fail(went.error());
      v1::AcceptClockResponse response;
      if (const auto status = parts.rounds.status(); status.day)
        SetDate(*status.day, response.mutable_day());
      call->Finish(response);
    });
  };
  if (parts.rounds.status().refused.empty()) return accept();
  audit::v1::OperatorActed act;
  act.set_who(PrincipalOf(*call));
  act.set_act("clock_accepted");
  act.set_detail(parts.rounds.status().refused);
  parts.audit.RecordAct(std::move(act), [call, accept](const Result<void>& recorded) {
    if (!recorded) return call->Fail(recorded.error());
    accept();
  });
}

}  // namespace holdfast::alerting
