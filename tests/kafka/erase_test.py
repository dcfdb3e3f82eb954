"""Erasure with several instances on a real Kafka: each confirms it, also one that was down and one that shares a keys folder.

Usage: erase_test.py HOLDFAST_BINARY TOOLS_KAFKA
HOLDFAST_TEST_KAFKA: the folder of a broker that `tools/kafka up` started.
"""

import json
import os
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HOLDFAST = ""
KAFKA = ""
NORTH = "E06000901"
COURT = "family-court-a"
LIMIT_S = 60


def brokers():
    status = subprocess.run([KAFKA, "status", "--dir", os.environ["HOLDFAST_TEST_KAFKA"]], capture_output=True, text=True,
                            check=True)
    return json.loads(status.stdout)["bootstrap"]


class Instance:
    """One instance: a data folder, and a keys folder that is its own or another's."""

    def __init__(self, test, name, keys):
        self.test = test
        self.data = test.folder / name
        self.keys = test.folder / keys

    def ended(self, *words, log=False):
        log_words = self.test.log_words if log else []
        done = subprocess.run([HOLDFAST, "--data", str(self.data), "--keys", str(self.keys), "--json", *log_words,
                               *map(str, words)], capture_output=True, text=True, check=False)
        printed = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {}

    def run(self, *words, log=False, accepted=(0,)):
        code, printed = self.ended(*words, log=log)
        if code not in accepted:
            raise AssertionError(f"holdfast {' '.join(map(str, words))} at {self.data.name}: exit {code}: {printed}")
        return printed

    def serve(self):
        return self.run("serve", "all", "--session-timeout", 6, "--detach", log=True)

    def id(self):
        pid = json.loads((self.data / "run.json").read_text())["pid"]
        return next(i["id"] for i in self.run("status", accepted=(0, 1))["instances"] if i["pid"] == pid)

    def versions(self, folder, body):
        return sorted(path.name for path in (self.keys / folder / body).iterdir())


class Erasure(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="holdfast-erase-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.log_words = ["--log", f"kafka:{brokers()}", "--topic-prefix", f"erase-{secrets.token_hex(4)}"]
        # Ann and Cyd share a keys folder; Ben has a copy of it.
        self.ann, self.cyd = Instance(self, "ann", "keys"), Instance(self, "cyd", "keys")
        self.ben = Instance(self, "ben", "keys-of-ben")
        Instance(self, "operator", "keys").run("init")
        self.ann.run("topics", "apply", "--partitions", 4, "--replication", 1, "--min-in-sync", 1, "--clock", "manual", "--day",
                     "2026-06-01", log=True)
        self.ann.serve()
        self.addCleanup(lambda: [instance.ended("down") for instance in (self.ann, self.ben, self.cyd)])
        self.ann.run("authority", "add", NORTH, "--name", "North")
        self.ann.run("source", "add", COURT, "--kind", "court", "--nation", "england", "--covers", NORTH)
        shutil.copytree(self.ann.keys, self.ben.keys)
        self.ben.serve()
        self.cyd.serve()
        self.count = 0

    def register(self, door):
        self.count += 1
        child = door.run("case", "register", "--authority", NORTH, "--local-id", f"K{self.count}", "--born", "2018-01-01",
                         "--name", f"Canary {self.count}")["child"]
        feed = self.folder / "feed.csv"
        feed.write_text("event_id,sent_at,kind,on,ref,authority,local_id,case_ref,code,until\n"
                        f"e{self.count},2026-05-01T10:00:00Z,hearing_set,2026-06-20,REF-{self.count},{NORTH},K{self.count},,,\n")
        door.run("feed", feed, "--source", COURT)
        return child

    def erase(self, door, child):
        return door.run("erase", "--child", child, "--reason", "of the wrong person", "--approve", "b.second")

    def erase_until_complete(self, door, child):
        limit = time.monotonic() + LIMIT_S
        while True:
            certificate = self.erase(door, child)
            if certificate["complete"]:
                return certificate
            self.assertLess(time.monotonic(), limit, certificate)

    def shown(self, door, child):
        case = door.run("case", "show", "--authority", NORTH, "--child", child)
        return case["personal"]["name"], [hearing["ref"] for hearing in case["hearings"]]

    def confirmed(self, certificate, what):
        return sorted(step["instance"] for step in certificate["steps"] if step["what"] == what)

    def test_is_confirmed_by_all_and_seen_from_each_after_a_restart_too(self):
        child, other = self.register(self.ann), self.register(self.ben)
        certificate = self.erase_until_complete(self.ann, child)
        ids = sorted(instance.id() for instance in (self.ann, self.ben, self.cyd))
        self.assertEqual(self.confirmed(certificate, "new keys held, destroyed keys forgotten"), ids)
        self.assertEqual(self.confirmed(certificate, "older keys destroyed"), ids)
        self.assertEqual(self.erase(self.ben, child)["steps"], certificate["steps"])
        for _ in range(2):
            for door in (self.ann, self.ben, self.cyd):
                self.assertEqual(self.shown(door, child), ("erased", [None]))
                self.assertEqual(self.shown(door, other), ("Canary 2", ["REF-2"]))
                found = door.run("case", "find", "--authority", NORTH, "--name", "Canary", "--born", "2018-01-01")
                self.assertEqual(found["children"], [other])
                self.assertEqual((door.versions("authority", NORTH), door.versions("source", COURT)), (["2"], ["2"]))
                code, refused = door.ended("case", "record", "review", "--authority", NORTH, "--child", child, "--on", "2026-05-01")
                self.assertEqual((code, refused["error"]["reason"]), (2, "ERASED"))
            for door in (self.ann, self.ben, self.cyd):
                door.run("down")
            for door in (self.ben, self.ann, self.cyd):
                door.serve()

    def test_waits_for_one_that_is_down_and_gives_it_the_new_keys_when_it_is_back(self):
        child, other = self.register(self.ann), self.register(self.ben)
        self.ben.run("down")
        certificate = self.erase(self.ann, child)
        self.assertFalse(certificate["complete"])
        self.assertEqual(self.shown(self.ann, child)[0], "erased")
        self.assertEqual(self.ben.versions("authority", NORTH), ["1"])
        self.ben.serve()
        certificate = self.erase_until_complete(self.ben, child)
        self.assertEqual(self.ben.versions("authority", NORTH), ["2"])
        self.assertEqual(self.shown(self.ben, child)[0], "erased")
        self.assertEqual(self.shown(self.ben, other), ("Canary 2", ["REF-2"]))


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    KAFKA = sys.argv.pop(1)
    unittest.main()
