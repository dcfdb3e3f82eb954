"""An authority's own tracker sheet, through the real program: CSV and XLSX, as of several days, beside a record and feeds.

Usage: tracker_test.py HOLDFAST_BINARY
"""

import csv
import datetime
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

from imports_test import without_ids
from program import Deployment
from workbook import write_workbook

HOLDFAST = ""
DAY = "2026-06-01"
MAP = """dates: dmy
child: {local_id: ID, born: Born, name: Name, worker: Worker}
columns:
  - {column: Accommodated, kind: care_start}
  - {column: Left, kind: care_end}
  - {column: Status from, kind: legal_status, code: {column: Status, map: {Compulsory order: CSO, Voluntary: S25}}}
  - {column: Panel, kind: panel, code: adoption}
  - {column: Hearing, kind: hearing}
  - {column: Placed from, kind: placement_start, code: {column: Placed, map: {Kinship: KINSHIP, Foster: FOST_LA}}}
ignore: [Notes]
"""
HEADING = ["ID", "Born", "Name", "Worker", "Accommodated", "Left", "Status", "Status from", "Panel", "Hearing", "Placed",
           "Placed from", "Notes"]
SAM = {"ID": "A1", "Born": "04/05/2019", "Name": "Sam", "Worker": "w17", "Accommodated": "03/02/2026", "Status": "Compulsory order",
       "Status from": "03/02/2026", "Panel": "12/05/2026", "Hearing": "20/08/2026", "Placed": "Kinship", "Placed from": "03/02/2026"}
ANN = {"ID": "A2", "Born": "01/02/2018", "Accommodated": "01/10/2025", "Placed": "Foster", "Placed from": "01/10/2025"}


def counts(totals):
    return {name: count for name, count in totals.items() if count}


