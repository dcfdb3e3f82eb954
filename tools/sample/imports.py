"""What each import answers: how many rows of each table end how, and what stands after it."""

from collections import Counter

from days import year_end
from statement import NO_FACTS_YET, TABLES

OUTCOMES = ("read", "refused", "set_aside", "corrected", "facts", "unchanged")
ENDS = {"Episodes": "DEC", "Missing": "MIS_END", "PlacedAdoption": "DATE_PLACED_CEASED"}
KINDS = ("overlap", "two_open", "388", "after_died", "not_in_next_return",
         "removed_in_resubmission")
COUNTS = ("vanished", "returned", "late", "moved", "removed")


class Belief:
    """What each year's return, as it now stands, says: year -> table -> key -> content."""

    def __init__(self):
        self._years = {}

    def _compared_with(self, year, statement):
        """(content, year) of this year's saying of the thing, else of the newest earlier one."""
        for told in sorted((told for told in self._years if told <= year), reverse=True):
            content = self._years[told].get(statement.table, {}).get(statement.key())
            if content is not None:
                return content, told
        return None, None

    def outcome(self, year, statement):
        if statement.outcome:
            return statement.outcome
        if statement.table in NO_FACTS_YET:
            return "set_aside"
        before, told = self._compared_with(year, statement)
        if before is None:
            return "facts"
        now, end = statement.content(), ENDS.get(statement.table)
        if any(now.get(column) != value for column, value in before.items()):
            return "corrected"
        if now == before:
            return "unchanged"
        closed_before = end in now and end not in before and now[end] <= year_end(told)
        return "corrected" if closed_before else "facts"

    def take(self, run, statements):
        """The outcomes of a run's statements, by table; then they are what the year says."""
        totals = {table: Counter() for table in TABLES}
        layer = self._years.setdefault(run.year, {})
        said = {}
        for statement in statements:
            outcome = self.outcome(run.year, statement)
            totals[statement.table].update(["read", outcome])
            if outcome == "refused":
                kept = layer.get(statement.table, {}).get(statement.key())
                if kept is not None:
                    said.setdefault(statement.table, {}).setdefault(statement.key(), kept)
            elif outcome != "set_aside":
                said.setdefault(statement.table, {})[statement.key()] = statement.content()
        for table, rows in said.items():
            layer[table] = {**layer.get(table, {}), **rows} if run.repair else rows
        return totals


def answers(run, authority, totals, statements, files, planted):
    """The answer of one import, as the command line prints it where that is decided by the data."""
    tables = {table: {outcome: totals[table][outcome] for outcome in OUTCOMES} for table in TABLES}
    total = {outcome: sum(row[outcome] for row in tables.values()) for outcome in OUTCOMES}
    taken = [s for s in statements if s.outcome not in ("refused", "set_aside")]
    counted = Counter()
    for child in planted:
        counted.update(child.counts.get(run.folder, {}))
    standing = {kind: sum(child.discrepancies.get(kind, {}).get(run.folder, 0) for child in planted)
                for kind in KINDS}
    return {"folder": run.folder, "authority": authority.code,
            "year_ending": year_end(run.year).isoformat(), "repair": run.repair,
            "exit": 1 if total["refused"] else 0, "total": total, "tables": tables, "files": files,
            "fields_aside": sum(statement.aside for statement in taken),
            **{name: counted[name] for name in COUNTS}, "discrepancies": standing,
            "by_child": _by_child(run, planted)}


def _by_child(run, planted):
    """Which planted children the numbers come from."""
    found = {}
    for child in planted:
        for name in COUNTS:
            if child.counts.get(run.folder, {}).get(name):
                found.setdefault(name, []).append(child.life.local_id)
        for kind in KINDS:
            if child.discrepancies.get(kind, {}).get(run.folder):
                found.setdefault(kind, []).append(child.life.local_id)
    return found
