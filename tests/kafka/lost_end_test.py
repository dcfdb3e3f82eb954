"""`holdfast journal repair` on a real Kafka: a journal has lost its end, an operator accepts it, and all goes on in new topics.

Usage: lost_end_test.py HOLDFAST_BINARY TOOLS_KAFKA
HOLDFAST_TEST_KAFKA: the folder of a broker that `tools/kafka up` started.
The end is lost by making the topic of cases anew with all but the last of its records, byte for byte.
"""

import functools
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
PARTITIONS = 2


@functools.cache
def brokers():
    status = subprocess.run([KAFKA, "status", "--dir", os.environ["HOLDFAST_TEST_KAFKA"]], capture_output=True, text=True,
                            check=True)
    return json.loads(status.stdout)["bootstrap"]


def records_of(topic, partition):
    """As kcat reads them: the bytes of each."""
    read = subprocess.run(["kcat", "-C", "-q", "-b", brokers(), "-t", topic, "-p", str(partition), "-o", "beginning", "-e",
                           "-X", "fetch.wait.max.ms=20", "-f", "%S\n%s"], capture_output=True, check=True).stdout
    records = []
    while read:
        size, _, rest = read.partition(b"\n")
        records.append(rest[:int(size)])
        read = rest[int(size):]
    return records


def write_records(folder, topic, partition, records):
    """A file each: that is how kcat takes bytes as they are."""
    names = [folder / f"record-{secrets.token_hex(4)}" for _ in records]
    for name, record in zip(names, records):
        name.write_bytes(record)
    subprocess.run(["kcat", "-P", "-b", brokers(), "-t", topic, "-p", str(partition), *map(str, names)], check=True)


