"""What is due of a child on the demo day, by the law and the national aims (domain.md 8.2)."""

from dataclasses import dataclass
from datetime import date

from days import TODAY, months_after, plus

from .council import AIMS, AIMS_FROM, SILENT_AFTER
from .life import HOME

AWAY = ("KINSHIP", "FOST_LA", "FOST_PURCH", "LA_HOME", "VOL_HOME", "RES_SCHOOL", "SECURE", "CRISIS",
        "OTH_RES")
LEAD = {"sco-lac-review-1": 28, "sco-lac-review-2": 28, "sco-lac-review-n": 28,
        "sco-lac-review-home-default-1": 28, "sco-lac-review-home-default-n": 28,
        "pace-aim-1": 42, "pace-aim-2": 42, "pace-aim-3": 28, "pace-aim-4": 28,
        "sco-safeguarder-report-35d": 7, "contact-purpose": 14, "contact-review": 14,
        "feed-silence": 0, "discrepancy-resolve": 7}
ESCALATED_AFTER = 14
# Routes away from home, of which the agency decides; routes on which a court is asked.
DECIDED = ("permanence_order", "permanence_order_adoption", "adoption", "long_term_foster",
           "residential", "supported")
LODGED = {"kinship", "permanence_order", "permanence_order_adoption", "adoption"}
ASKED_OF_COURTS = ("KINSHIP", "PO", "POA", "ADOPTION")


@dataclass
class Due:
    clock: str
    start: date
    due: date

    def state(self):
        """The state of the alert; None while it is too early for one."""
        if TODAY < plus(self.due, -LEAD[self.clock]):
            return None
        if TODAY < self.due:
            return "upcoming"
        if TODAY == self.due:
            return "due"
        return "escalated" if TODAY >= plus(self.due, ESCALATED_AFTER) else "overdue"


def _reviews(life, since, codes=None, but=()):
    return [on for on, code in sorted(life.reviews)
            if on >= since and code not in but and (codes is None or code in codes)]


def _review_clock(life, period):
    """The review that is next in the present placement: each placement starts afresh."""
    since, place = period.placements[-1]
    held = _reviews(life, since, but=("peer",))
    if place == HOME:
        if not held:
            return Due("sco-lac-review-home-default-1", since, plus(since, 42))
        return Due("sco-lac-review-home-default-n", held[-1], months_after(held[-1], 12))
    if place not in AWAY:
        return None
    if not held:
        return Due("sco-lac-review-1", since, plus(since, 42))
    clock, months = ("sco-lac-review-2", 3) if len(held) == 1 else ("sco-lac-review-n", 6)
    return Due(clock, held[-1], months_after(held[-1], months))


def home_since(life, period, on):
    """Since when the child has lived at home under a supervision order, as it stands on `on`."""
    lived = [span for span in period.spans(period.placements)
             if span[0] <= on and (span[1] is None or on < span[1])]
    if not lived or lived[0][2] != HOME:
        return None
    orders = [order.made for order in life.orders if order.code == "CSO" and order.in_force(on)]
    statuses = [start for start, end, code in period.spans(period.statuses)
                if code == "CSO" and start <= on and (end is None or on < end)]
    under = min(orders + statuses, default=None)
    return under and max(under, lived[0][0])


def _aim_1(life, period):
    since = home_since(life, period, TODAY)
    if since is None:
        return None
    looked_at = _reviews(life, since, codes=("at_home", "peer"))
    start = looked_at[-1] if looked_at else since
    return Due("pace-aim-1", start, months_after(start, 24))


def _aim_2(life, period):
    """From the first day away since care began, or since home."""
    since = None
    for on, place in period.placements:
        since = None if place == HOME else since or on
    if since is None or any(kind == "recommendation" and on >= since for on, kind, _ in life.gates):
        return None
    return Due("pace-aim-2", since, months_after(since, 6))


def _aims_of_gates(life, period):
    """What the authority has set itself, from recommendation to decision and from that to court."""
    days = {clock: count for clock, _, count in AIMS}
    decided = [on for on, kind, _ in life.gates if kind == "agency_decision"]
    for on, kind, route in life.gates:
        if not period.holds(on) or on < AIMS_FROM:
            continue
        if kind == "recommendation" and route in DECIDED and not any(day >= on for day in decided):
            yield Due("pace-aim-3", on, plus(on, days["pace-aim-3"]))
        if kind == "agency_decision" and route in LODGED and not any(
                step.on >= on for step in life.of_kind("application")
                if step.code in ASKED_OF_COURTS):
            yield Due("pace-aim-4", on, plus(on, days["pace-aim-4"]))


def due_of(life):
    """Every clock that runs on the demo day."""
    found = [Due("sco-safeguarder-report-35d", step.on, plus(step.on, 35))
             for step in life.of_kind("safeguarder") if not step.ended]
    for agreement in life.agreements:
        start = agreement.start
        if not agreement.purpose:
            found.append(Due("contact-purpose", start, start))
        found.append(Due("contact-review", start, agreement.review or start))
    period = life.period_on(TODAY)
    if period is None:
        return found
    found += [_review_clock(life, period), _aim_1(life, period), _aim_2(life, period)]
    found += _aims_of_gates(life, period)
    return [one for one in found if one]


def alert_answers(book, feeds):
    """What stands on the demo day: of the children, and of feeds that have fallen silent."""
    found = []
    for child in book.children:
        decide = [Due("discrepancy-resolve", one.opened, plus(one.opened, 28))
                  for one in child.disagreements]
        for one in due_of(child.known()) + decide:
            if one.state():
                found.append({"child": child.local_id, "clock": one.clock, "state": one.state(),
                              "due": one.due.isoformat()})
    for feed in feeds:
        heard = max(item.sent for items in feed.files.values() for item in items if not item.fate)
        one = Due("feed-silence", heard, plus(heard, SILENT_AFTER[feed.source]))
        if one.state():
            found.append({"child": "", "clock": one.clock, "state": one.state(),
                          "due": one.due.isoformat()})
    return {"day": TODAY.isoformat(),
            "alerts": sorted(found, key=lambda one: (one["child"], one["clock"], one["due"]))}
