"""Two instances of one deployment on a real Kafka: each is a door to all, and takes over what the other leaves.

Usage: instances_test.py HOLDFAST_BINARY TOOLS_KAFKA
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
import time
import unittest

HOLDFAST = ""
KAFKA = ""
NORTH = "E06000901"
SESSION_S = 6


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

    def serve(self, services="all"):
        return self.run("serve", services, "--session-timeout", SESSION_S, "--detach", log=True)

    def kill(self):
        os.kill(json.loads((self.data / "run.json").read_text())["pid"], signal.SIGKILL)

    def owned(self):
        status = self.run("status", accepted=(0, 1))
        mine = json.loads((self.data / "run.json").read_text())["pid"]
        ids = {instance["pid"]: instance["id"] for instance in status["instances"]}
        return {(p["service"], p["partition"]) for p in status["partitions"]
                if p["role"] == "owner" and p["instance"] == ids.get(mine)}


class TwoInstances(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="holdfast-instances-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.keys = cls.folder / "keys"
        cls.log_words = ["--log", f"kafka:{brokers()}", "--topic-prefix", f"two-{secrets.token_hex(4)}"]
        made = subprocess.run([HOLDFAST, "--data", str(cls.folder / "operator"), "--keys", str(cls.keys), "init"],
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        cls.ann, cls.ben = Instance(cls, "ann"), Instance(cls, "ben")
        cls.ann.run("topics", "apply", "--partitions", 4, "--replication", 1, "--min-in-sync", 1, "--clock", "manual", "--day",
                    "2026-06-01", log=True)
        cls.ann.serve()
        cls.ann.run("authority", "add", NORTH, "--name", "North")
        cls.ann.run("authority", "live", NORTH, "--from", "2020-04-01")
        cls.ben.serve()
        cls.children = 0

    @classmethod
    def tearDownClass(cls):
        for instance in (cls.ann, cls.ben):
            instance.ended("down")
        cls.temporary.cleanup()

    def register(self, door):
        TwoInstances.children += 1
        return door.run("case", "register", "--authority", NORTH, "--local-id", f"K{TwoInstances.children}", "--born",
                        "2018-01-01", "--name", "A Name")["child"]

    def reviews(self, door, child):
        return [review["on"] for review in door.run("case", "show", "--authority", NORTH, "--child", child)["reviews"]]

    def await_split(self):
        limit = time.monotonic() + 30
        while True:
            of_ann, of_ben = self.ann.owned(), self.ben.owned()
            if len(of_ann) + len(of_ben) == 20 and not of_ann & of_ben and of_ann and of_ben:
                return of_ann, of_ben
            self.assertLess(time.monotonic(), limit, (of_ann, of_ben))
            time.sleep(0.2)

    def test_1_share_the_partitions_between_them(self):
        of_ann, of_ben = self.await_split()
        self.assertGreaterEqual(min(len(of_ann), len(of_ben)), 5)

    def test_2_are_each_a_door_to_every_child_and_show_what_the_other_acknowledged(self):
        self.await_split()
        children = [self.register(self.ann if i % 2 else self.ben) for i in range(8)]
        for child in children:
            self.ben.run("case", "record", "care_start", "--authority", NORTH, "--child", child, "--on", "2026-01-05")
            self.ann.run("case", "record", "review", "--authority", NORTH, "--child", child, "--on", "2026-01-25", "--code", "PN1")
            self.assertEqual(self.reviews(self.ben, child), ["2026-01-25"])
            self.assertEqual(self.reviews(self.ann, child), ["2026-01-25"])
        for door in (self.ann, self.ben):
            shown = door.run("alerts", "list", "--authority", NORTH)["alerts"]
            late = [alert["child"] for alert in shown if alert["clock"] == "eng-review-2"]
            self.assertEqual(sorted(late), sorted(children), shown[0])

    def test_3_move_the_day_together(self):
        self.ben.run("clock", "set", "2026-06-02")
        self.assertEqual(self.ann.run("clock", "show")["day"], "2026-06-02")

    def test_4_take_over_what_a_killed_one_owned(self):
        child = self.register(self.ann)
        for i in range(1, 9):
            self.ann.run("case", "record", "review", "--authority", NORTH, "--child", child, "--on", f"2026-05-{i:02}", "--code",
                         "PN1")
        self.ann.kill()
        begin = time.monotonic()
        for i in range(9, 13):
            self.ben.run("case", "record", "review", "--authority", NORTH, "--child", child, "--on", f"2026-05-{i:02}", "--code",
                         "PN1")
        others = [self.register(self.ben) for _ in range(8)]
        gap = time.monotonic() - begin
        self.assertEqual(self.reviews(self.ben, child), [f"2026-05-{i:02}" for i in range(1, 13)])
        self.assertLess(gap, SESSION_S + 3 + 8)  # and a dozen runs of the program
        self.ann.serve()
        self.assertEqual(self.reviews(self.ann, child), [f"2026-05-{i:02}" for i in range(1, 13)])
        self.assertEqual({self.ann.run("case", "show", "--authority", NORTH, "--child", other)["child"] for other in others},
                         set(others))
        self.await_split()

    def test_5_hand_over_when_one_is_stopped(self):
        child = self.register(self.ben)
        self.ann.run("down")
        begin = time.monotonic()
        self.ben.run("case", "record", "review", "--authority", NORTH, "--child", child, "--on", "2026-05-20", "--code", "PN1")
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(len(self.ben.owned()), 20)
        self.ann.serve()
        self.await_split()

    def test_6_ask_any_by_its_address(self):
        endpoint = json.loads((self.ben.data / "run.json").read_text())["endpoint"]
        elsewhere = Instance(self, "nowhere")
        status = elsewhere.run("--server", endpoint, "status", accepted=(0, 1))
        self.assertEqual(len(status["instances"]), 2)
        rows = {}
        for one in status["partitions"]:
            rows.setdefault((one["service"], one["partition"]), []).append((one["role"], one["instance"], type(one["behind"])))
        ids = sorted(instance["id"] for instance in status["instances"])
        self.assertEqual(len(rows), 20)
        for held in rows.values():
            self.assertEqual(sorted(role for role, _, _ in held), ["owner", "standby"])
            self.assertEqual(sorted(instance for _, instance, _ in held), ids)
            self.assertEqual({behind for _, _, behind in held}, {int})

    def test_6_find_nothing_amiss_with_themselves(self):
        self.ann.run("topics", "apply", "--replication", 1, "--min-in-sync", 1, log=True)  # the authority's own topic
        checks = {check["name"]: check for check in self.ann.run("doctor", log=True)["checks"]}
        self.assertTrue(checks["options"]["ok"], checks["options"])
        self.assertTrue(checks["kafka"]["ok"], checks["kafka"])

    def test_7_refuse_a_folder_that_is_in_use_or_of_another_kind(self):
        code, error = self.ann.ended("serve", "all", log=True)
        self.assertEqual((code, error["error"]["code"] != ""), (2, True))
        self.assertEqual(error["error"]["reason"], "FOLDER_IN_USE")
        code, error = self.ann.ended("up")
        self.assertEqual((code, error["error"]["reason"]), (2, "DEPLOYMENT_DIFFERS"))
        for words in (("verify",), ("dump",), ("repair", "--dry-run")):
            code, error = self.ann.ended("journal", *words)
            self.assertEqual((code, error["error"]["reason"]), (2, "LOG_IS_SHARED"), words)

    def test_8_examples_run_as_they_stand(self):
        small = ("--replication", 1, "--min-in-sync", 1)
        self.ann.run("--log", f"kafka:{brokers()}", "topics", "apply", *small)
        shown = subprocess.run([HOLDFAST, "serve", "--help"], capture_output=True, text=True, check=True).stdout
        examples = [line.strip() for line in shown.splitlines() if line.startswith("  holdfast ")]
        self.assertTrue(examples)
        for example in examples:
            words = example.replace("127.0.0.1:19092", brokers()).split()[1:]
            with self.subTest(example=example):
                done = subprocess.run([HOLDFAST, "--keys", str(self.keys), *words], capture_output=True, text=True, check=False,
                                      cwd=self.folder)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for name in ("north", "south"):
            Instance(self, name).run("down")


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    KAFKA = sys.argv.pop(1)
    unittest.main()