class Tracker(unittest.TestCase):
    maxDiff = None
    authorities = 0

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-tracker-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, DAY)

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def setUp(self):
        Tracker.authorities += 1
        self.authority = f"S120008{Tracker.authorities:02}"
        self.place = pathlib.Path(self.folder.name) / self.authority
        self.place.mkdir()
        self.map = self.place / "map.yaml"
        self.map.write_text(MAP)
        self.holdfast.run("authority", "add", self.authority, "--name", "Northshire")
        self.holdfast.run("authority", "live", self.authority, "--from", "2025-01-01")

    def sheet(self, *rows, name="tracker.csv", heading=None):
        path = self.place / name
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(heading or HEADING)
            writer.writerows([[row.get(column, "") for column in heading or HEADING] for row in rows])
        return path

    def words(self, path, as_of="2026-05-31", *options):
        return ("import", "tracker", path, "--authority", self.authority, "--as-of", as_of, "--map", self.map, *options)

    def take(self, path, as_of="2026-05-31", *options, accepted=(0,)):
        return self.holdfast.run(*self.words(path, as_of, *options), accepted=accepted)

    def show(self, local_id="A1"):
        return self.holdfast.run("case", "show", "--local-id", local_id, "--authority", self.authority)

    def runs(self):
        return self.holdfast.run("import", "list", "--authority", self.authority)["runs"]

    def refusal(self, path, as_of="2026-05-31", *options):
        code, printed = self.holdfast.ended(*self.words(path, as_of, *options))
        self.assertEqual(self.runs(), [])
        return code, printed["error"]["reason"], printed["error"]["message"]

    # What a sheet brings

    def test_a_sheet_gives_each_child_a_record_and_its_next_date_the_same_day(self):
        answer = self.take(self.sheet(SAM, ANN))
        self.assertEqual(counts(answer["total"]), {"read": 2, "facts": 2})
        self.assertEqual(counts(answer["cells"]), {"read": 7, "facts": 7})
        self.assertEqual((answer["as_of"], answer["source"]), ("2026-05-31", f"tracker/{self.authority}"))
        self.assertEqual((answer["refusals"], answer["contradictions"]), ([], []))
        shown = self.show()
        self.assertEqual(shown["personal"], {"local_id": "A1", "name": "Sam", "born": "2019-05-04"})
        self.assertEqual(shown["worker"], "w17")
        self.assertEqual([(period["start"], period["end"]) for period in shown["care_periods"]], [("2026-02-03", None)])
        self.assertEqual([(status["code"], status["start"]) for status in shown["legal_statuses"]], [("CSO", "2026-02-03")])
        self.assertEqual([(hearing["on"], hearing["state"]) for hearing in shown["hearings"]], [("2026-08-20", "planned")])
        dates = {}
        for local_id in ("A1", "A2"):
            child = self.show(local_id)["child"]
            items = self.holdfast.run("case", "calendar", "--child", child, "--authority", self.authority)["items"]
            dates[child] = next((item["clock"], item["on"]) for item in items if item["clock"])
        self.assertEqual({one["child"]: (one["clock"], one["due"]) for one in answer["next"]}, dates)
        self.assertEqual(len(dates), 2)

    def test_the_same_sheet_again_changes_nothing(self):
        path = self.sheet(SAM, ANN)
        first = self.take(path)
        shown = self.show()
        again = self.take(path)
        self.assertEqual(counts(again["total"]), {"read": 2, "unchanged": 2})
        self.assertEqual(again["events"], 0)
        self.assertEqual(again["next"], first["next"])
        self.assertEqual(self.show(), shown)

    def test_a_workbook_says_what_its_csv_says(self):
        self.take(self.sheet(SAM, ANN))
        of_csv = without_ids(self.show())
        self.setUp()
        day = datetime.date
        rows = [HEADING,
                ["A1", day(2019, 5, 4), "Sam", "w17", day(2026, 2, 3), None, "Compulsory order", "03/02/2026", day(2026, 5, 12),
                 day(2026, 8, 20), "Kinship", day(2026, 2, 3)],
                ["A2", day(2018, 2, 1), None, None, day(2025, 10, 1), None, None, None, None, None, "Foster", day(2025, 10, 1)]]
        write_workbook(self.place / "tracker.xlsx", {"Now": rows, "Old": [["ID"], ["A9"]]})
        answer = self.take(self.place / "tracker.xlsx")
        self.assertEqual(counts(answer["cells"]), {"read": 7, "facts": 7})
        self.assertEqual(without_ids(self.show()), {**of_csv, "authority": self.authority, "child": self.show()["child"]})
        write_workbook(self.place / "second.xlsx", {"Old": [["no"]], "Now then": rows})
        answer = self.take(self.place / "second.xlsx", "2026-05-31", "--sheet", "Now then")
        self.assertEqual(counts(answer["total"]), {"read": 2, "unchanged": 2})

    def test_a_workbook_that_cannot_be_read_is_said_plainly(self):
        write_workbook(self.place / "tracker.xlsx", {"Now": [HEADING]})
        code, reason, message = self.refusal(self.place / "tracker.xlsx", "2026-05-31", "--sheet", "Then")
        self.assertEqual((code, reason), (2, "CANNOT_READ"))
        self.assertIn("Then", message)
        done = subprocess.run([HOLDFAST, *self.holdfast.folders, *map(str, self.words(self.place / "tracker.xlsx"))],
                              env={**os.environ, "PATH": "/nowhere"}, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("apt-get install xlsx2csv", done.stderr)

    # Several sheets

    def test_a_later_sheet_corrects_and_an_older_one_that_comes_late_does_not(self):
        self.take(self.sheet(SAM), "2026-05-17")
        moved = self.take(self.sheet({**SAM, "Accommodated": "01/02/2026"}), "2026-05-24")
        self.assertEqual(counts(moved["cells"]), {"read": 5, "corrected": 1, "unchanged": 4})
        self.assertEqual(counts(moved["total"]), {"read": 1, "corrected": 1})
        after = self.show()
        self.assertEqual([period["start"] for period in after["care_periods"]], ["2026-02-01"])
        self.take(self.sheet({**SAM, "Accommodated": "09/02/2026", "Worker": "old", "Panel": ""}), "2026-05-10")
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-01"])
        self.assertEqual(self.show()["worker"], "w17")

    def test_a_blank_cell_and_a_missing_row_withdraw_nothing(self):
        self.take(self.sheet(SAM, ANN), "2026-05-17")
        before = self.show(), self.show("A2")
        answer = self.take(self.sheet({"ID": "A1", "Born": "04/05/2019"}), "2026-05-24")
        self.assertEqual(counts(answer["total"]), {"read": 1, "unchanged": 1})
        self.assertEqual((self.show(), self.show("A2")), before)

    def test_an_end_ends_what_the_sheet_began(self):
        self.take(self.sheet({**ANN, "Left": "01/03/2026"}))
        self.assertEqual([(p["start"], p["end"]) for p in self.show("A2")["care_periods"]], [("2025-10-01", "2026-03-01")])

    # Beside other sources

    def test_what_contradicts_is_listed_and_the_record_counts(self):
        child = self.holdfast.run("case", "register", "--authority", self.authority, "--local-id", "A1", "--born", "2019-05-04",
                                  "--worker", "w2")["child"]
        for kind, on, code in (("care_start", "2026-02-03", None), ("legal_status", "2026-02-03", "S25"), ("panel", "2026-05-14", "adoption")):
            coded = ["--code", code] if code else []
            self.holdfast.run("case", "record", kind, "--authority", self.authority, "--child", child, "--on", on, *coded)
        answer = self.take(self.sheet(SAM, ANN))
        listed = self.holdfast.run("discrepancies", "list", "--authority", self.authority, "--state", "open")["discrepancies"]
        self.assertEqual(answer["contradictions"], listed)
        self.assertEqual(sorted((one["kind"], one["field"]) for one in listed), [("differs", "code"), ("near", None)])
        for one in listed:
            self.assertEqual((one["child"], one["counts"], one["owner"]), (child, f"record/{self.authority}", "w2"))
            self.assertEqual([version["source"] for version in one["versions"]],
                             [f"record/{self.authority}", f"tracker/{self.authority}"])
        self.assertEqual([status["code"] for status in self.show()["legal_statuses"]], ["S25"])
        near = next(one["id"] for one in listed if one["kind"] == "near")
        self.holdfast.run("discrepancies", "resolve", near, "--keep", f"tracker/{self.authority}", "--authority", self.authority, "--reason", "seen the minute")
        again = self.take(self.sheet(SAM, ANN), "2026-06-01")
        self.assertEqual([one["kind"] for one in again["contradictions"]], ["differs"])

    # What is refused

    def test_a_bad_cell_is_refused_alone_and_taken_once_it_is_repaired(self):
        rejects = self.place / "rejects"
        path = self.sheet({**SAM, "Panel": "2026-05-12", "Status": "Unheard of"}, {**ANN, "Born": "soon"}, {"Born": "01/02/2018"},
                          {"ID": "A4", "Accommodated": "01/02/2026"}, {**ANN, "ID": "A5", "Accommodated": "01/06/2026"})
        answer = self.take(path, "2026-05-31", "--rejects", rejects, accepted=(1,))
        self.assertEqual(counts(answer["total"]), {"read": 5, "refused": 5})
        self.assertEqual(counts(answer["cells"]), {"read": 7, "refused": 3, "facts": 4})
        self.assertEqual([(one["file"], one["line"], one["field"], one["rule"]) for one in answer["refusals"]], [
            ("tracker.csv", 2, "Status", "no_such_code"), ("tracker.csv", 2, "Panel", "date"), ("tracker.csv", 3, "Born", "date"),
            ("tracker.csv", 4, "ID", "no_local_id"), ("tracker.csv", 5, "Born", "no_born"),
            ("tracker.csv", 6, "Accommodated", "ahead")])
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-03"])
        kept = rejects / "tracker.csv"
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        with open(kept, newline="", encoding="utf-8") as file:
            lines = list(csv.reader(file))
        self.assertEqual(lines[0], ["FILE", "LINE", "FIELD", "RULE", "MESSAGE", *HEADING])
        self.assertEqual(lines[1][:4], ["tracker.csv", "2", "Status; Panel", "no_such_code; date"])
        self.assertEqual(len(lines), 6)
        lines[1][lines[0].index("Panel")] = "12/05/2026"
        lines[1][lines[0].index("Status")] = "Voluntary"
        repaired = self.place / "repaired.csv"
        with open(repaired, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines[:2])
        answer = self.take(repaired)
        self.assertEqual(counts(answer["cells"]), {"read": 5, "facts": 2, "unchanged": 3})
        self.assertEqual([status["code"] for status in self.show()["legal_statuses"]], ["S25"])

    def test_a_row_with_another_day_of_birth_is_refused(self):
        self.take(self.sheet(SAM))
        answer = self.take(self.sheet({**SAM, "Born": "05/05/2019", "Accommodated": "01/01/2026"}), "2026-06-01", accepted=(1,))
        self.assertEqual([(one["field"], one["rule"]) for one in answer["refusals"]], [("Born", "born_differs")])
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-03"])

    def test_columns_that_nobody_mapped_stop_the_import(self):
        path = self.sheet(SAM, heading=[*HEADING, "RAG", "Next step"])
        code, reason, message = self.refusal(path)
        self.assertEqual((code, reason), (2, "UNMAPPED_COLUMN"))
        self.assertIn("RAG, Next step", message)
        code, reason, message = self.refusal(self.sheet(SAM, heading=HEADING[:4]))
        self.assertEqual((code, reason), (2, "COLUMN_MISSING"))
        self.assertIn("Accommodated", message)

    def test_a_map_that_cannot_be_read_stops_the_import_by_line(self):
        path = self.sheet(SAM)
        for wrong, said in ((MAP.replace("care_start", "care_begin"), "map.yaml:4: columns[0].kind"),
                            (MAP.replace("CSO", "C2"), "map.yaml:6: columns[2].code.map.Compulsory order"),
                            (MAP.replace("[Notes]", "[Panel]"), "map.yaml:10: ignore[0]"), ("dates: [", "map.yaml:")):
            with self.subTest(said=said):
                self.map.write_text(wrong)
                code, reason, message = self.refusal(path)
                self.assertEqual((code, reason), (2, "BAD_MAP"))
                self.assertTrue(message.startswith(said), message)

    def test_a_sheet_of_a_day_ahead_is_not_taken(self):
        path = self.sheet(SAM)
        for options in ((), ("--dry-run",)):
            self.assertEqual(self.refusal(path, "2026-06-02", *options)[:2], (2, "SHEET_AHEAD"))
        self.assertEqual(self.refusal(path, "next week")[:2], (2, "USAGE"))
        self.assertEqual(self.refusal(self.place / "none.csv")[:2], (2, "CANNOT_READ"))

    # Runs

    def test_a_dry_run_says_what_would_be_and_stores_nothing(self):
        child = self.holdfast.run("case", "register", "--authority", self.authority, "--local-id", "A1", "--born", "2019-05-04")["child"]
        self.holdfast.run("case", "record", "panel", "--authority", self.authority, "--child", child, "--on", "2026-05-14", "--code", "adoption")
        before = self.show()
        path = self.sheet(SAM, ANN)
        tried = self.take(path, "2026-05-31", "--dry-run")
        self.assertEqual(self.show(), before)
        self.assertEqual(self.runs(), [])
        self.assertEqual(self.holdfast.ended("case", "show", "--local-id", "A2", "--authority", self.authority)[0], 4)
        taken = self.take(path)
        for name in ("total", "cells", "events", "refusals", "contradictions"):
            self.assertEqual(tried[name], taken[name], name)
        self.assertTrue(tried["dry_run"])

    def test_a_run_is_listed_shown_resumed_and_withdrawn(self):
        first = self.take(self.sheet(SAM), "2026-05-17")
        path = self.sheet({**SAM, "Accommodated": "01/02/2026"}, ANN, name="later.csv")
        second = self.take(path, "2026-05-24")
        listed = self.runs()
        self.assertEqual([run["run"] for run in listed], [second["run"], first["run"]])
        shown = self.holdfast.run("import", "show", second["run"], "--authority", self.authority)
        self.assertEqual((shown["state"], shown["as_of"], shown["year_ending"]), ("finished", "2026-05-24", None))
        self.assertEqual((shown["total"], shown["cells"]), (second["total"], second["cells"]))
        self.assertEqual([file["file"] for file in shown["files"]], ["later.csv", "map.yaml"])
        resumed = self.holdfast.run("import", "resume", second["run"])
        self.assertEqual((resumed["total"], resumed["cells"]), (second["total"], second["cells"]))
        self.assertEqual(len(self.runs()), 2)
        path.write_text("changed")
        code, printed = self.holdfast.ended("import", "resume", second["run"])
        self.assertEqual(code, 2, printed)
        withdrawn = self.holdfast.run("import", "withdraw", second["run"], "--authority", self.authority)
        self.assertEqual((withdrawn["result"], withdrawn["children"]), ("accepted", 2))
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-03"])
        self.assertEqual(self.show("A2")["care_periods"], [])
        again = self.take(self.sheet({**SAM, "Accommodated": "01/02/2026"}), "2026-05-24")
        self.assertEqual(counts(again["cells"]), {"read": 5, "corrected": 1, "unchanged": 4})

    def test_of_two_sheets_of_one_day_the_later_counts_and_goes_first(self):
        first = self.take(self.sheet(SAM))
        second = self.take(self.sheet({**SAM, "Accommodated": "01/02/2026"}))
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-01"])
        code, printed = self.holdfast.ended("import", "withdraw", first["run"], "--authority", self.authority)
        self.assertEqual((code, printed["error"]["reason"]), (2, "RUN_NOT_NEWEST"))
        self.holdfast.run("import", "withdraw", second["run"], "--authority", self.authority)
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-02-03"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
