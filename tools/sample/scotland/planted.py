"""Children who are there to show something: where sources disagree, and whose it is when they name
the wrong child. Each has its own life; what a source has otherwise is said here."""

from dataclasses import replace
from datetime import date

from days import TODAY, plus
from draw import Draw

from . import ways
from .child import Disagreement
from .council import CODE, COURT, RECORD, REPORTER, SHEET_AS_OF, TRACKER
from .course import Course, sitting
from .garden import Garden, between, changed, order_of, shift_made, wrong_child
from .known import order_row
from .life import Agreement, Hearing, Life, Order, cut
from .lives import unheard


def sheet_against_reporter(garden):
    life = garden.life("at_home", date(2025, 3, 11))
    made = order_of(life, "CSO").made
    said = plus(made, 5)
    garden.add("the sheet has another day for an order than the reporter", life,
               views={"sheet": changed(life, shift_made("CSO", 5))}, hand=(),
               near={"orders": [order_row(Order("CSO", said))]},
               disagreements=[between("near", "order", "", (REPORTER, made),
                                      (TRACKER, said), right=REPORTER)])


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
    wrong = changed(life, place("FOST_LA"))
    garden.add("the record has another placement than the sheet", life,
               views={"record": wrong}, counted=wrong, hand=(),
               disagreements=[between("differs", "placement", "code", (RECORD, "FOST_LA"),
                                      (TRACKER, "FOST_PURCH"), right=TRACKER)])


def record_against_reporter(garden):
    """A continuation that never reached the team."""
    life = garden.life("at_home", date(2024, 9, 10))
    order = order_of(life, "CSO")
    old = order.first_until

    def without_the_last(other):
        order_of(other, "CSO").changes = []
    garden.add("the record has another last day for an order than the reporter", life,
               views={"record": changed(life, without_the_last)}, hand=("orders",),
               disagreements=[between("differs", "order", "until", (REPORTER, order.until()),
                                      (RECORD, old), right=REPORTER)])


def record_against_court(garden):
    life = garden.life("permanence", date(2024, 2, 6))
    made = order_of(life, "PO").made
    said = plus(made, 3)
    garden.add("the record has another day for a court's order than the court", life,
               views={"record": changed(life, shift_made("PO", 3))}, hand=("courts",),
               near={"orders": [order_row(Order("PO", said))]},
               disagreements=[between("near", "order", "", (COURT, made),
                                      (RECORD, said), right=COURT)])


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
    garden.add("the court put a right day wrong", life, counted=changed(life, change),
               edits={COURT: _same_event(again)}, hand=("courts",),
               disagreements=[between("differs", "application", "lodged", (COURT, wrong_day),
                                      (RECORD, step.on), (TRACKER, step.on), right=RECORD)])


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
    seen = max(on for on, _ in life.reviews if on <= SHEET_AS_OF)
    said = plus(seen, 2)

    def change(other):
        other.reviews = [(said if on == seen else on, code) for on, code in other.reviews]
    garden.add("the sheet has another day for a review than the record", life,
               views={"sheet": changed(life, change)}, hand=(),
               near={"reviews": [{"on": said.isoformat(), "code": ""}]},
               disagreements=[between("near", "review", "", (RECORD, seen),
                                      (TRACKER, said), right=RECORD)])


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
               views={"record": changed(life, change)}, edits={REPORTER: _same_event(again)},
               hand=("hearings",),
               disagreements=[between("differs", "hearing", "on", (REPORTER, moved),
                                      (RECORD, first), right=REPORTER)])


def wrong_child_put_right(garden):
    """The reporter names a sister first, and then the child."""
    held = sitting(date(2026, 2, 10))
    named, put_right = plus(held, 1), plus(held, 3)
    sister = garden.life("at_home", date(2024, 10, 8), 90, "Seonag", last="Fasnadale")
    garden.add("a hearing that the reporter named her for, and took back", sister, hand=(),
               named={REPORTER: "local_id"},
               disagreements=[wrong_child(put_right, "another child")])
    life = garden.life("at_home", date(2024, 10, 8), 60, "Eilidean", last="Fasnadale")
    life.hearings = [one for one in life.hearings if abs((one.on - held).days) > 30]
    life.hearings.append(Hearing(held, date(2026, 1, 20), "held", held))
    life.hearings.sort(key=lambda one: one.on)

    def again(items):
        return [version for item in items for version in (
            [replace(item, sent=named, named=(("authority", CODE), ("local_id", sister.local_id))),
             replace(item, sent=put_right)]
            if item.on == held and item.kind == "hearing_held" else [item])]
    garden.add("a hearing that the reporter had named her sister for", life, hand=(),
               named={REPORTER: "local_id"}, edits={REPORTER: _same_event(again)},
               disagreements=[wrong_child(put_right, "this child", "another child")])


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


def contact_against_an_order(garden):
    """The hearing directs contact once a month; the team has agreed on once a week."""
    life = garden.life("kinship", date(2025, 8, 12))
    order = order_of(life, "CSO")
    life.agreements = [Agreement("mother", plus(order.made, 6), "sustain_identity",
                                 date(2026, 9, 1), "weekly")]

    def edit(items):
        return [version for item in items for version in (
            [item, replace(item, kind="contact_direction", code="mother", until=None,
                           reason="monthly", hour=15)]
            if item.kind == "order_made" and item.code == "CSO" else [item])]
    said = ((REPORTER, "1 a month"), (RECORD, "1 a week"))
    garden.add("an agreement that departs from what the hearing directed", life, hand=(),
               edits={REPORTER: edit},
               disagreements=[Disagreement("departs", "agreement", "frequency", said, "", REPORTER,
                                           TODAY)])


def care_began_on_another_day(garden):
    life = garden.life("kinship", date(2025, 9, 9))
    start = life.periods[0].start
    said = plus(start, -4)

    def change(other):
        other.periods[0].start = said
    garden.add("the sheet has another day for the start of care than the record", life,
               views={"sheet": changed(life, change)}, hand=(),
               disagreements=[between("near", "care_period", "", (RECORD, start),
                                      (TRACKER, said), right=RECORD)])


def parallel_plan_achieved(garden):
    life = garden.life("kinship", date(2024, 1, 16))
    since = life.plans[0][0]
    life.plans = [(since, "permanence_order", False), (since, "kinship", True)]
    garden.add("a parallel plan that came true", life, hand=())


def plan_changed(garden):
    life = garden.life("permanence", date(2024, 10, 15))
    first = life.periods[0].start
    said = next(on for on, kind, _ in life.gates if kind == "recommendation")
    life.plans = [(plus(first, 60), "home", False), (said, "permanence_order", False)]
    garden.add("a plan to go home that a review advised against, and that was given up", life, hand=())


def came_back(garden):
    """Home for good, as it seemed, and away again."""
    life = garden.life("returned", date(2023, 2, 14))
    end = life.periods[0].end or date(2024, 9, 10)
    draw = Draw("planted", garden.seed, "again")
    again = Life(life.local_id, life.name, life.born, "came back")
    ways.kinship(Course(again, draw), sitting(date(2025, 10, 7)))
    again = unheard(cut(again, TODAY))
    life.periods[0].end = end
    order_of(life, "CSO").ended = end
    life.hearings = [one for one in life.hearings if one.on <= end]
    life.reviews = [one for one in life.reviews if one[0] < end]
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
                 wrong_child_put_right, matched_wrongly, contact_against_an_order,
                 care_began_on_another_day,
                 parallel_plan_achieved, plan_changed, came_back, withdrawn,
                 nobody_knows_since_when, registered_late):
        grow(garden)
    return garden.children
