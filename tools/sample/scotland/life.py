"""A child's life as it truly was, in the words of Scotland's law: all is written from it."""

import copy
from dataclasses import dataclass, field
from datetime import date

from days import plus

HOME = "HOME"


@dataclass
class Period:
    """A time of being looked after; each placement and each legal status goes on until the next."""
    start: date
    end: date | None = None
    placements: list = field(default_factory=list)  # of (day, place)
    statuses: list = field(default_factory=list)    # of (day, code)

    def holds(self, on):
        return self.start <= on and (self.end is None or on < self.end)

    def spans(self, of):
        """(start, end, code) of the placements or statuses."""
        days = [day for day, _ in of[1:]] + [self.end]
        return [(start, end, code) for (start, code), end in zip(of, days)]


@dataclass
class Hearing:
    on: date           # the day it was set for
    set_on: date       # the day on which that was said
    state: str = "held"
    ended: date | None = None   # the day it was held, continued or cancelled
    until: date | None = None   # the day it was continued to


@dataclass
class Order:
    code: str
    made: date
    first_until: date | None = None
    changes: list = field(default_factory=list)   # of (varied or continued, day, last day)
    ended: date | None = None                     # the first day on which it is no longer in force
    ended_as: str = "terminated"

    def until(self):
        return self.changes[-1][2] if self.changes else self.first_until

    def first_day_after(self):
        """The first day without it; None while it goes on."""
        days = [self.ended, self.until() and plus(self.until(), 1)]
        return min((day for day in days if day), default=None)

    def in_force(self, on):
        return self.made <= on and not (self.first_day_after() and self.first_day_after() <= on)


@dataclass
class Step:
    """What begins and ends: an application, proof, appeal, referral, safeguarder's report."""
    kind: str
    on: date
    code: str = ""
    issued: date | None = None
    ended: date | None = None
    outcome: str = ""


@dataclass
class Agreement:
    party: str
    start: date
    purpose: str = ""
    review: date | None = None
    frequency: str = ""


@dataclass
class Session:
    party: str
    on: date
    state: str
    by: str = ""


@dataclass
class Life:
    local_id: str
    name: str
    born: date
    story: str = ""
    involved: date | None = None
    periods: list = field(default_factory=list)
    reviews: list = field(default_factory=list)      # of (day, code)
    hearings: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    plans: list = field(default_factory=list)        # of (day, route, parallel)
    gates: list = field(default_factory=list)        # of (day, kind, route)
    agreements: list = field(default_factory=list)
    sessions: list = field(default_factory=list)
    views: list = field(default_factory=list)        # of the days on which the child was asked

    def routes(self):
        return {route for _, route, _ in self.plans}

    def of_kind(self, *kinds):
        return [step for step in self.steps if step.kind in kinds]

    def period_on(self, on):
        return next((period for period in self.periods if period.holds(on)), None)


def _cut_period(period, day):
    period.end = period.end if period.end and period.end <= day else None
    period.placements = [one for one in period.placements if one[0] <= day]
    period.statuses = [one for one in period.statuses if one[0] <= day]
    return period


def _cut_hearing(hearing, day):
    if hearing.ended and hearing.ended > day:
        hearing.state, hearing.ended, hearing.until = "planned", None, None
    return hearing


def _cut_order(order, day):
    order.changes = [change for change in order.changes if change[1] <= day]
    order.ended = order.ended if order.ended and order.ended <= day else None
    return order


def _cut_step(step, day):
    step.issued = step.issued if step.issued and step.issued <= day else None
    if step.ended and step.ended > day:
        step.ended, step.outcome = None, ""
    return step


def cut(whole, day):
    """The life as it had gone by the end of `day`: nothing that lies ahead is known, but hearings
    and sessions that are set."""
    life = copy.deepcopy(whole)
    life.involved = life.involved if life.involved and life.involved <= day else None
    life.periods = [_cut_period(one, day) for one in life.periods if one.start <= day]
    life.hearings = [_cut_hearing(one, day) for one in life.hearings if one.set_on <= day]
    life.orders = [_cut_order(one, day) for one in life.orders if one.made <= day]
    life.steps = [_cut_step(one, day) for one in life.steps if one.on <= day]
    for name in ("reviews", "plans", "gates"):
        setattr(life, name, sorted(one for one in getattr(life, name) if one[0] <= day))
    life.views = [on for on in life.views if on <= day]
    life.agreements = [one for one in life.agreements if one.start <= day]
    life.sessions = [one for one in life.sessions if one.on <= day or one.state == "planned"]
    life.hearings.sort(key=lambda one: one.on)
    life.orders.sort(key=lambda one: (one.made, one.code))
    life.steps.sort(key=lambda one: (one.on, one.kind))
    return life
