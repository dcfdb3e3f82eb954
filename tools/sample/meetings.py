"""When a child's reviews were held: most in time, some late."""

from days import TODAY, age_on, is_working, months_after, plus, working_days_after
from life import SHORT_BREAKS


def review_code(draw, born, on):
    if age_on(born, on) < 4:
        return "PN0"
    return draw.weighted({"PN1": 45, "PN2": 4, "PN3": 3, "PN4": 6, "PN5": 8, "PN6": 26, "PN7": 8})


def _sitting(on, step):
    """The nearest day on which a review sits: a working day, none of the last days of a month."""
    while not is_working(on) or on.day > 27:
        on = plus(on, step)
    return on


def ordinary(draw, start, late_share):
    """First within 20 working days, second within 3 months of it, then each within 6 months."""
    last, held = start, 0
    while True:
        due = months_after(last, 3 if held == 1 else 6) if held else working_days_after(start, 20)
        if draw.chance(late_share):
            on = _sitting(plus(due, draw.between(2, 28)), 1)
        else:
            early = draw.between(0, 6) if held == 0 else draw.between(0, 24)
            on = max(_sitting(plus(due, -early), -1), plus(last, 5))
            on = _sitting(on, 1) if on <= plus(last, 5) else on
        yield on
        last, held = on, held + 1


def _adoptive(start):
    """With adopters: after 4 weeks, 3 months later, then each 6 months."""
    on = _sitting(plus(start, 26), -1)
    yield on
    on = _sitting(plus(months_after(on, 3), -4), -1)
    while True:
        yield on
        on = _sitting(plus(months_after(on, 6), -6), -1)


def _short_breaks(start):
    on = _sitting(plus(months_after(start, 3), -4), -1)
    while True:
        yield on
        on = _sitting(plus(months_after(on, 6), -4), -1)


def segments(period):
    """(kind, start, end) of the times in a care period under one law on reviews."""
    found = []
    for spell in period.spells:
        kind = "adoptive" if spell.special() else "ordinary"
        if spell.ls in SHORT_BREAKS:
            kind = "breaks"
        if found and found[-1][0] == kind:
            found[-1][2] = spell.end
        else:
            found.append([kind, spell.start, spell.end])
    return found


def hold(draw, life, late_share):
    """Fills the life's reviews, up to the demo day, none on a day on which something else began."""
    rules = {"ordinary": lambda start: ordinary(draw, start, late_share),
             "adoptive": _adoptive, "breaks": _short_breaks}
    for period in life.periods:
        for kind, start, end in segments(period):
            until = min(end or plus(TODAY, 1), plus(TODAY, 1))
            for on in rules[kind](start):
                if on >= until:
                    break
                life.reviews.append((on, review_code(draw, life.born, on)))
