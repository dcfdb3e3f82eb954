"""The authority's own tracker sheet, one row a child, and how its columns are read."""

import csv
import io

from draw import Draw

from .council import SHEET_AS_OF, team_of
from .life import cut

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
    routes = [route for _, route, parallel in life.plans if not parallel]
    gates = {}
    for on, kind, route in life.gates:
        gates.setdefault(kind, on)
    applications = life.of_kind("application")
    cells = {"Child no": life.local_id, "Child's name": life.name, "DOB": life.born,
             "Worker": team_of(life)[1], "Accommodated": period.start,
             "Placement": _text(PLACES, place), "Placed on": placed_on,
             "Status": _text(STATUSES, status), "Status since": since,
             "CSO made": orders[-1].made if orders else None,
             "Last LAC review": _last(on for on, _ in life.reviews if period.holds(on)),
             "Perm plan": _text(ROUTES, routes[-1]) if routes else "",
             "Perm recommended": gates.get("recommendation"), "Panel": gates.get("panel"),
             "ADM": gates.get("agency_decision")}
    if applications:
        cells["Application"] = _text(APPLICATIONS, applications[0].code)
        cells["Lodged"] = applications[0].on
    if not routes:
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
