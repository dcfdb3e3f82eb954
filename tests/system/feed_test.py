"""A court's feed through the real program: files of both kinds, parked items, matches, a child put right.

Usage: feed_test.py HOLDFAST_BINARY
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from program import Deployment

HOLDFAST = ""
NORTH = "S12000901"
COURT = "sheriff-court-a"
HEADING = "event_id,sent_at,kind,on,ref,authority,local_id,case_ref,code,until"


class Feed(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-feed-")
        self.holdfast = Deployment(HOLDFAST, self.folder.name, "2024-06-01")
        self.holdfast.run("authority", "add", NORTH, "--name", "Northmere")
        self.add_court()

    def tearDown(self):
        self.holdfast.run("down")
        self.folder.cleanup()

    def add_court(self, *options):
        return self.holdfast.run("source", "add", COURT, "--kind", "court", "--nation", "scotland", "--covers", NORTH, *options)

    def register(self, local_id):
        return self.holdfast.run("case", "register", "--authority", NORTH, "--local-id", local_id, "--born", "2015-01-01",
                                 "--name", "Anna")["child"]

    def show(self, child):
        return self.holdfast.run("case", "show", "--child", child)

    def file(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return path

    def csv(self, *rows, name="feed.csv"):
        return self.file(name, "\n".join([HEADING, *rows, ""]))

    def feed(self, path, *options, code=0):
        return self.holdfast.run("feed", path, "--source", COURT, *options, accepted=(code,))

    def outcomes(self, answer):
        return [receipt["outcome"] for receipt in answer["receipts"]]

    def test_a_file_is_safe_to_send_again_whole(self):
        child = self.register("A1")
        path = self.csv("e1,2024-05-01T10:00:00Z,order_made,2024-05-01,R1,S12000901,A1,,CSO,2025-04-30",
                        "e2,2024-05-02T10:00:00Z,hearing_set,2024-06-20,R2,S12000901,A1,,,")
        dry = self.feed(path, "--dry-run")
        self.assertEqual(self.outcomes(dry), ["accepted", "accepted"])
        first = self.feed(path)
        self.assertEqual(first["total"], 2)
        self.assertEqual(first["outcomes"],
                         {"accepted": 2, "same": 0, "changed": 0, "stale": 0, "parked": 0, "refused": 0})
        self.assertEqual(first["receipts"][0] | {"item": None},
                         {"line": 2, "event_id": "e1", "outcome": "accepted", "reason": None, "field": None, "item": None,
                          "child": child})
        self.assertEqual(self.outcomes(self.feed(path)), ["same", "same"])

    def test_a_dry_run_says_what_the_file_itself_changes(self):
        self.register("A1")
        path = self.csv("e1,2024-05-01T10:00:00Z,hearing_set,2024-06-20,R1,S12000901,A1,,,",
                        "e1,2024-05-01T10:00:00Z,hearing_set,2024-06-20,R1,S12000901,A1,,,",
                        "e1,2024-05-03T10:00:00Z,hearing_set,2024-06-22,R1,S12000901,A1,,,",
                        "e1,2024-05-02T10:00:00Z,hearing_set,2024-06-21,R1,S12000901,A1,,,",
                        "e2,2024-05-02T10:00:00Z,hearing_set,2024-06-21,R2,S12000901,A9,,,")
        would_be = self.outcomes(self.feed(path, "--dry-run", code=1))
        self.assertEqual(would_be, ["accepted", "same", "changed", "stale", "parked"])
        self.assertEqual(self.outcomes(self.feed(path, code=1)), would_be)

    def test_one_json_object_a_line_says_the_same(self):
        self.register("A1")
        self.feed(self.csv("e1,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000901,A1,,,"))
        item = {"event_id": "e1", "sent_at": "2024-05-01T10:00:00Z", "kind": "hearing_held", "on": "2024-05-01", "ref": "R1",
                "authority": NORTH, "local_id": "A1"}
        answer = self.feed(self.file("feed.ndjson", json.dumps(item) + "\n" + json.dumps(item | {"on": "2024-05-02"}) + "\n"
                                     + json.dumps(item | {"sent_at": "2024-05-03T10:00:00Z", "on": "2024-05-03"}) + "\n"))
        self.assertEqual(self.outcomes(answer)[0], "same")
        self.assertEqual(self.outcomes(answer)[2], "changed")

    def test_a_silent_feed_is_one_alert_of_each_authority_until_it_speaks(self):
        self.register("A1")
        self.feed(self.csv("e1,2024-05-20T10:00:00Z,order_made,2024-05-20,R1,S12000901,A1,,CSO,2025-05-19"))
        self.holdfast.run("clock", "set", "2024-06-02")
        self.assertEqual(self.silence(), [])
        self.holdfast.run("clock", "set", "2024-06-03")
        self.assertEqual([(alert["state"], alert["due"], alert["feed"]) for alert in self.silence()],
                         [("due", "2024-06-03", COURT)])
        self.holdfast.run("clock", "set", "2024-06-20")
        silent = self.silence()
        self.assertEqual([alert["state"] for alert in silent], ["escalated"])
        explained = self.holdfast.run("alerts", "explain", silent[0]["id"], "--authority", NORTH)
        self.assertIn("the last message", explained["rule"])
        self.feed(self.csv("e2,2024-06-19T10:00:00Z,hearing_set,2024-07-20,R2,S12000901,A1,,,", name="later.csv"))
        self.assertEqual(self.silence(), [])

    def report(self):
        listed = self.holdfast.run("alerts", "list", "--authority", NORTH)["alerts"]
        return [(alert["state"], alert["due"], alert["not_known_since"]) for alert in listed
                if alert["clock"] == "sco-safeguarder-report-35d"]

    def test_what_only_a_feed_states_is_known_to_its_horizon_and_not_after(self):
        self.register("A1")
        self.feed(self.csv("e1,2024-05-10T10:00:00Z,safeguarder_appointed,2024-05-10,R1,S12000901,A1,,,"))
        self.holdfast.run("clock", "set", "2024-06-08")
        self.assertEqual(self.report(), [("not_known", "2024-06-14", "2024-05-24")])
        self.feed(self.csv("e2,2024-06-08T10:00:00Z,hearing_held,2024-06-07,R2,S12000901,A1,,,", name="heard.csv"))
        self.assertEqual(self.report(), [("upcoming", "2024-06-14", None)])
        self.holdfast.run("clock", "set", "2024-06-22")
        self.assertEqual(self.report(), [("overdue", "2024-06-14", None)])
        self.holdfast.run("clock", "set", "2024-06-23")
        self.assertEqual(self.report(), [("not_known", "2024-06-14", "2024-06-22")])
        self.feed(self.csv("e3,2024-06-23T10:00:00Z,covered,2024-06-22,,,,,,", name="covered.csv"))
        self.assertEqual(self.report(), [("overdue", "2024-06-14", None)])
        self.add_court("--states", "hearing_set,hearing_held")
        self.assertEqual(self.report(), [("not_known", "2024-06-14", "2024-05-10")])

    def test_how_far_a_feed_is_known_does_not_depend_on_what_arrived_first(self):
        appointed = "e1,2024-05-10T10:00:00Z,safeguarder_appointed,2024-05-10,R1,S12000901,A1,,,"
        heard = "e2,2024-05-28T10:00:00Z,hearing_held,2024-05-27,R2,S12000901,A1,,,"
        self.register("A1")
        self.feed(self.csv(heard, name="heard.csv"))
        self.feed(self.csv(appointed, name="appointed.csv"))
        self.holdfast.run("clock", "set", "2024-06-11")
        self.assertEqual(self.report(), [("upcoming", "2024-06-14", None)])
        self.holdfast.run("clock", "set", "2024-06-12")
        self.assertEqual(self.report(), [("not_known", "2024-06-14", "2024-06-11")])

    def silence(self):
        listed = self.holdfast.run("alerts", "list", "--authority", NORTH)["alerts"]
        return [alert for alert in listed if alert["clock"] == "feed-silence"]

    def test_an_unknown_column_or_kind_of_file_does_nothing(self):
        for path in [self.file("a.csv", "event_id,colour\ne1,red\n"), self.file("a.ndjson", '{"colour":"red"}\n'),
                     self.file("a.txt", "event_id\ne1\n")]:
            code, printed = self.holdfast.ended("feed", path, "--source", COURT)
            self.assertEqual(code, 2, printed)

    def test_refused_rows_say_why(self):
        answer = self.feed(self.csv("e1,2024-05-01T10:00:00Z,order_made,2024-05-01,R1,S12000901,A1,,CARE,",
                                    "e2,2024-05-01T10:00:00Z,hearing_held,1 May,R1,S12000901,A1,,,",
                                    "e3,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000902,A1,,,",
                                    "e4,2024-05-01T10:00:00Z"), code=1)
        self.assertEqual([(r["reason"], r["field"]) for r in answer["receipts"]],
                         [("UNKNOWN_CODE", "code"), ("BAD_DAY", "on"), ("AUTHORITY_NOT_COVERED", "authority"),
                          ("BAD_ROW", None)])
        self.assertEqual(answer["outcomes"]["refused"], 4)

    def test_a_line_that_cannot_be_read_is_refused_and_all_others_are_sent(self):
        self.register("A1")
        item = lambda number: {"event_id": f"e{number}", "sent_at": "2024-05-01T10:00:00Z", "kind": "hearing_held",
                               "on": f"2024-05-0{number}", "ref": f"R{number}", "authority": NORTH, "local_id": "A1"}
        lines = [json.dumps(item(1)), "{\"event_id\": ", json.dumps({**item(3), "ref": ["R3"]}), json.dumps(item(4)),
                 json.dumps(item(5))[:40]]
        row = lambda number: f"e{number},2024-05-01T10:00:00Z,hearing_held,2024-05-0{number},R{number},{NORTH},A1,,,"
        rows = [row(1), row(2).replace("R2", '"R2'), row(3) + ",more", row(4), row(5)[:40]]
        for path, why in [(self.file("cut.ndjson", "\n".join(lines)), [("BAD_JSON", None), ("BAD_ROW", "ref"), ("BAD_JSON", None)]),
                          (self.file("cut.csv", "\n".join([HEADING, *rows])), [("BAD_CSV", None), ("BAD_ROW", None), ("BAD_ROW", None)])]:
            for options in (["--dry-run"], []):
                receipts = self.feed(path, *options, code=1)["receipts"]
                first = receipts[0]["line"]
                self.assertEqual([receipt["line"] - first for receipt in receipts], [0, 1, 2, 3, 4])
                self.assertEqual([(r["reason"], r["field"]) for r in receipts if r["outcome"] == "refused"], why)
                taken = [receipt["event_id"] for receipt in receipts if receipt["outcome"] in ("accepted", "same")]
                self.assertEqual(taken, ["e1", "e4"])
        shown = self.holdfast.run("case", "show", "--local-id", "A1", "--authority", NORTH)
        self.assertEqual([hearing["on"] for hearing in shown["hearings"]], ["2024-05-01", "2024-05-04"])

    def test_registration_releases_what_waited(self):
        path = self.csv("e1,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000901,A1,,,")
        self.assertEqual(self.outcomes(self.feed(path, code=1)), ["parked"])
        listed = self.holdfast.run("feed", "unmatched", "--authority", NORTH)["items"]
        self.assertEqual([(i["event_id"], i["reason"], i["kind"], i["on"], i["source"]) for i in listed],
                         [("e1", "CHILD_NOT_REGISTERED", "hearing_held", "2024-05-01", COURT)])
        self.register("A1")
        self.assertEqual(self.outcomes(self.feed(path)), ["same"])
        self.assertEqual(self.holdfast.run("feed", "unmatched", "--source", COURT)["items"], [])

    def test_a_person_matches_one_item_and_the_others_follow(self):
        anna, ben = self.register("A1"), self.register("A2")
        path = self.csv("e1,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000901,,C1,,",
                        "e2,2024-05-02T10:00:00Z,hearing_set,2024-06-01,R2,S12000901,,C1,,")
        items = [receipt["item"] for receipt in self.feed(path, code=1)["receipts"]]
        code, _ = self.holdfast.ended("feed", "rematch", items[0], "--child", anna, "--reason", "x")
        self.assertEqual(code, 2)
        matched = self.holdfast.run("feed", "match", items[0], "--child", anna, "--reason", "seen in the report")
        self.assertEqual(matched["result"], "accepted")
        self.assertEqual([r["child"] for r in self.feed(path)["receipts"]], [anna, anna])
        self.holdfast.run("feed", "rematch", items[1], "--child", ben, "--reason", "her brother")
        self.assertEqual([r["child"] for r in self.feed(path)["receipts"]], [anna, ben])
        self.assertEqual([[hearing["ref"] for hearing in self.show(child)["hearings"]] for child in (anna, ben)], [["R1"], ["R2"]])
        code, _ = self.holdfast.ended("feed", "match", "0" * 32, "--child", anna, "--reason", "x")
        self.assertEqual(code, 4)

    def test_a_withdrawal_acts_where_its_item_is_whichever_child_it_names(self):
        anna, ben = self.register("A1"), self.register("A2")
        heading = "event_id,sent_at,kind,on,ref,authority,local_id,after\n"
        made = self.feed(self.file("made.csv", heading + "".join(
            f"e{i},2024-05-0{i}T10:00:00Z,hearing_held,2024-05-0{i},R{i},S12000901,A1,\n" for i in (1, 2, 3))))
        items = [receipt["item"] for receipt in made["receipts"]]
        self.holdfast.run("feed", "rematch", items[0], "--child", ben, "--reason", "her brother's")
        self.feed(self.file("withdrawn.csv", heading
                            + "w1,2024-05-10T10:00:00Z,withdrawn,2024-05-10,,S12000901,A1,e1\n"
                            + "w2,2024-05-10T10:00:00Z,withdrawn,2024-05-10,,S12000901,A1,e2\n"))
        self.holdfast.run("feed", "rematch", items[1], "--child", ben, "--reason", "her brother's")
        self.assertEqual([[hearing["ref"] for hearing in self.show(child)["hearings"]] for child in (anna, ben)], [["R3"], []])
        self.feed(self.file("not.csv", heading + "w3,2024-05-11T10:00:00Z,withdrawn,2024-05-11,,S12000901,A1,w1\n"))
        self.assertEqual([[hearing["ref"] for hearing in self.show(child)["hearings"]] for child in (anna, ben)], [["R3"], ["R1"]])
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])

    def test_a_source_has_an_identity_of_its_own(self):
        again = self.add_court("--states", "hearing_set,hearing_held", "--silent-after", "7")
        self.assertEqual(again["identity"], f"court@{COURT}")
        answer = self.feed(self.csv("e1,2024-05-01T10:00:00Z,order_made,2024-05-01,R1,S12000901,A1,,CSO,"), code=1)
        self.assertEqual(answer["receipts"][0]["reason"], "KIND_NOT_STATED")
        code, _ = self.holdfast.ended("source", "add", NORTH, "--kind", "court", "--nation", "scotland", "--covers", NORTH)
        self.assertEqual(code, 2)
        code, _ = self.holdfast.ended("source", "add", "x", "--kind", "bank", "--nation", "scotland", "--covers", NORTH)
        self.assertEqual(code, 2)
        code, printed = self.holdfast.ended("feed", self.csv(), "--source", "nobody")
        self.assertEqual((code, printed["error"]["reason"]), (4, "NO_IDENTITY"))

    def test_the_journal_is_sound_with_a_feed_in_it(self):
        self.register("A1")
        self.feed(self.csv("e1,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000901,A1,,,",
                           "e2,2024-05-01T10:00:00Z,hearing_held,2024-05-01,R1,S12000901,A2,,,",
                           "e3,2024-05-03T10:00:00Z,covered,2024-05-02,,,,,,"), code=1)
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])
        self.holdfast.run("down")
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])
        dump = subprocess.run([HOLDFAST, *self.holdfast.folders, "journal", "dump", "--service", "proceedings"],
                              capture_output=True, text=True, check=True).stdout
        self.assertGreater(len(dump.splitlines()), 3)
        self.holdfast.run("up", "--detach")
        status = self.holdfast.run("status")
        self.assertIn("proceedings", json.dumps(status))


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
