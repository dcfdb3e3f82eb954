"""The national figures of a year to 31 July, as known on the demo day (domain.md 8.1, 8.3)."""

from collections import Counter, defaultdict
from statistics import median

from days import TODAY, plus

from .clocks import home_since
from .council import YEAR_END
from .gates import gates_counted
from .life import cut
from .pathway import counted, holders

FIRST = plus(YEAR_END.replace(year=YEAR_END.year - 1), 1)
LAST = YEAR_END
INTERVALS = (("m0_m1", "M0", "M1"), ("m1_m2", "M1", "M2"), ("m2_m3", "M2", "M3"),
             ("m3_m4", "M3", "M4"), ("m4_m5", "M4", "M5"), ("m1_m5", "M1", "M5"))
INTERIM = ("ICSO", "IVCSO")
LASTING = ("CSO", "PO", "POA", "KINSHIP", "ADOPTION")
BY_HEARINGS_ALONE = 66
TWO_YEARS = 730


def _in_year(on):
    return on is not None and FIRST <= on <= LAST


def _middle(days):
    """The median, whole where it is; None of nothing."""
    if not days:
        return None
    found = median(days)
    return int(found) if found == int(found) else found


def _share(part, whole):
    return round(part / whole, 4) if whole else None


def _row(id_, value, numerator=None, denominator=None, excluded=0, unknown=0, by=None):
    return {"id": id_, "value": value, "numerator": numerator, "denominator": denominator,
            "excluded": excluded, "unknown": unknown, "by": by or {}}


class Interval:
    def __init__(self, id_, from_, to):
        self.id, self.from_, self.to = id_, from_, to
        self.ended, self.open = defaultdict(list), defaultdict(list)
        self.holders, self.excluded, self.unknown = Counter(), 0, 0

    def count(self, life, at, route, reached):
        """One care period's, as things stood at the year's end."""
        start, end = reached[self.from_], reached[self.to]
        name = route or "not_stated"
        if "not_applicable" in (start[1], end[1]):
            return
        if end[1] == "reached":
            if not _in_year(end[0]):
                return
            if not start[0]:
                self.unknown += 1
            elif end[0] < start[0]:
                self.excluded += 1
            else:
                self.ended[name].append((end[0] - start[0]).days)
                for from_, to, body in holders(life, route, start[0], end[0]):
                    self.holders[body] += (to - from_).days
        elif end[1] == "open":
            if life.periods[at].end:
                return
            if start[0]:
                self.open[name].append((LAST - start[0]).days)
            elif start[1] == "not_known":
                self.unknown += 1
        elif end[1] == "not_known":
            passed = min((on for on, _ in list(reached.values())[list(reached).index(self.to):]
                          if on), default=None)
            self.unknown += _in_year(passed)

    def row(self):
        routes = {name: {"ended": len(self.ended[name]), "median_days": _middle(self.ended[name]),
                         "open": len(self.open[name]),
                         "open_median_days": _middle(self.open[name])}
                  for name in sorted({*self.ended, *self.open})}
        ended = [days for of_route in self.ended.values() for days in of_route]
        return _row(self.id, _middle(ended), None, len(ended), self.excluded, self.unknown,
                    {"route": routes, "holder": dict(sorted(self.holders.items()))})


def intervals(lives):
    """Each interval, counted over all care periods."""
    rows = [Interval(*one) for one in INTERVALS]
    for life in (cut(life, LAST) for life in lives):
        for at in range(len(life.periods)):
            route, reached = counted(life, at, LAST)
            for row in rows:
                row.count(life, at, route, reached)
    return rows


def _looked_after_in(life, first, last):
    return any(period.start <= last and (period.end is None or period.end > first)
               for period in life.periods)


def _under_order(life):
    """An order made in the year, or in force on a day of it on which the child was looked after."""
    for order in life.orders:
        if _in_year(order.made):
            return True
        after = order.first_day_after()
        if order.made < FIRST and (after is None or after > FIRST) and _looked_after_in(
                life, FIRST, min(plus(after, -1), LAST) if after else LAST):
            return True
    return False


def _hearings(lives):
    states, children, unknown = Counter(), 0, 0
    for life in lives:
        took_place = 0
        for hearing in life.hearings:
            if not _in_year(hearing.ended or hearing.on):
                continue
            if hearing.state == "planned":
                unknown += hearing.on <= TODAY
            else:
                states[hearing.state] += 1
                took_place += hearing.state != "cancelled"
        children += bool(took_place or _under_order(life))
    all_ = states["held"] + states["continued"]
    return _row("hearings_per_child", _share(all_, children), all_, children,
                states["cancelled"], unknown,
                {"held": states["held"], "continued": states["continued"],
                 "continued_share": _share(states["continued"], all_)})


def _end_of_interim(life, order):
    days = [order.first_day_after()]
    days += [other.made for other in life.orders
             if other.code in LASTING and other.made > order.made]
    days += [period.end for period in life.periods if period.holds(order.made)]
    return min((on for on in days if on), default=None)


def _runs_of(life):
    """[first day, first day after, of supervision orders alone]."""
    runs = []
    for order in sorted((one for one in life.orders if one.code in INTERIM),
                        key=lambda one: one.made):
        end = _end_of_interim(life, order)
        if end and end <= order.made:
            continue
        if runs and (runs[-1][1] is None or order.made <= runs[-1][1]):
            last = runs[-1]
            last[1] = max(last[1], end) if last[1] and end else None
            last[2] = last[2] and order.code == "ICSO"
        else:
            runs.append([order.made, end, order.code == "ICSO"])
    return runs


def _interim_runs(lives):
    days, still_open, over = [], 0, 0
    for life in lives:
        for start, end, alone in _runs_of(life):
            if start > LAST or (end and end <= FIRST):
                continue
            is_open = end is None or end > LAST
            length = ((plus(LAST, 1) if is_open else end) - start).days
            days.append(length)
            still_open += is_open
            over += alone and length > BY_HEARINGS_ALONE
    return _row("interim_runs", _middle(days), None, len(days),
                by={"number": len(days), "median": _middle(days),
                    "longest": max(days, default=None), "open": still_open, "over_66_days": over})


def _home_orders(lives):
    days, over, reviewed = [], 0, 0
    for life in lives:
        period = life.period_on(LAST)
        since = period and home_since(life, period, LAST)
        if not since:
            continue
        days.append((LAST - since).days)
        over += days[-1] > TWO_YEARS
        reviewed += any(code in ("at_home", "peer") and on <= LAST and (on - since).days > TWO_YEARS
                        for on, code in life.reviews)
    return _row("home_order_days", _middle(days), None, len(days),
                by={"over_2_years": over, "reviewed_after_2_years": reviewed,
                    "reviewed_after_2_years_share": _share(reviewed, over)})


def _decisions(lives):
    agreed, decided, unknown, by = gates_counted(lives, _in_year)
    return _row("decisions_as_recommended", _share(agreed, decided), agreed, decided,
                unknown=unknown, by={"gate": by})


def national_answers(book):
    lives = [child.known() for child in book.children]
    rows = [*(one.row() for one in intervals(lives)), _hearings(lives), _interim_runs(lives),
            _home_orders(lives), _decisions(lives)]
    return {"year_ending": LAST.isoformat(), "known_at": TODAY.isoformat(), "measures": rows}
