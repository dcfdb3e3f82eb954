"""What the authority's team puts down by hand: its register, who works with whom, its record."""

from days import TODAY
from draw import Draw

from .council import PREFIX, team_of

HEADING = "local_id,kind,on,code,until,parallel"
# Of one child and day: care before what lies in it, the plan before what is said of it.
ORDER = ("involvement", "care_start", "legal_status", "placement_start", "plan", "review",
         "recommendation", "legal_papers", "legal_opinion", "panel", "agency_decision", "match",
         "hearing", "application", "order", "care_end")


def _care(life):
    for period in life.periods:
        yield "care_start", period.start, ""
        for on, code in period.statuses:
            yield "legal_status", on, code
        for on, place in period.placements:
            yield "placement_start", on, place
        if period.end:
            yield "care_end", period.end, ""


def by_hand(child):
    """What the team also puts down of hearings and courts: for some children, not for most."""
    if child.hand is not None:
        return child.hand
    draw = Draw("by hand", child.local_id)
    shares = {"orders": 0.3, "courts": 0.5, "hearings": 0.25}
    return tuple(name for name, share in shares.items() if draw.chance(share))


def _proceedings(life, hand):
    for order in life.orders:
        if order.code == "CSO" and "orders" in hand:
            yield "order", order.made, "CSO", order.until()
        if order.code in ("PO", "POA", "ADOPTION") and "courts" in hand:
            yield "order", order.made, order.code
    for step in life.of_kind("application"):
        if "courts" in hand:
            yield "application", step.on, step.code
    for hearing in life.hearings:
        if hearing.on > TODAY and hearing.state == "planned" and "hearings" in hand:
            yield "hearing", hearing.on, "planned"


def facts_of(child):
    """(kind, day, code, last day, yes where it is parallel) of one child."""
    life = child.says("record")
    found = list(_care(life))
    if life.involved:
        found.append(("involvement", life.involved, ""))
    found += [("review", on, code) for on, code in life.reviews]
    found += [("plan", on, route, None, "yes" if parallel else "")
              for on, route, parallel in life.plans]
    found += [(kind, on, route) for on, kind, route in life.gates]
    found += _proceedings(life, by_hand(child))
    return [(*fact, None, "")[:5] if len(fact) < 5 else fact for fact in found]


def _write(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_record(book, folder):
    """register.csv, register-later.csv, teams.csv and record.csv; how many facts."""
    heading = "local_id,born,name"
    for name, late in (("register.csv", False), ("register-later.csv", True)):
        _write(folder / name, [heading] + [
            f"{child.local_id},{child.truth.born},{child.truth.name}"
            for child in book.children if child.registered_late == late])
    _write(folder / "teams.csv", ["CHILD,TEAM,WORKER"] + [
        ",".join((child.local_id, *team_of(child.truth))) for child in book.children])
    rows = [(child.local_id, *fact) for child in book.children
            for fact in facts_of(child)]
    rows.sort(key=lambda row: (row[0], row[2], ORDER.index(row[1]), row[5]))
    assert all(row[0].startswith(PREFIX) for row in rows)
    _write(folder / "record.csv", [HEADING] + [
        ",".join("" if cell is None else str(cell) for cell in row) for row in rows])
    return len(rows)
