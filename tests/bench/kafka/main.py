"""tools/bench kafka: how fast Holdfast is on a real Apache Kafka, on one broker and, beside it, on three.

Prints one line of JSON a figure: {"figure","brokers","value","unit","baseline","baseline_value","ratio"}. The baseline is measured in
the same run, in turn with the value, and both are medians. `bar` is what the ratio, or the value, has to reach where there is one.
What it is measured against is librdkafka under the journal's own settings in the same process as the load, or Kafka's own programs.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "prove/kafka"))

import machines  # noqa: E402
from generated_return import YEAR_ENDING, write_return  # noqa: E402
from machines import AUTHORITY, ROOT, Failed, object_of, run  # noqa: E402

BENCH = ROOT / "build/release/bin/holdfast-bench"
DAY = "2026-05-15"
PARTITIONS = 16
IN_FLIGHT = (1, 16, 64)
BAR_TWO, BAR_FACTS, BAR_ALERT_MS = 0.7, 0.35, 250
IMPORTED_RECORD = 25_000  # bytes of a record of Kafka's own producer test: that of a batch
TICKS = os.sysconf("SC_CLK_TCK")

EXAMPLES = """examples:
  tools/bench kafka                                all of it, half an hour
  tools/bench kafka --seconds 2 --children 500     a trial, some minutes
  tools/bench kafka --brokers 1"""


class Figures:
    """What is printed, and kept to compare three brokers with one."""

    def __init__(self, brokers):
        self.brokers, self.values = brokers, {}

    def tell(self, figure, value, unit, baseline=None, baseline_value=None, **more):
        self.values[figure] = value
        line = {"figure": figure, "brokers": self.brokers, "value": significant(value), "unit": unit}
        if baseline:
            line |= {"baseline": baseline, "baseline_value": significant(baseline_value)}
            if baseline_value:
                line["ratio"] = round(value / baseline_value, 3)
        print(json.dumps(line | more, ensure_ascii=False), flush=True)


def significant(value):
    return float(f"{value:.4g}")


def part(*words, timeout=600):
    """A load that holdfast-bench makes; see tests/bench/kafka_parts.h."""
    return object_of(run(BENCH, "--kafka", *words, timeout=timeout).stdout)


def cpu_s(pids):
    """Processor time that these processes have used."""
    def used(pid):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return sum(map(used, pids))


class Bench:
    """Brokers, a deployment on them, and children of whom facts can be stated."""

    def __init__(self, folder, count, wanted):
        self.folder, self.wanted, self.figures = folder, wanted, Figures(count)
        self.next_fact = 0
        self.children = folder / "children"
        self.instances = []
        self.brokers = machines.Brokers(folder / "brokers", count=count)

    def begin(self):
        folder, count, wanted = self.folder, self.brokers.count, self.wanted
        in_sync = min(2, count)
        self.deployment = machines.Deployment(folder, self.brokers, "bench", copies=count, in_sync=in_sync, day=DAY)
        self.copies = ["--replication-factor", count, "--config", f"min.insync.replicas={in_sync}"]
        self.make_topic("bare")
        self.instances = [self.deployment.instance("ann"), self.deployment.instance("ben")]
        self.ann, self.ben = self.instances
        self.ann.serve()
        self.deployment.add_authority(self.ann)
        part("register", self.ann.data, self.deployment.keys, wanted.children, self.children)

    def end(self):
        for instance in reversed(self.instances):
            instance.down()
        self.brokers.down()

    def make_topic(self, name):
        self.brokers.tool("TopicCommand", "--create", "--topic", name, "--partitions", PARTITIONS, *self.copies)

    def owners(self, instances):
        """Where the owner of each partition of `cases` is."""
        at = {partition: instance.endpoint() for instance in instances for service, partition in instance.owned() if service == "cases"}
        return [at[partition] for partition in range(PARTITIONS)]

    def commands(self, in_flight, instances):
        done = part("commands", self.deployment.keys, self.children, self.next_fact, in_flight, self.wanted.seconds,
                    *self.owners(instances))
        self.next_fact += done["count"]
        return done

    def bare(self, in_flight, size):
        return part("produce", self.brokers.bootstrap, "bare", PARTITIONS, size, in_flight, self.wanted.seconds)

    def journals(self):
        """Records, bytes and events of every journal."""
        total = {"records": 0, "bytes": 0}
        for service in ("cases", "proceedings", "contact", "alerting", "national", "audit"):
            read = part("read", self.brokers.bootstrap, f"bench.journal.{service}", PARTITIONS)
            total = {name: total[name] + read[name] for name in total}
        return total

    def pids(self):
        instances = [instance.record()["pid"] for instance in (self.ann, self.ben) if instance.endpoint()]
        return instances, list(self.brokers.pids().values())


def medians(runs):
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def single_commands(bench):
    """Durable single commands beside one produce (acks=all) and one read-back of as many bytes as a command's record."""
    size = record_of_a_command(bench)
    for in_flight in IN_FLIGHT:
        bare, commands = [], []
        for _ in range(bench.wanted.runs):
            bare.append(bench.bare(in_flight, size))
            commands.append(bench.commands(in_flight, [bench.ann]))
        bare, commands = medians(bare), medians(commands)
        tell, baseline = bench.figures.tell, f"a record of {size} bytes, produced and read back"
        tell(f"commands_{in_flight}", commands["per_s"], "commands/s", baseline, bare["per_s"])
        for share in ("p50", "p99"):
            tell(f"command_{in_flight}_{share}", commands[share], "ms", baseline, bare[share],
                 acknowledged=significant(bare[f"acknowledged_{share}"]), read_back=significant(bare[f"read_back_{share}"]))