class ALostEnd(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="holdfast-lost-end-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.prefix = f"lost-{secrets.token_hex(4)}"
        cls.new_prefix = f"kept-{secrets.token_hex(4)}"
        cls.ann, cls.ben = cls.folder / "ann", cls.folder / "ben"
        cls.run_at(cls.folder / "operator", "init")
        cls.apply(cls.prefix)
        cls.serve(cls.ann, cls.prefix)
        cls.addClassCleanup(cls.ended_at, cls.ann, "down")
        cls.run_at(cls.ann, "authority", "add", NORTH, "--name", "North")
        cls.run_at(cls.ann, "authority", "live", NORTH, "--from", "2020-04-01")
        cls.early = [cls.register(f"E{number}") for number in range(4)]
        cls.shown = [cls.show(cls.ann, child) for child in cls.early]
        kept = cls.records_of_cases()
        cls.late = [f"L{number}" for number in range(6)]
        for local_id in cls.late:
            cls.register(local_id)
        while any(len(now) == len(then) for now, then in zip(cls.records_of_cases(), kept)):
            cls.late.append(f"L{len(cls.late)}")
            cls.register(cls.late[-1])
        cls.run_at(cls.ann, "down")
        cls.lose_all_cases_but(kept)

    @classmethod
    def ended_at(cls, data, *words, prefix=None):
        log = ["--log", f"kafka:{brokers()}", "--topic-prefix", prefix] if prefix else []
        done = subprocess.run([HOLDFAST, "--data", str(data), "--keys", str(cls.folder / "keys"), "--json", *log, *map(str, words)],
                              capture_output=True, text=True, check=False)
        printed = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {}

    @classmethod
    def run_at(cls, data, *words, prefix=None, accepted=(0,)):
        code, printed = cls.ended_at(data, *words, prefix=prefix)
        if code not in accepted:
            raise AssertionError(f"holdfast {' '.join(map(str, words))}: exit {code}: {printed}")
        return printed

    @classmethod
    def apply(cls, prefix, partitions=PARTITIONS):
        cls.run_at(cls.folder / "operator", "topics", "apply", "--partitions", partitions, "--replication", 1, "--min-in-sync", 1,
                   "--clock", "manual", "--day", "2026-06-01", prefix=prefix)

    @classmethod
    def serve(cls, data, prefix):
        cls.run_at(data, "serve", "all", "--session-timeout", SESSION_S, "--detach", prefix=prefix)

    @classmethod
    def register(cls, local_id, data=None):
        return cls.run_at(data or cls.ann, "case", "register", "--authority", NORTH, "--local-id", local_id, "--born", "2018-01-01",
                          "--name", f"Name {local_id}")["child"]

    @classmethod
    def show(cls, data, child):
        case = cls.run_at(data, "case", "show", "--authority", NORTH, "--child", child)
        case.pop("read_at", None)
        return case

    @classmethod
    def records_of_cases(cls):
        return [records_of(f"{cls.prefix}.journal.cases", partition) for partition in range(PARTITIONS)]

    @classmethod
    def lose_all_cases_but(cls, kept):
        topic = f"{cls.prefix}.journal.cases"
        subprocess.run([KAFKA, "tool", "org.apache.kafka.tools.TopicCommand", "--bootstrap-server", brokers(), "--delete", "--topic",
                        topic], check=True, capture_output=True)
        cls.apply(cls.prefix)
        for partition, records in enumerate(kept):
            write_records(cls.folder, topic, partition, records)

    def repair(self, *words, data=None, prefix=None):
        return self.ended_at(data or self.ann, "journal", "repair", *words, prefix=prefix or self.prefix)

    def refused(self, *words, **where):
        code, printed = self.repair(*words, **where)
        self.assertEqual(code, 2, printed)
        return printed["error"]["reason"]

    def records_in(self, prefix):
        dumped = subprocess.run([HOLDFAST, "--data", str(self.folder / "none"), "--log", f"kafka:{brokers()}", "--topic-prefix", prefix,
                                 "journal", "dump"], capture_output=True, text=True, check=True).stdout
        return [json.loads(line) for line in dumped.splitlines()]

    def test_1_is_not_served_and_told_by_a_dry_run_that_changes_nothing(self):
        self.assertEqual(self.ended_at(self.ann, "serve", "all", "--session-timeout", SESSION_S, "--detach", prefix=self.prefix)[0], 2)
        before = self.records_in(self.prefix)
        code, told = self.repair("--dry-run")
        self.assertEqual((code, told["ok"], told["done"], told["dry_run"]), (1, False, False, True))
        lost = [part for part in told["partitions"] if part["service"] == "cases"]
        self.assertEqual(sorted(part["partition"] for part in lost), list(range(PARTITIONS)))
        for part in lost:
            self.assertGreater(part["events"], 0)
            self.assertEqual(part["to"] - part["from"] + 1, part["events"])
            self.assertTrue(part["witness"].startswith(str(self.ann.resolve())), part)
        # what reacts to cases has gone further than they do now
        self.assertTrue(any(part["made_from_lost"] for part in told["partitions"]), told["partitions"])
        self.assertEqual(self.records_in(self.prefix), before)
        self.assertEqual(self.repair("--dry-run"), (code, told))

    def test_2_is_accepted_only_by_who_names_witnesses_and_new_topics_for_as_many_partitions(self):
        self.assertEqual(self.refused(data=self.folder / "none"), "NO_WITNESS")
        self.assertEqual(self.refused(), "NO_TARGET")
        self.assertEqual(self.refused("--to-prefix", self.prefix), "USAGE")
        other = f"other-{secrets.token_hex(4)}"
        self.apply(other, partitions=PARTITIONS + 1)
        self.assertEqual(self.refused("--to-prefix", other), "DEPLOYMENT_DIFFERS")

    def test_3_is_not_accepted_by_the_word_of_another_deployment_nor_into_used_topics_nor_beside_an_instance(self):
        used = f"used-{secrets.token_hex(4)}"
        self.apply(used)
        foreign = self.folder / "foreign"
        self.serve(foreign, used)
        self.assertEqual(self.refused(prefix=used, data=foreign), "INSTANCES_RUN")
        self.run_at(foreign, "down")
        self.assertEqual(self.refused("--witness", foreign, "--dry-run"), "DEPLOYMENT_DIFFERS")
        self.assertEqual(self.refused("--to-prefix", used), "TARGET_NOT_EMPTY")
        self.assertEqual(self.refused("--to-prefix", used, "--dry-run"), "TARGET_NOT_EMPTY")
        # of what has lost nothing, nothing is made
        self.assertEqual(self.repair(prefix=used, data=foreign)[0], 0)

    def test_4_is_accepted_and_what_stays_is_served_from_new_topics(self):
        before = self.records_in(self.prefix)
        told = self.repair("--dry-run")[1]["partitions"]
        self.apply(self.new_prefix)
        code, repaired = self.repair("--witness", self.ann, "--to-prefix", self.new_prefix)
        self.assertEqual((code, repaired["done"], repaired["to_prefix"]), (1, True, self.new_prefix))
        self.assertEqual(repaired["partitions"], told)
        self.assertEqual(self.records_in(self.prefix), before)

        # the loss stands in each journal that lost something, as often as numbers were lost and once more; the act comes last
        said = {}
        for record in self.records_in(self.new_prefix):
            for outcome in record["outcomes"]:
                if outcome["result"] == "history_lost":
                    place = (record["service"], record["partition"])
                    said[place] = said.get(place, 0) + outcome["events"]
                    self.assertIn("/operator/", outcome["principal"])
        for part in told:
            if part["events"] > 0:
                self.assertGreater(said[part["service"], part["partition"]], part["events"])
        self.assertTrue(any(service == "audit" for service, _ in said))
        acted = [record for partition in range(PARTITIONS) for record in records_of(f"{self.new_prefix}.journal.audit", partition)
                 if b"journal_repaired" in record]
        self.assertEqual(len(acted), 1)
        self.assertIn(f"from topics {self.prefix} to {self.new_prefix}: ".encode(), acted[0])
        self.assertIn(b"cases/0 events ", acted[0])

        # it is served: what had survived is there, what was lost can be registered again
        self.assertEqual(self.ended_at(self.ann, "serve", "all", "--session-timeout", SESSION_S, "--detach", prefix=self.new_prefix)[0], 2)
        self.serve(self.ben, self.new_prefix)
        self.addCleanup(self.ended_at, self.ben, "down")
        self.assertEqual([self.show(self.ben, child) for child in self.early], self.shown)
        for local_id in self.late:
            child = self.register(local_id, self.ben)
            self.run_at(self.ben, "case", "record", "care_start", "--authority", NORTH, "--child", child, "--on", "2026-01-05")
        self.assertEqual(len(self.run_at(self.ben, "case", "list", "--authority", NORTH)["cases"]), len(self.early) + len(self.late))
        self.run_at(self.ben, "alerts", "list", "--authority", NORTH)
        self.run_at(self.ben, "down")
        self.assertTrue(self.run_at(self.ben, "journal", "verify", prefix=self.new_prefix)["ok"])
        code, again = self.repair(prefix=self.new_prefix, data=self.ben)
        self.assertEqual((code, again["ok"], again["done"]), (0, True, False))

    def test_5_examples_run_as_they_stand(self):
        examples = subprocess.run([HOLDFAST, "journal", "repair", "--help"], capture_output=True, text=True, check=True).stdout
        examples = [line.strip() for line in examples.splitlines() if line.startswith("  holdfast ") and " kafka:" in line]
        self.assertEqual(len(examples), 2)
        (self.folder / "north").symlink_to(self.ann)
        (self.folder / "south").symlink_to(self.ann)
        repaired = f"repaired-{secrets.token_hex(4)}"
        self.apply(repaired)
        for example in examples:
            words = example.replace("kafka:127.0.0.1:19092", f"kafka:{brokers()}")
            words = words.replace("--to-prefix repaired", f"--to-prefix {repaired}")
            with self.subTest(example=example):
                done = subprocess.run([HOLDFAST, "--keys", str(self.folder / "keys"), "--topic-prefix", self.prefix, *words.split()[1:]],
                                      capture_output=True, text=True, check=False, cwd=self.folder)
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn("lost: cases/0 events ", done.stdout)

    def test_6_is_not_accepted_a_second_time_into_the_same_topics(self):
        self.assertEqual(self.refused("--to-prefix", self.new_prefix), "TARGET_NOT_EMPTY")


if __name__ == "__main__":
    HOLDFAST, KAFKA = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1], verbosity=2)
