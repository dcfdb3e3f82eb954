"""The events of the journals on a real Kafka: two instances publish them, one is killed while it does, and clients that others wrote
read them.

Usage: relay_test.py HOLDFAST_BINARY TOOLS_KAFKA
HOLDFAST_TEST_KAFKA: the folder of a broker that `tools/kafka up` started.
"""

import base64
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import clients
import instances_test
from instances_test import SESSION_S, Instance, brokers

NORTH, SOUTH = "E06000901", "E06000902"
GROUPS = ("university-a", "charity-b")
WAIT_S = 90


class TheRelay(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="holdfast-relay-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.keys = cls.folder / "keys"
        cls.prefix = f"relay-{secrets.token_hex(4)}"
        cls.log_words = ["--log", f"kafka:{brokers()}", "--topic-prefix", cls.prefix]
        subprocess.run([instances_test.HOLDFAST, "--data", str(cls.folder / "operator"), "--keys", str(cls.keys), "init"],
                       capture_output=True, check=True)
        cls.ann, cls.ben = Instance(cls, "ann"), Instance(cls, "ben")
        cls.apply("--clock", "manual", "--day", "2026-06-01")
        cls.ann.serve()
        for code in (NORTH, SOUTH):
            cls.ann.run("authority", "add", code, "--name", code)
        for group in GROUPS:
            cls.ann.run("subscriber", "add", group)
        cls.applied = cls.apply()
        cls.ben.serve()
        cls.children = {NORTH: [], SOUTH: []}

    @classmethod
    def tearDownClass(cls):
        for instance in (cls.ann, cls.ben):
            instance.ended("down")
        cls.temporary.cleanup()

    @classmethod
    def apply(cls, *options):
        return cls.ann.run("topics", "apply", "--partitions", 4, "--replication", 1, "--min-in-sync", 1, *options, log=True)

    def register(self, door, authority):
        number = sum(map(len, self.children.values())) + 1
        child = door.run("case", "register", "--authority", authority, "--local-id", f"R{number}", "--born", "2018-01-01", "--name",
                         "Pat Canary")["child"]
        self.children[authority].append(child)
        door.run("case", "record", "care_start", "--authority", authority, "--child", child, "--on", "2026-01-05")
        return child

    def topic(self, name):
        return clients.read_topic(brokers(), f"{self.prefix}.{name}")

    def streamed(self, authority):
        """All events of the authority by id, as the stream gives them, up to one that is made now."""
        last = self.register(self.ben, authority)
        file = self.folder / f"stream-{secrets.token_hex(4)}"
        with open(file, "wb") as out:
            stream = subprocess.Popen([instances_test.HOLDFAST, "--data", str(self.ben.data), "--keys", str(self.keys), "stream",
                                       "--authority", authority], stdout=out)
        try:
            return self.await_that(lambda: self.whole(file, last))
        finally:
            stream.terminate()
            stream.wait()

    @staticmethod
    def whole(file, last):
        events = [json.loads(line) for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]
        facts = [event for event in events if event["partitionkey"] == last and event["source"] == "urn:holdfast:cases"]
        return {event["id"]: event for event in events} if len(facts) == 2 else None

    def await_that(self, look):
        limit = time.monotonic() + WAIT_S
        while not (seen := look()):
            self.assertLess(time.monotonic(), limit)
            time.sleep(0.5)
        return seen

    @staticmethod
    def out_of_order(records):
        """Events that came for the first time after a later one of the same partition of their journal."""
        newest, seen, late = {}, set(), []
        for record in records:
            journal, _, number = record["event"]["id"].rpartition("-")
            if record["event"]["id"] not in seen and int(number) < newest.get(journal, 0):
                late.append(record["event"]["id"])
            seen.add(record["event"]["id"])
            newest[journal] = max(newest.get(journal, 0), int(number))
        return late

    def await_published(self, authority, events):
        """The records of the authority's topic, once all these events are there."""
        def look():
            records = self.topic(f"public.{authority.lower()}")
            return records if events.keys() <= {record["event"]["id"] for record in records} else None
        return self.await_that(look)

    def test_1_makes_the_topics_and_says_who_may_read_them(self):
        names = {topic["name"] for topic in self.applied["topics"] if topic["created"]}
        self.assertEqual(names, {f"{self.prefix}.public.{code.lower()}" for code in (NORTH, SOUTH)} |
                         {f"{self.prefix}.pseudonymous.{group}" for group in GROUPS})
        acls = "\n".join(self.applied["acls"])
        for who in ("service-relay", f"data@{NORTH}", f"subscriber@{GROUPS[0]}"):
            self.assertIn(f"User:CN={who},", acls)

    def test_2_publishes_what_the_stream_gives_to_the_authority_alone(self):
        for authority in (NORTH, SOUTH, NORTH):
            self.register(self.ann, authority)
        events = self.streamed(NORTH)
        records = self.await_published(NORTH, events)
        south = self.topic(f"public.{SOUTH.lower()}")
        for record in records:
            event = events.get(record["event"]["id"])
            if event is None:
                continue  # newer than the stream was read to
            self.assertEqual(record["value"], event["data_base64"])
            self.assertEqual(record["key"], event["partitionkey"])
            self.assertEqual(record["headers"],
                             [["content-type", "application/protobuf"], ["ce_specversion", "1.0"], ["ce_id", event["id"]],
                              ["ce_source", event["source"]], ["ce_type", event["type"]], ["ce_time", event["time"]],
                              ["ce_partitionkey", event["partitionkey"]]])
            self.assertEqual(record["partition"], int(event["id"].split("-")[1]))
            self.assertEqual(record["event"]["data"], record["value"])
            self.assertEqual(record["event"]["datacontenttype"], "application/protobuf")
            self.assertNotIn(b"Canary", base64.b64decode(record["value"]))
        self.assertFalse(set(self.children[NORTH]) & {record["key"] for record in south})
        self.assertFalse(set(self.children[SOUTH]) & {record["key"] for record in records})
        self.assertTrue(any(record["event"]["source"] == "urn:holdfast:alerting" for record in records))

    def test_3_loses_nothing_when_the_relaying_instance_is_killed(self):
        stop = threading.Event()
        failures = []

        def load():
            while not stop.is_set():
                try:
                    self.register(self.ben, NORTH)
                except AssertionError as error:
                    failures.append(str(error))

        loader = threading.Thread(target=load)
        loader.start()
        try:
            for _ in range(2):
                before = len(self.children[NORTH])
                self.await_that(lambda: len(self.children[NORTH]) >= before + 10)
                self.ann.kill()
                before = len(self.children[NORTH])
                self.await_that(lambda: len(self.children[NORTH]) >= before + 10)
                self.ann.serve()
        finally:
            stop.set()
            loader.join()
        events = self.streamed(NORTH)
        self.assertLessEqual(set(self.children[NORTH]), {event["partitionkey"] for event in events.values()})
        records = self.await_published(NORTH, events)
        self.assertEqual(self.out_of_order(records), [])
        by_id = {}
        for record in records:
            by_id.setdefault(record["event"]["id"], set()).add(json.dumps([record["headers"], record["value"], record["partition"]]))
        self.assertEqual({one: len(copies) for one, copies in by_id.items() if len(copies) > 1}, {})
        for one, event in events.items():
            self.assertIn(event["data_base64"], json.loads(next(iter(by_id[one]))))

    def test_4_publishes_to_groups_what_they_cannot_join(self):
        events = self.streamed(NORTH)
        wanted = len(events)
        topics = [self.await_that(lambda group=group: (lambda records: records if len(records) >= wanted else None)(
            self.topic(f"pseudonymous.{group}"))) for group in GROUPS]
        children = set(self.children[NORTH]) | set(self.children[SOUTH])
        values = []
        for records in topics:
            self.assertFalse({record["key"] for record in records} & children)
            self.assertEqual({record["event"]["time"][10:19] for record in records}, {"T00:00:00"})
            self.assertEqual({record["timestamp"] % 86_400_000 for record in records}, {0})
            for record in records:
                data = base64.b64decode(record["value"])
                self.assertNotIn(b"Canary", data)
                self.assertFalse([child for child in children if bytes.fromhex(child) in data])
            values.append({record["event"]["id"] for record in records} | {record["key"] for record in records})
        self.assertFalse(values[0] & values[1])
        self.assertFalse((values[0] | values[1]) & set(events))

    def test_5_is_read_by_kcat_and_by_kafkas_own_consumer(self):
        topic = f"{self.prefix}.public.{NORTH.lower()}"
        records = self.await_published(NORTH, self.streamed(NORTH))
        wanted = {record["event"]["id"] for record in records}
        kcat = shutil.which("kcat") or shutil.which("kafkacat")
        self.assertTrue(kcat, "kcat is not installed")
        shown = subprocess.run([kcat, "-C", "-b", brokers(), "-t", topic, "-o", "beginning", "-e", "-q", "-f", "%k %h\\n"],
                               capture_output=True, text=True, check=True).stdout
        for record in records:
            headers = ",".join(f"{name}={value}" for name, value in record["headers"])
            self.assertIn(f"{record['key']} {headers}\n", shown)
        done = subprocess.run([instances_test.KAFKA, "tool", "org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server",
                               brokers(), "--topic", topic, "--from-beginning", "--timeout-ms", "10000", "--property",
                               "print.headers=true", "--property", "print.key=true"], capture_output=True, check=False).stdout
        for one in wanted:
            self.assertIn(f"ce_id:{one},".encode(), done)


if __name__ == "__main__":
    instances_test.HOLDFAST = sys.argv.pop(1)
    instances_test.KAFKA = sys.argv.pop(1)
    unittest.main()
