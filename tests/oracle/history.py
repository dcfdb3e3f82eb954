"""One child's history, from its believed rows (rules 7 to 11)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
ADOPTIVE = {"A3", "A4", "A5", "A6"}
SHORT_BREAKS = {"V3", "V4"}
ORDER_OF = {"E11": "ADOPTION", "E12": "ADOPTION", "E41": "CHILD_ARRANGEMENTS"} | dict.fromkeys(
    ("E43", "E44", "E45", "E46", "E47", "E48"), "SPECIAL_GUARDIANSHIP")


@dataclass
class Episode:
    decom: date
    dec: date | None
    rec: str | None
    rne: str
    ls: str
    place: str
    urn: str | None
    year: date                  # the newest layer that states the row
    unknown: str | None = None  # why it is "not known since" `year`: not_in_next_return, refused
    cut: date | None = None     # where the history ends it, for the next kept row starts there

    @property
    def stated_end(self):
        return self.dec or (self.year + DAY if self.unknown else None)

    @property
    def end(self):
        return self.cut or self.stated_end

    @property
    def open(self):
        return not self.dec and not self.unknown

    @property
    def final(self):
        return self.dec is not None and self.rec != "X1"


@dataclass
class Entry:
    """A placement or a legal status: a run of kept rows."""
    start: date
    start_known: bool
    rows: list

    @property
    def end(self):
        """None while it goes on and when what ended it is not known."""
        last = self.rows[-1]
        return last.cut or last.dec

    @property
    def last_day(self):
        """The last day on which it is known to have run; None: it still runs."""
        last = self.rows[-1]
        return last.cut or last.dec or (last.year if last.unknown else None)


@dataclass
class CarePeriod:
    start: date
    start_known: bool
    rows: list = field(default_factory=list)
    placements: list = field(default_factory=list)
    end: date | None = None
    until: date | None = None   # the last day whose reviews belong to it; counts as its end where `end` is null
    reason: str | None = None
    status: str = "open"

    def ends(self, day, reason=None, status="not_stated", until=None):
        self.end, self.reason, self.status, self.until = day, reason, status, until or day

    def holds(self, day):
        return (day >= self.start) and (self.until is None or day <= self.until)


class History:
    def __init__(self, rows):
        self.rows = sorted(rows, key=lambda row: row.decom)
        for row in self.rows:
            row.cut = None
        self.discrepancies = set()
        self.kept = self._keep()
        self.periods = self._care_periods()
        self.statuses = self._legal_statuses()
        self.died = min((row.dec for row in self.rows if row.dec and row.rec == "E2"), default=None)
        self._find_discrepancies()

    def _keep(self):
        """Rule 8: each row against the last one kept."""
        kept = []
        for row in self.rows:
            last = kept[-1] if kept else None
            if last and (last.stated_end is None or row.decom < last.stated_end):
                self.discrepancies.add("overlap")
                same_silence = last.unknown and row.unknown and last.year == row.year
                limit = last.stated_end or last.year
                if row.stated_end and row.stated_end <= limit and not same_silence:
                    continue
                last.cut = row.decom
            kept.append(row)
        return kept

    def touches(self, i):
        """Whether kept row i starts on the day that the one before it ends."""
        return i > 0 and self.kept[i - 1].end == self.kept[i].decom

    def lost_sight(self, i):
        """Whether kept row i is an X1 with nothing on its DEC (388)."""
        row = self.kept[i]
        follows = i + 1 < len(self.kept) and self.touches(i + 1)
        return row.rec == "X1" and row.dec is not None and not row.cut and not follows

    def _care_periods(self):
        periods = []
        for i, row in enumerate(self.kept):
            last = self.kept[i - 1] if i else None
            touches = self.touches(i)
            if row.rne == "S" and last:
                self._end_by_start(periods[-1], last, row.decom, touches)
            elif last and last.final and not touches:
                end_by_rec(periods[-1], last)
            if not last or row.rne == "S" or periods[-1].status != "open":
                periods.append(CarePeriod(row.decom, row.rne == "S"))
            period = periods[-1]
            period.rows.append(row)
            if row.rne in "SPB" or not touches:
                period.placements.append(Entry(row.decom, row.rne in "SPB", [row]))
            else:
                period.placements[-1].rows.append(row)
        if self.kept and self.kept[-1].final:
            end_by_rec(periods[-1], self.kept[-1])
        return periods

    @staticmethod
    def _end_by_start(period, last, day, touches):
        """What an S row on `day` makes of the care period before it, whose last row is `last`."""
        if last.final and not last.cut:
            end_by_rec(period, last)
        elif last.final and last.rec:
            period.ends(day, last.rec, "disputed")
        else:
            period.ends(day if touches else None, until=day)

    def _legal_statuses(self):
        statuses = []
        for i, row in enumerate(self.kept):
            if self.touches(i) and statuses[-1].rows[-1].ls == row.ls:
                statuses[-1].rows.append(row)
            else:
                statuses.append(Entry(row.decom, row.rne in "SLBU", [row]))
        return statuses

    def _find_discrepancies(self):
        if sum(row.open for row in self.rows) > 1:
            self.discrepancies.add("two_open")
        if any(self.lost_sight(i) for i in range(len(self.kept))):
            self.discrepancies.add("388")
        deaths = [row for row in self.rows if row.dec and row.rec == "E2"]
        ends = lambda row: row.cut or row.dec
        if any(row.decom >= death.dec or not ends(row) or ends(row) > death.dec
               for death in deaths for row in self.rows if row is not death):
            self.discrepancies.add("after_died")

    def current(self, day):
        """(row, None) current at the end of `day`, (None, why) not known, (None, None) not in care."""
        started = [i for i, row in enumerate(self.kept) if row.decom <= day]
        if not started:
            return None, None
        row = self.kept[started[-1]]
        if row.end is None or row.end > day:
            return row, None
        if row.unknown and not row.cut and day > row.year:
            return None, row.unknown
        return None, "388" if self.lost_sight(started[-1]) else None

    def ran_in(self, first, last):
        """Whether a row was current on a day from `first` to `last`."""
        return any(row.decom <= last and (row.end is None or row.end > max(first, row.decom))
                   for row in self.kept)

    def period_of(self, day):
        """The care period that holds a review of `day`, on a shared day the later one."""
        return next((period for period in reversed(self.periods) if period.holds(day)), None)

    def orders(self):
        """(code, on, disputed), in order; a placement order is the first E1."""
        found = [(ORDER_OF[row.rec], row.dec, row.cut is not None) for row in self.kept
                 if row.dec and row.rec in ORDER_OF]
        found += [("PLACEMENT", row.decom, False) for row in self.kept if row.ls == "E1"][:1]
        return sorted(found, key=lambda order: (order[1], order[0]))

    def placed_for_adoption(self):
        return next((row.decom for row in self.kept if row.place in ADOPTIVE), None)

    def placement_order(self):
        return next((row.decom for row in self.kept if row.ls == "E1"), None)


def end_by_rec(period, row):
    """Ends a care period with its last row's own final REC, blank or aside included."""
    period.ends(row.dec, row.rec, "stated" if row.rec else "not_stated")
