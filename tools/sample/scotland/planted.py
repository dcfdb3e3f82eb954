"""Children who are there to show something: where sources disagree, and whose it is when they name
the wrong child. Each has its own life; what a source has otherwise is said here."""

import copy
from dataclasses import replace
from datetime import date

from days import TODAY, plus
from draw import Draw

from . import ways
from .child import Child, Disagreement
from .council import CODE, COURT, FIRST, LAST, PREFIX, RECORD, REPORTER, TRACKER
from .course import Course, sitting
from .feeds import Item
from .known import order_row
from .life import Hearing, Life, Order, cut
from .lives import unheard


class Garden:
    """Grows planted children, each with its own number."""

    def __init__(self, seed):
        self.seed, self.children = seed, []

    def life(self, way, start, months=50, first="", **named):
        number = 901 + len(self.children)
        draw = Draw("planted", self.seed, number)
        start = sitting(start)
        name = f"{first or FIRST[number % len(FIRST)]} {named.get('last', LAST[number % len(LAST)])}"
        life = Life(f"{PREFIX}{number:04}", name, plus(start, -30 * months - 11), way)
        getattr(ways, way)(Course(life, draw), start)
        life.involved = max(life.involved, life.born)
        return unheard(cut(life, TODAY))

    def add(self, shows, life, **rest):
        child = Child(life, shows, **rest)
        self.children.append(child)
        return child


def _changed(life, change):
    """The life as a source has it that differs in one thing."""
    other = copy.deepcopy(life)
    change(other)
    return other


def _order(life, code):
    return next(order for order in life.orders if order.code == code)


def _shift_made(code, days):
    def change(life):
        order = _order(life, code)
        order.made = plus(order.made, days)
    return change


def sheet_against_reporter(garden):
    life = garden.life("at_home", date(2025, 3, 11))
    made = _order(life, "CSO").made
    said = plus(made, 5)
    garden.add("the sheet has another day for an order than the reporter", life,
               views={"sheet": _changed(life, _shift_made("CSO", 5))}, hand=(),
               near={"orders": [order_row(Order("CSO", said))]},
               disagreements=[Disagreement("near", "order", "",
                                           {REPORTER: made.isoformat(), TRACKER: said.isoformat()},
                                           REPORTER, REPORTER)])


def sheet_against_record(garden):
    """The record has the wrong sort of foster carers."""
    life = garden.life("voluntary", date(2026, 1, 12))
    since = life.periods[0].placements[-1][0]

    def place(code):
        def change(other):
            other.periods[0].placements[-1] = (since, code)
            other.periods[0].end = None
        return change
    place("FOST_PURCH")(life)
    wrong = _changed(life, place("FOST_LA"))
    garden.add("the record has another placement than the sheet", life,
               views={"record": wrong}, counted=wrong, hand=(),
               disagreements=[Disagreement("differs", "placement", "code",
                                           {RECORD: "FOST_LA", TRACKER: "FOST_PURCH"},
                                           RECORD, TRACKER)])


def record_against_reporter(garden):
    """A continuation that never reached the team."""
    life = garden.life("at_home", date(2024, 9, 10))
    order = _order(life, "CSO")
    old = order.first_until

    def without_the_last(other):
        _order(other, "CSO").changes = []
    garden.add("the record has another last day for an order than the reporter", life,
               views={"record": _changed(life, without_the_last)}, hand=("orders",),
               disagreements=[Disagreement("differs", "order", "until",
                                           {REPORTER: order.until().isoformat(),
                                            RECORD: old.isoformat()}, REPORTER, REPORTER)])


def record_against_court(garden):
    life = garden.life("permanence", date(2024, 2, 6))
    made = _order(life, "PO").made
    said = plus(made, 3)
    garden.add("the record has another day for a court's order than the court", life,
               views={"record": _changed(life, _shift_made("PO", 3))}, hand=("courts",),
               near={"orders": [order_row(Order("PO", said))]},
               disagreements=[Disagreement("near", "order", "",
                                           {COURT: made.isoformat(), RECORD: said.isoformat()},
                                           COURT, COURT)])


def court_is_wrong(garden):
    """The court sent the right day first and another one later; the team has seen the petition."""
    life = garden.life("permanence", date(2024, 3, 5))
    step = life.of_kind("application")[0]
    wrong_day = plus(step.on, -9)

    def change(other):
        other.of_kind("application")[0].on = wrong_day

    def again(items):
        return [version for item in items for version in (
            [item, replace(item, sent=plus(item.sent, 3), on=wrong_day, hour=16)]
            if item.kind == "application_lodged" else [item])]
    garden.add("the court put a right day wrong", life, counted=_changed(life, change),
               edits={COURT: _same_event(again)}, hand=("courts",),
               disagreements=[Disagreement("differs", "application", "lodged",
                                           {COURT: wrong_day.isoformat(),
                                            RECORD: step.on.isoformat()}, COURT, RECORD)])


