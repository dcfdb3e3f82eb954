"""A child's life in care, as it truly was: what the returns and the record are written from."""

from dataclasses import dataclass, field
from datetime import date

ADOPTIVE = ("A3", "A4", "A5", "A6")
SHORT_BREAKS = ("V3", "V4")


@dataclass(frozen=True)
class Carer:
    """Whoever the child lives with: moving to another is a new placement."""
    name: str
    provider: str = "PR1"
    postcode: str = ""
    urn: str = ""


@dataclass
class Spell:
    """A time under one legal status in one kind of place with one carer: a return's episode."""
    start: date
    rne: str
    ls: str
    place: str
    carer: Carer
    end: date | None = None
    rec: str = ""
    moved_because: str = ""

    def touches(self, later):
        return self.end == later.start

    def special(self):
        """Other law than the ordinary reviews applies."""
        return self.ls in SHORT_BREAKS or self.place in ADOPTIVE


@dataclass
class CarePeriod:
    spells: list

    def start(self):
        return self.spells[0].start

    def end(self):
        return self.spells[-1].end

    def change(self, on, ls=None, place=None, carer=None, because="CARPL"):
        """From `on` another legal status, kind of place or carer."""
        last = self.spells[-1]
        assert on > last.start and last.end is None, (on, last)
        new_ls = ls is not None and ls != last.ls
        new_place = place is not None and place != last.place
        if carer is not None:
            rne = "B" if new_ls else "P"
        elif new_place:
            rne = "U" if new_ls else "T"
        else:
            assert new_ls, (on, last)
            rne = "L"
        last.end, last.rec = on, "X1"
        last.moved_because = because if carer is not None else "PLACE" if new_place else ""
        self.spells.append(Spell(on, rne, ls or last.ls, place or last.place, carer or last.carer))

    def leave(self, on, rec):
        last = self.spells[-1]
        assert on > last.start and last.end is None, (on, last)
        last.end, last.rec = on, rec


@dataclass
class Adoption:
    decision: date
    referral: date | None = None
    match: date | None = None
    reversed_on: date | None = None
    reversed_because: str = ""
    adopters: tuple = ("2", "MF", "L11")
    foster_carer: str = "0"


@dataclass
class Life:
    local_id: str
    born: date
    girl: bool
    ethnic: str = "WBRI"
    need: str = "N1"
    upn: str = ""
    home: str = ""
    story: str = ""
    periods: list = field(default_factory=list)
    reviews: list = field(default_factory=list)    # of (day, code)
    missing: list = field(default_factory=list)    # of (start, end, code)
    adoption: Adoption | None = None
    unaccompanied: bool = False
    baby: date | None = None        # born to this child
    previous: tuple = ("Z1", "", None)
    leaver_years: tuple = ()        # of the returns that follow the young person up
    upn_late: int = 0               # the first year whose return knows the pupil number

    def enter(self, on, ls, place, carer):
        period = CarePeriod([Spell(on, "S", ls, place, carer)])
        self.periods.append(period)
        return period

    def spells(self):
        return [spell for period in self.periods for spell in period.spells]
