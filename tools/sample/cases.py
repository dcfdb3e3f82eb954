"""The history of every planted child and of some plain ones, as a case shows it."""

from days import TODAY, YEARS, year_end

PLAIN = ("long_term", "adoption", "guardianship", "return_home", "unaccompanied", "teenager",
         "agreed_short_breaks", "single_short_breaks", "died", "consent", "waiting", "newcomer")


def _iso(on):
    return on.isoformat() if on else None


def _placement(spells):
    return {"start": _iso(spells[0].start), "start_known": spells[0].rne in ("S", "P", "B"),
            "end": _iso(spells[-1].end), "place": spells[-1].place}


def _period(known, period):
    return {"start": _iso(period.start()), "start_known": period.start_known,
            "end": _iso(period.end), "reason": period.reason, "status": period.status,
            "not_known_since": _iso(period.lost[1]) if period.lost else None,
            "placements": [_placement(spells) for of, spells in known.placements() if of is period]}


def history(known):
    order, placed = known.placement_order(), known.placed()
    return {
        "care_periods": [_period(known, period) for period in known.periods],
        "legal_statuses": [{"code": run[0].ls, "start": _iso(run[0].start),
                            "start_known": run[0].rne in ("S", "L", "B", "U"),
                            "end": _iso(known.status_end or run[-1].end)}
                           for run in known.statuses()],
        "reviews": [{"on": _iso(on), "code": code,
                     "in_care": any(period.holds(on) for period in known.periods)}
                    for on, code in sorted(known.reviews)],
        "adoption": {"decision": _iso(known.decision), "match": _iso(known.match),
                     "placement_order": _iso(order and order.start),
                     "placed": _iso(placed and placed.start)},
        "orders": [{"code": code, "on": _iso(on), "disputed": disputed}
                   for code, on, disputed in known.orders()]}


def _chosen(book):
    """(local id, what it shows): two plain lives of each way through care, every planted one."""
    for way in PLAIN:
        lives = [life for life in book.lives if life.story == way]
        lives.sort(key=lambda life: -len(life.spells()))
        yield from ((life.local_id, way.replace("_", " ")) for life in lives[:2])
    yield from ((child.life.local_id, child.fixture) for child in book.planted
                if child.fixture != "child in no header")


def histories(book):
    """As known at each year end, by returns alone, and on the demo day; what then is open."""
    at = {_iso(year_end(year)): book.known_at(year) for year in YEARS}
    today = book.known_today()
    standing = {child.life.local_id: child.standing() for child in book.planted}
    found = []
    for local_id, shows in _chosen(book):
        story = {on: history(known[local_id]) for on, known in at.items()}
        story[_iso(TODAY)] = history(today[local_id])
        found.append({"local_id": local_id, "shows": shows, "known_at": story,
                      "discrepancies": standing.get(local_id, {})})
    return {"authority": book.authority.code, "children": found}
