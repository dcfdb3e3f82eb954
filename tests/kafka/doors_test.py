"""Instances that run some of the services each, on a real Kafka: every one is a door to all of them.

Usage: doors_test.py HOLDFAST_BINARY TOOLS_KAFKA
HOLDFAST_TEST_KAFKA: the folder of a broker that `tools/kafka up` started.
"""

import json
import os
import pathlib
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HOLDFAST = ""
KAFKA = ""
NORTH = "E06000901"
PARTITIONS = 4
RECORD = ("cases", "proceedings", "contact")


def brokers():
    status = subprocess.run([KAFKA, "status", "--dir", os.environ["HOLDFAST_TEST_KAFKA"]], capture_output=True, text=True,
                            check=True)
    return json.loads(status.stdout)["bootstrap"]


class Instance:
    """One instance: a data folder of its own, and the deployment's keys."""

    def __init__(self, deployment, name):
        self.deployment = deployment
        self.data = deployment.folder / name

    def ended(self, *words, log=False):
        log_words = self.deployment.log_words if log else []
        done = subprocess.run([HOLDFAST, "--data", str(self.data), "--keys", str(self.deployment.keys), "--json", *log_words,
                               *map(str, words)], capture_output=True, text=True, check=False)
        printed = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {}

    def run(self, *words, log=False, accepted=(0,)):
        code, printed = self.ended(*words, log=log)
        if code not in accepted:
            raise AssertionError(f"holdfast {' '.join(map(str, words))} at {self.data.name}: exit {code}: {printed}")
        return printed

    def serve(self, services):
        return self.run("serve", services, "--session-timeout", 6, "--detach", log=True)

    def pid(self):
        return json.loads((self.data / "run.json").read_text())["pid"]

    def signal(self, number):
        os.kill(self.pid(), number)


