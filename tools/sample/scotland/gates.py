"""What was recommended at each gate on a child's way home, and what was decided there."""

from collections import Counter, defaultdict
from datetime import date
from statistics import median

from .pathway import ROUTES, plans_of

KINDS = ("review", "legal_opinion", "panel", "agency_decision", "hearing", "court")


class Gates:
    """The gates of one life: (kind, recommended (route, day) or None, decided, day)."""

    def __init__(self, life):
        self.life = life

    def all(self):
        before = {"recommendation": ("review", self._plan),
                  "legal_opinion": ("legal_opinion", self._recommended),
                  "panel": ("panel", self._recommended),
                  "agency_decision": ("agency_decision", self._advised)}
        for on, kind, route in self.life.gates:
            if kind in before:
                gate, said = before[kind]
                yield gate, said(on), route, on
        for hearing in self.life.hearings:
            if hearing.state == "held" and self._supervision_ended(hearing.ended):
                yield "hearing", self._named(hearing.ended), "home", hearing.ended
        yield from self._of_courts()

    def _of_courts(self):
        granted = set()
        for step in self.life.of_kind("application"):
            if step.ended and step.outcome:
                granted.add((step.outcome, step.ended))
                yield ("court", (self._route(step.code, step.ended), step.on),
                       self._route(step.outcome, step.ended), step.ended)
        for order in self.life.orders:
            if self._routes(order.code) and (order.code, order.made) not in granted:
                yield "court", self._named(order.made), self._route(order.code, order.made), order.made

    def _since(self, on):
        """The end of the care before the one of that day: what was said before is of another way."""
        ends = [before.end for before, period in zip(self.life.periods, self.life.periods[1:])
                if period.start <= on]
        return ends[-1] if ends else date.min

    def _plan(self, on):
        """The plan that stood the day before."""
        stood = [(route, since) for route, parallel, since, ended in plans_of(self.life)
                 if not parallel and self._since(on) <= since < on and (not ended or on <= ended)]
        return stood[-1] if stood else None

    def _last(self, on, *kinds):
        """The last of these that named a route; of one day the kind named first."""
        said = [(day, -kinds.index(kind), route) for day, kind, route in self.life.gates
                if kind in kinds and route and self._since(on) <= day <= on]
        return (max(said)[2], max(said)[0]) if said else None

    def _recommended(self, on):
        return self._last(on, "recommendation")

    def _advised(self, on):
        return self._last(on, "panel", "recommendation")

    def _named(self, on):
        return self._last(on, "agency_decision", "panel", "recommendation")

    def _supervision_ended(self, on):
        return any(order.code == "CSO" and order.ended == on for order in self.life.orders)

    @staticmethod
    def _routes(code):
        return [name for name, (_, _, codes, how) in ROUTES.items() if code in codes or code == how]

    def _route(self, code, on):
        """The route that an order is of: the one named last, if it can be; else the last that can."""
        routes, named = self._routes(code), self._named(on)
        if named and named[0] in routes:
            return named[0]
        return routes[-1] if routes else code


def _middle(days):
    found = median(days)
    return int(found) if found == int(found) else found


def gates_counted(lives, in_year):
    """(as recommended, decided, of which it is not known, {gate: its own figures})."""
    days, agreed, unknown = defaultdict(list), Counter(), 0
    for life in lives:
        for kind, said, decided, on in Gates(life).all():
            if not in_year(on):
                continue
            if not said or not decided:
                unknown += 1
                continue
            days[kind].append((on - said[1]).days)
            agreed[kind] += said[0] == decided
    by = {kind: {"decided": len(days[kind]), "as_recommended": agreed[kind],
                 "share": round(agreed[kind] / len(days[kind]), 4),
                 "median_days": _middle(days[kind])} for kind in KINDS if days[kind]}
    return sum(agreed.values()), sum(map(len, days.values())), unknown, by
