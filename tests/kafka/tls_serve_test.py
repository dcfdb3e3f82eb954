"""An instance on a broker with TLS, with no rights but those that `holdfast topics apply` prints.

Usage: tls_serve_test.py HOLDFAST_BINARY TOOLS_KAFKA
Starts a broker of its own.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unittest

HOLDFAST = ""
KAFKA = ""
NORTH = "E06000901"
SMALL = ("--partitions", "2", "--replication", "1", "--min-in-sync", "1")


class OnABrokerWithTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="holdfast-tls-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        for keys in ("keys", "foreign"):
            subprocess.run([HOLDFAST, "--data", str(cls.folder / f"{keys}-data"), "--keys", str(cls.folder / keys), "init"],
                           capture_output=True, check=True)
        kafka = cls.folder / "kafka"
        cls.addClassCleanup(subprocess.run, [KAFKA, "down", "--dir", str(kafka)], capture_output=True, check=False)
        up = subprocess.run([KAFKA, "up", "--dir", str(kafka), "--port", "0", "--tls", str(cls.folder / "keys")],
                            stdout=subprocess.PIPE, text=True, check=True)
        cls.brokers = json.loads(up.stdout)["bootstrap"]
        cls.operator_properties = kafka / "tls" / "operator.properties"

    def config(self, identity, keys="keys"):
        """A file of librdkafka's properties for an identity of a keys folder."""
        identity_folder = self.folder / keys / "id" / identity
        path = self.folder / f"{keys}-{identity}.properties"
        path.write_text("security.protocol=ssl\n"
                        f"ssl.ca.location={self.folder}/keys/ca.pem\n"
                        f"ssl.certificate.location={identity_folder}/cert.pem\n"
                        f"ssl.key.location={identity_folder}/key.pem\n", encoding="utf-8")
        return path

    def ended(self, data, *words, config=None, keys="keys"):
        kafka = ["--log", f"kafka:{self.brokers}", "--kafka-config", str(config)] if config else []
        done = subprocess.run([HOLDFAST, "--data", str(self.folder / data), "--keys", str(self.folder / keys), "--json", *kafka,
                               *words], capture_output=True, text=True, check=False)
        printed = [line for line in done.stdout.splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {"stderr": done.stderr}

    def run_holdfast(self, data, *words, config=None):
        code, printed = self.ended(data, *words, config=config)
        self.assertEqual(code, 0, printed)
        return printed

    def give_rights(self, acls):
        for line in acls:
            words = shlex.split(line.replace("OPERATOR.properties", str(self.operator_properties)))
            self.assertEqual(words[0], "kafka-acls.sh")
            subprocess.run([KAFKA, "tool", "org.apache.kafka.tools.AclCommand", *words[1:]], capture_output=True, check=True)

    def test_an_instance_serves_commands_and_reads_with_the_printed_rights_alone(self):
        acls = self.run_holdfast("ann", "topics", "apply", *SMALL, config=self.config("operator"))["acls"]
        service = self.config("service")
        code, refused = self.ended("ann", "serve", "all", "--detach", config=service)
        self.assertEqual((code, refused["error"]["reason"]), (2, "KAFKA_NOT_ALLOWED"), refused)

        self.give_rights(line for line in acls if re.search(r"CN=service,", line))
        for name in ("ann", "ben"):
            self.addCleanup(self.ended, name, "down")
        self.run_holdfast("ann", "serve", "all", "--detach", config=service)
        self.run_holdfast("ann", "authority", "add", NORTH, "--name", "North")
        self.run_holdfast("ann", "authority", "live", NORTH, "--from", "2020-04-01")
        self.run_holdfast("ben", "serve", "all", "--detach", config=service)
        child = self.run_holdfast("ben", "case", "register", "--authority", NORTH, "--local-id", "K1", "--born", "2018-01-01",
                                  "--name", "A Name")["child"]
        self.run_holdfast("ann", "case", "record", "care_start", "--authority", NORTH, "--child", child, "--on", "2026-01-05")
        self.assertEqual(self.run_holdfast("ben", "case", "show", "--authority", NORTH, "--child", child)["child"], child)
        self.run_holdfast("ben", "alerts", "list", "--authority", NORTH)
        self.run_holdfast("ann", "national", "--authority", NORTH, "--year-ending", "2025-03-31")
        self.assertEqual(len(self.run_holdfast("ann", "audit", "--child", child)["reads"]), 2)  # the case, and its alerts
        self.assertEqual(len(self.run_holdfast("ann", "status")["instances"]), 2)

        code, refused = self.ended("eve", "serve", "all", "--detach", config=self.config("service", "foreign"))
        self.assertEqual((code, refused["error"]["reason"]), (2, "KAFKA_NOT_REACHED"), refused)
        self.assertIn(self.brokers, refused["error"]["message"])

    def keys_read_by(self, identity):
        """(exit code, the keys) of the records that a program with this certificate reads of North's public topic."""
        done = subprocess.run(["kcat", "-F", str(self.config(identity)), "-b", self.brokers, "-C", "-t", f"relay.public.{NORTH.lower()}",
                               "-o", "beginning", "-e", "-q", "-f", "%k\\n"], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    def test_the_relay_publishes_and_a_data_team_reads_with_the_printed_rights_alone(self):
        prefix = ("--topic-prefix", "relay")
        operator, data = self.config("operator"), f"data@{NORTH}"
        acls = self.run_holdfast("may", *prefix, "topics", "apply", *SMALL, config=operator)["acls"]
        self.give_rights(line for line in acls if re.search(r"CN=(service|service-relay),", line))
        others = "audit,cases,proceedings,contact,alerting,national"
        for name, services, identity in (("may", others, "service"), ("rob", "relay", "service-relay")):
            self.addCleanup(self.ended, name, "down")
            self.run_holdfast(name, *prefix, "serve", services, "--detach", config=self.config(identity))
        self.run_holdfast("may", "authority", "add", NORTH, "--name", "North")
        acls = self.run_holdfast("may", *prefix, "topics", "apply", *SMALL, config=operator)["acls"]
        self.give_rights(line for line in acls if f"CN={data}," in line)
        child = self.run_holdfast("may", "case", "register", "--authority", NORTH, "--local-id", "K1", "--born", "2018-01-01",
                                  "--name", "A Name")["child"]
        limit = time.monotonic() + 60
        while child not in (read := self.keys_read_by(data)[1]):
            self.assertLess(time.monotonic(), limit, read)
            time.sleep(0.5)
        self.assertEqual(self.keys_read_by("auditor")[1], [])
        # The stream of an instance that runs the relay alone, asked for at one that does not.
        first = subprocess.run([HOLDFAST, "--data", str(self.folder / "may"), "--keys", str(self.folder / "keys"), "stream",
                                "--authority", NORTH, "--for", "10"], capture_output=True, text=True, check=True).stdout
        self.assertIn(child, {json.loads(line)["partitionkey"] for line in first.splitlines()})


if __name__ == "__main__":
    HOLDFAST, KAFKA = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
