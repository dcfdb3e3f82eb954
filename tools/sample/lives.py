"""The children of one authority: who comes into care, when, how old, and by which way."""

from datetime import date

import adoptions
import paths
from clocks import review_clocks
from days import FIRST_DAY, TODAY, birthday, day, plus, year_end, age_on
from draw import Draw
from homes import Homes
from known import of_life
from life import Life
from meetings import hold, review_code
from names import ETHNIC, NEED, UNACCOMPANIED_ETHNIC, postcode

# Way through care: (weight, youngest and oldest in months at entry).
WAYS = {
    "long_term": (34, 0, 170), "return_home": (17, 0, 190), "guardianship": (13, 0, 110),
    "adoption": (14, 0, 34), "consent": (1, 0, 2), "unaccompanied": (6, 186, 212),
    "teenager": (12, 140, 200), "remand": (2, 176, 210), "agreed_short_breaks": (3, 60, 180),
    "single_short_breaks": (2, 60, 180), "moved_away": (2, 10, 170),
}
# Ways on which there is time for a second episode before the first return.
BEFORE = ("long_term", "adoption", "guardianship", "agreed_short_breaks", "teenager")


def _person(authority, draw, number, born, unaccompanied=False):
    life = Life(f"{authority.prefix}{number:04d}", born, draw.chance(0.45))
    life.ethnic = draw.weighted(UNACCOMPANIED_ETHNIC if unaccompanied else ETHNIC)
    life.need = "N8" if unaccompanied else draw.weighted(NEED)
    life.home = "" if unaccompanied else postcode(authority, draw)
    life.unaccompanied = unaccompanied
    life.upn = (f"{draw.pick('ABCDEFGH')}{authority.born_upn}{draw.between(100, 999)}"
                f"{draw.between(100000, 999999)}")
    if draw.chance(0.03):
        life.previous = (draw.pick(("P1", "P2", "P3")), draw.pick(("991", "992", "WAL")),
                         date(born.year + 2, 6, draw.between(1, 28)))
        if life.previous[2] >= plus(FIRST_DAY, -900):
            life.previous = ("P4", "", None)
    return life


def _live(authority, draw, number, way, start, months):
    """One life: born so many months before it came into care on `start`."""
    born = plus(start, -int(months * 30.44) - draw.between(1, 28))
    life = _person(authority, draw, number, born, way == "unaccompanied")
    life.story = way
    homes = Homes(authority, draw, life)
    if way in ("adoption", "consent"):
        getattr(adoptions, way)(draw, homes, life, start)
    else:
        getattr(paths, way)(draw, homes, life, start)
    return _grown(draw, life)


def _grown(draw, life):
    """What follows from the periods: reviews, follow-up after 18, a baby, a late pupil number."""
    hold(draw, life, 0.07)
    end = life.periods[-1].end()
    eighteen = birthday(life.born, 18)
    if end == eighteen:
        life.leaver_years = tuple(year for year in (2024, 2025, 2026)
                                  if 19 <= age_on(life.born, year_end(year)) < 22)
    if life.girl and life.story == "teenager" and draw.chance(0.15):
        life.baby = plus(eighteen, -draw.between(100, 500))
    if draw.chance(0.06):
        life.upn_late = 2025
    return life


def _fits(authority, life):
    """Seen by a return, and its first visible episode does not begin care before the first one:
    nobody could say how many reviews had been held by then. No review was held early whose last
    day came when care had ended: whether it counts would be a matter of taste."""
    visible = [spell for spell in life.spells() if spell.end is None or spell.end >= FIRST_DAY]
    if not visible:
        return False
    starts = [spell.start for spell in life.spells()]
    if len(set(starts)) != len(starts):
        return False
    first = visible[0]
    clocks = review_clocks(of_life(authority, life, TODAY))
    ceased = [clock for clock in clocks if clock.until and clock.due >= clock.until]
    early = any(clock.stopped_on or clock.due == clock.until for clock in ceased)
    return not early and (first.start >= FIRST_DAY or first.rne != "S" or first.special())