def record_of_a_command(bench):
    """Bytes of the record of one command alone."""
    topic = ("read", bench.brokers.bootstrap, "bench.journal.cases", PARTITIONS)
    before = part(*topic)
    bench.commands(1, [bench.ann])
    after = part(*topic)
    return round((after["bytes"] - before["bytes"]) / (after["records"] - before["records"]))


def cost_of_events(bench):
    """Records, bytes and processor time for each fact that is stated, with all that services make of it."""
    instances, brokers = bench.pids()
    before, begin = bench.journals(), (cpu_s(instances), cpu_s(brokers))
    count = bench.commands(64, [bench.ann])["count"]
    used = cpu_s(instances) - begin[0], cpu_s(brokers) - begin[1]
    after = bench.journals()
    tell = bench.figures.tell
    tell("records_per_fact", (after["records"] - before["records"]) / count, "records")
    tell("bytes_per_fact", (after["bytes"] - before["bytes"]) / count, "bytes, before replication")
    tell("instance_time_per_fact", used[0] / count * 1e6, "µs of processor time")
    tell("brokers_time_per_fact", used[1] / count * 1e6, "µs of processor time")


def two_instances(bench):
    """Two instances beside one on the same machine, clients sending each command to its owner."""
    one, two = [], []
    for _ in range(bench.wanted.runs):
        one.append(bench.commands(64, [bench.ann])["per_s"])
        bench.ben.serve()
        bench.deployment.await_split([bench.ann, bench.ben])
        two.append(bench.commands(64, [bench.ann, bench.ben])["per_s"])
        bench.ben.down()
        bench.deployment.await_split([bench.ann])
    bench.figures.tell("two_instances", statistics.median(two), "commands/s", "one instance", statistics.median(one), bar=BAR_TWO)


def imported_facts(bench):
    """A return's rows, durable and read back, in payload bytes of their journals, beside Kafka's own producer test running with its
    consumer test on one topic."""
    runs, kafka = [], []
    for number in range(bench.wanted.runs):
        kafka.append(producer_and_consumer_test(bench, f"tested-{number}"))
        runs.append(import_one(bench, number))
    runs = medians(runs)
    bench.figures.tell("imported_rows", runs["rows_per_s"], "rows/s")
    bench.figures.tell("imported_bytes", runs["bytes_per_s"] / 1e6, "MB/s of records", "Kafka's producer test beside its consumer test",
                       statistics.median(kafka) / 1e6, bar=BAR_FACTS)


