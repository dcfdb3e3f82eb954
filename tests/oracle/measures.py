"""Review clocks and the national table of one year, as known at its end."""

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from history import ADOPTIVE, DAY, SHORT_BREAKS, History

# Bank holidays of England and Wales, month and day; Christmas Day and Good Friday are among them.
BANK_HOLIDAYS = {
    2012: "0102 0406 0409 0507 0604 0605 0827 1225 1226", 2013: "0101 0329 0401 0506 0527 0826 1225 1226",
    2014: "0101 0418 0421 0505 0526 0825 1225 1226", 2015: "0101 0403 0406 0504 0525 0831 1225 1228",
    2016: "0101 0325 0328 0502 0530 0829 1226 1227", 2017: "0102 0414 0417 0501 0529 0828 1225 1226",
    2018: "0101 0330 0402 0507 0528 0827 1225 1226", 2019: "0101 0419 0422 0506 0527 0826 1225 1226",
    2020: "0101 0410 0413 0508 0525 0831 1225 1228", 2021: "0101 0402 0405 0503 0531 0830 1227 1228",
    2022: "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227",
    2023: "0102 0407 0410 0501 0508 0529 0828 1225 1226",
    2024: "0101 0329 0401 0506 0527 0826 1225 1226", 2025: "0101 0418 0421 0505 0526 0825 1225 1226",
    2026: "0101 0403 0406 0504 0525 0831 1225 1228", 2027: "0101 0326 0329 0503 0531 0830 1227 1228",
    2028: "0103 0414 0417 0501 0529 0828 1225 1226",
}
HOLIDAYS = {date(year, int(day[:2]), int(day[2:])) for year, days in BANK_HOLIDAYS.items()
            for day in days.split()}


def after_working_days(day, count):
    """The `count`-th working day after `day`; None where the calendar's years do not reach."""
    if day.year not in BANK_HOLIDAYS:
        return None
    while count:
        day += DAY
        if day.year not in BANK_HOLIDAYS:
            return None
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def after_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass
class Clock:
    start: date
    due: date | None   # None: beyond the calendar
    stop: date | None  # the review that stopped it
    ended: date | None  # the day on which it would cease to run without a review


def law_changes(history):
    """(day, whether other law applies from then), by the row current at the end of each day; through days that are not
    known what was current before goes on."""
    current = [row for row in history.kept if row.end is None or row.end > row.decom]
    for row, after in zip(current, current[1:] + [None]):
        yield row.decom, row.ls in SHORT_BREAKS or row.place in ADOPTIVE
        # Days that are not known end where any row starts, also one that ends that same day: at its end it is known that
        # no row is current.
        days = [row.end] + [other.decom for other in history.kept if other.decom > row.end] if row.end else []
        out_of_care = next((day for day in days if not history.current(day)[1]), None)
        if out_of_care and (after is None or out_of_care < after.decom):
            yield out_of_care, False


def running_spans(history, period):
    """(from, to, start known) of the days of a care period on which review clocks run."""
    changes = list(law_changes(history))
    end = min((day for day in (period.until, history.died) if day), default=None)
    suspended = [law for day, law in changes if day <= period.start][-1:] == [True]
    spans, start, known = [], period.start, period.start_known
    for day, suspends in changes:
        if day <= period.start:
            continue
        if suspends and not suspended:
            spans.append((start, day, known))
        elif suspended and not suspends:
            start, known = day, True
        suspended = suspends
    if not suspended:
        spans.append((start, None, known))
    for start, to, known in spans:
        if end is None or start < end:
            yield start, min((day for day in (to, end) if day), default=None), known


def review_clocks(history, reviews):
    """All review clocks of a child that ever ran; `reviews`: the days of its reviews."""
    for period in history.periods:
        held = sorted(day for day in reviews if history.period_of(day) is period)
        for start, end, known in running_spans(history, period):
            stops = [day for day in held if start <= day and (end is None or day <= end)]
            limits = [lambda day: after_working_days(day, 20), lambda day: after_months(day, 3)]
            if not known:
                if not stops:
                    continue
                start, limits = stops.pop(0), []
            while True:
                limit = limits.pop(0) if limits else lambda day: after_months(day, 6)
                stop = stops.pop(0) if stops else None
                yield Clock(start, limit(start), stop, end)
                if stop is None:
                    break
                start = stop


