"""The authority's own tracker sheet, one row a child, and how its columns are read."""

import csv
import io

from days import TODAY
from draw import Draw

from .clocks import due_of
from .council import AIMS, SHEET_AS_OF, team_of
from .life import Life, Order, Period, cut

STATED = tuple(clock for clock, _, _ in AIMS)   # of no child before the authority states its own

PLACES = {"At home": "HOME", "Kinship": "KINSHIP", "Foster (own)": "FOST_LA",
          "Foster (agency)": "FOST_PURCH", "Prospective adopters": "PROSP_ADOPT",
          "Children's house": "LA_HOME", "Voluntary house": "VOL_HOME",
          "Residential school": "RES_SCHOOL", "Secure": "SECURE", "Refuge": "CRISIS"}
STATUSES = {"CSO": "CSO", "ICSO": "ICSO", "Section 25": "S25", "PO": "PO", "POA": "POA",
            "CPO": "CPO"}
ROUTES = {"Home": "home", "Kinship order": "kinship", "PO": "permanence_order",
          "PO with adoption": "permanence_order_adoption", "Residential": "residential",
          "Supported": "supported"}
APPLICATIONS = {"PO": "PO", "POA": "POA", "Kinship": "KINSHIP", "Adoption": "ADOPTION"}
COLUMNS = ("Child no", "Child's name", "DOB", "Worker", "Accommodated", "Placement", "Placed on",
           "Status", "Status since", "CSO made", "Last LAC review", "Perm plan", "Perm recommended",
           "Panel", "ADM", "Application", "Lodged", "School", "Notes")
NOTES = ("", "", "chase school nurse", "sibling in same placement", "see file", "ring Gran first")


def _text(names, code):
    return next(text for text, named in names.items() if named == code)


def _last(found):
    return max(found, default=None)


def cells_of(life):
    """One child's row as of the sheet's day; None for a child who is not in care on it."""
    period = life.period_on(SHEET_AS_OF)
    if period is None:
        return None
    placed_on, place = period.placements[-1]
    since, status = period.statuses[-1]
    orders = [order for order in life.orders if order.code == "CSO" and order.made >= period.start]
    gates, said = {}, ""
    for on, kind, route in life.gates:
        if period.holds(on):
            gates.setdefault(kind, on)
            said = said or (route if kind == "recommendation" else "")
    planned = [route for on, route, parallel in life.plans if not parallel and period.holds(on)]
    route = said or (planned[-1] if planned else "")
    applications = [step for step in life.of_kind("application") if period.holds(step.on)]
    cells = {"Child no": life.local_id, "Child's name": life.name, "DOB": life.born,
             "Worker": team_of(life)[1], "Accommodated": period.start,
             "Placement": _text(PLACES, place), "Placed on": placed_on,
             "Status": _text(STATUSES, status), "Status since": since,
             "CSO made": orders[-1].made if orders else None,
             "Last LAC review": _last(on for on, _ in life.reviews if period.holds(on)),
             "Perm plan": _text(ROUTES, route) if route else "",
             "Perm recommended": gates.get("recommendation"), "Panel": gates.get("panel"),
             "ADM": gates.get("agency_decision")}
    if applications:
        cells["Application"] = _text(APPLICATIONS, applications[0].code)
        cells["Lodged"] = applications[0].on
    if not route:
        for name in ("Perm recommended", "Panel", "ADM"):
            cells[name] = None
    draw = Draw("sheet", life.local_id)
    cells["School"] = draw.pick(("Larig Primary", "Firth Academy", "Glen Nursery", ""))
    cells["Notes"] = draw.pick(NOTES)
    return cells


def _british(value):
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value or ""


MAP = """# How the columns of tracker.csv are read.
dates: dmy
child: {local_id: Child no, name: "Child's name", born: DOB, worker: Worker}
columns:
  - {column: Accommodated, kind: care_start}
  - {column: Placed on, kind: placement_start, code: {column: Placement, map: {%s}}}
  - {column: Status since, kind: legal_status, code: {column: Status, map: {%s}}}
  - {column: CSO made, kind: order, code: CSO}
  - {column: Last LAC review, kind: review}
  - {column: Perm recommended, kind: recommendation, code: {column: Perm plan, map: {%s}}}
  - {column: Panel, kind: panel, code: {column: Perm plan, map: {%s}}}
  - {column: ADM, kind: agency_decision, code: {column: Perm plan, map: {%s}}}
  - {column: Lodged, kind: application, code: {column: Application, map: {%s}}}
ignore: [School, Notes]
"""


def _map(names):
    return ", ".join(f'"{text}": {code}' for text, code in names.items())


def in_sheet(child):
    """A child who had come by the day of the sheet and was in care on it."""
    return not child.registered_late and cells_of(cut(child.says("sheet"), SHEET_AS_OF)) is not None


def _told(life):
    """The life as far as its row tells it."""
    period = life.period_on(SHEET_AS_OF)
    orders = [order for order in life.orders if order.code == "CSO" and order.made >= period.start]
    gates = {}
    for on, kind, route in life.gates:
        if kind in ("recommendation", "panel", "agency_decision") and period.holds(on):
            gates.setdefault(kind, (on, kind, route))
    return Life(life.local_id, life.name, life.born,
                periods=[Period(period.start, None, period.placements[-1:],
                                period.statuses[-1:])],
                reviews=[(on, "") for on, _ in sorted(life.reviews) if period.holds(on)][-1:],
                orders=[Order("CSO", order.made) for order in orders[-1:]],
                gates=list(gates.values()))


def next_answers(book):
    """What each child's row asks for next, by the sheet alone."""
    found = []
    for child in book.children:
        if in_sheet(child):
            told = _told(cut(child.says("sheet"), SHEET_AS_OF))
            due = [(one.due, one.clock) for one in due_of(told) if one.clock not in STATED]
            if due:
                on, clock = min(due)
                found.append({"child": child.local_id, "clock": clock, "due": on.isoformat()})
    return {"day": TODAY.isoformat(), "next": found}


def write_sheet(book, folder):
    """tracker.csv and MAP.yaml; how many rows."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n", restval="")
    table.writeheader()
    rows = 0
    for child in book.children:
        if not in_sheet(child):
            continue
        cells = cells_of(cut(child.says("sheet"), SHEET_AS_OF))
        table.writerow({name: _british(cells.get(name)) for name in COLUMNS})
        rows += 1
    (folder / "tracker.csv").write_bytes(("\ufeff" + out.getvalue()).encode("utf-8"))
    routes = _map(ROUTES)
    text = MAP % (_map(PLACES), _map(STATUSES), routes, routes, routes, _map(APPLICATIONS))
    (folder / "MAP.yaml").write_text(text, encoding="utf-8")
    return rows
