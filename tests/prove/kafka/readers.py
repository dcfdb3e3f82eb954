"""What this version writes, read by programs that others wrote: kcat, Kafka's console consumer and a Python client with the CloudEvents
SDK; and the golden bytes of every event version, through a broker."""

import base64
import hashlib
import json
import pathlib
import re
import secrets
import shutil
import subprocess
import sys
import time

import machines
from judge import Verdict
from machines import AUTHORITY, ROOT, Failed, object_of, run

PACKAGES = ["cloudevents==2.2.0", "confluent-kafka==2.16.1"]
JOURNALS = ("cases", "proceedings", "contact", "alerting", "national", "audit")
CHILDREN = 12
PUBLISHED_S = 60
REQUIRED = ("ce_specversion", "ce_id", "ce_source", "ce_type")


def python_with_clients():
    """A Python that has the packages, in a place of its own, made once."""
    pins = hashlib.sha256("\n".join(PACKAGES).encode()).hexdigest()[:16]
    place = pathlib.Path.home() / ".cache/holdfast" / f"kafka-readers-{pins}"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        run(sys.executable, "-m", "venv", place, timeout=300)
        run(place / "bin/pip", "install", "--quiet", *PACKAGES, timeout=600)
        (place / "made").touch()
    return place / "bin/python"


