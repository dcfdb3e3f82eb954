"""`holdfast topics apply` and what else speaks to Kafka, on a real broker; the examples that name one among them.

Usage: topics_test.py HOLDFAST_BINARY TOOLS_KAFKA
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

HOLDFAST = ""
KAFKA = ""
SMALL = ("--replication", "1", "--min-in-sync", "1", "--partitions", "4")


class Topics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        status = subprocess.run([KAFKA, "status", "--dir", os.environ["HOLDFAST_TEST_KAFKA"]], capture_output=True, text=True,
                                check=True)
        cls.brokers = json.loads(status.stdout)["bootstrap"]
        cls.place = tempfile.TemporaryDirectory(prefix="holdfast-topics-")
        cls.addClassCleanup(cls.place.cleanup)
        cls.folders = ["--data", f"{cls.place.name}/data", "--keys", f"{cls.place.name}/keys"]
        cls.run_plain("init")
        cls.add_authority("E06000901", "Northmere")

    @classmethod
    def run_plain(cls, *arguments):
        subprocess.run([HOLDFAST, *cls.folders, *arguments], capture_output=True, check=True)

    @classmethod
    def add_authority(cls, code, name):
        cls.run_plain("up", "--detach")
        cls.run_plain("authority", "add", code, "--name", name)
        cls.run_plain("down")

    def setUp(self):
        self.prefix = f"t{os.getpid()}-{time.time_ns()}"

    def ended(self, *arguments, log=None):
        """(exit code, the object printed)."""
        done = subprocess.run([HOLDFAST, *self.folders, "--json", "--log", log or f"kafka:{self.brokers}", "--topic-prefix",
                               self.prefix, *arguments], capture_output=True, text=True, check=False)
        printed = [line for line in done.stdout.splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else done.stderr

    def apply(self, *arguments, code=0):
        exit_code, printed = self.ended("topics", "apply", *arguments)
        self.assertEqual(exit_code, code, printed)
        return printed

    def tool(self, name, *arguments):
        subprocess.run([KAFKA, "tool", name, "--bootstrap-server", self.brokers, *arguments], capture_output=True, check=True)

    @staticmethod
    def named(answer):
        return {topic["name"]: topic for topic in answer["topics"]}

    def test_are_made_once_and_then_left_alone(self):
        would = self.apply(*SMALL, "--dry-run")
        self.assertTrue(all(topic["created"] for topic in would["topics"]))
        made = self.apply(*SMALL)
        self.assertEqual(made, would)
        names = [f"{self.prefix}.{rest}" for rest in (
            "journal.cases", "journal.proceedings", "journal.contact", "journal.alerting", "journal.national", "journal.audit",
            "keys", "ownership", "deployment", "public.e06000901")]
        self.assertEqual([topic["name"] for topic in made["topics"]], names)
        self.assertEqual([topic["partitions"] for topic in made["topics"]], [4] * 8 + [1, 4])
        self.assertEqual({topic["replication"] for topic in made["topics"]}, {1})
        again = self.apply(*SMALL)
        self.assertFalse(any(topic["created"] or topic["differs"] for topic in again["topics"]))
        # What is not stated of the record is as it was recorded.
        again = self.apply("--replication", "1", "--min-in-sync", "1")
        self.assertFalse(any(topic["created"] or topic["differs"] for topic in again["topics"]))

    def test_of_an_authority_are_made_when_it_has_been_added(self):
        self.apply(*SMALL)
        self.add_authority("S12000901", "Strathlarig")
        again = self.named(self.apply(*SMALL))
        self.assertEqual([name for name, topic in again.items() if topic["created"]], [f"{self.prefix}.public.s12000901"])

    def test_that_differ_are_told_and_not_altered(self):
        self.apply(*SMALL)
        topic = f"{self.prefix}.journal.cases"
        self.tool("kafka.admin.ConfigCommand", "--alter", "--entity-type", "topics", "--entity-name", topic, "--add-config",
                  "retention.ms=1000")
        for _ in range(2):
            told = self.named(self.apply(*SMALL, code=1))
            self.assertEqual(told[topic]["differs"], {"retention.ms": {"wanted": "-1", "found": "1000"}})
        code, doctor = self.ended("doctor")
        self.assertEqual(code, 1)
        kafka = {check["name"]: check for check in doctor["checks"]}["kafka"]
        self.assertFalse(kafka["ok"])
        self.assertIn(f"topic {topic} has retention.ms 1000, must be -1", kafka["message"])

    def test_of_a_deployment_with_another_count_or_clock_are_refused(self):
        self.apply(*SMALL)
        record = f"{self.prefix}.deployment"
        told = self.named(self.apply("--replication", "1", "--min-in-sync", "1", "--partitions", "8", code=1))
        self.assertEqual(told[record]["differs"], {"deployment.partitions": {"wanted": "8", "found": "4"}})
        told = self.named(self.apply(*SMALL, "--clock", "manual", "--day", "2026-05-15", code=1))
        self.assertEqual(told[record]["differs"], {"deployment.clock": {"wanted": "manual", "found": "system"}})

    def test_need_as_many_brokers_as_copies(self):
        self.assertEqual(self.apply(code=2)["error"]["reason"], "TOO_FEW_BROKERS")
        would = self.apply(*SMALL, "--dry-run")
        self.assertTrue(all(topic["created"] for topic in would["topics"]), "something was made")

    def test_cannot_have_more_in_sync_than_there_are_copies(self):
        refused = self.apply("--replication", "1", "--min-in-sync", "2", code=2)["error"]
        self.assertEqual(refused["reason"], "INVALID_REPLICATION")
        self.assertIn("--min-in-sync 2 is more than --replication 1", refused["message"])

    def test_name_where_kafka_was_not_reached(self):
        nobody = "127.0.0.1:9"
        code, told = self.ended("topics", "apply", *SMALL, log=f"kafka:{nobody}")
        self.assertEqual((code, told["error"]["reason"]), (2, "KAFKA_NOT_REACHED"))
        self.assertIn(nobody, told["error"]["message"])

    def test_with_one_copy_are_a_warning_to_the_doctor(self):
        self.apply(*SMALL)
        _, doctor = self.ended("doctor")
        kafka = {check["name"]: check for check in doctor["checks"]}["kafka"]
        self.assertTrue(kafka["ok"], kafka)
        self.assertIn("warning: ", kafka["message"])
        self.assertIn("has 1 copy of each record", kafka["message"])

    def test_need_their_options_to_be_right(self):
        config = f"{self.place.name}/kafka.properties"
        with open(config, "w", encoding="utf-8") as file:
            file.write("acks=1\n")
        reason = lambda *arguments, **named: self.ended(*arguments, **named)[1]["error"]["reason"]
        self.assertEqual(reason("--kafka-config", config, "topics", "apply"), "INVALID_KAFKA_CONFIG")
        self.assertEqual(reason("topics", "apply", log="embedded"), "USAGE")
        self.assertEqual(reason("topics", "apply", log="kafka:nowhere"), "USAGE")
        self.assertEqual(reason("topics", "apply", "--clock", "manual"), "USAGE")
        self.assertEqual(reason("topics", "apply", "--replication", "1"), "INVALID_REPLICATION")
        self.assertEqual(reason("up", "--detach"), "USAGE")
        self.assertEqual(reason("journal", "verify"), "USAGE")

    def test_print_what_each_service_may_do(self):
        acls = self.apply(*SMALL, "--dry-run")["acls"]
        who = {re.search(r"CN=([^,]+),O=Holdfast", line)[1] for line in acls}
        self.assertEqual({one for one in who if "@" not in one},
                         {"service", *(f"service-{name}" for name in ("cases", "proceedings", "contact", "alerting", "national",
                                                                      "audit", "relay"))})
        for one in who:
            self.assertTrue(os.path.exists(f"{self.place.name}/keys/id/{one}/cert.pem"), one)

    def test_examples_run_as_they_stand(self):
        for command in (("topics",), ("topics", "apply")):
            shown = subprocess.run([HOLDFAST, *command, "--help"], capture_output=True, text=True, check=True).stdout
            examples = [line.strip() for line in shown.splitlines() if line.startswith("  holdfast ")]
            self.assertTrue(examples)
            for example in examples:
                with self.subTest(example=example):
                    words = example.replace("127.0.0.1:19092", self.brokers).split()[1:]
                    done = subprocess.run([HOLDFAST, *self.folders, *words], capture_output=True, text=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    HOLDFAST, KAFKA = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
