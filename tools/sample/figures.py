"""The national table of one authority and year, counted over what is known of each child."""

from collections import Counter
from statistics import median

from clocks import review_clocks
from days import plus, year_end, year_start


def _measure(name, value, numerator, denominator=None, excluded=0, unknown=0, disputed=0, by=()):
    return {"id": name, "value": value, "numerator": numerator, "denominator": denominator,
            "excluded": excluded, "unknown": unknown, "disputed": disputed,
            "by": dict(sorted(dict(by).items()))}


def _count(name, number, **more):
    return _measure(name, number, number, **more)


def _starts(everyone, first, last):
    began = [period for known in everyone for period in known.periods
             if first <= period.start() <= last]
    sure = sum(period.start_known for period in began)
    return _count("starts", sure, unknown=len(began) - sure)


def _ends(everyone, first, last):
    ended = [period for known in everyone for period in known.periods
             if period.status != "open" and first <= (period.end or period.counted_on) <= last]
    return _count("ends", len(ended), disputed=sum(p.status == "disputed" for p in ended),
                  by=Counter(period.reason or "not_stated" for period in ended))


def _ran(period, spells, first, last):
    """The placement ran at some time from first to last, both included."""
    end = spells[-1].end
    if end is None and period.lost:
        end = period.lost[1]
    return spells[0].start <= last and (end is None or end >= first)


def _placements(settled, first, last, excluded):
    by = Counter()
    for known in settled:
        number = sum(_ran(period, spells, first, last) for period, spells in known.placements())
        by[str(number) if number < 3 else "3_or_more"] += 1
    return _count("placements", len(settled), excluded=excluded, by=by)


def _due(known, first, last):
    """The review clocks due in the year; not those due when nothing was known of the child."""
    return [clock for clock in review_clocks(known) if first <= clock.due <= last
            and clock.counts() and (clock.stopped_on or not known.lost(clock.due))]


def _cared_for(known, first, last):
    """Looked after at the end of some day of the year."""
    day_by_day = (plus(first, days) for days in range((last - first).days + 1))
    return any(known.current(on) for on in day_by_day)


def reviews_on_time(children, first, last, excluded=0):
    """Of the children with a review clock due in the year, those whose every one was stopped in
    time; unknown: those of `children` without any."""
    kept = counted = 0
    for known in children:
        due = _due(known, first, last)
        if due:
            counted += 1
            kept += all(clock.stopped_on and clock.stopped_on <= clock.due for clock in due)
    return _measure("reviews_on_time", round(kept / counted, 4) if counted else None, kept, counted,
                    excluded=excluded, unknown=len(children) - counted)


def reviews_on_time_of_the_settled(everyone, year):
    """The other reading: of the looked after without short breaks on the last day alone."""
    first, last = year_start(year), year_end(year)
    cared = [known for known in everyone if known.current(last)]
    settled = [known for known in cared if not known.in_short_breaks(last)]
    return reviews_on_time(settled, first, last, len(cared) - len(settled))


def _decision_to_adoption(everyone, first, last):
    days, unknown, disputed = [], 0, 0
    for known in everyone:
        for on, in_dispute in known.adopted_on():
            if first <= on <= last:
                disputed += in_dispute
                if known.decision and known.decision <= on:
                    days.append((on - known.decision).days)
                else:
                    unknown += 1
    middle = median(days) if days else None
    if middle is not None and middle == int(middle):
        middle = int(middle)
    return _measure("decision_to_adoption", middle, None, len(days),
                    unknown=unknown, disputed=disputed)


def table(everyone, year):
    """`everyone`: what was known of each child at the year end."""
    first, last = year_start(year), year_end(year)
    cared = [known for known in everyone if known.current(last)]
    settled = [known for known in cared if not known.in_short_breaks(last)]
    breaks = len(cared) - len(settled)
    missed = Counter(filter(None, (known.not_known(last) for known in everyone)))
    dark = sum(not known.current(last)[0].start_known for known in settled)
    lost = sum(missed.values())
    seen = [known for known in everyone if _cared_for(known, first, last)]
    return [_count("looked_after", len(cared), unknown=lost),
            _count("looked_after_without_short_breaks", len(settled), excluded=breaks, unknown=lost),
            _count("not_known", lost, by=missed),
            _starts(everyone, first, last),
            _ends(everyone, first, last),
            _placements(settled, first, last, breaks),
            reviews_on_time(seen, first, last),
            _decision_to_adoption(everyone, first, last),
            _count("start_not_known", dark, denominator=len(settled), excluded=breaks)]
