"""The way to adoption: decision, placement order, match, adopters, order; or not."""

from days import LIVE_FROM, TODAY, birthday, care_year, plus, year_end
from life import Adoption

ADOPTERS = {("2", "MF", "L11"): 6, ("2", "MF", "L3"): 2, ("1", "F1", "L0"): 2,
            ("2", "FF", "L12"): 1, ("2", "MM", "L12"): 1}


def adoption(draw, homes, life, start):
    """A baby or small child, from a court's interim order on; as far as the demo day has got."""
    early = draw.chance(0.2)
    period = life.enter(start, "C1", "U5" if early else "U6", homes.foster())
    decision = plus(start, draw.between(110, 210))
    if decision > TODAY:
        return
    life.adoption = Adoption(decision, adopters=draw.weighted(ADOPTERS))
    ordered = plus(decision, draw.between(25, 80))
    if ordered <= TODAY:
        period.change(ordered, ls="E1")
    what = "early" if early else draw.weighted({"matched": 8, "reversed": 2, "disrupted": 1})
    if what == "reversed":
        _reversed(draw, homes, life, period, ordered)
        return
    if not early and draw.chance(0.7):
        referral = plus(decision, draw.between(30, 100))
        life.adoption.referral = referral if referral <= TODAY else None
    match = plus(ordered, draw.between(20, 60) if early else draw.between(30, 230))
    if match > TODAY:
        return
    life.adoption.match = match
    placed = plus(match, draw.between(10, 40))
    if placed > (year_end(2026) if early else TODAY):
        return
    if early:
        period.change(placed, place="A5")
        life.adoption.foster_carer = "1"
    else:
        period.change(placed, place="A6", carer=homes.adopters())
    if what == "disrupted":
        _disrupted(draw, homes, life, period, placed)
        return
    order = plus(placed, draw.between(110, 330))
    if order <= TODAY:
        period.leave(order, draw.weighted({"E11": 1, "E12": 3}))


def consent(draw, homes, life, start):
    """A parent asks for adoption; placed with consent."""
    period = life.enter(start, "V2", "U6", homes.foster())
    decision = plus(start, draw.between(50, 90))
    match, placed = plus(decision, 30), plus(decision, 50)
    order = plus(placed, draw.between(120, 250))
    if placed > TODAY:
        return
    life.adoption = Adoption(decision, plus(decision, 12), match)
    period.change(placed, place="A4", carer=homes.adopters())
    if order <= TODAY:
        period.leave(order, "E11")


def _reversed(draw, homes, life, period, ordered):
    """The plan changes: long-term care, or kin as guardians."""
    on = plus(ordered, draw.between(120, 300))
    if on > TODAY:
        return
    life.adoption.reversed_on = on
    life.adoption.reversed_because = draw.weighted({"RD1": 2, "RD3": 4, "RD4": 2})
    back = plus(on, draw.between(20, 60))
    if back > TODAY:
        return
    period.change(back, ls="C2", place="U4", carer=homes.foster())
    if draw.chance(0.4):
        end = plus(back, draw.between(90, 200))
        # A reversed plan does not end in another permanent order within the same care year.
        if end <= TODAY and care_year(end) > care_year(on):
            period.leave(end, "E46")


def _disrupted(draw, homes, life, period, placed):
    """The adoptive home breaks down; the child goes back to foster carers."""
    on = plus(placed, draw.between(60, 150))
    if on <= TODAY and on < birthday(life.born, 12):
        period.change(on, place="U6", carer=homes.foster(), because="CREQO")


def waiting_for_a_match(draw, homes, life, decision, referred_after=None, matched_after=None):
    """In care since some months; decided on `decision`, and perhaps referred or matched."""
    period = life.enter(plus(decision, -draw.between(130, 190)), "C1", "U6", homes.foster())
    life.adoption = Adoption(decision)
    if decision >= LIVE_FROM and referred_after:
        life.adoption.referral = plus(decision, referred_after)
    if matched_after:
        life.adoption.match = plus(decision, matched_after)
    ordered = plus(decision, 45)
    if ordered <= TODAY:
        period.change(ordered, ls="E1")