def _same_event(edit):
    """Versions that follow one another are of one event."""
    def edited(items):
        found = []
        for item in edit(items):
            same = found and (found[-1].ref, found[-1].kind) == (item.ref, item.kind)
            event = found[-1].event if same else ""
            if not event and same:
                event = f"X{item.ref}"
                found[-1] = replace(found[-1], event=event)
            found.append(replace(item, event=event) if same else item)
        return found
    return edited


def review_by_two_days(garden):
    life = garden.life("kinship", date(2025, 6, 10))
    seen = max(on for on, _ in life.reviews if on <= date(2026, 4, 20))
    said = plus(seen, 2)

    def change(other):
        other.reviews = [(said if on == seen else on, code) for on, code in other.reviews]
    garden.add("the sheet has another day for a review than the record", life,
               views={"sheet": _changed(life, change)}, hand=(),
               near={"reviews": [{"on": said.isoformat(), "code": ""}]},
               disagreements=[Disagreement("near", "review", "",
                                           {RECORD: seen.isoformat(), TRACKER: said.isoformat()},
                                           RECORD, RECORD)])


def hearing_moved(garden):
    """A hearing set for one day and moved by the reporter; the team goes by the first letter."""
    life = garden.life("at_home", date(2025, 4, 8))
    first, moved = date(2026, 6, 4), date(2026, 6, 18)
    life.hearings = [one for one in life.hearings if one.on < TODAY]
    life.hearings.append(Hearing(moved, date(2026, 5, 6), "planned"))

    def change(other):
        other.hearings[-1].on = first

    def again(items):
        return [version for item in items for version in (
            [replace(item, on=first, sent=date(2026, 5, 4)), item]
            if item.on == moved else [item])]
    garden.add("a hearing that was moved, and a team that has not heard of it", life,
               views={"record": _changed(life, change)}, edits={REPORTER: _same_event(again)},
               hand=("hearings",),
               disagreements=[Disagreement("differs", "hearing", "on",
                                           {REPORTER: moved.isoformat(), RECORD: first.isoformat()},
                                           REPORTER, REPORTER)])


def wrong_child_put_right(garden):
    """The reporter names a sister first, and then the child."""
    sister = garden.life("at_home", date(2024, 10, 8), 90, "Seonag", last="Fasnadale")
    garden.add("a hearing that the reporter named her for, and took back", sister, hand=(),
               named={REPORTER: "local_id"},
               disagreements=[Disagreement("wrong_child", "", "", {REPORTER: "another child"},
                                           REPORTER, "")])
    life = garden.life("at_home", date(2024, 10, 8), 60, "Eilidean", last="Fasnadale")
    held = sitting(date(2026, 2, 10))
    life.hearings = [one for one in life.hearings if abs((one.on - held).days) > 30]
    life.hearings.append(Hearing(held, date(2026, 1, 20), "held", held))
    life.hearings.sort(key=lambda one: one.on)

    def again(items):
        return [version for item in items for version in (
            [replace(item, named=(("authority", CODE), ("local_id", sister.local_id))),
             replace(item, sent=plus(item.sent, 2))]
            if item.on == held and item.kind == "hearing_held" else [item])]
    garden.add("a hearing that the reporter had named her sister for", life, hand=(),
               named={REPORTER: "local_id"}, edits={REPORTER: _same_event(again)},
               disagreements=[Disagreement("wrong_child", "", "", {REPORTER: "this child"},
                                           REPORTER, "")])


def matched_wrongly(garden):
    """Named by name and birth date alone, matched to a namesake, and put right by a person."""
    other = garden.life("at_home", date(2025, 1, 14), 80, "Flora-Ann", last="Monadhruel")
    garden.add("a namesake, matched for her by mistake", other, hand=())
    life = garden.life("kinship", date(2024, 5, 14), 70, "Flora-Ann", last="Monadhruel")
    called = (("authority", CODE), ("name", life.name), ("born", life.born.isoformat()))

    def edit(items):
        return [replace(item, named=called) if item.kind == "application_lodged" else item
                for item in items]
    garden.add("matched by a person, after her namesake had been", life, hand=(),
               named={COURT: "local_id"}, edits={COURT: edit})


def care_began_on_another_day(garden):
    life = garden.life("kinship", date(2025, 9, 9))
    start = life.periods[0].start
    said = plus(start, 4)

    def change(other):
        other.periods[0].start = said
    garden.add("the sheet has another day for the start of care than the record", life,
               views={"sheet": _changed(life, change)}, hand=(),
               disagreements=[Disagreement("near", "care_period", "",
                                           {RECORD: start.isoformat(), TRACKER: said.isoformat()},
                                           RECORD, RECORD)])


