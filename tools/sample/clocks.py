"""The clocks of the law, on what is known of a child: what was due when, and what stopped it."""

from dataclasses import dataclass
from datetime import date

from days import FIRST_DAY, LIVE_FROM, TODAY, months_after, plus, working_days_after, year_end

LEAD = {"eng-review-1": 28, "eng-review-2": 28, "eng-review-n": 28, "eng-adoption-match-90d": 42,
        "eng-permanence-plan-2nd-review": 28}
# What no return says: a team's own record alone can tell.
OF_THE_RECORD = ("eng-adoption-match-90d", "eng-permanence-plan-2nd-review")
ESCALATED_AFTER = 14


@dataclass
class Clock:
    name: str
    start: date
    due: date
    stopped_on: date | None = None
    until: date | None = None      # the day its law ceased to apply

    def counts(self):
        """It was stopped, or its day came while its law still applied."""
        return self.stopped_on is not None or self.until is None or self.due < self.until


def _stretches(period):
    """(start, end, counted from the start) of the times under the ordinary law on reviews."""
    found = []
    for spell in period.spells:
        if spell.special():
            if found and found[-1][1] is None:
                found[-1][1] = spell.start
        elif not found or found[-1][1] is not None:
            first = spell is period.spells[0]
            found.append([spell.start, None, not first or period.start_known])
    if found and found[-1][1] is None:
        found[-1][1] = period.end or period.counted_on
    return found


def _stretches_with_reviews(known):
    """(start, end, counted from the start, reviews held) of every care period."""
    died = known.died_on()
    for period in known.periods:
        if died and period.start() >= died:
            continue
        for start, end, counted in _stretches(period):
            held = sorted(on for on, _ in known.reviews
                          if on not in known.not_counted and period.holds(on)
                          and start <= on and (end is None or on <= end))
            yield start, end, counted and start >= FIRST_DAY, held


def review_clocks(known):
    """Every review clock that ever ran, in order, by care period."""
    clocks = []
    for stretch in _stretches_with_reviews(known):
        clocks += _chain(*stretch)
    return clocks


def plan_clocks(known):
    """A plan by the second review: nobody in the sample has put one down."""
    return [Clock("eng-permanence-plan-2nd-review", held[0],
                  min([months_after(held[0], 3), *held[1:2]]), None, end)
            for _, end, counted, held in _stretches_with_reviews(known)
            if counted and held and held[0] != end]


def _chain(start, end, counted, held):
    """First, second, each further. Where earlier reviews may be unseen, only the further ones."""
    chain, held = [], list(held)
    if counted:
        chain.append(Clock("eng-review-1", start, working_days_after(start, 20), None, end))
    elif held:
        first = held.pop(0)
        chain.append(Clock("eng-review-n", first, months_after(first, 6), None, end))
    for on in held:
        chain[-1].stopped_on = on
        second = chain[-1].name == "eng-review-1"
        chain.append(Clock("eng-review-2" if second else "eng-review-n", on,
                           months_after(on, 3 if second else 6), None, end))
    return chain


def match_clock(known):
    if not known.decision:
        return None
    stops = [on for on in (known.referral, known.match, known.reversed_on) if on]
    stops += [on for code, on, _ in known.orders() if code != "PLACEMENT"]
    return Clock("eng-adoption-match-90d", known.decision, plus(known.decision, 90),
                 min(stops) if stops else None)


def state_on_demo_day(due, name):
    """The state of an alert whose clock is known; None while it is too early for one."""
    if TODAY < plus(due, -LEAD[name]):
        return None
    if TODAY < due:
        return "upcoming"
    if TODAY == due:
        return "due"
    return "escalated" if TODAY >= plus(due, ESCALATED_AFTER) else "overdue"


def not_known_since(authority, known, clock):
    """The last day on which it was known whether the clock's stop had come; None while it is."""
    if clock.name in OF_THE_RECORD:
        return None if authority.live and plus(clock.start, 1) >= LIVE_FROM else clock.start
    if known.lost(TODAY):
        return known.lost(TODAY)[1]
    return None if authority.live else year_end(2026)


def alerts(authority, known):
    """The child's alerts on the demo day that are neither resolved nor withdrawn."""
    running = [clock for clock in [*review_clocks(known)[-1:], *plan_clocks(known)[-1:]]
               if not clock.stopped_on and clock.until is None and not known.died_on()]
    match = match_clock(known)
    running += [match] if match and not match.stopped_on and not known.died_on() else []
    found = []
    for clock in running:
        state = state_on_demo_day(clock.due, clock.name)
        since = not_known_since(authority, known, clock)
        if state:
            found.append({"child": known.life.local_id, "clock": clock.name,
                          "state": "not_known" if since else state,
                          "due": clock.due.isoformat(),
                          "not_known_since": since.isoformat() if since else None})
    return found
