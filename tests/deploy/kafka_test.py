"""What the manifests ask Strimzi for is what the program asks for: on the real broker of HOLDFAST_TEST_KAFKA, and on one with TLS."""

import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import unittest

import yaml

from places import DEPLOY, PROGRAM, REPOSITORY

sys.path.insert(0, str(DEPLOY / "kubernetes"))
from kafka_resources import topics_of, users_of  # noqa: E402  (after its folder is known)

KAFKA = REPOSITORY / "tools" / "kafka"
ONE_BROKER = ("--replication", "1", "--min-in-sync", "1")
AGAIN = "run: holdfast --json --log kafka:HOST:PORT topics apply --dry-run | deploy/kubernetes/kafka_resources.py"


def manifests(file):
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / file).read_text(encoding="utf-8")))


def bootstrap(folder):
    return json.loads(run(KAFKA, "status", "--dir", folder))["bootstrap"]


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Place:
    """Keys of a deployment, and the program run with them."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-manifests-")
        self.path = pathlib.Path(self.folder.name)
        self.words = [PROGRAM, "--data", self.path / "data", "--keys", self.path / "keys", "--json"]
        run(*self.words, "init")

    def apply(self, brokers, *words, before=()):
        """(exit code, what `topics apply` says)."""
        done = subprocess.run([*self.words, "--log", f"kafka:{brokers}", *before, "topics", "apply", *ONE_BROKER, *words],
                              capture_output=True, text=True, check=False)
        return done.returncode, json.loads(next(line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")))


class OnABroker(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.folder.cleanup)
        cls.brokers = bootstrap(os.environ["HOLDFAST_TEST_KAFKA"])

    def tool(self, name, *arguments):
        run(KAFKA, "tool", name, "--bootstrap-server", self.brokers, *arguments)

    def test_topics_and_users_are_those_that_the_program_tells(self):
        prefix = f"told-{secrets.token_hex(4)}"  # of which the broker knows nothing
        code, answer = self.place.apply(self.brokers, "--dry-run", before=("--topic-prefix", prefix))
        self.assertEqual(code, 0, answer)
        answer = json.loads(json.dumps(answer).replace(f"{prefix}.", "holdfast."))
        self.assertEqual(manifests("topics.yaml"), list(topics_of(answer)), AGAIN)
        self.assertEqual(manifests("users.yaml"), list(users_of(answer)), AGAIN)

    def test_topics_made_from_the_manifests_are_as_the_program_wants_them_and_made_otherwise_are_not(self):
        prefix = f"made-{secrets.token_hex(4)}"
        kinds = {f"holdfast.{kind}" for kind in ("journal.cases", "keys", "ownership", "deployment")}  # other journals are like the first
        made = set()
        for topic in (topic for topic in manifests("topics.yaml") if topic["metadata"]["name"] in kinds):  # one copy, for one broker
            name = topic["metadata"]["name"].replace("holdfast.", f"{prefix}.", 1)
            made.add(name)
            config = {**topic["spec"]["config"], "min.insync.replicas": "1"}
            self.tool("org.apache.kafka.tools.TopicCommand", "--create", "--topic", name, "--replication-factor", "1", "--partitions",
                      str(topic["spec"]["partitions"]), *(word for setting in config.items() for word in ("--config", "=".join(setting))))
        code, answer = self.place.apply(self.brokers, before=("--topic-prefix", prefix))
        self.assertEqual(code, 0, answer)
        self.assertEqual(len(made), 4)
        self.assertEqual({topic["name"] for topic in answer["topics"] if not topic["created"]}, made)
        self.assertEqual([topic for topic in answer["topics"] if topic["differs"]], [])

        self.tool("kafka.admin.ConfigCommand", "--alter", "--entity-type", "topics", "--entity-name", f"{prefix}.keys", "--add-config",
                  "cleanup.policy=delete")
        code, answer = self.place.apply(self.brokers, before=("--topic-prefix", prefix))
        self.assertEqual(code, 1, answer)
        self.assertEqual({topic["name"]: list(topic["differs"]) for topic in answer["topics"] if topic["differs"]},
                         {f"{prefix}.keys": ["cleanup.policy"]})


class WithTls(unittest.TestCase):
    """A broker that grants nothing but the rights of a KafkaUser. The certificate of the identity `auditor` stands for the user's."""

    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.folder.cleanup)
        cls.folder = cls.place.path / "kafka"
        cls.keys = cls.place.path / "keys"
        run(KAFKA, "up", "--dir", cls.folder, "--port", "0", "--tls", cls.keys)
        cls.addClassCleanup(run, KAFKA, "down", "--dir", cls.folder)
        cls.brokers = bootstrap(cls.folder)
        cls.config = cls.place.path / "kafka.properties"
        cls.config.write_text(f"security.protocol=ssl\nssl.ca.location={cls.keys}/ca.pem\n"
                              f"ssl.certificate.location={cls.keys}/id/auditor/cert.pem\n"
                              f"ssl.key.location={cls.keys}/id/auditor/key.pem\n", encoding="utf-8")

    def grant(self, acl):
        run(KAFKA, "tool", "org.apache.kafka.tools.AclCommand", "--bootstrap-server", self.brokers, "--command-config",
            self.folder / "tls" / "operator.properties", "--add", "--allow-principal", "User:CN=auditor,O=Holdfast",
            f"--{acl['resource']['type']}", acl["resource"]["name"], "--resource-pattern-type",
            {"prefix": "prefixed"}.get(acl["resource"]["patternType"], "literal"),
            *(word for operation in acl["operations"] for word in ("--operation", operation)))

    def test_the_operator_makes_topics_with_the_rights_of_its_user_and_not_without(self):
        code, answer = self.place.apply(self.brokers, before=("--kafka-config", self.config))
        self.assertEqual((code, answer["error"]["reason"]), (2, "KAFKA_NOT_ALLOWED"))
        user = next(user for user in manifests("users.yaml") if user["metadata"]["name"] == "holdfast-operator")
        for acl in user["spec"]["authorization"]["acls"]:
            self.grant(acl)
        code, answer = self.place.apply(self.brokers, before=("--kafka-config", self.config))
        self.assertEqual(code, 0, answer)
        self.assertTrue(all(topic["created"] for topic in answer["topics"]))


if __name__ == "__main__":
    unittest.main()