def parallel_plan_achieved(garden):
    life = garden.life("kinship", date(2024, 1, 16))
    since = life.plans[0][0]
    life.plans = [(since, "permanence_order", False), (since, "kinship", True)]
    garden.add("a parallel plan that came true", life, hand=())


def plan_changed(garden):
    life = garden.life("permanence", date(2024, 10, 15))
    first = life.periods[0].start
    life.plans = [(plus(first, 60), "home", False),
                  *[one for one in life.plans if not one[2]]]
    garden.add("a plan to go home that was given up", life, hand=())


def came_back(garden):
    """Home for good, as it seemed, and away again."""
    life = garden.life("returned", date(2023, 2, 14))
    end = life.periods[0].end or date(2024, 9, 10)
    draw = Draw("planted", garden.seed, "again")
    again = Life(life.local_id, life.name, life.born, "came back")
    ways.kinship(Course(again, draw), sitting(date(2025, 10, 7)))
    again = unheard(cut(again, TODAY))
    life.periods[0].end = end
    _order(life, "CSO").ended = end
    life.hearings = [one for one in life.hearings if one.on <= end]
    for name in ("periods", "reviews", "hearings", "orders", "steps", "plans", "gates"):
        getattr(life, name).extend(getattr(again, name))
    garden.add("a second time in care", life, hand=())


def withdrawn(garden):
    """An examination order that was never made: sent, and taken back."""
    life = garden.life("at_home", date(2025, 5, 13))

    def edit(items):
        on = date(2026, 3, 3)
        made = replace(items[-1], sent=plus(on, 1), kind="order_made", on=on, ref="O-MEO-1",
                       code="MEO", until=plus(on, 21), event="X-MEO-1")
        return [*items, made, replace(made, sent=plus(on, 3), kind="withdrawn", code="", until=None,
                                      event="X-MEO-2", after="X-MEO-1", ref="")]
    garden.add("an order that was never made", life, hand=(), edits={REPORTER: edit})


def nobody_knows_since_when(garden):
    life = garden.life("voluntary", date(2025, 12, 2))
    life.involved = None
    garden.add("a first involvement that nobody has stated", life, hand=())


def registered_late(garden):
    for start in (date(2026, 3, 10), date(2026, 4, 7)):
        garden.add("a record that came after the reporter's feed", garden.life("at_home", start),
                   registered_late=True, named={REPORTER: "local_id", COURT: "local_id"}, hand=())


def plant(seed):
    garden = Garden(seed)
    for grow in (sheet_against_reporter, sheet_against_record, record_against_reporter,
                 record_against_court, court_is_wrong, review_by_two_days, hearing_moved,
                 wrong_child_put_right, matched_wrongly, care_began_on_another_day,
                 parallel_plan_achieved, plan_changed, came_back, withdrawn,
                 nobody_knows_since_when, registered_late):
        grow(garden)
    return garden.children


def strays():
    """Items that are no child's of the authority, and rows that cannot be taken."""
    def item(event, sent, kind, on, ref, named, **rest):
        return Item(date.fromisoformat(sent), kind, date.fromisoformat(on), ref, event=event,
                    named=tuple(named.items()), **rest)
    nobody = {"authority": CODE, "local_id": f"{PREFIX}0999"}
    by_case = {"authority": CODE, "case_ref": "LAR/0999"}
    called = {"name": "Nechtan Drumlarig", "born": "2017-02-28"}
    first = f"{PREFIX}0101"
    known = {"authority": CODE, "local_id": first}
    return {
        REPORTER: [
            item("R-X1", "2025-11-04", "referral", "2025-11-03", "RX-1", nobody),
            item("R-X2", "2025-11-11", "hearing_set", "2025-12-02", "HX-1", by_case),
            item("R-X3", "2026-05-12", "referral", "2026-05-11", "RX-2", called),
            item("R-X4", "2026-02-03", "order_made", "2026-02-02", "OX-1", known, code="CARE",
                 fate="UNKNOWN_CODE"),
            item("R-X5", "2026-02-04", "hearing_held", "2026-02-03", "HX-2",
                 {**known, "authority": "S12000902"}, fate="AUTHORITY_NOT_COVERED"),
            item("R-X6", "2026-05-15", "covered", "2026-05-14", "", {})],
        COURT: [
            item("S-X1", "2026-01-20", "appeal_lodged", "2026-01-19", "CX-1",
                 {"authority": CODE, "case_ref": "SC/0999"}),
            item("S-X2", "2026-03-17", "order_made", "2026-03-16", "SX-1", known, code="POX",
                 fate="UNKNOWN_CODE"),
            item("S-X3", "2026-03-18", "application_lodged", "2026-03-16", "CX-2", {},
                 code="PO", fate="MISSING")]}
