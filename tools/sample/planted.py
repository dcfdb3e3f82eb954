"""The words in which a planted quirk is told: what each return said, and what is to be made of it.

Both sides are written by hand for each planted child: the rows with their outcome where it is not
plain, and what is then known at each year end. Nothing here reads the one to find the other.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import meetings
from days import FIRST_DAY, TODAY, care_year, day, year_end
from draw import Draw
from known import Known, KnownPeriod
from life import Carer, Life, Spell
from names import postcode
from saying import header, review
from statement import Statement


@dataclass(frozen=True)
class Import:
    """One run: the folder of an authority's files for a year end."""
    folder: str
    year: int
    tables: tuple = ()      # the tables that it has; none named: all
    repair: bool = False

    def has(self, table):
        return not self.tables or table in self.tables


@dataclass
class Planted:
    fixture: str
    authority: object
    imports: tuple
    life: Life
    statements: dict = field(default_factory=dict)    # by folder
    known: dict = field(default_factory=dict)         # by year
    discrepancies: dict = field(default_factory=dict)  # kind -> Counter by folder
    counts: dict = field(default_factory=dict)        # folder -> Counter of vanished and the like
    carers: int = 0
    unseen_reviews: set = field(default_factory=set)
    review_years: set = field(default_factory=set)
    record: list | None = None          # what a live team put down, where it is not the reviews
    differs: dict = field(default_factory=dict)    # discrepancies between record and return
    today: Known | None = None          # on the demo day, where the record says otherwise

    # What the returns said.

    def folders(self, when, table):
        """`when`: a folder, a year (each whole submission with the table), or several of these."""
        if isinstance(when, (tuple, list)):
            return [folder for one in when for folder in self.folders(one, table)]
        return [run.folder for run in self.imports if run.has(table)
                and (run.folder == when or (run.year == when and not run.repair))]

    def say(self, when, statement):
        first = statement
        for folder in self.folders(when, statement.table):
            self.statements.setdefault(folder, []).append(statement)
            statement = replace(statement, says=dict(statement.says),
                                written=dict(statement.written))
        return first

    def year_of(self, folder):
        return next(run.year for run in self.imports if run.folder == folder)

    def present(self, *when, written=None, outcome="", says=None):
        """In the header, and with it the previous permanence, of these returns."""
        for folder in self.folders(when, "Header"):
            year = self.year_of(folder)
            row = header(self.life, year)
            row.written.update(written or {})
            row.says.update(says or {})
            row.outcome = outcome
            self.say(folder, row)
        for folder in self.folders(when, "PrevPerm"):
            self.say(folder, Statement("PrevPerm", self.life.local_id, {
                "DOB": row.says["DOB"], "PREV_PERM": "Z1", "LA_PERM": "", "DATE_PERM": ""},
                {"DOB": written["DOB"]} if written and "DOB" in written else {}, outcome))

    def row(self, when, start, rne, ls, place, carer, end=None, rec="", because="", outcome="",
            aside=0, more=0, **written):
        """An episode. Open unless it has an end; `written` puts other cells into the file."""
        says = {"DECOM": day(start), "RNE": rne, "LS": ls, "CIN": self.life.need, "PLACE": place,
                "PLACE_PROVIDER": carer.provider, "DEC": day(end) if end else "",
                "REC": rec, "REASON_PLACE_CHANGE": because, "HOME_POST": self.life.home,
                "PL_POST": carer.postcode, "URN": carer.urn}
        return self.say(when, Statement("Episodes", self.life.local_id, says, written, outcome,
                                        more, aside))

    def meet(self, first, until, late_share=0.0):
        """Reviews by the book from a start of care until a day, told by the year's returns."""
        draw, start = Draw("planted", self.life.local_id, first), day(first)
        for on in meetings.ordinary(draw, start, late_share):
            if on >= day(until):
                break
            if on >= FIRST_DAY:
                self.life.reviews.append((on, meetings.review_code(draw, self.life.born, on)))

    def tell_reviews(self, *when, but=()):
        """The reviews held so far go into these returns, but for some days."""
        for folder in self.folders(when, "Reviews"):
            year = self.year_of(folder)
            self.review_years.add(year)
            for on, code in self.life.reviews:
                if care_year(on) == year and on not in map(day, but):
                    self.say(folder, review(self.life, on, code))

    def carer(self, provider="PR1"):
        self.carers += 1
        draw = Draw("carer", self.life.local_id, self.carers)
        return Carer(f"{self.life.local_id}-{self.carers}", provider,
                     postcode(self.authority, draw),
                     f"{self.authority.outward}{draw.between(10000, 99999)}")

    # What is to be made of it.

    def knew(self, when, *periods, decision=None):
        for year in when if isinstance(when, tuple) else (when,):
            reviews = [(on, code) for on, code in sorted(self.life.reviews)
                       if on <= year_end(year) and care_year(on) in self.review_years
                       and on not in self.unseen_reviews]
            self.known[year] = Known(self.life, list(periods), reviews, decision and day(decision))

    def known_today(self):
        """With what a live team adds: the reviews since the last year end."""
        if self.today:
            return self.today
        last = self.known.get(2026) or Known(self.life)
        if not self.authority.live or not last.current(year_end(2026)):
            return last
        later = [(on, code) for on, code in self.life.reviews if year_end(2026) < on <= TODAY]
        return replace(last, reviews=sorted(last.reviews + later))

    def recorded(self):
        """(kind, day, code) or, of an end, with the first day of what ends."""
        if self.record is not None:
            return self.record
        last = self.known.get(2026)
        if not last or not last.current(year_end(2026)):
            return []
        return [("review", on, code) for on, code in self.life.reviews]

    def opens(self, kind, since, until=None, keys=1):
        """A discrepancy stands after each import from `since` on, up to the one before `until`."""
        folders = [run.folder for run in self.imports]
        end = folders.index(until) if until else len(folders)
        for folder in folders[folders.index(since):end]:
            self.discrepancies.setdefault(kind, Counter())[folder] += keys

    def standing(self):
        """The discrepancies that are open on the demo day, by kind."""
        last = self.imports[-1].folder
        found = {kind: by_folder[last] for kind, by_folder in self.discrepancies.items()
                 if by_folder[last]}
        return {**found, **self.differs}

    def counted(self, folder, **numbers):
        self.counts.setdefault(folder, Counter()).update(numbers)


def spell(start, rne, ls, place, carer, end=None):
    return Spell(day(start), rne, ls, place, carer, day(end) if end else None)


def period(*spells, known=True, end=None, reason=None, status=None, counted_on=None, lost=None):
    status = status or ("stated" if end else "open")
    return KnownPeriod(list(spells), known, day(end) if end else None, reason, status,
                       day(counted_on) if counted_on else None,
                       (lost[0], day(lost[1])) if lost else None)


class Garden:
    """Plants children into one authority."""

    def __init__(self, authority, imports, seed):
        self.authority, self.imports, self.seed = authority, imports, seed
        self.children = []

    def plant(self, fixture, born, girl=False, **more):
        number = len(self.children) + 301
        draw = Draw(self.seed, self.authority.code, "planted", number)
        life = Life(f"{self.authority.prefix}{number:04d}", day(born), girl, **more)
        life.home = postcode(self.authority, draw)
        life.upn = f"K{self.authority.born_upn}{draw.between(100000000, 999999999)}"
        life.story = "planted"
        child = Planted(fixture, self.authority, self.imports, life)
        self.children.append(child)
        return child
