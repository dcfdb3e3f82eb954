"""What an authority's returns assert, layer by layer, and what one more return changes (rules 12 to 16, 19, 20)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from history import Episode, History
from notes import notes
from returns import COLUMNS, END_DATES, WITHOUT_FACTS, NothingImported, judge_headers

OUTCOMES = ("refused", "set_aside", "corrected", "facts", "unchanged")
FACT_TABLES = [table for table in COLUMNS if table not in WITHOUT_FACTS]
CHILD_KINDS = ("overlap", "two_open", "388", "after_died")


@dataclass
class Layer:
    tables: dict = field(default_factory=lambda: {table: {} for table in FACT_TABLES})
    whole: set = field(default_factory=set)    # tables that a whole submission of the year had
    refused: set = field(default_factory=set)  # episode keys that the return has, but refused

    def copy(self):
        return Layer({table: dict(keys) for table, keys in self.tables.items()}, set(self.whole),
                     set(self.refused))

    @property
    def has_episodes(self):
        return "Episodes" in self.whole


def once(query):
    """Remembers a query's answers until the authority changes."""
    def answer(self, *arguments):
        asked = (query.__name__, *arguments)
        if asked not in self.answers:
            self.answers[asked] = query(self, *arguments)
        return self.answers[asked]
    return answer


