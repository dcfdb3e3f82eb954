"""Meetings of several children and sibling groups through the real program: what each child states of them, exactly once.

Usage: meeting_test.py HOLDFAST_BINARY
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

from program import Deployment

HOLDFAST = ""
NORTH = "E06000901"
SOUTH = "S12000901"


def new_command_id():
    """A UUIDv7 of now."""
    random = os.urandom(10)
    made = (time.time_ns() // 1_000_000).to_bytes(6, "big") + random
    return str(uuid.UUID(bytes=made[:6] + bytes([0x70 | made[6] & 0x0F, made[7], 0x80 | made[8] & 0x3F]) + made[9:]))


class Meetings(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-meeting-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, "2026-06-01")
        for code in (NORTH, SOUTH):
            cls.holdfast.run("authority", "add", code, "--name", "Council " + code)
        cls.children = 0

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def setUp(self):
        self.ann, self.ben = self.register(), self.register()

    def register(self, authority=NORTH):
        Meetings.children += 1
        return self.holdfast.run("case", "register", "--authority", authority, "--local-id", f"M{Meetings.children}", "--born",
                                 "2018-01-01")["child"]

    def show(self, child, authority=NORTH):
        return self.holdfast.run("case", "show", "--authority", authority, "--child", child)

    def meeting(self, *words):
        return self.holdfast.run("meeting", *words, "--authority", NORTH)["meeting"]

    def refusal(self, *words, authority=NORTH):
        code, printed = self.holdfast.ended(*words, "--authority", authority)
        return code, printed.get("error", {}).get("reason")

    def reviews(self, child):
        return [(review["on"], review["code"]) for review in self.show(child)["reviews"]]

    def test_a_review_of_two_children_is_a_review_of_each_until_it_is_corrected_and_withdrawn(self):
        meeting = self.meeting("hold", "--kind", "review", "--on", "2026-05-12", "--child", f"{self.ann}=PN1", "--child", self.ben)
        self.assertEqual(self.reviews(self.ann), [("2026-05-12", "PN1")])
        self.assertEqual(self.reviews(self.ben), [("2026-05-12", "")])
        self.assertEqual(self.show(self.ann)["meetings"],
                         [{"meeting": meeting, "kind": "review", "on": "2026-05-12", "state": "held"}])
        entry = self.show(self.ann)["reviews"][0]["entry"]
        self.meeting("correct", meeting, "--on", "2026-05-13", "--reason", "the minute says so")
        self.assertEqual(self.reviews(self.ann), [("2026-05-13", "PN1")])
        self.assertEqual(self.show(self.ann)["reviews"][0]["entry"], entry)
        self.meeting("withdraw", meeting, "--reason", "another team's")
        for child in (self.ann, self.ben):
            self.assertEqual((self.reviews(child), self.show(child)["meetings"]), ([], []))

    def test_a_planned_meeting_is_shown_and_states_nothing_until_it_is_held(self):
        meeting = self.meeting("plan", "panel", "--on", "2026-05-20", "--time", "14:00", "--child", self.ann, "--chair",
                               "independent_chair", "--chair-independent", "yes", "--invited", "carer,advocate", "--place",
                               "the library")
        self.assertEqual([m["state"] for m in self.show(self.ann)["meetings"]], ["planned"])
        self.assertEqual(self.show(self.ann)["gates"], [])
        self.meeting("hold", meeting, "--on", "2026-05-21", "--child", f"{self.ann}=adoption", "--came", "carer", "--notes",
                     "they agreed", "--decision", f"what=plan,code=adoption,child={self.ann},by=social_worker,due=2026-07-01")
        case = self.show(self.ann)
        self.assertEqual([(plan["route"], plan["since"]) for plan in case["plans"]], [("adoption", "2026-05-21")])
        self.assertEqual([(m["on"], m["state"]) for m in case["meetings"]], [("2026-05-21", "held")])
        shown = self.holdfast.run("meeting", "show", meeting, "--authority", NORTH)
        self.assertEqual((shown["planned"], shown["time"], shown["held"], shown["chair"], shown["chair_independent"]),
                         ("2026-05-20", "14:00", "2026-05-21", "independent_chair", True))
        self.assertEqual((shown["invited"], shown["came"], shown["place"], shown["notes"], shown["told"]),
                         (["carer", "advocate"], ["carer"], "the library", "they agreed", True))
        self.assertEqual(shown["decisions"], [{"child": self.ann, "what": "plan", "code": "adoption", "by": "social_worker",
                                               "due": "2026-07-01"}])
        reads = self.holdfast.run("audit", "--child", self.ann)["reads"]
        self.assertIn(["meeting", "notes", "place"], [sorted(read["fields"]) for read in reads])

    def test_a_hearing_is_set_for_a_day_ahead_and_then_cancelled_or_held(self):
        ahead = self.meeting("plan", "hearing", "--on", "2026-06-20", "--child", self.ann, "--child", self.ben)
        hearings = lambda child: [(h["on"], h["state"]) for h in self.show(child)["hearings"]]
        self.assertEqual(hearings(self.ann), [("2026-06-20", "planned")])
        self.meeting("cancel", ahead, "--reason", "no interpreter")
        self.assertEqual(hearings(self.ben), [("2026-06-20", "cancelled")])
        self.meeting("hold", ahead, "--on", "2026-05-30")
        self.assertEqual(hearings(self.ben), [("2026-05-30", "held")])

    def test_a_child_named_by_mistake_is_taken_from_it(self):
        meeting = self.meeting("hold", "--kind", "review", "--on", "2026-05-12", "--child", self.ann)
        self.meeting("correct", meeting, "--child", self.ben, "--reason", "it was his review")
        self.assertEqual((self.reviews(self.ann), self.show(self.ann)["meetings"]), ([], []))
        self.assertEqual(self.reviews(self.ben), [("2026-05-12", "")])

    def test_the_same_command_sent_again_is_done_once(self):
        words = ["hold", "--kind", "review", "--on", "2026-05-12", "--child", self.ann, "--command-id", new_command_id()]
        self.assertEqual(self.meeting(*words), self.meeting(*words))
        self.assertEqual(self.reviews(self.ann), [("2026-05-12", "")])

    def test_what_is_wrong_is_refused_by_its_rule(self):
        hold = ("meeting", "hold", "--kind", "review", "--on")
        self.assertEqual(self.refusal(*hold, "2026-06-02", "--child", self.ann), (2, "FUTURE_DAY"))
        self.assertEqual(self.refusal(*hold, "2017-01-01", "--child", self.ann), (2, "BEFORE_BIRTH"))
        self.assertEqual(self.refusal(*hold, "2026-05-12"), (2, "NO_CHILDREN"))
        self.assertEqual(self.refusal(*hold, "2026-05-12", "--child", f"{self.ann}=XX"), (2, "NO_SUCH_CODE"))
        self.assertEqual(self.refusal(*hold, "2026-05-12", "--child", self.ann, "--chair", "judge"), (2, "NO_SUCH_PART"))
        foreign = self.register(SOUTH)
        of_two = self.holdfast.ended(*hold, "2026-05-12", "--child", self.ann, "--child", foreign, "--authority", NORTH)
        of_none = self.holdfast.ended(*hold, "2026-05-12", "--child", self.ann, "--child", "0" * 32, "--authority", NORTH)
        self.assertEqual((of_two, of_two[0]), (of_none, 4))
        self.assertEqual(self.reviews(self.ann), [])
        meeting = self.meeting(*hold[1:], "2026-05-12", "--child", self.ann)
        self.assertEqual(self.refusal("meeting", "cancel", meeting, "--reason", "r"), (2, "MEETING_HELD"))
        self.assertEqual(self.refusal("meeting", "show", meeting, authority=SOUTH)[0], 4)
        self.assertEqual(self.refusal("case", "record", "review", "--child", meeting, "--on", "2026-05-12")[0], 4)

    def test_those_who_review_read_meetings_and_state_none(self):
        meeting = self.meeting("hold", "--kind", "core_group", "--on", "2026-05-12", "--child", self.ann)
        listed = self.holdfast.run("--as", f"reviewing_officer@{NORTH}", "meeting", "list", "--state", "held")["meetings"]
        self.assertIn({"meeting": meeting, "kind": "core_group", "on": "2026-05-12", "state": "held"}, listed)
        code, _ = self.holdfast.ended("--as", f"reviewing_officer@{NORTH}", "meeting", "cancel", meeting, "--reason", "r")
        self.assertNotEqual(code, 0)

    def test_siblings_of_two_authorities_know_of_each_other_and_of_what_was_decided(self):
        far = self.register(SOUTH)
        siblings = lambda *words, authority: self.holdfast.run("siblings", *words, "--authority", authority)
        group = siblings("create", authority=NORTH)["group"]
        siblings("join", group, "--child", self.ann, authority=NORTH)
        siblings("join", group, "--child", far, authority=SOUTH)
        both = [{"child": self.ann, "authority": NORTH}, {"child": far, "authority": SOUTH}]
        decided = ("decide", group, "apart", "--on", "2026-05-10", "--review", "2026-11-10", "--reason", "no home takes two")
        self.assertEqual(siblings(*decided, authority=NORTH)["result"], "accepted")
        self.assertEqual(siblings(*decided, authority=NORTH)["result"], "unchanged")
        for child, authority in ((self.ann, NORTH), (far, SOUTH)):
            self.assertEqual(self.show(child, authority)["siblings"],
                             [{"group": group, "decision": "apart", "on": "2026-05-10", "review": "2026-11-10", "children": both}])
        self.assertEqual(siblings("show", group, authority=NORTH)["decisions"][0]["reason"], "no home takes two")
        self.assertEqual(siblings("show", group, authority=SOUTH)["decisions"][0]["reason"], None)
        self.assertEqual(self.refusal("siblings", "join", group, "--child", far)[0], 4)
        self.assertEqual(self.refusal("siblings", "leave", group, "--child", far)[0], 4)
        siblings("leave", group, "--child", far, authority=SOUTH)
        self.assertEqual(self.show(far, SOUTH)["siblings"], [])
        self.assertEqual(self.show(self.ann)["siblings"][0]["children"], both[:1])
        self.assertEqual(self.refusal("siblings", "show", group, authority=SOUTH)[0], 4)

    def calendar(self, child, authority=NORTH):
        return self.holdfast.run("case", "calendar", "--authority", authority, "--child", child)["items"]

    def test_a_planned_meeting_stands_in_each_calendar_until_it_was_held(self):
        meeting = self.meeting("plan", "review", "--on", "2026-06-20", "--child", self.ann, "--child", self.ben)
        self.meeting("plan", "panel", "--on", "2026-06-21", "--child", self.ann)
        planned = lambda child: [(item["on"], item["what"], item["state"]) for item in self.calendar(child)]
        self.assertEqual(planned(self.ann), [("2026-06-20", "review", "planned"), ("2026-06-21", "meeting", "planned")])
        self.assertEqual(planned(self.ben), [("2026-06-20", "review", "planned")])
        entry = self.calendar(self.ben)[0]["entry"]
        self.meeting("correct", meeting, "--planned", "2026-06-22", "--reason", "no room")
        self.assertEqual([(item["on"], item["entry"]) for item in self.calendar(self.ben)], [("2026-06-22", entry)])
        self.meeting("hold", meeting, "--on", "2026-05-29")
        self.assertEqual(self.calendar(self.ben), [])

    def test_the_review_of_a_decision_about_siblings_is_due_for_each_child_until_it_is_decided_anew(self):
        far = self.register(SOUTH)
        group = self.holdfast.run("siblings", "create", "--authority", NORTH)["group"]
        for child, authority in ((self.ann, NORTH), (far, SOUTH)):
            self.holdfast.run("siblings", "join", group, "--child", child, "--authority", authority)
        decide = ("siblings", "decide", group, "--authority", NORTH, "--reason", "r")
        self.holdfast.run(*decide, "apart", "--on", "2026-05-10", "--review", "2026-05-20")
        alerts = lambda child, authority: [
            (alert["clock"], alert["due"], alert["state"], alert["confidence"])
            for alert in self.holdfast.run("alerts", "list", "--authority", authority)["alerts"] if alert["child"] == child]
        for child, authority in ((self.ann, NORTH), (far, SOUTH)):
            self.assertEqual(alerts(child, authority), [("sibling-decision-review", "2026-05-20", "overdue", "K")])
            item, = self.calendar(child, authority)
            self.assertEqual((item["on"], item["what"], item["clock"], item["state"], item["source"]),
                             ("2026-05-20", "review", "sibling-decision-review", "overdue", "Holdfast's own aim"))
        self.holdfast.run(*decide, "together", "--on", "2026-05-25", "--review", "2026-06-25")
        self.assertEqual(alerts(self.ann, NORTH), [("sibling-decision-review", "2026-06-25", "upcoming", "K")])
        self.holdfast.run(*decide, "apart", "--on", "2026-05-30")
        for child, authority in ((self.ann, NORTH), (far, SOUTH)):
            self.assertEqual(alerts(child, authority), [("sibling-decision-review", "2026-05-30", "overdue", "K")])
        self.holdfast.run(*decide, "apart", "--on", "2026-05-30", "--review", "2026-11-30")
        self.assertEqual(alerts(self.ann, NORTH), [])
        self.holdfast.run("siblings", "leave", group, "--child", far, "--authority", SOUTH)
        self.assertEqual((alerts(far, SOUTH), self.calendar(far, SOUTH)), ([], []))

    def test_the_list_has_pages(self):
        third = "E06000903"
        self.holdfast.run("authority", "add", third, "--name", "Third")
        child = self.register(third)
        stated = [self.holdfast.run("meeting", "hold", "--kind", "core_group", "--on", f"2026-05-{day:02}", "--child", child,
                                    "--authority", third)["meeting"] for day in (12, 10, 11, 10, 14)]
        listed, page = [], []
        while True:
            answer = self.holdfast.run("meeting", "list", "--authority", third, "--limit", "2", *page)
            self.assertLessEqual(len(answer["meetings"]), 2)
            listed += [(meeting["on"], meeting["meeting"]) for meeting in answer["meetings"]]
            if answer["next_page"] is None:
                break
            page = ["--page", answer["next_page"]]
        self.assertEqual(listed, sorted(listed))
        self.assertEqual({meeting for _, meeting in listed}, set(stated))
        self.assertEqual(len(listed), 5)
        whole = self.holdfast.run("meeting", "list", "--authority", third)
        self.assertEqual((len(whole["meetings"]), whole["next_page"]), (5, None))
        code, printed = self.holdfast.ended("meeting", "list", "--authority", third, "--page", "soon")
        self.assertEqual((code, printed["error"]["reason"]), (2, "PAGE_UNKNOWN"))

    def test_a_kill_in_the_middle_leaves_each_child_with_each_meeting_once(self):
        children = [self.ann, self.ben, *(self.register() for _ in range(8))]
        words = ["meeting", "hold", "--kind", "review", "--on", "2026-05-12", "--authority", NORTH, "--command-id",
                 new_command_id()]
        for child in children:
            words += ["--child", child]
        run = pathlib.Path(self.folder.name) / "data" / "run.json"
        pid = json.loads(run.read_text())["pid"]
        client = subprocess.Popen([HOLDFAST, *self.holdfast.folders, "--json", *words], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        time.sleep(0.06)
        os.kill(pid, signal.SIGKILL)
        while self.holdfast.ended("status")[0] != 5:
            time.sleep(0.05)
        self.holdfast.run("up", "--detach")
        client.wait(timeout=60)  # it has gone on trying, or given up
        self.holdfast.run(*words)
        for child in children:
            self.assertEqual(self.reviews(child), [("2026-05-12", "")])
            self.assertEqual(len(self.show(child)["meetings"]), 1)
        self.assertTrue(self.holdfast.run("journal", "verify")["ok"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
