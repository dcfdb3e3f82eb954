#!/usr/bin/env python3
"""Makes Strimzi's KafkaTopic and KafkaUser resources from what `holdfast topics apply` says.

Usage: holdfast --json --log kafka:HOST:PORT,.. topics apply --dry-run | deploy/kubernetes/kafka_resources.py

Writes topics.yaml and users.yaml beside this file. Run it again when the program asks for other topics or rights; a test compares them
with a real broker's answer. Topics of data teams and subscriber groups, and their readers, are not among them: `topics apply` makes the
topics as authorities and groups are added, and prints what their readers need.
"""

import json
import pathlib
import re
import shlex
import sys

CLUSTER = NAMESPACE = "holdfast"
API = "kafka.strimzi.io/v1"
MADE = "# Made by deploy/kubernetes/kafka_resources.py from what `holdfast topics apply` says: do not edit.\n"
KEPT_FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
COMPACTED = {"cleanup.policy": "compact"}
ALL = {"max.message.bytes": "1048576", "min.insync.replicas": "2", "unclean.leader.election.enable": "false"}

# Who runs `topics apply`: makes topics, sees their settings, and writes what the deployment is. Not printed by it.
OPERATOR = {"topic-prefix": ["Create", "Describe", "DescribeConfigs"], "deployment": ["Read", "Write"]}


def topics_of(answer):
    """KafkaTopics of the topics that are of no one authority."""
    for topic in answer["topics"]:
        name = topic["name"]
        if ".public." not in name and ".pseudonymous." not in name:
            kept = COMPACTED if name.endswith((".keys", ".ownership")) else KEPT_FOR_EVER
            yield resource("KafkaTopic", name, {"partitions": topic["partitions"], "replicas": 3, "config": {**kept, **ALL}})


def rules_of(line):
    """(identity, {(type, name, pattern, operation)}) of a line that `topics apply` prints for kafka-acls.sh."""
    words = shlex.split(line)
    options = list(zip(words, words[1:]))
    said = lambda option: [value for name, value in options if name == option]
    pattern = (said("--resource-pattern-type") or ["literal"])[0]
    pattern = {"prefixed": "prefix"}.get(pattern, pattern)
    resources = [("topic", name, pattern) for name in said("--topic")] + [("group", name, pattern) for name in said("--group")]
    identity = re.fullmatch(r"User:CN=(.+),O=Holdfast", said("--allow-principal")[0])[1]
    return identity, {(*one, operation) for one in resources for operation in said("--operation")}


def users_of(answer):
    """A KafkaUser for each identity. Strimzi makes its certificate, with the common name holdfast-IDENTITY."""
    prefix = answer["topics"][0]["name"].split(".journal.")[0]
    rules = {}
    for line in answer["acls"]:
        identity, more = rules_of(line)
        if "@" not in identity:  # of a data team or group
            rules.setdefault(identity, set()).update(more)
    rules["operator"] = {("topic", f"{prefix}.", "prefix", operation) for operation in OPERATOR["topic-prefix"]} | {
        ("topic", f"{prefix}.deployment", "literal", operation) for operation in OPERATOR["deployment"]}
    for identity, granted in rules.items():
        resources = {}
        for kind, name, pattern, operation in sorted(granted):
            resources.setdefault((kind, name, pattern), []).append(operation)
        acls = [{"resource": {"type": kind, "name": name, "patternType": pattern}, "operations": operations}
                for (kind, name, pattern), operations in resources.items()]
        yield resource("KafkaUser", f"holdfast-{identity}",
                       {"authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": acls}})


def resource(kind, name, spec):
    return {"apiVersion": API, "kind": kind,
            "metadata": {"name": name, "namespace": NAMESPACE, "labels": {"strimzi.io/cluster": CLUSTER}}, "spec": spec}


def main(words):
    if words:
        print(__doc__.strip())
        return 0 if words[0] in ("--help", "-h") else 2
    import yaml  # only where the files are written
    answer = json.load(sys.stdin)
    folder = pathlib.Path(__file__).parent
    for file, resources in (("topics.yaml", topics_of(answer)), ("users.yaml", users_of(answer))):
        (folder / file).write_text(MADE + yaml.safe_dump_all(resources, sort_keys=False, width=130), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