class Authority:
    def __init__(self):
        self.layers = {}       # year end -> Layer
        self.registered = set()
        self.removed = set()   # (year end, table, key) gone in a re-submission, not stated again
        self.answers = {}

    # What is believed, kept until the next import

    @once
    def believed(self, table, known_at=date.max):
        """key -> (year end of the newest layer that states it, content)."""
        return {key: (year, content) for year in sorted(self.layers) if year <= known_at
                for key, content in self.layers[year].tables[table].items()}

    def next_return(self, year, known_at=date.max):
        return min((y for y, layer in self.layers.items() if year < y <= known_at and layer.has_episodes),
                   default=None)

    @once
    def episodes(self, known_at=date.max):
        """CHILD -> its believed rows, each knowing whether it is still known."""
        children = defaultdict(list)
        following = {year: self.next_return(year, known_at) for year in self.layers}
        for (child, decom), (year, content) in self.believed("Episodes", known_at).items():
            row = Episode(decom, content["DEC"], content["REC"], content["RNE"], content["LS"],
                          content["PLACE"], content["URN"], year)
            if not row.dec and (then := following[year]):
                gone = (child, decom) not in self.layers[then].refused
                row.unknown = "not_in_next_return" if gone else "refused"
            children[child].append(row)
        return dict(children)

    @once
    def vanished(self):
        """Keys of episodes that are not in the next return -> that return's year end."""
        return {(child, row.decom): self.next_return(row.year)
                for child, rows in self.episodes().items() for row in rows
                if row.unknown == "not_in_next_return"}

    def moved(self):
        """(CHILD, old DECOM, new DECOM) of vanished keys and of new rows alike in the return that lacks them,
        the nearest first, each row once."""
        alike, episodes = [], self.believed("Episodes")
        for (child, old), then in self.vanished().items():
            said = episodes[(child, old)][1]
            for (other, new), content in self.layers[then].tables["Episodes"].items():
                if (other == child and abs((new - old).days) <= 31
                        and all(content[c] == said[c] for c in ("PLACE", "URN", "RNE", "LS"))
                        and not self.earlier("Episodes", (child, new), then)):
                    alike.append((abs((new - old).days), child, old, new))
        offered, taken = set(), set()
        for _, child, old, new in sorted(alike):
            if (child, old, "old") not in taken and (child, new, "new") not in taken:
                offered.add((child, old, new))
                taken |= {(child, old, "old"), (child, new, "new")}
        return offered

    def earlier(self, table, key, year):
        """The newest layer before `year` that has the key: (year end, content), or None."""
        years = [y for y, layer in self.layers.items() if y < year and key in layer.tables[table]]
        return (max(years), self.layers[max(years)].tables[table][key]) if years else None

    def discrepancies(self):
        counts = dict.fromkeys(CHILD_KINDS, 0)
        for rows in self.episodes().values():
            for kind in History(rows).discrepancies:
                counts[kind] += 1
        return counts | {"not_in_next_return": len(self.vanished()),
                         "removed_in_resubmission": len(self.removed)}

    # One more return

    def import_return(self, year, back, repair=False, whole=False, year_is_right=False):
        """Takes what returns.read_return gave; the answer is what `import` prints of it."""
        if back.odd_year and not repair and not year_is_right:
            raise NothingImported(f"{year} is probably not the year of this return")
        old = self.layers.get(year, Layer())
        new, removed = old.copy(), set()

        for table in FACT_TABLES:  # Header comes first: the others are judged by it
            if table not in back.rows:
                continue
            born = {child: content["DOB"] for (child,), content in new.tables["Header"].items()}
            judge_headers(back.rows[table], born)
            refused = {row.key for row in back.rows[table] if row.verdict == "refused" and row.key}
            stated = {row.key: row.content for row in back.rows[table] if not row.verdict}
            if not repair:
                gone = set(old.tables[table]) - set(stated) - refused
                if len(gone) * 2 > len(old.tables[table]) and not whole:
                    raise NothingImported(f"more than half of {table} would go")
                removed |= {(year, table, key) for key in gone}
                new.tables[table] = {key: content for key, content in old.tables[table].items()
                                     if key not in gone}
            new.tables[table] |= stated
            if not repair:
                new.whole.add(table)
            if table == "Episodes":
                new.refused = (set() if not repair else new.refused - set(stated)) | refused

        earlier_returns = [y for y, layer in self.layers.items() if y < year and layer.has_episodes]
        totals, late = {}, 0
        for table in COLUMNS:
            outcomes = Counter()
            for row in back.rows.get(table, ()):
                known = not row.verdict and table in FACT_TABLES and (
                    (year, old.tables[table][row.key]) if row.key in old.tables[table]
                    else self.earlier(table, row.key, year))
                outcome = row.verdict or ("unchanged" if row.same_as else compare(known, row.content))
                outcomes[outcome] += 1
                late += (table == "Episodes" and outcome == "facts" and not known
                         and bool(earlier_returns) and row.key[1] <= max(earlier_returns))
            totals[table] = {"read": outcomes.total()} | {o: outcomes[o] for o in OUTCOMES}

        vanished_before, moved_before = self.vanished(), self.moved()
        events = sum(new.tables[t].get(key) != old.tables[t].get(key)
                     for t in FACT_TABLES for key in new.tables[t] | old.tables[t])
        self.layers[year] = new
        self.answers.clear()
        self.registered |= {child for child, in new.tables["Header"]}
        self.removed = {(y, table, key) for y, table, key in self.removed | removed
                        if y != year or key not in new.tables[table]}
        vanished = self.vanished()
        back_again = [key for key in set(vanished_before) - set(vanished) if key in new.tables["Episodes"]]
        return {
            "notes": notes(self, year, back.rows),
            "year_ending": year, "tables": totals, "files": back.files, "row_events": events,
            "total": {o: sum(row[o] for row in totals.values()) for o in ("read",) + OUTCOMES},
            "fields_aside": sum(row.aside for rows in back.rows.values() for row in rows if not row.verdict),
            "vanished": len(set(vanished) - set(vanished_before)), "returned": len(back_again),
            "late": late, "moved": len(self.moved() - moved_before), "removed": len(removed),
            "discrepancies": self.discrepancies(),
        }


def compare(known, content):
    """Rule 13: the outcome of a row beside what it is compared with."""
    if not known:
        return "facts"
    year, before = known
    outcome = "unchanged"
    for column, value in content.items():
        was = before[column]
        if was == value:
            continue
        if was is not None or (column in END_DATES and value <= year):
            return "corrected"
        outcome = "facts"
    return outcome