def import_one(bench, number):
    folder = bench.folder / f"return-{number}"
    write_return(folder, bench.wanted.children)
    code = f"E0600080{number}"
    bench.ann.run("authority", "add", code, "--name", code)
    before = bench.journals()
    begin = time.monotonic()
    done = bench.ann.run("import", "ssda903", folder, "--authority", code, "--year-ending", YEAR_ENDING, accepted=(0, 1), timeout=3600)
    took_s = time.monotonic() - begin
    return {"rows_per_s": done["total"]["read"] / took_s, "bytes_per_s": (bench.journals()["bytes"] - before["bytes"]) / took_s}


def producer_and_consumer_test(bench, topic):
    """Bytes a second that the producer test says, while the consumer test reads them."""
    bench.make_topic(topic)
    count = max(200, int(1_000 * bench.wanted.seconds))
    tool = [machines.KAFKA, "tool", "org.apache.kafka.tools.ConsumerPerformance", "--bootstrap-server", bench.brokers.bootstrap, "--topic",
            topic, "--messages", str(count), "--timeout", "60000"]
    consumer = subprocess.Popen([str(word) for word in tool], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        told = run(machines.KAFKA, "tool", "org.apache.kafka.tools.ProducerPerformance", "--topic", topic, "--num-records", count,
                   "--record-size", IMPORTED_RECORD, "--throughput", -1, "--producer-props", f"bootstrap.servers={bench.brokers.bootstrap}",
                   "acks=all", "linger.ms=0", "batch.size=1000000").stdout
        last = [line for line in told.splitlines() if "records/sec" in line][-1]
        return float(last.split("(")[1].split(" MB/sec")[0]) * 2**20
    finally:
        consumer.wait()


def fact_to_alert(bench):
    """From a fact that a court feeds, 500 a second, to its alert at a subscriber."""
    facts = min(12_000, int(500 * max(2, 2 * bench.wanted.seconds)))
    took = part("alerts", bench.ann.data, bench.deployment.keys, min(12_000, 2 * facts), facts)
    for share in ("p50", "p99"):
        bench.figures.tell(f"fact_to_alert_{share}", took[share], "ms", "bar", BAR_ALERT_MS)


PARTS = {"commands": single_commands, "cost": cost_of_events, "two-instances": two_instances, "facts": imported_facts,
         "alerts": fact_to_alert}


def measure(folder, count, wanted):
    bench = Bench(folder, count, wanted)
    try:
        bench.begin()
        for name in wanted.parts or PARTS:
            begin = os.getloadavg()[0]
            PARTS[name](bench)
            print(f"{name} on {count}: load {begin:.1f} before, {os.getloadavg()[0]:.1f} after", file=sys.stderr, flush=True)
        return bench.figures
    finally:
        bench.end()


def compare(one, three):
    """What three brokers cost."""
    for figure, value in three.values.items():
        if figure in one.values and ("commands" in figure or "p50" in figure or "imported" in figure):
            three.tell(f"{figure}_of_three", value, "as before", "one broker", one.values[figure])


def main():
    parser = argparse.ArgumentParser(prog="tools/bench kafka", description=__doc__, epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help="of: " + " ".join(PARTS) + "; all of them unless stated")
    parser.add_argument("--brokers", type=int, choices=(1, 3), help="only these; 1 and then 3 unless stated")
    parser.add_argument("--seconds", type=float, default=10, help="of each run; 10 unless stated")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is told; 5 unless stated")
    parser.add_argument("--children", type=int, default=10_000, help="of whom facts are stated; 10000 unless stated")
    parser.add_argument("--keep", action="store_true", help="keep the folder with all data and logs")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are: {' '.join(PARTS)}")
    machines.PARTITIONS = PARTITIONS
    folder = pathlib.Path(tempfile.mkdtemp(prefix="holdfast-bench-kafka-"))
    try:
        measured = [measure(folder / str(count), count, wanted) for count in ([wanted.brokers] if wanted.brokers else (1, 3))]
        if len(measured) == 2:
            compare(*measured)
    except Failed as failure:
        print(f"tools/bench kafka: {failure}", file=sys.stderr)
        return 2
    finally:
        if wanted.keep:
            print(f"kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
