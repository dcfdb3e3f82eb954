"""Milestones of the permanence data set, and who holds the next step (domain.md 8.1), of a life."""

from datetime import date

from days import TODAY


# Route: the agency decides; who lodges; codes of its applications; what ends it.
ROUTES = {
    "home": (False, "", (), "supervision"),
    "kinship": (False, "family", ("KINSHIP",), "KINSHIP"),
    "permanence_order": (True, "authority", ("PO",), "PO"),
    "permanence_order_adoption": (True, "authority", ("POA", "ADOPTION"), "ADOPTION"),
    "adoption": (True, "family", ("ADOPTION",), "ADOPTION"),
    "long_term_foster": (True, "", (), "match"),
    "residential": (True, "", (), "match"),
    "supported": (True, "", (), "match"),
}
NAMES = ("M0", "M1", "M2", "M3a", "M3", "M4", "M5")
# Of steps opened on one day the later in this list holds.
BODIES = ("legal", "decision_maker", "family", "reporter", "hearing", "safeguarder", "court")


def window(life, at):
    """The days that belong to the way of the life's care period with that number."""
    first = life.periods[at - 1].end if 0 < at <= len(life.periods) else date.min
    last = life.periods[at + 1].start if at + 1 < len(life.periods) else date.max
    return first, last


def _first(days, within):
    return min((on for on in days if within[0] <= on < within[1]), default=None)


def plans_of(life):
    """(route, parallel, since, ended): a plan ends where the next of its sort begins."""
    found = []
    for parallel in (False, True):
        own = sorted((since, route) for since, route, beside in life.plans if beside == parallel)
        kept = [one for at, one in enumerate(own) if at == 0 or own[at - 1][1] != one[1]]
        for at, (since, route) in enumerate(kept):
            ended = kept[at + 1][0] if at + 1 < len(kept) else None
            found.append((route, parallel, since, ended))
    return sorted(found, key=lambda plan: (plan[2], plan[1]))


def routes_named(life, within):
    plans = [plan for plan in plans_of(life) if within[0] <= plan[2] < within[1]]
    standing = [route for route, _, _, ended in plans if ended is None]
    given_up = [route for route, _, _, ended in plans if ended is not None]
    named = standing + given_up[::-1]
    if named:
        return named
    said = [route for on, kind, route in sorted(life.gates)
            if kind == "recommendation" and route and within[0] <= on < within[1]]
    return said[-1:] or [""]


def _began(life, route, within):
    """The first day on which the route was planned or recommended; the beginning: neither was."""
    planned = [since for name, _, since, _ in plans_of(life) if name == route]
    said = [on for on, kind, name in life.gates if kind == "recommendation" and name in ("", None, route)]
    return _first(planned + said, within) or within[0]


def _ended(life, period, route, how, within, today):
    if how == "match":
        return _first([on for on, kind, _ in life.gates if kind == "match"],
                      (_began(life, route, within), within[1]))
    if how != "supervision":
        return _first([order.made for order in life.orders if order.code == how], within)
    orders = [order for order in life.orders
              if order.code == "CSO" and within[0] <= order.made < within[1]]
    if orders:
        after = orders[-1].first_day_after()
        return after if after and after <= today else None
    return period.end if period else None


