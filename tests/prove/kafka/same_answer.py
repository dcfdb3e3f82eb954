"""The same facts in a data folder and on Kafka, there with faults meanwhile: the same alerts and the same national table."""

import json
import secrets
import shutil
import subprocess
import sys
import threading

import machines
from generated_return import YEAR_ENDING, write_return
from judge import Verdict
from machines import HOLDFAST, ROOT, Failed, object_of, run
from takeover import await_caught_up

SAMPLE = ROOT / "tests/sample"
GENERATED = "E06000903"
FAULT_EVERY_S = 20
TRIES = 20  # of a step that faults have ended


class InFolder:
    """The deployment in a data folder. It has the same commands as an instance."""

    name = "folder"

    def __init__(self, folder, day):
        self.data, self.keys = folder / "data", folder / "keys"
        self.run("init", "--clock", "manual", "--day", day, "--partitions", machines.PARTITIONS)
        self.run("up", "--detach")

    def run(self, *words, accepted=(0,), timeout=180):
        return object_of(run(HOLDFAST, "--data", self.data, "--keys", self.keys, "--json", *words, accepted=accepted,
                             timeout=timeout).stdout)


def steps_of(plan, generated):
    """(authority's code, words of the command) in their order."""
    for authority in plan["authorities"]:
        code = authority["code"]
        yield code, ["authority", "add", code, "--name", authority["name"]]
        for step in authority["steps"]:
            yield code, words_of(code, step)
    yield GENERATED, ["authority", "add", GENERATED, "--name", "Invented"]
    yield GENERATED, ["import", "ssda903", generated, "--authority", GENERATED, "--year-ending", YEAR_ENDING]


def words_of(code, step):
    if step["do"] == "import":
        return ["import", "ssda903", SAMPLE / step["folder"], "--authority", code, "--year-ending", step["year_ending"],
                *(["--repair"] if step["repair"] else [])]
    if step["do"] == "live":
        return ["authority", "live", code, "--from", step["from"]]
    group, name = ("case", "assign") if step["do"] == "assign" else ("case", "load")
    return [group, name, "--authority", code, "--file", SAMPLE / step["file"]]


def take(door, code, words):
    """One step, until it is done. An import that was cut off is gone on with."""
    for _ in range(TRIES):
        try:
            return door.run(*words, accepted=(0, 1), timeout=7200)
        except (Failed, subprocess.TimeoutExpired) as failure:
            last = failure
        if words[0] == "import":
            runs = door.run("import", "list", "--authority", code)["runs"]
            if runs and runs[0]["state"] == "started":
                words = ["import", "resume", runs[0]["run"], "--authority", code]
    raise Failed(f"not done after {TRIES} tries: {last}")


class Faults(threading.Thread):
    """Kills one broker after the other and one instance, and brings them back, until told to stop."""

    def __init__(self, brokers, instance):
        super().__init__(daemon=True)
        self.brokers, self.instance = brokers, instance
        self.stopping = threading.Event()
        self.made, self.failure = 0, None

    def run(self):
        try:
            while not self.stopping.wait(FAULT_EVERY_S):
                self.made += 1
                if self.made % 2:
                    self.instance.kill()
                    self.instance.serve()
                else:
                    self.brokers.kill(self.made // 2 % self.brokers.count + 1)
                    self.brokers.up()
                    self.brokers.await_in_sync()
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure


def pages(door, name, *words):
    page = []
    while True:
        shown = door.run(*words, "--limit", 1000, *page)
        yield from shown[name]
        if not shown["next_page"]:
            return
        page = ["--page", shown["next_page"]]


def answers_of(door, codes, year_ends):
    """What a person sees: every alert, and the table of each year."""
    alerts = {code: sorted(json.dumps(alert, sort_keys=True) for alert in pages(door, "alerts", "alerts", "list", "--authority", code))
              for code in codes}
    tables = {(code, year): door.run("national", "--authority", code, "--year-ending", year)["measures"] for code in codes
              for year in year_ends}
    return alerts, tables


def compare(here, there, name, verdict):
    for code, alerts in here[0].items():
        differing = set(alerts) ^ set(there[0][code])
        verdict.lost += len(set(alerts) - set(there[0][code]))
        if differing or len(alerts) != len(there[0][code]):
            verdict.violations.append(f"alerts of {code} differ at {name}: {len(differing)}, such as {sorted(differing)[:2]}")
        verdict.acknowledged += len(alerts)
    for place, measures in here[1].items():
        if measures != there[1][place]:
            verdict.violations.append(f"national figures of {place} differ at {name}")


def on_kafka(folder, brokers, first, steps, verdict, compared):
    """The same steps on Kafka with the same keys, while instances and brokers are killed."""
    deployment_folder = folder / f"kafka-{verdict.rounds}"
    shutil.copytree(first.keys, deployment_folder / "keys")
    deployment = machines.Deployment(deployment_folder, brokers, f"same-{secrets.token_hex(3)}", day=compared["day"])
    instances = [deployment.instance("ann"), deployment.instance("ben")]
    try:
        for instance in instances:
            instance.serve()
        deployment.await_split(instances)
        faults = Faults(brokers, instances[1])
        faults.start()
        try:
            for code, words in steps:
                take(instances[0], code, words)
        finally:
            faults.stopping.set()
            faults.join()
        if faults.failure:
            raise Failed(f"the faults ended early: {faults.failure}")
        print(f"same-answer: {faults.made} faults meanwhile", flush=True, file=sys.stderr)
        for instance in instances:
            await_caught_up(instance)
            compare(compared["answers"], answers_of(instance, compared["codes"], compared["years"]), instance.name, verdict)
    finally:
        for instance in instances:
            instance.end()


def prove(folder, wanted):
    verdict = Verdict()
    plan = json.loads((SAMPLE / "sample.json").read_text())
    base = folder / "same-answer"
    base.mkdir()
    write_return(base / "return", wanted.children)
    steps = list(steps_of(plan, base / "return"))
    codes = [*(authority["code"] for authority in plan["authorities"]), GENERATED]
    first = InFolder(base / "folder", plan["manual_day"])
    brokers = None
    try:
        for code, words in steps:
            take(first, code, words)
        years = ["2024-03-31", "2025-03-31", str(YEAR_ENDING)]
        compared = {"day": plan["manual_day"], "codes": codes, "years": years, "answers": answers_of(first, codes, years)}
        first.run("down")
        brokers = machines.Brokers(base / "brokers")
        for _ in range(wanted.rounds):
            on_kafka(base, brokers, first, steps, verdict, compared)
            verdict.rounds += 1
    finally:
        run(HOLDFAST, "--data", first.data, "--keys", first.keys, "down", accepted=())
        if brokers:
            brokers.down()
    return verdict