def on_time(clock, history, covered):
    """Whether the clock was stopped by its day; None: it ceased before it, or that is not known."""
    if clock.stop:
        return clock.stop <= clock.due
    if clock.ended and clock.ended <= clock.due:
        return None
    if history.current(clock.due)[1]:
        return None
    days = (clock.start + timedelta(days=i) for i in range(1, (clock.due - clock.start).days + 1))
    return False if all(covered(day) for day in days) else None


def national(authority, year_end):
    """The measures of the year that ends on `year_end`, as known at that day."""
    first = date(year_end.year - 1, 4, 1)
    in_year = lambda day: day is not None and first <= day <= year_end
    years = {year for year, layer in authority.layers.items()
             if year <= year_end and {"Episodes", "Reviews"} <= layer.whole}
    covered = lambda day: (day.year if day < date(day.year, 4, 1) else day.year + 1) in {y.year for y in years}
    reviews, decisions = {}, {}
    for child, day in authority.believed("Reviews", year_end):
        reviews.setdefault(child, []).append(day)
    for child, day in authority.believed("PlacedAdoption", year_end):
        decisions.setdefault(child, []).append(day)

    count = Counter()
    not_known, ends, placements = Counter(), Counter(), Counter()
    days_to_order, marked = [], 0
    for child, rows in authority.episodes(year_end).items():
        history = History(rows)
        row, why = history.current(year_end)
        if why:
            not_known[why] += 1
        if row:
            count["looked_after"] += 1
            marked += "after_died" in history.discrepancies
            if row.ls in SHORT_BREAKS:
                count["short_breaks"] += 1
            else:
                period = next(p for p in history.periods if row in p.rows)
                count["start_not_known"] += not period.start_known
                ran = sum(p.start <= year_end and (p.last_day is None or p.last_day >= first)
                          for period in history.periods for p in period.placements)
                placements[str(ran) if ran < 3 else "3_or_more"] += 1
        for period in history.periods:
            if in_year(period.start):
                count["starts" if period.start_known else "starts_unknown"] += 1
            if period.status != "open" and in_year(period.until):
                ends[period.reason or "not_stated"] += 1
                count["ends_disputed"] += period.status == "disputed"
        verdicts = [verdict for clock in review_clocks(history, reviews.get(child, ()))
                    if in_year(clock.due) and (verdict := on_time(clock, history, covered)) is not None]
        if verdicts:
            count["reviewed"] += 1
            count["on_time"] += all(verdicts)
        elif history.ran_in(first, year_end):
            count["no_clock"] += 1
        for code, on, disputed in history.orders():
            if code == "ADOPTION" and in_year(on):
                before = [day for day in decisions.get(child, ()) if day <= on]
                count["orders_disputed"] += disputed and bool(before)
                if before:
                    days_to_order.append((on - max(before)).days)
                else:
                    count["no_decision"] += 1

    without = count["looked_after"] - count["short_breaks"]

    def measure(id, value, numerator, denominator=None, excluded=0, unknown=0, disputed=0, by=None):
        return {"id": id, "definition": None, "value": value, "numerator": numerator,
                "denominator": denominator, "excluded": excluded, "unknown": unknown,
                "disputed": disputed, "by": dict(sorted((by or {}).items()))}

    def counted(id, value, **rest):
        return measure(id, value, value, **rest)

    measured = [
        counted("looked_after", count["looked_after"], disputed=marked),
        counted("looked_after_without_short_breaks", without, excluded=count["short_breaks"]),
        counted("not_known", not_known.total(), by=not_known),
        counted("starts", count["starts"], unknown=count["starts_unknown"]),
        counted("ends", ends.total(), disputed=count["ends_disputed"], by=ends),
        counted("placements", placements.total(), excluded=count["short_breaks"], by=placements),
        measure("reviews_on_time", share(count["on_time"], count["reviewed"]), count["on_time"],
                count["reviewed"], unknown=count["no_clock"]),
        measure("decision_to_adoption", median(days_to_order) if days_to_order else None, None,
                len(days_to_order), unknown=count["no_decision"], disputed=count["orders_disputed"]),
        counted("start_not_known", count["start_not_known"], denominator=without,
                excluded=count["short_breaks"]),
    ]
    return {"authority": None, "year_ending": year_end, "known_at": year_end,
            "disclosure_controlled": False, "positions": None, "measures": measured}


def share(part, whole):
    return round(part / whole, 4) if whole else None
