"""The sample, imported into a real Holdfast, against the answers that its generator wrote from the lives it invented.

Usage: sample_test.py HOLDFAST_BINARY
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SAMPLE = pathlib.Path(__file__).parents[1] / "sample"
HOLDFAST = ""
ROW = ("read", "refused", "set_aside", "corrected", "facts", "unchanged")
CHANGES = ("vanished", "returned", "late", "moved", "removed")
MEASURE = ("value", "numerator", "denominator", "excluded", "unknown", "by")


class Deployment:
    """A Holdfast of its own folders, up while the tests run."""

    def __init__(self, folder, day):
        self.folders = ["--data", f"{folder}/data", "--keys", f"{folder}/keys"]
        self.run("init", "--clock", "manual", "--day", day)
        self.run("up", "--detach")

    def run(self, *arguments, accepted=(0,)):
        done = subprocess.run([HOLDFAST, *self.folders, "--json", *arguments], capture_output=True, text=True, check=False)
        if done.returncode not in accepted:
            raise AssertionError(f"holdfast {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout.startswith("{") else {}

    def take(self, authority, step):
        what = step["do"]
        if what == "import":
            options = ["--repair"] if step["repair"] else []
            return self.run("import", "ssda903", str(SAMPLE / step["folder"]), "--authority", authority, "--year-ending",
                            step["year_ending"], *options, accepted=(0, 1))
        if what == "live":
            return self.run("authority", "live", authority, "--from", step["from"])
        if what == "assign":
            return self.run("case", "assign", "--authority", authority, "--file", str(SAMPLE / step["file"]))
        return self.run("case", "load", "--authority", authority, "--file", str(SAMPLE / step["file"]))


def answers(authority, name):
    return json.loads((SAMPLE / "answers" / authority / name).read_text())


def without_ids(shown):
    if isinstance(shown, dict):
        return {key: without_ids(value) for key, value in shown.items() if key not in ("entry", "facts", "detail")}
    return [without_ids(value) for value in shown] if isinstance(shown, list) else shown


class Sample(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-sample-")
        plan = json.loads((SAMPLE / "sample.json").read_text())
        cls.day = plan["manual_day"]
        cls.holdfast = Deployment(cls.folder.name, cls.day)
        cls.authorities = [authority["code"] for authority in plan["authorities"]]
        cls.imports = {code: [] for code in cls.authorities}
        for authority in plan["authorities"]:
            cls.holdfast.run("authority", "add", authority["code"], "--name", authority["name"])
            for step in authority["steps"]:
                shown = cls.holdfast.take(authority["code"], step)
                if step["do"] == "import":
                    cls.imports[authority["code"]].append(shown)

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
                         for alert in self.pages("alerts", "alerts", "list", "--authority", code)]
                right = [(alert["child"], *(alert[part] for part in parts)) for alert in answers(code, "alerts.json")["alerts"]]
                self.assertEqual(sorted(shown, key=str), sorted(right, key=str))

    def test_no_chain_is_broken(self):
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
