"""Checks of the sample: the same bytes again, and answers that add up.

    python3 -m unittest check_sample        (in this folder)
"""

import csv
import json
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from book import book
from days import BANK_HOLIDAYS, LIVE_FROM, TODAY, day, months_after, working_days_after
from generate import generate
from imports import Belief, OUTCOMES
from names import AUTHORITIES
from statement import COLUMNS

SHIPPED = Path(__file__).resolve().parents[2] / "tests" / "sample"
CODES = [authority.code for authority in AUTHORITIES]


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def _answer(code, name):
    return json.loads((SHIPPED / "answers" / code / f"{name}.json").read_text(encoding="utf-8"))


def _rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


class Regeneration(unittest.TestCase):
    def test_gives_the_shipped_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            generate(1, Path(folder))
            again = _files(Path(folder))
        self.assertEqual(sorted(again), sorted(_files(SHIPPED)))
        for name, text in _files(SHIPPED).items():
            self.assertEqual(text, again[name], name)

    def test_another_seed_gives_other_children(self):
        with tempfile.TemporaryDirectory() as folder:
            generate(2, Path(folder))
            self.assertNotEqual(_files(Path(folder)), _files(SHIPPED))

    def test_stays_small(self):
        self.assertLess(sum(map(len, _files(SHIPPED).values())), 2_200_000)


class Imports(unittest.TestCase):
    def test_rows_read_are_the_sum_of_the_five(self):
        for code in CODES:
            for run in _answer(code, "imports"):
                tables = run["tables"].values()
                for row in [run["total"], *tables]:
                    self.assertEqual(row["read"], sum(row[name] for name in OUTCOMES[1:]))
                for name in OUTCOMES:
                    self.assertEqual(run["total"][name], sum(row[name] for row in tables))

    def test_every_file_is_named_with_its_rows(self):
        for code in CODES:
            for run in _answer(code, "imports"):
                folder = SHIPPED / code / run["folder"]
                self.assertEqual([file["file"] for file in run["files"]],
                                 sorted(path.name for path in folder.iterdir()))
                for file in run["files"]:
                    lines = (folder / file["file"]).read_text().splitlines()
                    if file["table"]:
                        self.assertEqual(len([line for line in lines if line]) - 1, file["rows"])

    def test_the_same_statements_again_change_nothing(self):
        for authority in AUTHORITIES:
            book_, belief = book(authority, 1), Belief()
            for run in book_.imports:
                statements = book_.statements(run)
                first, again = (belief.take(run, statements) for _ in range(2))
                for table in COLUMNS:
                    self.assertEqual(again[table]["corrected"] + again[table]["facts"], 0)
                    for name in ("read", "refused", "set_aside"):
                        self.assertEqual(first[table][name], again[table][name])

    def test_each_fixture_stands_where_it_must(self):
        runs = {(code, run["folder"]): run for code in CODES for run in _answer(code, "imports")}
        north = runs["E06000901", "2025"]
        for name in ("vanished", "late", "moved"):
            self.assertGreater(north[name], 0, name)
        self.assertGreater(runs["E06000901", "2026"]["returned"], 0)
        self.assertGreater(runs["E06000901", "2025-resubmitted"]["removed"], 0)
        self.assertGreater(runs["E06000901", "2026-repaired"]["total"]["facts"], 0)
        for kind in ("overlap", "two_open", "388", "after_died"):
            self.assertGreater(north["discrepancies"][kind], 0, kind)


class National(unittest.TestCase):
    def test_the_table_adds_up(self):
        for code in CODES:
            for answer in _answer(code, "national"):
                rows = {row["id"]: row for row in answer["measures"]}
                cared, settled = rows["looked_after"], rows["looked_after_without_short_breaks"]
                self.assertEqual(cared["value"], settled["value"] + settled["excluded"])
                for name in ("not_known", "ends", "placements"):
                    self.assertEqual(rows[name]["value"], sum(rows[name]["by"].values()))
                    self.assertNotIn(0, rows[name]["by"].values())
                self.assertEqual(rows["placements"]["value"], settled["value"])
                reviews = rows["reviews_on_time"]
                self.assertGreaterEqual(reviews["denominator"] + reviews["unknown"], cared["value"])
                self.assertLessEqual(reviews["numerator"], reviews["denominator"])
                self.assertEqual(rows["start_not_known"]["denominator"], settled["value"])

    def test_the_looked_after_follow_from_starts_and_ends(self):
        """As known today: one year's, and those who came, without those who went, is the next's.
        Ends without a day count later than the child was lost, and start unknown."""
        for code in CODES:
            today = [answer for answer in _answer(code, "national")
                     if answer["known_at"] == TODAY.isoformat()]
            rows = {answer["year_ending"]: {row["id"]: row for row in answer["measures"]}
                    for answer in today}
            years = sorted(rows)
            for before, after in zip(years, years[1:]):
                held = sum(rows[before][name]["value"] for name in ("looked_after", "not_known"))
                came = rows[after]["starts"]["value"] + rows[after]["starts"]["unknown"]
                here = sum(rows[after][name]["value"] for name in ("looked_after", "not_known"))
                self.assertEqual(held + came - rows[after]["ends"]["value"], here, (code, after))


class Worklist(unittest.TestCase):
    def test_shows_every_state_where_a_team_records(self):
        states = Counter(alert["state"] for alert in _answer("E06000901", "alerts")["alerts"])
        self.assertEqual(set(states), {"upcoming", "due", "overdue", "escalated", "not_known"})

    def test_is_not_known_where_only_returns_tell(self):
        states = {alert["state"] for alert in _answer("E06000902", "alerts")["alerts"]}
        self.assertEqual(states, {"not_known"})

    def test_every_child_of_the_teams_and_the_record_is_registered(self):
        for code in CODES:
            known = {row["CHILD"] for path in (SHIPPED / code).glob("20*/header.csv")
                     for row in _rows(path)}
            register = SHIPPED / code / "register.csv"
            if register.exists():
                known |= {row["local_id"] for row in _rows(register)}
                record = _rows(SHIPPED / code / "record.csv")
                self.assertLessEqual({row["local_id"] for row in record}, known)
                days = [day(row["on"]) for row in record]
                self.assertEqual(days, sorted(days))
                self.assertTrue(LIVE_FROM <= days[0] and days[-1] <= TODAY)
            self.assertEqual({row["CHILD"] for row in _rows(SHIPPED / code / "teams.csv")}, known)


class Days(unittest.TestCase):
    def test_months_end_where_the_month_does(self):
        self.assertEqual(months_after(day("2025-11-30"), 3), day("2026-02-28"))
        self.assertEqual(months_after(day("2024-08-31"), 6), day("2025-02-28"))
        self.assertEqual(months_after(day("2025-12-15"), 6), day("2026-06-15"))

    def test_working_days_pass_over_the_holidays(self):
        self.assertEqual(working_days_after(day("2026-04-16"), 20), day("2026-05-15"))
        self.assertEqual(working_days_after(day("2023-12-22"), 1), day("2023-12-27"))
        self.assertTrue(all(on.weekday() < 5 for on in BANK_HOLIDAYS))


if __name__ == "__main__":
    unittest.main()
