"""The ways through care: each function lives one child's time in care, up to the demo day."""

from days import TODAY, age_on, birthday, plus

FOSTER = {"U6": 7, "U4": 2, "U3": 2, "U1": 1}
LEAVING = {"E5": 5, "E6": 2, "E17": 4, "E7": 1, "E9": 1, "E4A": 1}
BECAUSE = {"CARPL": 6, "CREQB": 3, "CREQO": 2, "LAREQ": 2, "CHILD": 1, "STAND": 1, "ALLEG": 1,
           "CLOSE": 1, "OTHER": 1, "APPRR": 1}


def _open(period):
    return period.spells[-1].end is None


def _can(period, on, life):
    """Something may happen on `on`: it is not in the future nor after the eighteenth birthday."""
    return (_open(period) and on <= TODAY and on < plus(birthday(life.born, 18), -20)
            and on > plus(period.spells[-1].start, 6))


def _moves(draw, homes, life, period, until, every):
    """Moves from home to home every so many days, until a day."""
    on = plus(period.spells[-1].start, draw.between(every // 3, every * 2))
    while on < until and _can(period, on, life):
        if age_on(life.born, on) >= 11 and draw.chance(0.4):
            period.change(on, place=draw.weighted({"K2": 9, "S1": 1}), carer=homes.residential(),
                          because=draw.weighted(BECAUSE))
        else:
            place = draw.weighted(FOSTER)
            carer = homes.kin() if place in ("U1", "U3") else homes.foster()
            period.change(on, place=place, carer=carer, because=draw.weighted(BECAUSE))
        on = plus(on, draw.between(every // 3, every * 2))


def _come_of_age(draw, life, period):
    on = birthday(life.born, 18)
    if _open(period) and on <= TODAY:
        period.leave(on, draw.weighted(LEAVING))


def _begin(draw, homes, life, start):
    """The first weeks: with parents' consent, by a court's interim order, or in an emergency."""
    carer = homes.foster()
    how = draw.weighted({"V2": 5, "C1": 5, "L2": 1, "L1": 1})
    period = life.enter(start, how, "U6", carer)
    if how in ("L1", "L2"):
        on = plus(start, 3 if how == "L1" else 8)
        if on <= TODAY:
            period.change(on, ls="C1")
    elif how == "V2" and draw.chance(0.6):
        on = plus(start, draw.between(20, 90))
        if _can(period, on, life):
            period.change(on, ls="C1")
    return period


def long_term(draw, homes, life, start):
    """A care order and a long-term home, after some moves."""
    period = _begin(draw, homes, life, start)
    on = plus(start, draw.between(170, 260))
    if _can(period, on, life):
        period.change(on, ls="C2")
        if draw.chance(0.5):
            on = plus(on, draw.between(60, 400))
            if _can(period, on, life):
                period.change(on, place="U4", carer=homes.foster())
    _moves(draw, homes, life, period, TODAY, draw.pick((500, 900, 2500)))
    if draw.chance(0.08):
        on = plus(period.spells[-1].start, draw.between(80, 300))
        if _can(period, on, life):
            period.change(on, place="P1", carer=homes.parents())
    _come_of_age(draw, life, period)


def return_home(draw, homes, life, start):
    """Some months in care, and home; a few come back."""
    period = _begin(draw, homes, life, start)
    end = plus(start, draw.between(12, 300))
    _moves(draw, homes, life, period, end, 150)
    if _can(period, end, life):
        period.leave(end, draw.weighted({"E4A": 7, "E4B": 3, "E13": 1, "E8": 1}))
        again = plus(end, draw.between(60, 350))
        if draw.chance(0.2) and again < birthday(life.born, 17) and again <= TODAY:
            long_term(draw, homes, life, again)
            return
    _come_of_age(draw, life, period)


def guardianship(draw, homes, life, start):
    """Kin or a foster carer become special guardians, or get a child arrangements order."""
    period = _begin(draw, homes, life, start)
    on = plus(start, draw.between(40, 130))
    if _can(period, on, life):
        period.change(on, place="U3", carer=homes.kin())
    on = plus(on, draw.between(120, 260))
    if _can(period, on, life):
        if period.spells[-1].ls == "C1" and draw.chance(0.3):
            before = plus(on, -30)
            if _can(period, before, life):
                period.change(before, ls="C2")
        period.leave(on, draw.weighted({"E45": 4, "E46": 1, "E47": 3, "E48": 1, "E41": 3}))
    _come_of_age(draw, life, period)


def unaccompanied(draw, homes, life, start):
    """An asylum-seeking young person without family here."""
    period = life.enter(start, "V2", "U6", homes.foster())
    on = plus(start, draw.between(40, 240))
    if _can(period, on, life):
        if age_on(life.born, on) >= 16:
            period.change(on, place="H5", carer=homes.residential())
        else:
            period.change(on, carer=homes.foster())
    on = birthday(life.born, 18)
    if _open(period) and on <= TODAY:
        period.leave(on, draw.weighted({"E5": 6, "E17": 1, "E6": 1}))


def teenager(draw, homes, life, start):
    """Comes in as a teenager: children's homes, moves, times missing, supported accommodation."""
    period = _begin(draw, homes, life, start)
    _moves(draw, homes, life, period, TODAY, draw.pick((140, 250, 500)))
    sixteen = birthday(life.born, 16)
    on = max(plus(sixteen, draw.between(60, 400)), plus(period.spells[-1].start, 30))
    if draw.chance(0.6) and _can(period, on, life):
        period.change(on, place="H5", carer=homes.residential())
    on = plus(start, draw.between(20, 200))
    for _ in range(draw.between(0, 3)):
        end = plus(on, draw.between(1, 12))
        inside = any(spell.place[0] in "KUH" and spell.start < on
                     and end < (spell.end or TODAY) for spell in period.spells)
        if inside:
            life.missing.append((on, end, draw.weighted({"M": 3, "A": 2})))
        on = plus(end, draw.between(20, 300))
    _come_of_age(draw, life, period)


def remand(draw, homes, life, start):
    period = life.enter(start, "J1", draw.pick(("R5", "K1")), homes.residential())
    on = plus(start, draw.between(15, 70))
    if _can(period, on, life):
        period.leave(on, draw.pick(("E14", "E9")))


def agreed_short_breaks(draw, homes, life, start):
    """A series of short breaks under one agreement, recorded as one time in care."""
    period = life.enter(start, "V4", draw.pick(("U6", "K2")), homes.foster())
    end = plus(start, draw.between(200, 1500))
    if _can(period, end, life):
        period.leave(end, "E4A")
    _come_of_age(draw, life, period)


def single_short_breaks(draw, homes, life, start):
    """Short breaks recorded one by one."""
    carer, on = homes.foster(), start
    for _ in range(draw.between(2, 6)):
        end = plus(on, draw.between(2, 5))
        if end > TODAY or end >= plus(birthday(life.born, 18), -20):
            break
        life.enter(on, "V3", "U6", carer).leave(end, "E4A")
        on = plus(end, draw.between(20, 50))


def moved_away(draw, homes, life, start):
    """Another authority takes over, or the child moves abroad."""
    period = _begin(draw, homes, life, start)
    on = plus(start, draw.between(50, 400))
    if _can(period, on, life):
        period.leave(on, draw.pick(("E3", "E3", "E16")))
    _come_of_age(draw, life, period)


def died(draw, homes, life, start):
    """An illness, a hospital, a death."""
    period = _begin(draw, homes, life, start)
    on = plus(start, draw.between(150, 260))
    period.change(on, place="T1", carer=homes.hospital())
    period.leave(plus(on, 19), "E2")
