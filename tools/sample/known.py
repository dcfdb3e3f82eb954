"""What is known of one child on a day: the part of a life that returns, and a team, have told."""

from dataclasses import dataclass, field
from datetime import date

from days import FIRST_DAY, LIVE_FROM, TODAY, care_year, year_end
from life import ADOPTIVE, SHORT_BREAKS, Life, Spell
from saying import adopted_in, place_said

PERMANENT = {"E11": "ADOPTION", "E12": "ADOPTION", "E41": "CHILD_ARRANGEMENTS",
             **{f"E4{n}": "SPECIAL_GUARDIANSHIP" for n in range(3, 9)}}


@dataclass
class KnownPeriod:
    spells: list
    start_known: bool = True
    end: date | None = None
    reason: str | None = None
    status: str = "open"               # open, stated, disputed, not_stated
    counted_on: date | None = None     # the day whose year counts an end that has no day
    lost: tuple | None = None          # (not_in_next_return, refused or 388; the last day known)

    def start(self):
        return self.spells[0].start

    def holds(self, on):
        last = self.end or self.counted_on
        return self.start() <= on and (not last or on <= last)


@dataclass
class Known:
    life: Life
    periods: list = field(default_factory=list)
    reviews: list = field(default_factory=list)
    decision: date | None = None
    referral: date | None = None
    match: date | None = None
    reversed_on: date | None = None
    not_counted: list = field(default_factory=list)   # days of reviews whose other version counts
    status_end: date | None = None     # of the last legal status, where care ended on another day

    def spells(self):
        return [spell for period in self.periods for spell in period.spells]

    def died_on(self):
        """The day of a stated death, whatever other rows say."""
        return next((period.end for period in self.periods if period.reason == "E2"), None)

    def current(self, on):
        """(period, spell) at the end of the day, or None."""
        for period in self.periods:
            for spell in period.spells:
                gone = spell.end is None and period.lost and on > period.lost[1]
                if spell.start <= on and (spell.end is None or spell.end > on) and not gone:
                    return period, spell
        return None

    def lost(self, on):
        """(why, last day known) where what is known of the child's care just stops before `on`."""
        begun = [period for period in self.periods if period.start() <= on]
        lost = begun[-1].lost if begun else None
        return lost if lost and on > lost[1] and not self.current(on) else None

    def not_known(self, on):
        """Why it is not known on the day whether the child is looked after, if so."""
        lost = self.lost(on)
        return lost[0] if lost else None

    def in_short_breaks(self, on):
        now = self.current(on)
        return bool(now) and now[1].ls in SHORT_BREAKS

    def placements(self):
        """Each with one carer: (period, its spells)."""
        runs = []
        for period in self.periods:
            for spell in period.spells:
                last = runs[-1][1][-1] if runs and runs[-1][0] is period else None
                goes_on = last and last.touches(spell) and last.carer.name == spell.carer.name
                if goes_on and spell.rne not in ("S", "P", "B"):
                    runs[-1][1].append(spell)
                else:
                    runs.append((period, [spell]))
        return runs

    def statuses(self):
        """Touching spells under one legal status, across care periods too."""
        runs = []
        for spell in self.spells():
            last = runs[-1][-1] if runs else None
            if last and last.touches(spell) and last.ls == spell.ls:
                runs[-1].append(spell)
            else:
                runs.append([spell])
        return runs

    def orders(self):
        """(code, day, disputed) of what made a home permanent, and the first placement order."""
        found = []
        for period in self.periods:
            if period.reason in PERMANENT and period.end:
                found.append((PERMANENT[period.reason], period.end, period.status == "disputed"))
        order = self.placement_order()
        return sorted(found + ([("PLACEMENT", order.start, False)] if order else []),
                      key=lambda entry: entry[1])

    def placement_order(self):
        return next((spell for spell in self.spells() if spell.ls == "E1"), None)

    def placed(self):
        return next((spell for spell in self.spells() if spell.place in ADOPTIVE), None)

    def adopted_on(self):
        return [(period.end, period.status == "disputed") for period in self.periods
                if period.reason in ("E11", "E12") and period.end]


def _cut(authority, spell, on):
    """The spell as told by the day: no end that lies after it; the place in that year's code."""
    ended = spell.end if spell.end and spell.end <= on else None
    told_in = min(care_year(on), care_year(ended) if ended else 9999)
    return Spell(spell.start, spell.rne, spell.ls, place_said(authority, spell, min(told_in, 2026)),
                 spell.carer, ended, spell.rec if ended else "")


def of_life(authority, life, on):
    """Of a life without a planted quirk, on a year end or, where a team's record is live, today."""
    known = Known(life)
    for period in life.periods:
        spells = [_cut(authority, spell, on) for spell in period.spells
                  if spell.start <= on and (spell.end is None or spell.end >= FIRST_DAY)]
        if spells:
            end = spells[-1].end
            over = end is not None and end == period.end()
            known.periods.append(KnownPeriod(spells, spells[0].rne == "S", end if over else None,
                                             spells[-1].rec if over else None,
                                             "stated" if over else "open"))
    known.reviews = [(day, code) for day, code in life.reviews if FIRST_DAY <= day <= on]
    _plan(authority, known, on)
    return known


def _plan(authority, known, on):
    """A return tells of the match when the child is adopted, and of a referral never."""
    plan = known.life.adoption
    over = known.life.periods[-1].end() if known.life.periods else None
    if not plan or plan.decision > on or (over and over < FIRST_DAY):
        return
    told = on == TODAY and authority.live
    if (plan.reversed_on or TODAY) < FIRST_DAY:
        return
    known.decision = plan.decision
    if plan.reversed_on and plan.reversed_on <= on:
        known.reversed_on = plan.reversed_on
    if plan.match and (any(adopted_in(known.life, year) and year_end(year) <= on
                           for year in (2024, 2025, 2026))
                       or told and LIVE_FROM <= plan.match <= on):
        known.match = plan.match
    if told and plan.referral and LIVE_FROM <= plan.referral <= on:
        known.referral = plan.referral
