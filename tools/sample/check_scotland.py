"""Checks of the Scottish half of the sample: that what it must show is there, and that its answers add up.

    python3 -m unittest check_scotland      (in this folder)
"""

import csv
import json
import unittest
from collections import Counter
from datetime import date
from pathlib import Path

from days import TODAY, day, plus
from scotland.book import book
from scotland.council import CODE, COURT, COURT_SILENT_SINCE, REPORTER, SHEET_AS_OF
from scotland.course import is_working, working_day
from scotland.feeds import CUT, feed
from scotland.figures import intervals

SHIPPED = Path(__file__).resolve().parents[2] / "tests" / "sample"


def _answer(name):
    return json.loads((SHIPPED / "answers" / CODE / name).read_text(encoding="utf-8"))


def _rows(name):
    text = (SHIPPED / CODE / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


class Lives(unittest.TestCase):
    def setUp(self):
        self.lives = [child.truth for child in book(1).children]

    def test_are_two_hundred_with_numbers_of_their_own(self):
        self.assertEqual(len({life.local_id for life in self.lives}), 200)

    def test_care_is_in_order(self):
        for life in self.lives:
            with self.subTest(child=life.local_id):
                for before, after in zip(life.periods, life.periods[1:]):
                    self.assertLessEqual(before.end, after.start)
                for period in life.periods:
                    for spans in (period.placements, period.statuses):
                        starts = [start for start, _ in spans]
                        self.assertEqual(starts, sorted(set(starts)))
                        self.assertEqual(starts[0], period.start)
                        self.assertTrue(period.end is None or starts[-1] < period.end)
                self.assertTrue(life.involved is None or life.born <= life.involved)

    def test_reviews_are_held_in_care_and_not_on_the_day_of_a_move(self):
        for life in self.lives:
            moves = {start for period in life.periods for start, _ in period.placements}
            for on, _ in life.reviews:
                self.assertTrue(life.period_on(on), (life.local_id, on))
                self.assertNotIn(on, moves, life.local_id)

    def test_interim_orders_keep_to_22_days(self):
        for life in self.lives:
            for order in life.orders:
                if order.code in ("ICSO", "IVCSO"):
                    self.assertEqual(order.first_until, plus(order.made, 21))
                if order.code == "CPO":
                    self.assertLessEqual(order.ended, order.first_until)

    def test_hearings_sit_on_working_days(self):
        for life in self.lives:
            for hearing in life.hearings:
                self.assertTrue(is_working(hearing.on), (life.local_id, hearing.on))

    def test_working_days_are_those_of_the_act(self):
        self.assertEqual(working_day(date(2025, 12, 24), 1), date(2025, 12, 29))
        self.assertEqual(working_day(date(2026, 4, 2), 1), date(2026, 4, 3), "Good Friday is one")


class Files(unittest.TestCase):
    def test_every_child_is_registered_once(self):
        registered = [row["local_id"] for name in ("register.csv", "register-later.csv")
                      for row in _rows(name)]
        self.assertEqual(len(registered), len(set(registered)))
        self.assertEqual(set(registered), {row["CHILD"] for row in _rows("teams.csv")})
        for name in ("record.csv", "contact.csv", "matches.csv", "rematches.csv"):
            self.assertLessEqual({row["local_id"] for row in _rows(name)}, set(registered), name)

    def test_nothing_in_the_record_lies_ahead_but_what_is_planned(self):
        ahead = {(row["kind"], row["code"]) for row in _rows("record.csv") if day(row["on"]) > TODAY}
        self.assertEqual(ahead, {("hearing", "planned")})

    def test_the_sheet_is_as_of_its_day(self):
        for row in _rows("tracker.csv"):
            for text in row.values():
                if text[2:3] == "/":
                    on = date(int(text[6:]), int(text[3:5]), int(text[:2]))
                    self.assertLessEqual(on, SHEET_AS_OF)

    def test_feeds_hold_what_is_planted(self):
        for source in (REPORTER, COURT):
            items = [item for file in feed(book(1), source, 1).files.values() for item in file]
            self.assertTrue(all(item.sent <= TODAY for item in items))
            ways = Counter(tuple(name for name, _ in item.named) for item in items)
            for names in (("authority", "local_id"), ("authority", "case_ref")):
                self.assertGreater(ways[names], 0, names)
            versions = Counter(item.event for item in items)
            self.assertGreater(max(versions.values()), 1)
            self.assertGreater(sum(bool(item.fate) for item in items), 0)

    def test_the_reporters_files_follow_one_another_and_the_court_is_silent(self):
        first = {row["event_id"] for row in _rows("reporter-1.csv")}
        second = _rows("reporter-2.csv")
        self.assertGreater(sum(row["event_id"] in first for row in second), 10)
        self.assertTrue(all(row["sent_at"] < CUT.isoformat() for row in _rows("reporter-1.csv")))
        text = (SHIPPED / CODE / "court.ndjson").read_text(encoding="utf-8")
        sent = [json.loads(line)["sent_at"] for line in text.splitlines()]
        self.assertLessEqual(max(sent)[:10], plus(COURT_SILENT_SINCE, 1).isoformat())


class Answers(unittest.TestCase):
    def test_each_row_of_a_feed_has_one_outcome(self):
        for row in _answer("intake.json")["files"]:
            lines = (SHIPPED / CODE / row["file"]).read_text(encoding="utf-8").splitlines()
            self.assertEqual(sum(row["outcomes"].values()),
                             len(lines) - row["file"].endswith(".csv"))

    def test_every_outcome_and_kind_of_disagreement_is_seen(self):
        files = _answer("intake.json")["files"]
        for outcome in files[0]["outcomes"]:
            self.assertGreater(sum(row["outcomes"][outcome] for row in files), 0, outcome)
        kinds = {row["kind"] for row in _answer("disagreements.json")["disagreements"]}
        self.assertLessEqual({"differs", "near", "wrong_child", "departs"}, kinds)

    def test_a_disagreement_is_decided_for_one_of_the_two(self):
        for row in _answer("disagreements.json")["disagreements"]:
            sources = [source for source, _ in row["versions"]]
            self.assertIn(row["counts"], (sources[0], None))
            self.assertIn(row["right"], sources)

    def test_holders_follow_one_another_without_a_gap(self):
        for child in _answer("cases.json")["children"]:
            held = child["case"]["holders"]
            for before, after in zip(held, held[1:]):
                self.assertEqual(before["to"], after["from"], child["local_id"])
                self.assertNotEqual(before["body"], after["body"])

    def test_the_days_of_holders_are_those_of_the_intervals(self):
        for one in intervals([child.known() for child in book(1).children]):
            self.assertGreater(len(one.ended), 0, one.id)
            self.assertEqual(sum(one.holders.values()),
                             sum(sum(days) for days in one.ended.values()), one.id)

    def test_not_every_decision_is_as_it_was_recommended(self):
        row, = (row for row in _answer("national.json")["measures"]
                if row["id"] == "decisions_as_recommended")
        self.assertLess(row["numerator"], row["denominator"])
        self.assertEqual(len(row["by"]["gate"]), 6, "each gate is come to")
        for part, whole in (("numerator", "as_recommended"), ("denominator", "decided")):
            self.assertEqual(row[part], sum(gate[whole] for gate in row["by"]["gate"].values()))

    def test_the_worklist_shows_every_state_and_a_silent_feed(self):
        alerts = _answer("alerts.json")["alerts"]
        self.assertLessEqual({"upcoming", "overdue", "escalated"}, {row["state"] for row in alerts})
        self.assertEqual([row["child"] for row in alerts if row["clock"] == "feed-silence"], [""])


if __name__ == "__main__":
    unittest.main()
