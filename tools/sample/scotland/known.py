"""The history that must be known of a child on the demo day."""

from days import TODAY

from .pathway import counted, days_of, holders, plans_of


def _iso(on):
    return on.isoformat() if on else None


def _periods(life):
    return [{"start": _iso(one.start), "end": _iso(one.end),
             "status": "not_stated" if one.end else "open",
             "placements": [{"start": _iso(start), "end": _iso(end), "place": place}
                            for start, end, place in one.spans(one.placements)]}
            for one in life.periods]


def _statuses(life):
    return [{"code": code, "start": _iso(start), "end": _iso(end)}
            for one in life.periods for start, end, code in one.spans(one.statuses)]


def order_row(order):
    return {"code": order.code, "on": _iso(order.made), "until": _iso(order.until()),
            "ended": _iso(order.ended), "in_force": order.in_force(TODAY)}


def hearing_row(hearing):
    return {"on": _iso(hearing.on), "state": hearing.state}


def application_row(step):
    return {"code": step.code, "lodged": _iso(step.on), "issued": _iso(step.issued),
            "disposed": _iso(step.ended)}


def case_of(life, near=None):
    """What `case show` must say; `near`: versions that are shown beside those that count."""
    near = near or {}
    at = max(len(life.periods) - 1, 0)
    route, reached = counted(life, at)
    first, last = days_of(life, at, reached)
    shown = {
        "care_periods": _periods(life), "legal_statuses": _statuses(life),
        "reviews": [{"on": _iso(on), "code": code} for on, code in sorted(life.reviews)],
        "orders": [order_row(order) for order in life.orders],
        "hearings": [hearing_row(hearing) for hearing in life.hearings],
        "applications": [application_row(step) for step in life.of_kind("application")],
        "plans": [{"route": name, "parallel": parallel, "since": _iso(since), "ended": _iso(ended)}
                  for name, parallel, since, ended in plans_of(life)],
        "milestones": {name: {"on": _iso(on), "state": state}
                       for name, (on, state) in reached.items()},
        "holders": [{"from": _iso(start), "to": _iso(end), "body": body}
                    for start, end, body in holders(life, route, first, last)]}
    for part, rows in near.items():
        shown[part] = sorted(shown[part] + rows, key=lambda row: row.get("on") or row["lodged"])
    return shown


def contact_of(life):
    return [{"party": one.party, "purpose": one.purpose or None, "from": _iso(one.start),
             "ended": None, "review": _iso(one.review)} for one in life.agreements]


def case_answers(book):
    """Each child's history, and what it must be once each disagreement is decided rightly."""
    found = []
    for child in book.children:
        row = {"local_id": child.local_id, "shows": child.shows or child.truth.story,
               "case": case_of(child.known(), child.near),
               "open": sorted(one.kind for one in child.disagreements),
               "contact": contact_of(child.truth)}
        if child.disagreements:
            row["put_right"] = case_of(child.truth, child.near)
        found.append(row)
    return {"day": _iso(TODAY), "children": found}
