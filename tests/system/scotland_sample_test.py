"""The Scottish sample, taken into a real Holdfast, against the answers that its generator has from the lives it invented.

Usage: scotland_sample_test.py HOLDFAST_BINARY
"""

import csv
import json
import pathlib
import sys
import tempfile
import unittest

from program import Deployment

SAMPLE = pathlib.Path(__file__).parents[1] / "sample"
PLAN = json.loads((SAMPLE / "scotland.json").read_text())
CODE = PLAN["code"]
FILES = SAMPLE / CODE
HOLDFAST = ""
# What `case show` says of each part, as far as the answers go.
PARTS = {"care_periods": ("start", "end", "status", "placements"), "legal_statuses": ("code", "start", "end"),
         "reviews": ("on", "code"), "orders": ("code", "on", "until", "ended", "in_force"), "hearings": ("on", "state"),
         "applications": ("code", "lodged", "issued", "disposed"), "plans": ("route", "parallel", "since", "ended"),
         "holders": ("from", "to", "body")}
MEASURE = ("value", "numerator", "denominator", "excluded", "unknown", "by")


def answers(name):
    return json.loads((SAMPLE / "answers" / CODE / name).read_text())


def rows(name):
    with open(FILES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_order(found):
    return sorted(found, key=json.dumps)


class Loading:
    """Takes the sample into a Holdfast, step by step."""

    def __init__(self, holdfast):
        self.holdfast = holdfast
        self.children = {}     # local id -> id
        self.receipts = {}     # file -> outcomes
        holdfast.run("authority", "add", CODE, "--name", PLAN["name"])
        self.answers = {}
        for step in PLAN["steps"]:
            self.answers[step["do"]] = getattr(self, step["do"])(step)

    def ours(self, *words, **rest):
        return self.holdfast.run(*words, "--authority", CODE, **rest)

    def live(self, step):
        return self.holdfast.run("authority", "live", CODE, "--from", step["from"])

    def register(self, step):
        shown = self.ours("case", "load", "--file", FILES / step["file"])
        self.children = {row["local_id"]: row["child"] for row in pages(self.holdfast, "cases", "case", "list")}
        return shown

    def tracker(self, step):
        return self.ours("import", "tracker", FILES / step["file"], "--as-of", step["as_of"], "--map", FILES / step["map"])

    def source(self, step):
        return self.holdfast.run("source", "add", step["name"], "--kind", step["kind"], "--nation", "scotland", "--covers", CODE,
                                 "--silent-after", step["silent_after"])

    def feed(self, step):
        shown = self.holdfast.run("feed", FILES / step["file"], "--source", step["source"], accepted=(0, 1))
        self.receipts[step["file"]] = shown["outcomes"]
        return shown

    def match(self, step):
        self.items = {(item["source"], item["event_id"]): item["item"] for item in self.unmatched()}
        for row in rows(step["file"]):
            self.ours("feed", "match", self.items[row["source"], row["event_id"]], "--child", self.children[row["local_id"]],
                      "--reason", row["reason"])

    def rematch(self, step):
        for row in rows(step["file"]):
            self.ours("feed", "rematch", self.items[row["source"], row["event_id"]], "--child", self.children[row["local_id"]],
                      "--reason", row["reason"])

    def unmatched(self):
        sources = [step["name"] for step in PLAN["steps"] if step["do"] == "source"]
        return [item for source in sources for item in self.holdfast.run("feed", "unmatched", "--source", source)["items"]]

    def assign(self, step):
        return self.ours("case", "assign", "--file", FILES / step["file"])

    def record(self, step):
        return self.ours("case", "load", "--file", FILES / step["file"])

    def contact(self, step):
        for row in rows(step["file"]):
            options = [word for name, text in row.items() if text and name not in ("local_id", "kind")
                       for word in (f"--{name}", text)]
            self.ours("case", "record", row["kind"], "--child", self.children[row["local_id"]], *options)

    def aim(self, step):
        return self.ours("policy", "state", step["clock"], "--limit", step["limit"], "--from", step["from"], "--reason",
                         step["reason"])


def pages(holdfast, name, *arguments):
    page = []
    while True:
        shown = holdfast.run(*arguments, "--authority", CODE, "--limit", "100", *page)
        yield from shown[name]
        if not shown["next_page"]:
            return
        page = ["--page", shown["next_page"]]


class ScotlandSample(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-scotland-sample-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, PLAN["manual_day"])
        cls.loading = Loading(cls.holdfast)
        cls.children = cls.loading.children
        cls.local_id = {child: local_id for local_id, child in cls.children.items()}

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def show(self, local_id):
        return self.holdfast.run("case", "show", "--child", self.children[local_id], "--authority", CODE)

    def assert_case(self, shown, right):
        for part, names in PARTS.items():
            found = [{name: row[name] for name in names} for row in shown[part]]
            if part == "care_periods":
                for period in found:
                    period["placements"] = [{name: placement[name] for name in ("start", "end", "place")}
                                            for placement in period["placements"]]
            self.assertEqual(in_order(found), in_order(right[part]), part)
        self.assertEqual(shown["milestones"], right["milestones"])

    def test_every_row_of_the_record_is_taken(self):
        total = self.loading.answers["record"]["total"]
        self.assertEqual((total["facts"], total["refused"]), (PLAN["recorded"], 0))
        self.assertEqual(len(self.children), PLAN["children"])

    def test_each_item_of_each_feed_ends_as_it_should(self):
        for right in answers("intake.json")["files"]:
            with self.subTest(file=right["file"]):
                self.assertEqual(self.loading.receipts[right["file"]], right["outcomes"])

    def test_what_has_no_child_stays_unmatched(self):
        shown = [[item["source"], item["event_id"], item["reason"]] for item in self.loading.unmatched()]
        self.assertEqual(sorted(shown), answers("intake.json")["unmatched"])

    def test_each_child_has_its_history(self):
        for right in answers("cases.json")["children"]:
            with self.subTest(child=right["local_id"], shows=right["shows"]):
                shown = self.show(right["local_id"])
                self.assert_case(shown, right["case"])
                found = [{name: row[name] for name in ("party", "purpose", "from", "ended", "review")} for row in shown["contact"]]
                self.assertEqual(in_order(found), in_order(right["contact"]))

    def test_the_worklist_is_that_of_the_lives(self):
        parts = ("clock", "state", "due")
        shown = [[self.local_id.get(alert["child"], ""), *(alert[part] for part in parts)]
                 for alert in pages(self.holdfast, "alerts", "alerts", "list")]
        right = [[alert["child"], *(alert[part] for part in parts)] for alert in answers("alerts.json")["alerts"]]
        self.assertEqual(sorted(shown), sorted(right))

    def test_every_child_of_the_sheet_has_its_next_date(self):
        shown = self.loading.answers["tracker"]
        self.assertEqual((shown["total"]["read"], shown["total"]["refused"]), (PLAN["in_sheet"], 0))
        found = [{"child": self.local_id[row["child"]], "clock": row["clock"], "due": row["due"]} for row in shown["next"]]
        self.assertEqual(in_order(found), in_order(answers("next.json")["next"]))

    def test_sources_disagree_where_they_were_made_to(self):
        shown = self.holdfast.run("discrepancies", "list", "--authority", CODE, "--state", "open")["discrepancies"]
        found = [[self.local_id[one["child"]], one["kind"], one["field"] or "", one["counts"], one["opened"],
                  [[version["source"], version["value"]] for version in one["versions"]]] for one in shown]
        right = [[one["local_id"], one["kind"], one["field"], one["counts"], one["opened"], one["versions"]]
                 for one in answers("disagreements.json")["disagreements"]]
        self.assertEqual(in_order(found), in_order(right))

    def test_the_national_table_is_that_of_the_lives(self):
        right = answers("national.json")
        shown = self.holdfast.run("national", "--authority", CODE, "--year-ending", right["year_ending"], "--known-at",
                                  right["known_at"])
        figures = {measure["id"]: measure for measure in shown["measures"]}
        for measure in right["measures"]:
            with self.subTest(id=measure["id"]):
                self.assertEqual({key: figures[measure["id"]][key] for key in MEASURE}, {key: measure[key] for key in MEASURE})

    def test_no_chain_is_broken(self):
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])

    # The last one, by its name: it changes what the others look at.
    def test_when_each_disagreement_is_decided_rightly_the_histories_are_the_lives(self):
        right_of = {(one["local_id"], one["kind"], one["field"]): one["right"]
                    for one in answers("disagreements.json")["disagreements"]}
        shown = self.holdfast.run("discrepancies", "list", "--authority", CODE, "--state", "open")["discrepancies"]
        for one in shown:
            keep = right_of[self.local_id[one["child"]], one["kind"], one["field"] or ""]
            self.holdfast.run("discrepancies", "resolve", one["id"], "--authority", CODE, "--keep", keep, "--reason", "seen the paper")
        self.assertEqual(self.holdfast.run("discrepancies", "list", "--authority", CODE, "--state", "open")["discrepancies"], [])
        for right in answers("cases.json")["children"]:
            if "put_right" in right:
                with self.subTest(child=right["local_id"], shows=right["shows"]):
                    self.assert_case(self.show(right["local_id"]), right["put_right"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
