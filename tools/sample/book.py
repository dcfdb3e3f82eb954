"""One authority's whole sample: its lives, its planted children, its imports."""

from dataclasses import dataclass
from functools import cache

import northmere_changes
import northmere_record
import northmere_rows
import saltby_rows
from days import TODAY, YEARS, year_end
from known import Known, of_life
from lives import invent
from names import NORTHMERE, SALTBY
from planted import Garden, Import
from saying import said

PLANTERS = {NORTHMERE.code: (northmere_changes, northmere_rows, northmere_record),
            SALTBY.code: (saltby_rows,)}
IMPORTS = {
    NORTHMERE.code: (Import("2024", 2024), Import("2025", 2025), Import("2025-resubmitted", 2025),
                     Import("2026", 2026), Import("2026-repaired", 2026, repair=True)),
    SALTBY.code: (Import("2024", 2024), Import("2025", 2025),
                  Import("2025-second", 2025, ("Header", "Episodes", "Reviews")),
                  Import("2025-third", 2025, ("Episodes", "Reviews")), Import("2026", 2026)),
}


@dataclass
class Book:
    authority: object
    imports: tuple
    lives: list
    planted: list

    def statements(self, run):
        """Every row of the import."""
        rows = []
        if not run.repair:
            for life in self.lives:
                rows += [row for row in said(self.authority, life, run.year) if run.has(row.table)]
        for child in self.planted:
            rows += child.statements.get(run.folder, [])
        return rows

    def known_at(self, year):
        """What the returns up to the year's tell of each child at its end, by local id."""
        found = {life.local_id: of_life(self.authority, life, year_end(year))
                 for life in self.lives}
        for child in self.planted:
            found[child.life.local_id] = child.known.get(year) or Known(child.life)
        return found

    def known_today(self):
        """On the demo day, with the record of a live team."""
        last = TODAY if self.authority.live else year_end(YEARS[-1])
        found = {life.local_id: of_life(self.authority, life, last) for life in self.lives}
        for child in self.planted:
            found[child.life.local_id] = child.known_today()
        return found


@cache
def book(authority, seed):
    imports = IMPORTS[authority.code]
    garden = Garden(authority, imports, seed)
    for planter in PLANTERS[authority.code]:
        planter.plant(garden)
    return Book(authority, imports, invent(authority, seed), garden.children)
