"""The erasure of a child's record through the real program: what nobody can read after it, and a kill between any two steps.

Usage: erase_test.py HOLDFAST_BINARY
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

from program import Deployment

HOLDFAST = ""
NORTH = "S12000901"
COURT = "sheriff-court-a"
HEADING = "event_id,sent_at,kind,on,ref,authority,local_id,case_ref,code,until"
# What is personal of the child that is erased; each is looked for in every answer.
CANARIES = ("Zuleika", "Quillfeather", "2015-03-29", "CANARY-LOCAL-1", "CANARY-REF", "canaryview", "canaryparty", "canarysnooze")
STEPS = ("erasure.before_keys_destroyed", "erasure.after_keys_destroyed", "erasure.after_key_made", "erasure.after_rewrap",
         "erasure.after_older_destroyed", "erasure.before_complete")


class Erasure(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-erase-")
        self.holdfast = Deployment(HOLDFAST, self.folder.name, "2024-06-01")
        self.holdfast.run("authority", "add", NORTH, "--name", "Northmere")
        self.holdfast.run("source", "add", COURT, "--kind", "court", "--nation", "scotland", "--covers", NORTH)
        self.child = self.register("CANARY-LOCAL-1", "Zuleika Quillfeather", "2015-03-29")
        self.other = self.register("L2", "Oona Kept", "2014-02-28")

    def tearDown(self):
        self.holdfast.ended("down")
        self.folder.cleanup()

    def register(self, local_id, name, born):
        return self.holdfast.run("case", "register", "--authority", NORTH, "--local-id", local_id, "--born", born, "--name", name,
                                 "--worker", "w1")["child"]

    def feed(self, *rows, code=0):
        path = pathlib.Path(self.folder.name) / "feed.csv"
        path.write_text("\n".join([HEADING, *rows, ""]))
        return self.holdfast.run("feed", path, "--source", COURT, accepted=(code,))

    def record(self, kind, on, *options, child=None):
        return self.holdfast.run("case", "record", kind, "--child", child or self.child, "--on", on, *options)

    def fill(self):
        self.record("care_start", "2024-01-05")
        self.record("care_start", "2024-01-06", child=self.other)
        self.record("view", "2024-02-01", "--by", "child", "--text", "canaryview")
        self.record("agreement", "2024-02-02", "--party", "mother", "--name", "canaryparty", "--frequency", "weekly")
        self.feed("e1,2024-05-01T10:00:00Z,order_made,2024-05-01,CANARY-REF-1,S12000901,CANARY-LOCAL-1,,CSO,2025-04-30",
                  "e2,2024-05-02T10:00:00Z,hearing_set,2024-06-20,CANARY-REF-2,S12000901,CANARY-LOCAL-1,,,",
                  "e3,2024-05-02T10:00:00Z,hearing_set,2024-06-20,KEPT-REF,S12000901,L2,,,")
        self.holdfast.run("meeting", "hold", "--kind", "review", "--on", "2024-05-03", "--child", self.child, "--child", self.other)
        alert = next(a["id"] for a in self.alerts(self.child))
        self.holdfast.run("alerts", "snooze", alert, "--until", "2024-06-05", "--reason", "canarysnooze")

    def alerts(self, child):
        return [a for a in self.holdfast.run("alerts", "list", "--authority", NORTH)["alerts"] if a["child"] == child]

    def erase(self, accepted=(0,), child=None, approver="b.second", reason="of the wrong person"):
        return self.holdfast.run("erase", "--child", child or self.child, "--reason", reason, "--approve", approver,
                                 accepted=accepted)

    def everything_read(self):
        """All that commands say of the child and of its authority."""
        commands = [("case", "show", "--child", self.child), ("case", "list", "--authority", NORTH),
                    ("case", "calendar", "--child", self.child), ("contact", "show", "--child", self.child),
                    ("contact", "pack", "--child", self.child), ("alerts", "list", "--authority", NORTH),
                    ("feed", "unmatched", "--source", COURT), ("meeting", "list", "--authority", NORTH),
                    ("discrepancies", "list", "--authority", NORTH),
                    ("case", "find", "--authority", NORTH, "--name", "Quillfeather", "--born", "2015-03-29"),
                    ("audit", "--child", self.child)]
        said = []
        for command in commands:
            code, printed = self.holdfast.ended(*command)
            said.append((command, code, json.dumps(printed)))
        return said

    def assert_unreadable(self):
        for command, _, text in self.everything_read():
            for canary in CANARIES:
                self.assertNotIn(canary, text, command)
        shown = self.holdfast.run("case", "show", "--child", self.child)
        self.assertTrue(shown["erased"])
        self.assertEqual(shown["personal"], {"local_id": "erased", "name": "erased", "born": "erased"})
        self.assertEqual([period["start"] for period in shown["care_periods"]], ["2024-01-05"])
        found = self.holdfast.run("case", "find", "--authority", NORTH, "--name", "Quillfeather", "--born", "2015-03-29")
        self.assertEqual(found["children"], [])
        self.assertEqual(self.alerts(self.child), [])

    def assert_other_is_whole(self):
        shown = self.holdfast.run("case", "show", "--child", self.other)
        self.assertNotIn("erased", shown)
        self.assertEqual(shown["personal"], {"local_id": "L2", "name": "Oona Kept", "born": "2014-02-28"})
        self.assertEqual([hearing["ref"] for hearing in shown["hearings"] if hearing["ref"]], ["KEPT-REF"])
        found = self.holdfast.run("case", "find", "--authority", NORTH, "--name", "Oona", "--born", "2014-02-28")
        self.assertEqual(found["children"], [self.other])

    def versions(self, folder, body):
        return sorted(path.name for path in pathlib.Path(self.folder.name, "keys", folder, body).iterdir())

    def pid(self):
        return json.loads(pathlib.Path(self.folder.name, "data", "run.json").read_text())["pid"]

    @staticmethod
    def wait_until_gone(pid):
        stat = pathlib.Path(f"/proc/{pid}/stat")
        while stat.exists() and "Z" not in stat.read_text().split()[2]:
            time.sleep(0.01)

    def kill(self):
        pid = self.pid()
        os.kill(pid, signal.SIGKILL)
        self.wait_until_gone(pid)

    def erase_until_it_is_killed(self, child):
        """The server ends itself on the way; who asked would wait for its answer until the end of its limit."""
        pid = self.pid()
        asked = subprocess.Popen([HOLDFAST, *self.holdfast.folders, "erase", "--child", child, "--reason", "why", "--approve", "b.second"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait_until_gone(pid)
        asked.kill()
        self.assertNotEqual(asked.wait(), 0)

    def start(self, crash_point=None):
        environment = {**os.environ, **({"HOLDFAST_CRASHPOINT": crash_point} if crash_point else {})}
        subprocess.run([HOLDFAST, *self.holdfast.folders, "up", "--detach"], check=True, capture_output=True, env=environment)

    def verified(self):
        return self.holdfast.run("journal", "verify")

    def test_nothing_personal_of_the_child_is_read_again_and_all_else_stays(self):
        self.fill()
        text = "".join(said for _, _, said in self.everything_read())
        for canary in CANARIES[:3]:
            self.assertIn(canary, text)
        figures = self.holdfast.run("national", "--authority", NORTH, "--year-ending", "2024-07-31", accepted=(0, 1))
        certificate = self.erase()
        self.assertTrue(certificate["complete"], certificate)
        self.assertEqual({step["instance"] for step in certificate["steps"]}, {"embedded"})
        self.assertEqual(len(certificate["out_of_reach"]), 3)
        self.assert_unreadable()
        self.assert_other_is_whole()
        self.assertEqual(self.versions("authority", NORTH), ["2"])
        self.assertEqual(self.versions("source", COURT), ["2"])
        again = self.holdfast.run("national", "--authority", NORTH, "--year-ending", "2024-07-31", accepted=(0, 1))
        self.assertEqual(again["measures"], figures["measures"])
        for _ in range(2):
            self.holdfast.run("down")
            self.assertTrue(self.verified()["ok"])
            self.start()
            self.assert_unreadable()
            self.assert_other_is_whole()
            self.assertEqual(self.erase(), certificate)

    def test_commands_rows_and_items_of_an_erased_child_are_refused(self):
        self.fill()
        self.erase()
        for command in (("case", "record", "review", "--child", self.child, "--on", "2024-05-20"),
                        ("case", "register", "--authority", NORTH, "--local-id", "CANARY-LOCAL-1", "--born", "2015-03-29"),
                        ("case", "record", "session", "--child", self.child, "--on", "2024-05-20", "--party", "mother", "--state",
                         "held")):
            code, printed = self.holdfast.ended(*command)
            self.assertEqual((code, printed["error"]["reason"]), (2, "ERASED"), command)
        again = self.feed("e1,2024-05-01T10:00:00Z,order_made,2024-05-01,CANARY-REF-1,S12000901,CANARY-LOCAL-1,,CSO,2025-04-30",
                          "e9,2024-05-09T10:00:00Z,hearing_set,2024-07-20,CANARY-REF-9,S12000901,CANARY-LOCAL-1,,,", code=1)
        self.assertEqual([(r["outcome"], r["reason"]) for r in again["receipts"]], [("refused", "ERASED")] * 2)
        again = self.feed("e9,2024-05-09T10:00:00Z,hearing_set,2024-07-20,CANARY-REF-9,S12000901,CANARY-LOCAL-1,,,", code=1)
        self.assertEqual([(r["outcome"], r["reason"]) for r in again["receipts"]], [("refused", "ERASED")])
        self.assert_unreadable()
        self.holdfast.run("down")
        self.assertTrue(self.verified()["ok"])

    def test_needs_a_reason_and_somebody_else(self):
        for options, reason in ((("--reason", " ", "--approve", "b.second"), "NO_REASON"),
                                (("--reason", "why", "--approve", " "), "NO_APPROVER"),
                                (("--reason", "why", "--approve", "operator"), "SAME_PERSON")):
            code, printed = self.holdfast.ended("erase", "--child", self.child, *options)
            self.assertEqual((code, printed["error"]["reason"]), (2, reason))
        code, printed = self.holdfast.ended("erase", "--child", "ab" * 16, "--reason", "why", "--approve", "b.second")
        self.assertEqual((code, printed["error"]["reason"]), (4, "NOT_FOUND_OR_NOT_ALLOWED"))
        code, printed = self.holdfast.ended("--as", f"worker@{NORTH}", "erase", "--child", self.child, "--reason", "why",
                                            "--approve", "b.second")
        self.assertEqual(code, 4, printed)
        self.assertNotIn("erased", self.holdfast.run("case", "show", "--child", self.child))

    def test_a_kill_between_two_steps_is_made_good_by_the_same_command_or_by_a_start_alone(self):
        self.fill()
        for number, step in enumerate(STEPS):
            with self.subTest(step=step):
                local_id = f"CANARY-LOCAL-{number + 10}"
                child = self.register(local_id, "Zuleika Quillfeather", "2015-03-29")
                self.feed(f"k{number},2024-05-01T10:00:00Z,order_made,2024-05-01,CANARY-REF-{number},S12000901,{local_id},,CSO,")
                self.holdfast.run("down")
                self.start(step)
                self.erase_until_it_is_killed(child)
                self.start()
                certificate = self.erase(child=child)
                self.assertTrue(certificate["complete"], certificate)
                self.assertEqual(certificate, self.erase(child=child, reason="another"))
                self.assertEqual(len(self.versions("authority", NORTH)), 1)
                self.assertEqual(self.holdfast.run("case", "show", "--child", child)["personal"]["name"], "erased")
                self.assert_other_is_whole()
        self.holdfast.run("down")
        self.assertTrue(self.verified()["ok"])
        self.start()
        self.assertTrue(self.erase()["complete"])
        self.kill()
        self.assertTrue(self.verified()["ok"])


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