def of_python(brokers, *words, given=None):
    """tests/prove/kafka/readers_client.py: the JSON of each line that it prints."""
    script = pathlib.Path(__file__).with_name("readers_client.py")
    done = subprocess.run([str(word) for word in (python_with_clients(), "-B", script, words[0], brokers.bootstrap, *words[1:])],
                          input=given, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise Failed(f"the Python client: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def seen_by_python(brokers, topic):
    """{(partition, offset): (key, value, headers)}, and the events that the SDK makes of those with its headers."""
    records, events = {}, {}
    for line in of_python(brokers, "read", topic):
        place = line["partition"], line["offset"]
        key = None if line["key"] is None else base64.b64decode(line["key"])
        records[place] = key, base64.b64decode(line["value"]), tuple(map(tuple, line["headers"]))
        if line["event"]:
            events[place] = line["event"]
    return records, events


def seen_by_kcat(brokers, topic):
    kcat = shutil.which("kcat") or shutil.which("kafkacat")
    if not kcat:
        raise Failed("there is no kcat here. As root: apt-get install kcat")
    end = secrets.token_hex(12)
    done = subprocess.run([kcat, "-C", "-b", brokers.bootstrap, "-t", topic, "-o", "beginning", "-e", "-q", "-f",
                           f"%p %o %K %S %h\\n%k%s{end}"], capture_output=True, check=True, timeout=120)
    records = {}
    for text in done.stdout.split(end.encode())[:-1]:
        first, rest = text.split(b"\n", 1)
        partition, offset, key_size, size, headers = (first.decode() + " ").split(" ", 4)
        key_size = max(int(key_size), 0)
        if len(rest) != key_size + int(size):
            raise Failed(f"kcat shows {len(rest)} bytes of {topic}, and counts {key_size} and {size}")
        pairs = tuple(tuple(pair.split("=", 1)) for pair in headers.strip().split(",") if pair)
        records[int(partition), int(offset)] = rest[:key_size] or None, rest[key_size:], pairs
    return records


def seen_by_console_consumer(brokers, topic, count):
    between, end = secrets.token_hex(12), secrets.token_hex(12)
    properties = {"print.partition": "true", "print.offset": "true", "print.headers": "true", "print.key": "true",
                  "key.separator": between, "line.separator": end, "null.literal": "null"}
    words = [word for name, value in properties.items() for word in ("--property", f"{name}={value}")]
    done = subprocess.run([str(word) for word in (machines.KAFKA, "tool", "org.apache.kafka.tools.consumer.ConsoleConsumer",
                                                  "--bootstrap-server", brokers.bootstrap, "--topic", topic, "--from-beginning",
                                                  "--max-messages", count, "--timeout-ms", 30000, *words)],
                          capture_output=True, check=False, timeout=180)
    records = {}
    for text in done.stdout.split(end.encode())[:-1]:
        partition, offset, headers, key, value = text.split(between.encode(), 4)
        pairs = tuple(tuple(pair.split(":", 1)) for pair in headers.decode().split(",") if pair not in ("NO_HEADERS", ""))
        place = int(partition.decode().removeprefix("Partition:")), int(offset.decode().removeprefix("Offset:"))
        records[place] = None if key == b"null" else key, value, pairs
    if len(records) != count:
        raise Failed(f"Kafka's console consumer shows {len(records)} records of {topic}, of {count}: {done.stderr.decode()[-800:]}")
    return records


def read_by_all(brokers, topic, verdict):
    """The records of the topic, and its events; a violation for each difference between the clients."""
    by_python, events = seen_by_python(brokers, topic)
    others = {"kcat": seen_by_kcat(brokers, topic)}
    if by_python:
        others["Kafka's console consumer"] = seen_by_console_consumer(brokers, topic, len(by_python))
    for name, records in others.items():
        if records != by_python:
            differing = [place for place in by_python.keys() | records.keys() if by_python.get(place) != records.get(place)]
            verdict.violations.append(f"{name} and the Python client differ in {len(differing)} records of {topic}: {differing[:3]}")
    verdict.acknowledged += len(by_python)
    return by_python, events


def read_journals(deployment, written, verdict):
    """Every journal: the same records for all, as many as the program's own reader knows, without keys or headers."""
    for service in JOURNALS:
        records, _ = read_by_all(deployment.brokers, f"{deployment.prefix}.journal.{service}", verdict)
        dumped = run(*deployment.instance("operator").words("journal", "dump", "--service", service, log=True)).stdout.splitlines()
        if len(records) != len(dumped):
            verdict.violations.append(f"the journal of {service} has {len(dumped)} records, and {len(records)} are read")
        if any(key is not None or headers for key, _, headers in records.values()):
            verdict.violations.append(f"records of the journal of {service} have keys or headers")
        if any(value[:1] != b"\x01" for _, value, _ in records.values()):
            verdict.violations.append(f"a record of the journal of {service} does not begin with its format's version")
        subjects = {child for child in written if any(bytes.fromhex(child) in value for _, value, _ in records.values())}
        if service == "cases" and subjects != set(written):
            verdict.violations.append(f"the ids of {len(set(written) - subjects)} children are not in the journal's records")


def judge_events(topic, records, events, verdict):
    """Records that are CloudEvents: every one valid, keyed by its child, its data the very bytes."""
    for place, (key, value, headers) in records.items():
        named = dict(headers)
        event = events.get(place)
        if event is None or any(not named.get(name) for name in REQUIRED):
            verdict.violations.append(f"no CloudEvent: {topic} {place} {headers}")
        elif named["ce_specversion"] != "1.0" or named.get("content-type") != "application/protobuf":
            verdict.violations.append(f"not a CloudEvent 1.0 of protobuf: {topic} {place} {headers}")
        elif base64.b64decode(event["data"]) != value or event["id"] != named["ce_id"] or event["type"] != named["ce_type"]:
            verdict.violations.append(f"the SDK makes another event of {topic} {place}")
        elif len(bytes.fromhex(key.decode())) != 16 or named.get("ce_partitionkey") != key.decode():
            verdict.violations.append(f"not keyed by 16 bytes in hex: {topic} {place} {key}")


def read_published(deployment, instance, verdict):
    """What the relay has published."""
    told = object_of(run(*instance.words("topics", "apply", "--partitions", machines.PARTITIONS, "--replication", 1,
                                                  "--min-in-sync", 1, log=True)).stdout)
    topics = [topic["name"] for topic in told["topics"] if topic["name"].startswith((f"{deployment.prefix}.public.",
                                                                                    f"{deployment.prefix}.pseudonymous."))]
    for topic in topics:
        end = time.monotonic() + PUBLISHED_S
        while not seen_by_python(deployment.brokers, topic)[0]:
            if time.monotonic() > end:
                verdict.violations.append(f"nothing is published to {topic} after {PUBLISHED_S} s")
                break
            time.sleep(1)
        judge_events(topic, *read_by_all(deployment.brokers, topic, verdict), verdict)
    if not topics:
        verdict.violations.append("no authority has a topic")


# Where the bytes of every event version are kept: the message, and its golden tests.
GOLDEN_TESTS = {"alerting": "services/alerting/domain/alerting_events_golden_test.cc", "audit": "tests/golden/audit_events_golden_test.cc",
                "contact": "services/contact/domain/contact_events_golden_test.cc",
                "proceedings": "services/proceedings/domain/proceedings_events_golden_test.cc"}


def goldens():
    """(name, message, bytes) of every event version that the golden tests keep."""
    lines = [line for line in (ROOT / "tests/golden/cases_events.golden").read_text().splitlines() if line and line[0] != "#"]
    for name, _, text in zip(lines[::3], lines[1::3], lines[2::3]):
        yield f"cases {name}", "holdfast.cases.v1.CasesEvent", bytes.fromhex(text)
    for service, file in GOLDEN_TESTS.items():
        source = (ROOT / file).read_text()
        kept = re.findall(r',\s*((?:"[0-9a-f]+"\s*)+)\}', source)
        entries = re.findall(r'^ +\{(?:"\w+"|R")', source, re.MULTILINE)
        if len(kept) != len(entries):
            raise AssertionError(f"{file}: {len(entries)} goldens, {len(kept)} of them found")
        for number, text in enumerate(kept):
            yield (f"{service} {number}", f"holdfast.{service}.v1.{service.capitalize()}Event",
                   bytes.fromhex("".join(re.findall("[0-9a-f]+", text))))


def read_goldens(brokers, verdict):
    """As a topic of data teams has them: written by the Python client, read by all, and taken apart by protoc without a rest."""
    kept = list(goldens())
    topic = f"golden-{secrets.token_hex(3)}"
    brokers.tool("TopicCommand", "--create", "--topic", topic, "--partitions", 1, "--replication-factor", 1)
    lines = [{"key": hashlib.sha256(name.encode()).hexdigest()[:32], "id": f"golden-0-{number + 1}", "type": message,
              "data": base64.b64encode(data).decode()} for number, (name, message, data) in enumerate(kept)]
    of_python(brokers, "write", topic, given="".join(json.dumps(line) + "\n" for line in lines))
    records, events = read_by_all(brokers, topic, verdict)
    judge_events(topic, records, events, verdict)
    read = [records[place][1] for place in sorted(records)]
    if read != [data for _, _, data in kept]:
        verdict.violations.append(f"of {len(kept)} golden events {len(read)} are read back, or they differ")
    for (name, message, _), data in zip(kept, read):
        area = message.split(".")[1]
        done = subprocess.run(["protoc", f"-I{ROOT / 'proto'}", f"--decode={message}", f"holdfast/{area}/v1/{area}_events.proto"],
                              input=data, cwd=ROOT / "proto", capture_output=True, check=False)
        if done.returncode != 0 or re.search(rb"^\s*\d+[:\s{]", done.stdout, re.MULTILINE):
            verdict.violations.append(f"golden event {name} is not read back whole: {done.stderr.decode()[-300:]}")
    print(f"readers: {len(kept)} golden events", file=sys.stderr, flush=True)


def write_facts(instance):
    """The children of whom facts are stated."""
    children = []
    for number in range(CHILDREN):
        child = instance.run("case", "register", "--authority", AUTHORITY, "--local-id", f"R{number}", "--born", "2018-01-01", "--name",
                             "A Name")["child"]
        instance.run("case", "record", "care_start", "--authority", AUTHORITY, "--child", child, "--on", "2026-01-05")
        children.append(child)
    return children


def prove(folder, wanted):
    verdict = Verdict()
    brokers = machines.Brokers(folder / "readers-brokers", count=1)
    instance = None
    try:
        for number in range(wanted.rounds):
            deployment = machines.Deployment(folder / f"readers-{number}", brokers, f"readers-{secrets.token_hex(3)}", copies=1, in_sync=1)
            instance = deployment.instance("ann")
            instance.serve()
            deployment.add_authority(instance)
            children = write_facts(instance)
            read_published(deployment, instance, verdict)
            instance.down()
            read_journals(deployment, children, verdict)
            read_goldens(brokers, verdict)
            verdict.rounds += 1
    finally:
        if instance:
            instance.end()
        brokers.down()
    return verdict
