"""Imports through the real program: refused rows and their repair, bad files, a run taken back.

Usage: imports_test.py HOLDFAST_BINARY
"""

import csv
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

from program import Deployment

HOLDFAST = ""
COLUMNS = {"header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
           "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
           "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE"}
HEADER = "A,1,01/01/2010,WBRI,,,"
OPEN = "A,01/05/2019,S,C2,N1,U6,PR1,,,,,,"
REPORT = ("total", "tables", "notes", "fields_aside", "vanished", "returned", "late", "moved", "removed", "discrepancies")


class Imports(unittest.TestCase):
    maxDiff = None
    authorities = 0

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-imports-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, "2026-06-01")

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def setUp(self):
        Imports.authorities += 1
        self.authority = f"E0600090{Imports.authorities}"
        self.holdfast.run("authority", "add", self.authority, "--name", "Northshire")
        self.place = pathlib.Path(self.folder.name) / self.authority
        self.place.mkdir()

    def returned(self, name, **tables):
        """A folder with these lines in these tables."""
        folder = self.place / name
        folder.mkdir(exist_ok=True)
        for table, lines in tables.items():
            (folder / f"{table}.csv").write_bytes("\r\n".join([COLUMNS[table], *lines, ""]).encode())
        return folder

    def take(self, folder, year, *options, accepted=(0,)):
        return self.holdfast.run("import", "ssda903", folder, "--authority", self.authority, "--year-ending", f"{year}-03-31",
                                 *options, accepted=accepted)

    def error(self, *arguments):
        code, printed = self.holdfast.ended(*arguments)
        self.assertEqual(code, 2, printed)
        return printed["error"]

    def show(self, local_id="A"):
        return self.holdfast.run("case", "show", "--local-id", local_id, "--authority", self.authority)

    # Refused rows

    def test_refused_rows_are_kept_repaired_and_imported_again(self):
        folder = self.returned("2020", header=[HEADER, "B,1,31/02/2010,WBRI,,,"], episodes=[OPEN])
        (folder / "reviews.csv").write_bytes(
            b'\xef\xbb\xbf"CHILD",DOB,REVIEW,REVIEW_CODE\r\n'
            b'A,01/06/2019,PN1\r\nA,,01/07/2019,PN1,"a ""b"",\nc"\r\n"A",,01/08/2019,"PN9"\r\n')
        rejects = self.place / "rejects"
        shown = self.take(folder, 2020, "--rejects", rejects, accepted=(1,))
        self.assertEqual(shown["total"]["refused"], 4)
        self.assertEqual(sorted(path.name for path in rejects.iterdir()), ["Header.csv", "Reviews.csv"])
        for path in rejects.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        with open(rejects / "Reviews.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.assertEqual([row[:4] for row in rows[1:]], [["reviews.csv", "2", "", "cells"], ["reviews.csv", "3", "", "cells"],
                                                         ["reviews.csv", "5", "REVIEW_CODE", "167"]])
        self.assertEqual([row[5:] for row in rows[1:]], [["A", "01/06/2019", "PN1"],
                                                         ["A", "", "01/07/2019", "PN1", 'a "b",\nc'],
                                                         ["A", "", "01/08/2019", "PN9"]])

        again = self.take(rejects, 2020, "--repair", accepted=(1,))
        self.assertEqual((again["total"]["read"], again["total"]["refused"]), (4, 4), "nothing was repaired yet")
        rows[1][6:6] = [""]
        del rows[2][9:]
        rows[3][8] = "PN2"
        with open(rejects / "Reviews.csv", "w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows(rows)
        text = (rejects / "Header.csv").read_text(encoding="utf-8")
        (rejects / "Header.csv").write_text(text.replace("31/02/2010", "28/02/2010"), encoding="utf-8")
        repaired = self.take(rejects, 2020, "--repair")
        self.assertEqual((repaired["total"]["read"], repaired["total"]["facts"]), (4, 4))
        self.assertEqual([review["on"] for review in self.show()["reviews"]], ["2019-06-01", "2019-07-01", "2019-08-01"])

    def test_what_a_team_says_of_a_child_counts_over_a_return_before_and_after(self):
        returned = self.returned("2020", header=[HEADER, HEADER.replace("A", "B", 1)], episodes=[OPEN, OPEN.replace("A", "B", 1)])
        register = lambda local_id, name: self.holdfast.run("case", "register", "--authority", self.authority, "--local-id", local_id,
                                                            "--born", "2010-01-02", "--name", name)
        register("B", "Bea Before")
        self.take(returned, 2020)
        self.assertEqual(register("A", "Ann After")["result"], "accepted")
        self.assertEqual(register("A", "Ann After")["result"], "unchanged")
        for local_id, name in ("A", "Ann After"), ("B", "Bea Before"):
            shown = self.show(local_id)
            self.assertEqual((shown["personal"]["name"], shown["personal"]["born"]), (name, "2010-01-02"))
            found = self.holdfast.run("case", "find", "--authority", self.authority, "--name", name, "--born", "2010-01-02")
            self.assertEqual(found["children"], [shown["child"]])

    def test_rejects_of_an_earlier_run_do_not_stay_and_nothing_else_is_written_over(self):
        rejects = self.place / "rejects"
        self.take(self.returned("a", header=[HEADER], episodes=[OPEN], reviews=["A,,01/06/2019,PN9"]), 2020, "--rejects", rejects,
                  accepted=(1,))
        self.take(self.returned("b", header=[HEADER], episodes=[OPEN], reviews=["A,,01/06/2019,PN1"]), 2020, "--rejects", rejects)
        self.assertEqual(list(rejects.iterdir()), [])
        folder = self.returned("Reviews", header=[HEADER])
        (folder / "Reviews.csv").write_text(COLUMNS["reviews"] + "\nA,,01/06/2019,PN9\n")
        for where in (folder, self.place / "Reviews" / "."):
            error = self.error("import", "ssda903", folder, "--authority", self.authority, "--year-ending", "2020-03-31",
                               "--rejects", where)
            self.assertEqual(error["reason"], "IN_THE_WAY")
        self.assertIn("PN9", (folder / "Reviews.csv").read_text())

    # Bad files

    def test_an_error_says_where(self):
        folder = self.returned("2020", header=[HEADER], episodes=[OPEN, 'A,01/06/2019,"S,C2', OPEN])
        words = ["ssda903", folder, "--authority", self.authority, "--year-ending", "2020-03-31"]
        unclosed = self.error("import", *words)
        self.assertEqual(unclosed["reason"], "BAD_CSV")
        self.assertEqual(unclosed["where"], {"file": "episodes.csv", "line": 3, "field": None, "rule": "1"})
        self.returned("2020", episodes=[OPEN])
        (folder / "zz.csv").write_text(COLUMNS["episodes"] + "\n")
        two = self.error("import", *words)
        self.assertEqual((two["reason"], two["where"]["file"], two["where"]["rule"]), ("TWO_FILES", "zz.csv", "1"))
        self.assertIn("episodes.csv and zz.csv", two["message"])

        teams = self.place / "teams.csv"
        teams.write_text('CHILD,TEAM,WORKER\nA,"North,w1\n')
        said = self.error("case", "assign", "--authority", self.authority, "--file", teams)
        self.assertEqual(said["where"], {"file": str(teams), "line": 2, "field": None, "rule": None})

        gone = self.holdfast.ended("import", "ssda903", self.place / "gone", *words[2:])[1]["error"]
        self.assertEqual((gone["reason"], gone["where"]["file"]), ("CANNOT_READ", str(self.place / "gone")))
        ends = self.error("import", *words[:-1], "2020-03-30")
        self.assertEqual(ends["where"]["field"], "--year-ending")

    def test_a_year_that_ends_after_the_deployments_day_is_taken_with_a_warning(self):
        folder = self.returned("2027", header=[HEADER], episodes=[OPEN])
        for year, options, warns in ((2027, ["--dry-run"], True), (2027, [], True), (2026, [], False)):
            done = subprocess.run([HOLDFAST, *self.holdfast.folders, "import", "ssda903", folder, "--authority", self.authority,
                                   "--year-ending", f"{year}-03-31", *options], capture_output=True, text=True, check=True)
            warning = f"the deployment's day, 2026-06-01, is before the year end, {year}-03-31"
            self.assertEqual(warning in done.stderr, warns, done.stderr)
            self.assertIn("taken: episodes.csv (Episodes), header.csv (Header)\n", done.stdout)

    def test_options_may_stand_before_the_folders(self):
        folder = self.returned("2020", header=[HEADER], episodes=[OPEN])
        (folder / "zz.csv").write_text(COLUMNS["episodes"] + "\n")
        options = ["--authority", self.authority, "--ignore", "zz.csv", "--table", "Episodes=episodes.csv"]
        self.assertEqual(self.holdfast.run("try", "ssda903", *options, f"{folder}:2020-03-31")["imports"][0]["total"]["facts"], 2)
        shown = self.holdfast.run("import", "ssda903", *options, folder, "--year-ending", "2020-03-31")
        self.assertEqual([file["set_aside"] is None for file in shown["files"]], [True, True, False])

    def test_a_bad_cell_of_a_teams_file_is_named_and_can_be_repaired(self):
        self.take(self.returned("2020", header=[HEADER], episodes=[OPEN]), 2020)
        record = self.place / "record.csv"
        record.write_text('LOCAL_ID,KIND,ON,CODE\nA,review,02/06/2019,PN1\nA,dance,2019-06-02,\n'
                          ',review,2019-06-02,PN1\nA,review\nA,review,2019-06-03,PN1\n')
        rejects = self.place / "rejects"
        shown = self.holdfast.run("case", "load", "--authority", self.authority, "--file", record, "--rejects", rejects,
                                  accepted=(1,))
        self.assertEqual((shown["total"]["refused"], shown["total"]["facts"]), (4, 1))
        self.assertEqual([(refused["line"], refused["field"], refused["rule"]) for refused in shown["refusals"]],
                         [(2, "ON", "BAD_ROW"), (3, "KIND", "BAD_ROW"), (4, "LOCAL_ID", "BAD_ROW"), (5, None, "BAD_ROW")])
        kept = rejects / "record.csv"
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        text = kept.read_text().replace("02/06/2019", "2019-06-02").replace("dance", "review").replace("A,review\n", "A,review,,\n")
        kept.write_text(text)
        shown = self.holdfast.run("case", "load", "--authority", self.authority, "--file", kept, accepted=(1,))
        self.assertEqual(shown["total"]["facts"] + shown["total"]["unchanged"], 2)
        code, printed = self.holdfast.ended("case", "load", "--authority", self.authority, "--file", kept, "--rejects", rejects)
        self.assertEqual((code, printed["error"]["reason"]), (2, "IN_THE_WAY"))

    # A run taken back

    def test_a_run_taken_back_leaves_all_as_if_it_had_never_been(self):
        first = self.returned("2020", header=[HEADER, "B,2,01/01/2012,WBRI,,,"],
                              episodes=[OPEN, "B,01/06/2019,S,C2,N1,K2,PR1,,,,,,"], reviews=["A,,01/06/2019,PN1"])
        ended = "A,01/05/2019,S,C2,N1,U6,PR1,01/06/2020,E4A,,,,"
        second = self.returned("2021", header=[HEADER, "C,1,01/01/2012,WBRI,,,"],
                               episodes=[ended, "C,01/06/2020,S,C2,N1,U6,PR1,,,,,,"])
        third = self.returned("2021-again", header=[HEADER], episodes=[OPEN])
        parts = {"one": [f"{first}:2020-03-31"], "two": [f"{first}:2020-03-31", f"{second}:2021-03-31"],
                 "three": [f"{first}:2020-03-31", f"{second}:2021-03-31", f"{third}:2021-03-31"]}
        self.take(first, 2020)
        taken = self.take(second, 2021)
        again = self.take(third, 2021, "--whole")
        self.same_as(parts["three"], 2021)
        self.assertEqual(self.holdfast.ended("import", "withdraw", taken["run"], "--authority", self.authority)[0], 2)
        self.holdfast.run("import", "withdraw", again["run"], "--authority", self.authority)
        self.same_as(parts["two"], 2021)
        withdrawn = self.holdfast.run("import", "withdraw", taken["run"], "--authority", self.authority)
        self.assertEqual(withdrawn["result"], "accepted")
        self.same_as(parts["one"], 2020)
        self.assertEqual(self.show()["covered_through"], "2020-03-31")
        self.assertEqual(self.show("C")["care_periods"], [], "a child once registered stays registered")
        self.assertEqual(self.holdfast.run("import", "show", taken["run"], "--authority", self.authority)["state"], "withdrawn")

        anew = self.take(second, 2021)
        self.assertEqual({name: anew[name] for name in REPORT}, {name: taken[name] for name in REPORT})
        self.assertGreaterEqual(anew["events"], taken["events"] - 1)
        self.same_as(parts["two"], 2021)
        self.assertEqual(self.take(second, 2021)["events"], 0)

    def same_as(self, parts, year):
        """The record says what these returns say in memory."""
        for child in ("A", "B"):
            code, tried = self.holdfast.ended("try", "ssda903", "--authority", self.authority, "--whole", "--child", child, *parts)
            self.assertEqual(code, 0, tried)
            shown = self.show(child)
            for part in ("care_periods", "legal_statuses", "reviews", "orders", "covered_through"):
                self.assertEqual(without_ids(shown[part]), without_ids(tried["child"][part]), (child, part, parts))
            self.assertEqual([d["kind"] for d in shown["discrepancies"]], [d["kind"] for d in tried["child"]["discrepancies"]])
        national = self.holdfast.run("national", "--authority", self.authority, "--year-ending", f"{year}-03-31", "--known-at",
                                     f"{year}-03-31")
        self.assertEqual(national["measures"], tried["national"][-1]["measures"])


def without_ids(shown):
    if isinstance(shown, dict):
        return {key: without_ids(value) for key, value in shown.items() if key not in ("entry", "facts")}
    return [without_ids(value) for value in shown] if isinstance(shown, list) else shown


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
