"""`holdfast journal copy`: a deployment goes from its data folder to a real Kafka and back, and is the same there.

Usage: copy_test.py HOLDFAST_BINARY TOOLS_KAFKA
HOLDFAST_TEST_KAFKA: the folder of a broker that `tools/kafka up` started.
"""

import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import unittest

HOLDFAST = ""
KAFKA = ""
NORTH = "E06000901"
SESSION_S = 6


def brokers():
    status = subprocess.run([KAFKA, "status", "--dir", os.environ["HOLDFAST_TEST_KAFKA"]], capture_output=True, text=True,
                            check=True)
    return json.loads(status.stdout)["bootstrap"]


class ACopy(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="holdfast-copy-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.kafka = f"kafka:{brokers()}"
        cls.first = cls.folder / "data"
        cls.run_at(cls.first, "init", "--partitions", 4, "--clock", "manual", "--day", "2026-06-01")
        cls.run_at(cls.first, "up", "--detach")
        cls.run_at(cls.first, "authority", "add", NORTH, "--name", "North")
        cls.run_at(cls.first, "authority", "live", NORTH, "--from", "2020-04-01")
        cls.children = [cls.register(cls.first, number) for number in range(8)]
        for child in cls.children:
            cls.record(cls.first, child, "care_start", "2026-01-05")
        cls.run_at(cls.first, "clock", "set", "2026-06-20")
        cls.shown = cls.all_of(cls.first)
        cls.run_at(cls.first, "down")

    @classmethod
    def ended_at(cls, data, *words, crash_point=""):
        environment = {**os.environ, **({"HOLDFAST_CRASHPOINT": crash_point} if crash_point else {})}
        done = subprocess.run([HOLDFAST, "--data", str(data), "--keys", str(cls.folder / "keys"), "--json", *map(str, words)],
                              capture_output=True, text=True, check=False, env=environment)
        printed = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {}

    @classmethod
    def run_at(cls, data, *words):
        code, printed = cls.ended_at(data, *words)
        if code != 0:
            raise AssertionError(f"holdfast {' '.join(map(str, words))}: exit {code}: {printed}")
        return printed

    @classmethod
    def register(cls, data, number):
        return cls.run_at(data, "case", "register", "--authority", NORTH, "--local-id", f"K{number}", "--born", "2018-01-01",
                          "--name", f"Name {number}")["child"]

    @classmethod
    def record(cls, data, child, kind, day):
        return cls.run_at(data, "case", "record", kind, "--authority", NORTH, "--child", child, "--on", day)

    @classmethod
    def all_of(cls, data):
        """What everybody can see of all children."""
        cases = [cls.run_at(data, "case", "show", "--authority", NORTH, "--child", child) for child in cls.children]
        for case in cases:
            case.pop("read_at", None)
        return cases, cls.run_at(data, "alerts", "list", "--authority", NORTH)

    def on_kafka(self, prefix, *words):
        return ["--log", self.kafka, "--topic-prefix", prefix, *words]

    def applied(self, *more):
        """The prefix of new topics."""
        prefix = f"copy-{secrets.token_hex(4)}"
        wanted = {"--partitions": 4, "--clock": "manual", "--day": "2026-06-01", **dict(more)}
        words = [word for pair in wanted.items() for word in pair if word is not None]
        self.run_at(self.first, *self.on_kafka(prefix, "topics", "apply", "--replication", 1, "--min-in-sync", 1, *words))
        return prefix

    def copy(self, prefix, source, target, *words, crash_point=""):
        return self.ended_at(self.first, "--topic-prefix", prefix, "journal", "copy", "--from", source, "--to", target, *words,
                             crash_point=crash_point)

    def test_1_to_kafka_and_back_says_the_same_of_every_child(self):
        prefix = self.applied()
        there = self.copy(prefix, f"embedded:{self.first}", self.kafka)
        self.assertEqual(there[0], 0, there)
        self.assertTrue(all(partition["equal"] for partition in there[1]["partitions"]))
        self.assertGreaterEqual(there[1]["keys"], len(self.children))
        self.assertGreater(sum(partition["events"] for partition in there[1]["partitions"]), 16)

        # when an instance serves the copy, it shows what was there, and takes more
        instance = self.folder / "instance"
        self.run_at(instance, *self.on_kafka(prefix, "serve", "all", "--session-timeout", SESSION_S, "--detach"))
        self.assertEqual(self.all_of(instance), self.shown)
        self.run_at(instance, "case", "record", "review", "--authority", NORTH, "--child", self.children[0], "--on",
                    "2026-01-25", "--code", "PN1")
        shown = self.all_of(instance)
        code, refused = self.copy(prefix, self.kafka, f"embedded:{self.folder / 'early'}")
        self.assertEqual((code, refused["error"]["reason"]), (2, "INSTANCES_RUN"))
        self.run_at(instance, "down")

        # and back again with the later fact
        second = self.folder / "second"
        back = self.copy(prefix, self.kafka, f"embedded:{second}")
        self.assertEqual(back[0], 0, back)
        chains = {(p["service"], p["partition"]): p["chain"] for p in back[1]["partitions"]}
        verified = self.run_at(second, "journal", "verify")
        self.assertEqual({key: chain for key, chain in chains.items() if set(chain) != {"0"}},
                         {(p["service"], p["partition"]): p["chain"] for p in verified["partitions"]})
        self.run_at(second, "up", "--detach")
        self.assertEqual(self.all_of(second), shown)
        self.run_at(second, "down")
        self.run_at(second, "journal", "verify")

    def test_2_to_kafka_has_the_chains_of_the_folder_as_the_auditor_computes_them(self):
        prefix = self.applied()
        self.copy(prefix, f"embedded:{self.first}", self.kafka)
        on_disk = self.run_at(self.first, "journal", "verify")
        on_kafka = self.run_at(self.folder / "none", *self.on_kafka(prefix, "journal", "verify"))
        chains = [{(p["service"], p["partition"]): (p["chain"], p["events"], p["valid"]) for p in audit["partitions"] if p["valid"]}
                  for audit in (on_disk, on_kafka)]
        self.assertEqual(*chains)
        self.assertTrue(on_kafka["ok"])

    def test_3_is_made_once_into_topics_that_are_empty(self):
        prefix = self.applied()
        code, copied = self.copy(prefix, f"embedded:{self.first}", self.kafka)
        self.assertEqual(code, 0)
        for words in (), ("--dry-run",):
            code, refused = self.copy(prefix, f"embedded:{self.first}", self.kafka, *words)
            self.assertEqual((code, refused["error"]["reason"]), (2, "TARGET_NOT_EMPTY"), words)
        audit = self.run_at(self.folder / "none", *self.on_kafka(prefix, "journal", "verify"))
        stands, made = ({(p["service"], p["partition"]): (p["chain"], p["events"]) for p in said["partitions"] if p["valid"]}
                        for said in (audit, copied))
        self.assertEqual(stands, made)

    def test_3_that_was_cut_off_is_served_by_nobody_until_it_is_made_again(self):
        prefix = self.applied()
        code, _ = self.copy(prefix, f"embedded:{self.first}", self.kafka, crash_point="copy.after_journal:3")
        self.assertEqual(code, 86)
        instance = self.folder / "of-a-part"
        serve = self.on_kafka(prefix, "serve", "all", "--session-timeout", SESSION_S, "--detach")
        code, refused = self.ended_at(instance, *serve)
        self.assertEqual((code, refused["error"]["reason"]), (2, "COPY_UNFINISHED"))
        self.assertEqual(self.copy(prefix, f"embedded:{self.first}", self.kafka)[0], 0)
        self.run_at(instance, *serve)
        self.assertEqual(self.all_of(instance), self.shown)
        self.run_at(instance, "down")
        # a copy that is refused, into what is served, keeps nobody from serving it
        code, refused = self.copy(prefix, f"embedded:{self.first}", self.kafka)
        self.assertEqual((code, refused["error"]["reason"]), (2, "TARGET_NOT_EMPTY"))
        self.run_at(instance, *serve)
        self.run_at(instance, "down")

    def test_4_that_is_tried_out_leaves_the_target_empty(self):
        prefix = self.applied()
        tried = self.copy(prefix, f"embedded:{self.first}", self.kafka, "--dry-run")
        self.assertEqual(tried[0], 0)
        self.assertTrue(tried[1]["dry_run"])
        audit = self.run_at(self.folder / "none", *self.on_kafka(prefix, "journal", "verify"))
        self.assertEqual(sum(partition["valid"] for partition in audit["partitions"]), 0)

    def test_5_is_refused_into_another_count_clock_or_deployment(self):
        for more in (("--partitions", 8),), (("--clock", "system"), ("--day", None)), (("--day", "2026-07-01"),):
            wanted = dict(more)
            if wanted.get("--clock") == "system":
                prefix = f"copy-{secrets.token_hex(4)}"
                self.run_at(self.first, *self.on_kafka(prefix, "topics", "apply", "--replication", 1, "--min-in-sync", 1,
                                                       "--partitions", 4))
            else:
                prefix = self.applied(*more)
            code, refused = self.copy(prefix, f"embedded:{self.first}", self.kafka)
            self.assertEqual((code, refused["error"]["reason"]), (2, "DEPLOYMENT_DIFFERS"), more)
        used = self.applied()
        self.run_at(self.folder / "user", *self.on_kafka(used, "serve", "all", "--session-timeout", SESSION_S, "--detach"))
        self.run_at(self.folder / "user", "down")
        code, refused = self.copy(used, f"embedded:{self.first}", self.kafka)
        self.assertEqual((code, refused["error"]["reason"]), (2, "TARGET_NOT_EMPTY"))
        code, refused = self.copy(used, self.kafka, f"embedded:{self.first}")
        self.assertEqual((code, refused["error"]["reason"]), (2, "TARGET_NOT_EMPTY"))

    def test_6_is_refused_while_the_source_is_served_or_has_lost_its_end(self):
        prefix = self.applied()
        self.run_at(self.first, "up", "--detach")
        code, refused = self.copy(prefix, f"embedded:{self.first}", self.kafka)
        self.run_at(self.first, "down")
        self.assertEqual((code, refused["error"]["reason"]), (2, "FOLDER_IN_USE"))
        head = self.first / "HEAD"
        kept = head.read_bytes()
        head.chmod(0o600)
        head.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        code, refused = self.copy(prefix, f"embedded:{self.first}", self.kafka)
        head.write_bytes(kept)
        self.assertEqual((code, refused["error"]["reason"]), (2, "SOURCE_DAMAGED"))

    def test_7_examples_run_as_they_stand(self):
        prefix = self.applied()
        shown = subprocess.run([HOLDFAST, "journal", "copy", "--help"], capture_output=True, text=True, check=True).stdout
        examples = [line.strip() for line in shown.splitlines() if line.startswith("  holdfast ")]
        self.assertEqual(len(examples), 2)
        for example in [*examples, "holdfast --log kafka:127.0.0.1:19092 journal verify"]:
            words = example.replace("kafka:127.0.0.1:19092", self.kafka).split()[1:]
            with self.subTest(example=example):
                done = subprocess.run([HOLDFAST, "--data", str(self.folder / "none"), "--keys", str(self.folder / "keys"),
                                       "--topic-prefix", prefix, *words], capture_output=True, text=True, check=False, cwd=self.folder)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    HOLDFAST, KAFKA = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1], verbosity=2)