class Doors(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="holdfast-doors-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.keys = cls.folder / "keys"
        cls.log_words = ["--log", f"kafka:{brokers()}", "--topic-prefix", f"doors-{secrets.token_hex(4)}"]
        subprocess.run([HOLDFAST, "--data", str(cls.folder / "operator"), "--keys", str(cls.keys), "init"], capture_output=True,
                       check=True)
        cls.record, cls.audit, cls.alerts, cls.figures = (Instance(cls, name) for name in ("record", "audit", "alerts", "figures"))
        cls.record.run("topics", "apply", "--partitions", PARTITIONS, "--replication", 1, "--min-in-sync", 1, "--clock", "manual",
                       "--day", "2026-06-01", log=True)
        cls.record.serve(",".join(RECORD))
        for instance in (cls.record, cls.audit, cls.alerts, cls.figures):
            cls.addClassCleanup(instance.ended, "down")
        cls.record.run("authority", "add", NORTH, "--name", "North")
        cls.record.run("authority", "live", NORTH, "--from", "2020-04-01")

    def register(self, door, name):
        return door.run("case", "register", "--authority", NORTH, "--local-id", name, "--born", "2018-01-01", "--name",
                        "A Name")["child"]

    def test_1_no_read_is_answered_while_nobody_can_record_it(self):
        child = self.register(self.record, "K1")
        begin = time.monotonic()
        code, printed = self.record.ended("case", "show", "--authority", NORTH, "--child", child)
        self.assertNotEqual(code, 0, printed)
        self.assertNotIn("A Name", json.dumps(printed))
        self.assertIn(printed["error"]["reason"], ("NOT_TAKEN", "OUTCOME_UNKNOWN"))
        self.assertLess(time.monotonic() - begin, 45)
        code, printed = self.record.ended("national", "--authority", NORTH, "--year-ending", "2026-03-31")
        self.assertEqual((code, printed["error"]["reason"]), (2, "SERVICE_NOT_RUNNING"), printed)

    def test_2_each_leads_to_what_the_others_run(self):
        self.audit.serve("audit")
        self.alerts.serve("alerting")
        self.figures.serve("national")  # which owns no partition
        for door in (self.record, self.audit, self.alerts):
            child = self.register(door, f"at {door.data.name}")
            door.run("case", "record", "care_start", "--authority", NORTH, "--child", child, "--on", "2026-01-05")
            door.run("case", "record", "review", "--authority", NORTH, "--child", child, "--on", "2026-01-25", "--code", "PN1")
            for other in (self.record, self.audit, self.alerts):
                reviews = other.run("case", "show", "--authority", NORTH, "--child", child)["reviews"]
                self.assertEqual([review["on"] for review in reviews], ["2026-01-25"])
            late = [alert["clock"] for alert in door.run("alerts", "list", "--authority", NORTH)["alerts"]
                    if alert["child"] == child]
            self.assertIn("eng-review-2", late)
        for door in (self.record, self.audit, self.alerts):
            self.assertEqual(door.run("clock", "show")["day"], "2026-06-01")
            door.run("national", "--authority", NORTH, "--year-ending", "2026-03-31")

    def test_3_a_read_through_any_door_is_in_the_audit_with_its_own_reader(self):
        child = self.register(self.alerts, "K3")
        for door in (self.record, self.audit, self.alerts):
            door.run("case", "show", "--authority", NORTH, "--child", child)
            door.run("contact", "show", "--authority", NORTH, "--child", child)
        reads = self.record.run("audit", "--child", child)["reads"]
        self.assertEqual(len(reads), 6, reads)
        self.assertEqual({read["who"] for read in reads}, {f"holdfast://{NORTH}/worker/worker"})

    def test_4_streams_are_led_on_in_both_directions(self):
        child = self.register(self.audit, "K4")
        self.audit.run("source", "add", "court-n", "--kind", "court", "--nation", "england", "--covers", NORTH)
        feed = self.folder / "feed.csv"
        rows = [f"e{i},2026-05-{i:02}T10:00:00Z,hearing_held,2026-05-{i:02},R{i},{NORTH},K4,,," for i in range(1, 29)]
        feed.write_text("\n".join(["event_id,sent_at,kind,on,ref,authority,local_id,case_ref,code,until", *rows, ""]))
        fed = self.alerts.run("feed", feed, "--source", "court-n")
        self.assertEqual(fed["outcomes"]["accepted"], 28, fed)
        self.assertEqual({receipt["child"] for receipt in fed["receipts"]}, {child})

        seen = []
        stream = subprocess.Popen([HOLDFAST, "--data", str(self.record.data), "--keys", str(self.keys), "--json", "alerts", "stream",
                                   "--authority", NORTH], stdout=subprocess.PIPE, text=True)
        self.addCleanup(stream.stdout.close)
        self.addCleanup(stream.wait)
        self.addCleanup(stream.kill)
        reader = threading.Thread(target=lambda: seen.extend(iter(stream.stdout.readline, "")))
        reader.start()
        self.audit.run("case", "record", "care_start", "--authority", NORTH, "--child", child, "--on", "2026-01-05")
        limit = time.monotonic() + 30
        while not any(child in line for line in seen):
            self.assertLess(time.monotonic(), limit, seen)
            time.sleep(0.05)
        stream.kill()
        reader.join()

    def test_5_status_tells_of_all_partitions_what_each_instance_holds(self):
        status = self.audit.run("status")
        self.assertEqual({one["pid"] for one in status["instances"]},
                         {one.pid() for one in (self.record, self.audit, self.alerts, self.figures)})
        ids = {one["pid"]: one["id"] for one in status["instances"]}
        owners = {(one["service"], one["partition"]): one["instance"] for one in status["partitions"] if one["role"] == "owner"}
        expected = {(service, p): ids[self.record.pid()] for service in RECORD for p in range(PARTITIONS)}
        expected |= {("audit", p): ids[self.audit.pid()] for p in range(PARTITIONS)}
        expected |= {("alerting", p): ids[self.alerts.pid()] for p in range(PARTITIONS)}
        self.assertEqual(owners, expected)
        self.assertTrue(all(isinstance(one["behind"], int) for one in status["partitions"]), status["partitions"])
        self.assertIn("has 1 copy of each record", " ".join(status["warnings"]))

    def test_6_a_killed_instance_leaves_its_services_to_another_and_clients_try_again(self):
        second = Instance(self, "second")
        second.serve("audit")
        self.addCleanup(second.ended, "down")
        child = self.register(self.record, "K6")
        self.audit.signal(signal.SIGKILL)
        shown = self.record.run("case", "show", "--authority", NORTH, "--child", child)
        self.assertEqual(shown["child"], child)
        self.alerts.signal(signal.SIGKILL)
        outcome = []
        asked = threading.Thread(target=lambda: outcome.append(self.record.ended("alerts", "list", "--authority", NORTH)))
        asked.start()
        third = Instance(self, "third")
        third.serve("alerting")
        self.addCleanup(third.ended, "down")
        asked.join()
        self.assertEqual(outcome[0][0], 0, outcome)
        # One that hangs is not waited for once its session has ended.
        fourth = Instance(self, "fourth")
        fourth.serve("alerting")
        self.addCleanup(fourth.ended, "down")
        third.signal(signal.SIGSTOP)
        self.addCleanup(third.signal, signal.SIGCONT)
        for _ in range(2):
            self.record.run("alerts", "list", "--authority", NORTH)


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    KAFKA = sys.argv.pop(1)
    unittest.main()
