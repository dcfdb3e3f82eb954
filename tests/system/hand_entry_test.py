"""What a team states by hand, through the real program: every kind of fact, corrections, withdrawals, and a return of the same.

Usage: hand_entry_test.py HOLDFAST_BINARY
"""

import json
import pathlib
import sys
import tempfile
import time
import unittest
import uuid

from imports_test import COLUMNS, without_ids
from program import Deployment

HOLDFAST = ""
DAY = "2026-06-01"


class HandEntry(unittest.TestCase):
    maxDiff = None
    authorities = 0

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-hand-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, DAY)

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def setUp(self):
        self.authority = self.new_authority()

    def new_authority(self):
        HandEntry.authorities += 1
        code = f"E060008{HandEntry.authorities:02}"
        self.holdfast.run("authority", "add", code, "--name", "Northshire")
        return code

    def register(self, authority=None):
        return self.holdfast.run("case", "register", "--authority", authority or self.authority, "--local-id", "A", "--born",
                                 "2019-05-04", "--name", "Sam")["child"]

    def record(self, child, kind, on, code=None, *options, authority=None):
        coded = ["--code", code] if code else []
        return self.holdfast.run("case", "record", kind, "--authority", authority or self.authority, "--child", child, "--on", on,
                                 *coded, *options)

    def refusal(self, *arguments):
        code, printed = self.holdfast.ended(*arguments, "--authority", self.authority)
        return code, printed.get("error", {}).get("reason")

    def show(self, authority=None):
        return self.holdfast.run("case", "show", "--local-id", "A", "--authority", authority or self.authority)

    def take_return(self, authority, year="2026", **tables):
        folder = pathlib.Path(self.folder.name) / f"{authority}-{year}"
        folder.mkdir(exist_ok=True)
        for table, lines in tables.items():
            (folder / f"{table}.csv").write_text("\n".join([COLUMNS[table], *lines, ""]))
        return self.holdfast.run("import", "ssda903", folder, "--authority", authority, "--year-ending", f"{year}-03-31")

    # Statements

    def test_every_kind_of_fact_is_shown_where_it_belongs(self):
        child = self.register()
        stated = [("care_start", "2025-04-07", None), ("legal_status", "2025-04-07", "C2"), ("placement_start", "2025-04-07", "U6"),
                  ("review", "2025-04-28", "PN1"), ("missing_start", "2025-05-01", "M"), ("missing_end", "2025-05-03", None),
                  ("placement_end", "2025-06-01", "CARPL"), ("placement_start", "2025-06-01", "K2"),
                  ("agency_decision", "2025-07-01", None), ("register_referral", "2025-07-10", None), ("match", "2025-08-01", None),
                  ("order", "2025-08-15", "PLACEMENT"), ("placed_for_adoption", "2025-09-01", "A4"),
                  ("decision_reversed", "2025-12-01", "RD1"), ("care_end", "2026-01-10", "E4A")]
        for kind, on, code in stated:
            with self.subTest(kind=kind):
                answer = self.record(child, kind, on, code)
                self.assertEqual((answer["child"], answer["result"]), (child, "accepted"))
                self.assertEqual(len(answer["fact"]), 32)
                self.assertEqual(len(answer["entry"]), 32)
                self.assertTrue(answer["positions"])
                self.assertEqual(self.record(child, kind, on, code)["result"], "unchanged")
        shown = without_ids(self.show())
        self.assertEqual(shown["personal"], {"local_id": "A", "name": "Sam", "born": "2019-05-04"})
        self.assertEqual(shown["care_periods"], [
            {"start": "2025-04-07", "start_known": True, "end": "2026-01-10", "reason": "E4A", "status": "stated",
             "not_known_since": None, "placements": [
                 {"start": "2025-04-07", "start_known": True, "end": "2025-06-01", "place": "U6"},
                 {"start": "2025-06-01", "start_known": True, "end": "2026-01-10", "place": "K2"}]}])
        self.assertEqual(shown["legal_statuses"], [{"code": "C2", "start": "2025-04-07", "start_known": True, "end": "2026-01-10"}])
        self.assertEqual(shown["reviews"], [{"on": "2025-04-28", "code": "PN1", "in_care": True}])
        self.assertEqual(shown["missing"], [{"start": "2025-05-01", "end": "2025-05-03", "code": "M"}])
        self.assertEqual(shown["adoption"], {"decision": "2025-07-01", "match": "2025-08-01", "placement_order": "2025-08-15",
                                             "placed": "2025-09-01"})
        self.assertEqual(shown["orders"], [{"code": "PLACEMENT", "on": "2025-08-15", "disputed": False, "until": None, "ended": None,
                                            "in_force": True}])
        self.assertEqual(shown["discrepancies"], [])

    def test_a_fact_is_corrected_and_withdrawn_and_keeps_its_entry(self):
        child = self.register()
        first = self.record(child, "care_start", "2026-04-07")
        clocks = self.alerts(self.authority)
        corrected = self.holdfast.run("case", "correct", first["fact"], "--authority", self.authority, "--on", "2026-04-02", "--reason",
                                      "typed the wrong day")
        self.assertEqual((corrected["fact"], corrected["entry"], corrected["result"]), (first["fact"], first["entry"], "accepted"))
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-04-02"])
        later = self.alerts(self.authority)
        self.assertEqual([(alert["id"], alert["entry"]) for alert in later], [(alert["id"], alert["entry"]) for alert in clocks])
        self.assertNotEqual([alert["due"] for alert in later], [alert["due"] for alert in clocks])
        again = self.holdfast.run("case", "correct", first["fact"], "--authority", self.authority, "--on", "2026-04-03", "--reason", "no")
        self.assertEqual(again["entry"], first["entry"])
        withdrawn = self.holdfast.run("case", "withdraw", first["fact"], "--authority", self.authority, "--reason", "another child")
        self.assertEqual(withdrawn["result"], "accepted")
        self.assertEqual(self.show()["care_periods"], [])
        self.assertEqual(self.refusal("case", "correct", first["fact"], "--on", "2026-04-03", "--reason", "x"),
                         (4, "NOT_FOUND_OR_NOT_ALLOWED"))
        anew = self.record(child, "care_start", "2026-04-07")
        self.assertNotEqual(anew["fact"], first["fact"])

    def test_a_statement_that_cannot_be_is_refused(self):
        child = self.register()
        record = ["case", "record", "--child", child]
        self.assertEqual(self.refusal(*record, "review", "--on", "2026-06-02"), (2, "FUTURE_DAY"))
        self.assertEqual(self.refusal(*record, "review", "--on", "2019-05-03"), (2, "BEFORE_BIRTH"))
        self.assertEqual(self.refusal(*record, "review", "--on", "2026-04-02", "--code", "PN9"), (2, "NO_SUCH_CODE"))
        self.assertEqual(self.refusal(*record, "placement_start", "--on", "2026-04-02"), (2, "NEEDS_CODE"))
        self.assertEqual(self.refusal(*record, "care_end", "--on", "2026-04-02"), (2, "NOTHING_OPEN"))
        self.assertEqual(self.refusal(*record, "dance", "--on", "2026-04-02"), (2, "USAGE"))
        self.assertEqual(self.refusal(*record, "review", "--on", "2026-04-02", "--entry", "0" * 32), (2, "UNKNOWN_ENTRY"))
        self.assertEqual(self.refusal("case", "correct", "0" * 32, "--on", "2026-04-02", "--reason", "x")[0], 4)
        self.assertEqual(self.refusal("case", "record", "--child", "0" * 32, "review", "--on", "2026-04-02")[0], 4)

    def at_fault(self, *arguments):
        """(option, rule) of a refusal; its message names the option, or a part that has no dashes."""
        code, printed = self.holdfast.ended(*arguments)
        self.assertEqual(code, 2, printed)
        error = printed["error"]
        for option in (error["where"]["field"] or "").split(", "):
            if option.startswith("--"):
                self.assertIn(option, error["message"])
        return error["where"]["field"], error["where"]["rule"]

    def test_a_refusal_names_the_option_and_the_rule(self):
        child = self.register()
        start = self.record(child, "care_start", "2026-04-07")
        of = ["--authority", self.authority]
        record = ["case", "record", *of, "--child", child]
        state = ["policy", "state", *of, "--from", "2026-04-01", "--reason", "r"]
        source = ["source", "add", "court-x", "--kind", "court", "--nation", "england"]
        meeting = ["meeting", "hold", *of, "--kind", "review", "--on"]
        group = self.holdfast.run("siblings", "create", *of)["group"]
        self.holdfast.run("siblings", "join", group, "--child", child, *of)
        alert = self.alerts(self.authority)[0]["id"]
        snooze = ["alerts", "snooze", alert, *of, "--reason", "r", "--until"]
        resolve = ["discrepancies", "resolve", *of, "--reason", "r"]
        for words, field, rule in [
                ([*record, "review", "--on", "2026-06-02"], "--on", "FUTURE_DAY"),
                ([*record, "review", "--on", "2026-04-02", "--code", "PN9"], "--code", "NO_SUCH_CODE"),
                ([*record, "view", "--on", "2026-04-02", "--by", "judge"], "--by", "NO_SUCH_CODE"),
                ([*record, "placement_start", "--on", "2026-04-08"], "--code", "NEEDS_CODE"),
                ([*record, "review", "--on", "2026-04-02", "--entry", "0" * 32], "--entry", "UNKNOWN_ENTRY"),
                ([*record, "review", "--on", "2026-04-02", "--until", "2026-04-03"], "--until", "NO_UNTIL"),
                ([*record, "review", "--on", "2026-04-02", "--parallel"], "--parallel", "NO_PARALLEL"),
                ([*record, "missing_end", "--on", "2026-04-02"], "--on", "NOTHING_OPEN"),
                ([*record, "agreement", "--on", "2026-05-01", "--party", "mother", "--review", "2026-04-01"], "--review",
                 "REVIEW_BEFORE_DAY"),
                ([*record, "session", "--on", "2026-05-01", "--party", "mother", "--purpose", "assess_return"], "--purpose",
                 "FOREIGN_FIELD"),
                ([*record, "session", "--on", "2026-05-01", "--party", "judge"], "--party", "NO_SUCH_PARTY"),
                ([*record, "review", "--on", "soon"], "--on", None),
                ([*record, "review"], "--on", None),
                ([*record, "dance", "--on", "2026-04-02"], "kind", None),
                ([*record, "review", "--on", "2026-04-02", "--colour", "red"], "--colour", None),
                (["case", "record", *of, "review", "--child", "zz", "--on", "2026-04-02"], "--child", None),
                (["case", "register", *of, "--local-id", "B", "--born", "2030-01-01"], "--born", "FUTURE_DAY"),
                (["case", "correct", start["fact"], *of, "--on", "2030-01-01", "--reason", "r"], "--on", "FUTURE_DAY"),
                (["case", "correct", "zz", *of, "--on", "2026-04-02", "--reason", "r"], "fact", None),
                (["case", "withdraw", start["fact"], *of], "--reason", None),
                ([*meeting, "2026-06-02", "--child", child], "--on", "FUTURE_DAY"),
                ([*meeting, "2026-05-12", "--child", f"{child}=XX"], "--child", "NO_SUCH_CODE"),
                ([*meeting, "2026-05-12", "--child", child, "--time", "25:61"], "--time", "NO_SUCH_TIME"),
                ([*meeting, "2026-05-12", "--child", child, "--came", "judge"], "--came", "NO_SUCH_PART"),
                ([*meeting, "2026-05-12"], "--child", "NO_CHILDREN"),
                (["siblings", "decide", group, "apart", *of, "--on", "2026-05-12", "--reason", "r", "--review", "2026-05-01"],
                 "--review", "REVIEW_BEFORE_DAY"),
                (["siblings", "decide", group, "apart", *of, "--on", "2026-05-12", "--reason", "r"], "--child", "FEW_SIBLINGS"),
                ([*state, "eng-review-1", "--limit", "18mo"], "clock", "NOT_AN_AIM"),
                (["aim", "list", "pace-aim-9", *of], "clock", "UNKNOWN_CLOCK"),
                (["authority", "add", self.authority, "--name", "Elsewhere"], "--name", "NAME_DIFFERS"),
                (["authority", "add", "E06999999", "--name", " "], "--name", "NO_NAME"),
                ([*state, "pace-aim-1", "--limit", "soon"], "--limit", "LIMIT"),
                ([*state, "pace-aim-1", "--limit", "18mo", "--lead", "5000"], "--lead", "LEAD"),
                ([*source, "--covers", "??"], "--covers", "NOT_A_CODE"),
                ([*source, "--covers", self.authority, "--states", "dance"], "--states", None),
                ([*source, "--covers", self.authority, "--states", "grounds"], "--states", "KIND_NOT_THERE"),
                ([*snooze, "2026-05-01"], "--until", "END_NOT_AHEAD"),
                ([*snooze, "soon"], "--until", None),
                ([*resolve, "zz", "--same"], "id", None)]:
            with self.subTest(words=words[:3], field=field, rule=rule):
                self.assertEqual(self.at_fault(*words), (field, rule))

    def test_a_command_sent_twice_is_done_once_and_its_id_is_of_that_command_alone(self):
        child = self.register()
        same = ["--command-id", str(uuid_v7())]
        first = self.record(child, "care_start", "2026-04-07", None, *same)
        self.record(child, "review", "2026-04-20", "PN1")
        self.assertEqual(self.record(child, "care_start", "2026-04-07", None, *same), first)
        code, reason = self.refusal("case", "record", "care_start", "--child", child, "--on", "2026-04-08", *same)
        self.assertEqual(code, 2, reason)
        self.assertEqual([period["start"] for period in self.show()["care_periods"]], ["2026-04-07"])

    def test_what_is_before_a_court_is_stated_by_hand(self):
        child = self.register()
        self.record(child, "order", "2026-04-01", "CARE", "--until", "2026-09-30")
        self.record(child, "hearing", "2026-05-20", None, "--state", "planned")
        self.record(child, "application", "2026-03-02", "PLACEMENT")
        shown = without_ids(self.show())
        self.assertEqual(shown["nation"], "england")
        self.assertEqual(shown["orders"], [{"code": "CARE", "on": "2026-04-01", "disputed": False, "until": "2026-09-30", "ended": None,
                                            "in_force": True}])
        self.assertEqual(shown["hearings"], [{"on": "2026-05-20", "state": "planned", "ref": None}])
        self.assertEqual(shown["applications"], [{"code": "PLACEMENT", "lodged": "2026-03-02", "issued": None, "until": None,
                                                  "disposed": None}])
        record = ["case", "record", "--child", child]
        self.assertEqual(self.refusal(*record, "order", "--on", "2026-04-02", "--code", "CSO"), (2, "NO_SUCH_CODE"))
        self.assertEqual(self.refusal(*record, "review", "--on", "2026-04-02", "--until", "2026-04-03"), (2, "NO_UNTIL"))
        self.assertEqual(self.refusal(*record, "order", "--on", "2026-04-02", "--code", "CARE", "--until", "2026-04-01"),
                         (2, "UNTIL_BEFORE_DAY"))
        self.assertEqual(self.refusal(*record, "hearing", "--on", "2026-06-02", "--state", "held"), (2, "FUTURE_DAY"))

    def test_what_was_recorded_by_hand_ends_by_hand(self):
        self.holdfast.run("authority", "live", self.authority, "--from", "2019-01-01")
        child = self.register()
        self.record(child, "application", "2025-10-20", "CARE")
        self.record(child, "application_issued", "2025-10-24")
        due = {alert["clock"]: alert["due"] for alert in self.alerts(self.authority)}
        self.assertEqual(due, {"eng-care-26w": "2026-04-23"})
        extended = self.record(child, "application_extended", "2026-04-20", None, "--until", "2026-07-01")
        alert, = self.alerts(self.authority)
        self.assertEqual((alert["due"], alert["state"]), ("2026-07-01", "upcoming"))
        note = "extended to 2026-07-01, more than 56 days past the last permitted day of then, 2026-04-23"
        explained = self.holdfast.run("alerts", "explain", alert["id"], "--authority", self.authority)
        self.assertIn(note, json.dumps(explained))
        item, = self.holdfast.run("case", "calendar", "--child", child, "--authority", self.authority)["items"]
        self.assertTrue(item["why"].endswith(note), item)
        disposed = self.record(child, "application_disposed", "2026-05-20", "CARE")
        self.assertEqual(disposed["entry"], extended["entry"])
        self.assertEqual(self.alerts(self.authority), [])
        shown, = self.show()["applications"]
        self.assertEqual((shown["issued"], shown["until"], shown["disposed"]), ("2025-10-24", "2026-07-01", "2026-05-20"))
        self.assertEqual(self.refusal("case", "record", "application_disposed", "--child", child, "--on", "2026-05-21"),
                         (2, "NOTHING_OPEN"))
        self.record(child, "safeguarder", "2026-05-01")
        self.assertEqual(self.record(child, "safeguarder_reported", "2026-05-20")["result"], "accepted")
        self.record(child, "proof", "2026-05-01")
        self.assertEqual(self.record(child, "proof_determined", "2026-05-20")["result"], "accepted")

    def test_whoever_holds_the_next_step_is_told_by_papers_and_services(self):
        child = self.register()
        for kind, on, code in [("care_start", "2026-01-05", None), ("plan", "2026-01-06", "adoption"),
                               ("service_asked", "2026-01-10", "therapy"), ("service_started", "2026-02-01", "therapy"),
                               ("panel_papers", "2026-03-01", None), ("panel", "2026-03-20", "adoption"),
                               ("agency_decision", "2026-04-01", "adoption"), ("service_asked", "2026-04-10", "respite"),
                               ("service_refused", "2026-04-20", "respite")]:
            self.record(child, kind, on, code)
        holders = [(held["from"], held["body"]) for held in self.show()["holders"]]
        self.assertEqual(holders, [("2026-01-05", "social_work"), ("2026-01-10", "service"), ("2026-02-01", "social_work"),
                                   ("2026-03-01", "panel"), ("2026-03-20", "decision_maker"), ("2026-04-01", "social_work"),
                                   ("2026-04-10", "service"), ("2026-04-20", "social_work")])
        self.assertEqual(self.refusal("case", "record", "service_asked", "--child", child, "--on", "2026-04-10", "--code", "Dr X"),
                         (2, "NO_SUCH_CODE"))

    def test_the_three_aspects_and_the_sorts_of_plan_are_shown(self):
        child = self.register()
        self.assertEqual({at["state"] for at in self.show()["aspects"]}, {"not_known"})
        first = self.record(child, "permanence_aspect", "2026-01-05", "legal", "--state", "not_started")
        self.record(child, "permanence_aspect", "2026-02-05", "legal", "--state", "in_progress")
        self.record(child, "permanence_aspect", "2026-03-05", "legal", "--state", "in_progress")
        self.record(child, "permanence_aspect", "2026-03-05", "emotional", "--state", "reached")
        self.assertEqual(self.show()["aspects"], [
            {"aspect": "legal", "state": "in_progress", "since": "2026-02-05"},
            {"aspect": "physical", "state": "not_known", "since": None},
            {"aspect": "emotional", "state": "reached", "since": "2026-03-05"}])
        self.holdfast.run("case", "correct", first["fact"], "--authority", self.authority, "--state", "in_progress", "--reason", "it was")
        self.assertEqual(self.show()["aspects"][0]["since"], "2026-01-05")
        record = ["case", "record", "--child", child, "--on", "2026-03-06"]
        self.assertEqual(self.refusal(*record, "permanence_aspect", "--code", "legal"), (2, "NEEDS_STATE"))
        self.assertEqual(self.refusal(*record, "permanence_aspect", "--code", "legal", "--state", "soon"), (2, "NO_STATE"))
        self.assertEqual(self.refusal(*record, "review", "--state", "held"), (2, "USAGE"))
        self.record(child, "care_start", "2026-01-05")
        self.record(child, "recommendation", "2026-02-01", "adoption")
        self.record(child, "plan", "2026-02-02", "adoption")
        self.record(child, "plan", "2026-02-02", "long_term_foster", "--contingency")
        plans = without_ids(self.show())["plans"]
        self.assertEqual(plans, [
            {"route": "adoption", "parallel": False, "contingency": False, "since": "2026-02-02", "ended": None, "stage": "M2"},
            {"route": "long_term_foster", "parallel": False, "contingency": True, "since": "2026-02-02", "ended": None, "stage": "M1"}])
        self.assertEqual(self.show()["route"], "adoption")

    def test_a_child_is_found_by_name_and_day_of_birth(self):
        child = self.register()
        find = ["case", "find", "--authority", self.authority]
        self.assertEqual(self.holdfast.run(*find, "--name", "SAM", "--born", "2019-05-04"), {"children": [child]})
        self.assertEqual(self.holdfast.run(*find, "--name", "Sam", "--born", "2019-05-05"), {"children": []})
        self.assertEqual(self.holdfast.run("case", "find", "--authority", self.new_authority(), "--name", "Sam", "--born",
                                           "2019-05-04"), {"children": []})
        self.assertEqual(self.refusal("case", "find", "--name", "-", "--born", "2019-05-04"), (2, "NAME_NEEDED"))
        reads = self.holdfast.run("audit", "--child", child)["reads"]
        self.assertEqual([read["fields"] for read in reads], [["name", "born"]])

    # Beside a return

    def test_a_disagreement_is_listed_and_decided(self):
        self.take_return(self.authority, header=["A,1,04/05/2019,WBRI,,,"],
                         episodes=["A,07/04/2025,S,C2,N1,U6,PR1,,,,,,"], reviews=["A,,28/04/2025,PN1"])
        child = self.show()["child"]
        self.record(child, "review", "2025-04-28", "PN2")
        listed = self.holdfast.run("discrepancies", "list", "--authority", self.authority, "--state", "open")
        self.assertEqual(listed["counts"], {"differs": 1})
        differs, = listed["discrepancies"]
        self.assertEqual({key: differs[key] for key in ("child", "kind", "field", "counts", "state")},
                         {"child": child, "kind": "differs", "field": "code", "counts": f"record/{self.authority}", "state": "open"})
        self.assertEqual([(v["source"], v["value"]) for v in differs["versions"]],
                         [(f"record/{self.authority}", "PN2"), (f"ssda903/{self.authority}", "PN1")])
        item, = self.to_resolve(child)
        self.assertEqual((item["entry"], item["on"], item["state"], item["confidence"]), (differs["id"], differs["due"], "later", "K-low"))
        resolve = ["discrepancies", "resolve", differs["id"], "--reason", "read the minutes"]
        self.assertEqual(self.refusal(*resolve, "--same"), (2, "NO_PAIR"))
        self.assertEqual(self.refusal(*resolve, "--keep", "court"), (2, "NO_SUCH_VERSION"))
        self.assertEqual(self.refusal("discrepancies", "resolve", "0" * 32, "--same", "--reason", "x")[0], 4)
        self.assertEqual(self.holdfast.run(*resolve, "--authority", self.authority, "--keep", f"ssda903/{self.authority}")["result"], "accepted")
        self.assertEqual(self.show()["reviews"][0]["code"], "PN1")
        self.assertEqual(self.show()["discrepancies"], [])
        self.assertEqual(self.to_resolve(child), [])
        resolved, = self.holdfast.run("discrepancies", "list", "--authority", self.authority, "--state", "resolved")["discrepancies"]
        self.assertEqual((resolved["id"], resolved["counts"]), (differs["id"], f"ssda903/{self.authority}"))

    def test_a_returns_fact_is_not_corrected_but_its_entry_can_be_stated(self):
        self.take_return(self.authority, header=["A,1,04/05/2019,WBRI,,,"],
                         episodes=["A,05/04/2025,S,C2,N1,U6,PR1,,,,,,", "A,01/06/2025,P,C2,N1,K2,PR1,,,,,,"])
        shown = self.show()
        facts = shown["discrepancies"][0]["facts"]
        self.assertEqual(self.refusal("case", "correct", facts[0], "--on", "2025-04-06", "--reason", "x"), (2, "ANOTHER_SOURCES"))
        self.assertEqual(self.refusal("case", "withdraw", facts[0], "--reason", "x"), (2, "ANOTHER_SOURCES"))
        entry = shown["care_periods"][0]["entry"]
        own = self.record(shown["child"], "care_start", "2025-02-03", None, "--entry", entry)
        period, = self.show()["care_periods"]
        self.assertEqual(period["start"], "2025-02-03")
        self.assertEqual(own["entry"], period["entry"])
        differs, = [d for d in self.show()["discrepancies"] if d["kind"] == "differs"]
        self.assertIn(own["fact"], differs["facts"])

    def test_a_return_of_the_same_gives_one_entry_each_whichever_came_first(self):
        header = ["A,1,04/05/2019,WBRI,,,"]
        episodes = ["A,07/04/2025,S,C2,N1,U6,PR1,01/09/2025,X1,,,,", "A,01/09/2025,P,C2,N1,K2,PR1,,,,,,"]
        reviews = ["A,,28/04/2025,PN1", "A,,20/07/2025,PN1", "A,,05/01/2026,PN2"]

        def state(authority):
            child = self.register(authority)
            for kind, on, code in [("care_start", "2025-04-07", None), ("legal_status", "2025-04-07", "C2"),
                                   ("placement_start", "2025-04-07", "U6"), ("placement_end", "2025-09-01", None),
                                   ("placement_start", "2025-09-01", "K2"), ("review", "2025-04-28", "PN1"),
                                   ("review", "2025-07-20", "PN1"), ("review", "2026-01-05", "PN2")]:
                self.record(child, kind, on, code, authority=authority)

        before, after, team_only = self.authority, self.new_authority(), self.new_authority()
        self.take_return(before, header=header, episodes=episodes, reviews=reviews)
        state(before)
        state(after)
        seen = self.alerts(after)
        self.take_return(after, header=header, episodes=episodes, reviews=reviews)
        state(team_only)

        shown = [without_ids(self.show(authority)) for authority in (before, after, team_only)]
        for part in ("care_periods", "legal_statuses", "reviews", "adoption", "orders", "missing", "discrepancies"):
            self.assertEqual(shown[0][part], shown[1][part], part)
            self.assertEqual(shown[2][part], shown[1][part], part)
        self.assertEqual(len(shown[0]["reviews"]), 3)
        parts = ("clock", "state", "due", "not_known_since")
        alerts = [[tuple(alert[part] for part in parts) for alert in self.alerts(authority)] for authority in (before, after)]
        self.assertEqual(alerts[0], alerts[1])
        self.assertEqual(len(set(alerts[0])), len(alerts[0]), "no alert twice")
        self.assertLessEqual({alert["id"] for alert in seen}, {alert["id"] for alert in self.alerts(after)})

    def to_resolve(self, child):
        items = self.holdfast.run("case", "calendar", "--child", child, "--authority", self.authority)["items"]
        return [item for item in items if item["clock"] == "discrepancy-resolve"]

    def alerts(self, authority):
        listed = self.holdfast.run("alerts", "list", "--authority", authority)["alerts"]
        return sorted(listed, key=lambda alert: (alert["clock"], alert["due"] or "", alert["id"]))


def uuid_v7():
    random = uuid.uuid4().int
    milliseconds = int(time.time() * 1000)
    bits = milliseconds << 80 | random & (1 << 80) - 1
    return uuid.UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