def milestones(life, at, route, today):
    """Milestone -> (day or None, state) of the care period with that number, on a route."""
    period = life.periods[at] if at < len(life.periods) else None
    within = window(life, at)
    decides, lodger, codes, how = ROUTES.get(route, (True, "authority", (), None))

    def gate(kind):
        return _first([on for on, name, said in life.gates
                       if name == kind and (not said or not route or said == route)], within)

    days = {"M0": _first([life.involved] if life.involved else [], within),
            "M1": period.start if period else None, "M2": gate("recommendation"),
            "M3a": gate("panel"), "M3": gate("agency_decision"),
            "M4": _first([step.on for step in life.of_kind("application") if step.code in codes],
                         within),
            "M5": _ended(life, period, route, how, within, today) if how else None}
    decides = decides or bool(days["M3a"]) and how != "supervision"
    applies = {**dict.fromkeys(NAMES, True), "M3a": decides, "M3": decides, "M4": lodger != ""}
    found = {}
    for name in reversed(NAMES):
        later = any(found[one][1] == "reached" for one in found)
        if days[name]:
            state = "reached"
        elif not applies[name]:
            state = "not_applicable"
        elif period and name in ("M0", "M1") or later:
            state = "not_known"    # it was passed on a day that nobody states
        elif period and period.end:
            state = "not_applicable"
        else:
            state = "open"
        found[name] = (days[name], state)
    return {name: found[name] for name in NAMES}


def routes_ordered(life, within):
    """Routes whose order was made, though nobody may have named them."""
    made = {order.code for order in life.orders if within[0] <= order.made < within[1]}
    other = "adoption" if "POA" in made else "permanence_order_adoption"
    return [route for route, (_, _, _, how) in ROUTES.items() if how in made and route != other]


def counted(life, at, today=TODAY):
    """(route, milestones): of several routes the one achieved; while none is, the first named."""
    within = window(life, at)
    named = routes_named(life, within)
    for routes in (named, routes_ordered(life, within)):
        ways = [(route, milestones(life, at, route, today)) for route in routes]
        achieved = [way for way in ways if way[1]["M5"][0]]
        if achieved:
            return min(achieved, key=lambda way: way[1]["M5"][0])
    return named[0], milestones(life, at, named[0], today)


def _steps(life, route):
    """(opened, closed, body) of every step that somebody other than social work had to take."""
    def following(kind, on):
        return _first([day for day, name, _ in life.gates if name == kind], (on, date.max))

    for on, kind, _ in life.gates:
        if kind == "legal_papers":
            yield on, following("legal_opinion", on), "legal"
        if kind == "panel":
            yield on, following("agency_decision", on), "decision_maker"
        if kind == "agency_decision" and ROUTES.get(route, (0, "", ()))[1] == "family":
            codes = ROUTES[route][2]
            yield on, _first([step.on for step in life.of_kind("application")
                              if step.code in codes], (on, date.max)), "family"
    for hearing in life.hearings:
        opened = min(hearing.set_on, hearing.on)
        closed = hearing.until if hearing.state == "continued" else hearing.ended
        yield opened, closed, "hearing"
    for step in life.steps:
        if step.kind == "referral":
            days = [max(step.on, min(one.set_on, one.on)) for one in life.hearings
                    if one.on >= step.on]
            yield step.on, min(days, default=None), "reporter"
        elif step.kind == "safeguarder":
            yield step.on, step.ended, "safeguarder"
        elif step.kind in ("application", "proof", "appeal"):
            yield step.on, step.ended, "court"


def _holder(steps, on):
    held = [(opened, BODIES.index(body)) for opened, closed, body in steps
            if opened <= on and (closed is None or on < closed)]
    return BODIES[max(held)[1]] if held else "social_work"


def holders(life, route, first, last):
    """[from, to, body] of the days from first up to last, which may be open."""
    if first is None or last and last <= first:
        return []
    steps = list(_steps(life, route))
    cuts = {first} | {on for opened, closed, _ in steps for on in (opened, closed) if on}
    found = []
    for on in sorted(cuts):
        if on < first or last and on >= last:
            continue
        body = _holder(steps, on)
        if found and found[-1][2] == body:
            continue
        if found:
            found[-1][1] = on
        found.append([on, last, body])
    return found


def days_of(life, at, reached):
    """The days over which holders are told: from first involvement, up to the end of the way."""
    period = life.periods[at] if at < len(life.periods) else None
    first = reached["M0"][0]
    if period:
        first = min(first or period.start, period.start)
    return first, reached["M5"][0] or (period.end if period else None)