def _leaver(authority, draw, number):
    """A young person whose care ended before the first return, still in touch."""
    born = date(2004, draw.between(6, 12), draw.between(1, 28))
    life = _person(authority, draw, number, born)
    life.story = "leaver"
    life.leaver_years = tuple(year for year in (2024, 2025) if age_on(born, year_end(year)) < 22)
    return life


def _special(authority, draw, number):
    """The few whose dates matter on the demo day, or of whom there must be one."""
    if not authority.live:
        return []
    found = []

    def waiting(decision, **what):
        start_months = draw.between(1, 20)
        born = plus(day(decision), -200 - start_months * 30)
        life = _person(authority, draw, number + len(found), born)
        life.story = "waiting"
        homes = Homes(authority, draw, life)
        adoptions.waiting_for_a_match(draw, homes, life, day(decision), **what)
        found.append(_grown(draw, life))

    waiting("2025-11-13")                            # overdue long since
    waiting("2026-02-10")                            # overdue since some days
    waiting("2026-02-14")                            # due on the demo day
    waiting("2026-03-03")                            # upcoming
    waiting("2026-04-02")                            # upcoming no sooner than in some days
    waiting("2025-12-04", referred_after=60)         # referred in time
    waiting("2025-10-20", matched_after=75)          # matched instead
    waiting("2025-06-09")                            # decided before the record was live
    found += _overdue(authority, draw, number + len(found))
    return found + _newcomers(authority, draw, number + len(found))


def _overdue(authority, draw, number):
    """Whose last review was held on a day that makes the next one late by now."""
    found = []
    for last in ("2025-09-15", "2025-10-21", "2025-11-06", "2025-11-12"):
        born = plus(day(last), -draw.between(1600, 5000))
        life = _person(authority, draw, number + len(found), born)
        life.story = "overdue"
        homes = Homes(authority, draw, life)
        period = life.enter(plus(day(last), -290), "C1", "U6", homes.foster())
        period.change(plus(day(last), -60), ls="C2", place="U4", carer=homes.foster())
        for before in (268, 182, 0):
            on = plus(day(last), -before)
            life.reviews.append((on, review_code(draw, life.born, on)))
        found.append(life)
    return found


def _newcomers(authority, draw, number):
    """Into care after the last return: known by the team alone. One is due on the demo day."""
    found = []
    for start in ("2026-04-09", "2026-04-16", "2026-04-28", "2026-05-11"):
        born = plus(day(start), -draw.between(900, 4500))
        life = _person(authority, draw, number + len(found), born)
        life.story = "newcomer"
        homes = Homes(authority, draw, life)
        life.enter(day(start), "V2", "U6", homes.foster())
        found.append(life)
    return found


def invent(authority, seed):
    """The lives of an authority's children, by local id."""
    found, number, tries = [], 0, 0
    while number < authority.children:
        tries += 1
        draw = Draw(seed, authority.code, tries)
        way = draw.weighted({name: row[0] for name, row in WAYS.items()})
        _, youngest, oldest = WAYS[way]
        months = draw.between(youngest, oldest)
        if way in BEFORE and draw.chance(0.5):
            start = plus(FIRST_DAY, -draw.between(90, 2600 if way == "long_term" else 700))
        else:
            start = plus(FIRST_DAY, draw.between(0, (TODAY - FIRST_DAY).days - 60))
        life = _live(authority, draw, number + 101, way, start, months)
        if _fits(authority, life):
            found.append(life)
            number += 1
    for extra in range(3):
        found.append(_leaver(authority, Draw(seed, authority.code, "leaver", extra), 601 + extra))
    found += _special(authority, Draw(seed, authority.code, "special"), 701)
    if authority.live:
        draw = Draw(seed, authority.code, "died")
        found.append(_live(authority, draw, 801, "died", day("2024-06-04"), 30))
    return found
