"""The sample, imported into a real Holdfast, against the answers that its generator wrote from the lives it invented.

Usage: sample_test.py HOLDFAST_BINARY
"""

import datetime
import json
import pathlib
import sys
import tempfile
import unittest

from program import Deployment

SAMPLE = pathlib.Path(__file__).parents[1] / "sample"
HOLDFAST = ""
ROW = ("read", "refused", "set_aside", "corrected", "facts", "unchanged")
CHANGES = ("vanished", "returned", "late", "moved", "removed")
MEASURE = ("value", "numerator", "denominator", "excluded", "unknown", "by")


def take(holdfast, authority, step):
    what = step["do"]
    if what == "import":
        options = ["--repair"] if step["repair"] else []
        words = ["import", "ssda903", SAMPLE / step["folder"], "--authority", authority, "--year-ending", step["year_ending"]]
        said = holdfast.run(*words, *options, "--dry-run", accepted=(0, 1))
        return said, holdfast.run(*words, *options, accepted=(0, 1))
    if what == "live":
        return holdfast.run("authority", "live", authority, "--from", step["from"])
    if what == "assign":
        return holdfast.run("case", "assign", "--authority", authority, "--file", SAMPLE / step["file"])
    return holdfast.run("case", "load", "--authority", authority, "--file", SAMPLE / step["file"])


def but(shown, *names):
    return {name: value for name, value in shown.items() if name not in names}


def answers(authority, name):
    return json.loads((SAMPLE / "answers" / authority / name).read_text())


# Of an order, what no return says.
OF_COURTS = ("until", "ended", "in_force")


def without_ids(shown):
    if isinstance(shown, dict):
        return {key: without_ids(value) for key, value in shown.items() if key not in ("entry", "facts", "detail", *OF_COURTS)}
    return [without_ids(value) for value in shown] if isinstance(shown, list) else shown


class Sample(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-sample-")
        plan = json.loads((SAMPLE / "sample.json").read_text())
        cls.day = plan["manual_day"]
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, cls.day)
        cls.authorities = [authority["code"] for authority in plan["authorities"]]
        cls.imports = {code: [] for code in cls.authorities}
        cls.dry_runs = {code: [] for code in cls.authorities}
        for authority in plan["authorities"]:
            cls.holdfast.run("authority", "add", authority["code"], "--name", authority["name"])
            for step in authority["steps"]:
                shown = take(cls.holdfast, authority["code"], step)
                if step["do"] == "import":
                    cls.dry_runs[authority["code"]].append(shown[0])
                    cls.imports[authority["code"]].append(shown[1])

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def test_each_row_of_each_import_ends_as_it_should(self):
        for code in self.authorities:
            for shown, right in zip(self.imports[code], answers(code, "imports.json"), strict=True):
                with self.subTest(authority=code, folder=right["folder"]):
                    self.assertEqual({key: shown["total"][key] for key in ROW}, {key: right["total"][key] for key in ROW})
                    self.assertEqual(shown["tables"], right["tables"])
                    self.assertEqual({key: shown[key] for key in CHANGES}, {key: right[key] for key in CHANGES})
                    self.assertEqual(shown["discrepancies"], right["discrepancies"])

    def test_each_import_is_as_its_dry_run_said(self):
        for code in self.authorities:
            for said, shown in zip(self.dry_runs[code], self.imports[code], strict=True):
                with self.subTest(authority=code, year=shown["year_ending"]):
                    self.assertTrue(said["dry_run"])
                    self.assertEqual(but(said, "run", "dry_run", "positions"), but(shown, "run", "dry_run", "positions"))

    def test_each_run_shows_what_its_import_printed(self):
        for code in self.authorities:
            for shown in self.imports[code]:
                run = self.holdfast.run("import", "show", shown["run"], "--authority", code)
                with self.subTest(authority=code, year=shown["year_ending"]):
                    self.assertEqual({name: run[name] for name in shown if name != "positions"}, but(shown, "positions"))
                    self.assertEqual(run["state"], "finished")
                    self.assertGreater(run["duration_ms"], 0)

    def test_the_national_table_is_that_of_the_lives(self):
        for code in self.authorities:
            for right in answers(code, "national.json"):
                shown = self.holdfast.run("national", "--authority", code, "--year-ending", right["year_ending"], "--known-at",
                                          right["known_at"])
                figures = {measure["id"]: measure for measure in shown["measures"]}
                for measure in right["measures"]:
                    with self.subTest(authority=code, year=right["year_ending"], known_at=right["known_at"], id=measure["id"]):
                        self.assertEqual({key: figures[measure["id"]][key] for key in MEASURE},
                                         {key: measure[key] for key in MEASURE})

    def test_each_planted_child_has_its_history(self):
        for code in self.authorities:
            for child in answers(code, "cases.json")["children"]:
                for known_at, right in child["known_at"].items():
                    shown = self.holdfast.run("case", "show", "--local-id", child["local_id"], "--authority", code, "--known-at",
                                              known_at)
                    with self.subTest(authority=code, child=child["local_id"], shows=child["shows"], known_at=known_at):
                        for part in ("care_periods", "legal_statuses", "reviews", "adoption", "orders"):
                            self.assertEqual(without_ids(shown[part]), without_ids(right[part]))

    def pages(self, name, *arguments):
        page = []
        while True:
            shown = self.holdfast.run(*arguments, "--limit", "40", *page)
            yield from shown[name]
            if not shown["next_page"]:
                return
            page = ["--page", shown["next_page"]]

    def test_the_worklist_is_that_of_the_lives(self):
        parts = ("clock", "state", "due", "not_known_since")
        for code in self.authorities:
            with self.subTest(authority=code):
                local_id = {child["child"]: child["local_id"] for child in self.pages("cases", "case", "list", "--authority", code)}
                shown = [(local_id[alert["child"]], *(alert[part] for part in parts))
                         for alert in self.pages("alerts", "alerts", "list", "--authority", code)
                         if alert["clock"] != "discrepancy-resolve"]
                right = [(alert["child"], *(alert[part] for part in parts)) for alert in answers(code, "alerts.json")["alerts"]]
                self.assertEqual(sorted(shown, key=str), sorted(right, key=str))

    def test_each_open_discrepancy_is_in_the_worklist_from_a_week_before_its_day(self):
        soon = (datetime.date.fromisoformat(self.day) + datetime.timedelta(days=7)).isoformat()
        for code in self.authorities:
            with self.subTest(authority=code):
                listed = self.holdfast.run("discrepancies", "list", "--authority", code, "--state", "open")["discrepancies"]
                opened = {(found["id"], found["child"], found["due"]) for found in listed if found["due"] <= soon}
                shown = [(alert["entry"], alert["child"], alert["due"])
                         for alert in self.pages("alerts", "alerts", "list", "--authority", code)
                         if alert["clock"] == "discrepancy-resolve"]
                self.assertTrue(opened)
                self.assertEqual(sorted(shown), sorted(opened))

    def test_no_chain_is_broken(self):
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
