"""Taking over from an owner that is killed, with as many children as are wanted: how long until each partition is served again."""

import secrets
import subprocess
import threading
import time

import machines
from clients import ClientsRecord, new_command_id
from generated_return import YEAR_ENDING, write_return
from judge import Verdict, judge_commands, judge_journals, outcomes
from machines import AUTHORITY, SESSION_S, Failed, object_of

LIMIT_S = SESSION_S + 3  # to the first acknowledged command
TRY_S = 2  # then the same command is sent again
CAUGHT_UP_S = 600


class Asker(threading.Thread):
    """One command for one partition, sent at once and again until it is acknowledged."""

    def __init__(self, door, words, record):
        super().__init__(daemon=True)
        self.door, self.words, self.record = door, words, record
        self.begin, self.waited_s = time.monotonic(), None

    def run(self):
        command = new_command_id()
        self.record.ask(command, self.words)
        words = [str(word) for word in self.door.words(*self.words, "--command-id", command)]
        while time.monotonic() < self.begin + 10 * LIMIT_S:
            try:
                done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=TRY_S)
            except subprocess.TimeoutExpired:
                continue
            if done.returncode == 0:
                self.waited_s = time.monotonic() - self.begin
                self.record.tell(command, object_of(done.stdout), self.waited_s)
                return


def await_caught_up(instance):
    """Until it has read all that there is."""
    end = time.monotonic() + CAUGHT_UP_S
    while True:
        status = instance.run("status", accepted=(0, 1))
        behind = [service["behind"] for service in status["services"]] + [part.get("behind") or 0 for part in status["partitions"]]
        if not any(behind):
            return
        if time.monotonic() > end:
            raise Failed(f"{instance.name} is still {sum(behind)} records behind after {CAUGHT_UP_S} s")
        time.sleep(0.5)


def child_of_each_partition(door):
    """A child of each partition of `cases`."""
    children = {}
    for number in range(100 * machines.PARTITIONS):
        answer = door.run("case", "register", "--authority", AUTHORITY, "--local-id", f"T{number}", "--born", "2018-01-01")
        children.setdefault(answer["positions"][0]["partition"], answer["child"])
        if len(children) == machines.PARTITIONS:
            return children
    raise Failed("no child of some partition was found")


def take_over(door, owner, children, number, record, verdict):
    """Kills `owner` and asks `door` for each partition that it had."""
    lost = sorted(partition for service, partition in owner.owned() if service == "cases")
    owner.kill()
    askers = [Asker(door, ["case", "record", "review", "--authority", AUTHORITY, "--child", children[partition], "--on",
                           f"2026-04-{number % 28 + 1:02}", "--code", "PN1"], record) for partition in lost]
    for asker in askers:
        asker.start()
    for partition, asker in zip(lost, askers):
        asker.join()
        if asker.waited_s is None:
            verdict.violations.append(f"cases/{partition} was not taken over")
        elif asker.waited_s > LIMIT_S:
            verdict.violations.append(f"taking over cases/{partition} took {asker.waited_s:.1f} s, over {LIMIT_S}")
        verdict.longest_gap_s = max(verdict.longest_gap_s, asker.waited_s or 0)


def prove(folder, wanted):
    """The verdict of `wanted.rounds` kills with `wanted.children` children."""
    verdict, instances = Verdict(), []
    brokers = machines.Brokers(folder / "takeover-brokers")
    try:
        deployment = machines.Deployment(folder / "takeover", brokers, f"takeover-{secrets.token_hex(3)}")
        instances = [deployment.instance("ann"), deployment.instance("ben")]
        instances[0].serve()
        deployment.add_authority(instances[0])
        instances[1].serve()
        deployment.await_split(instances)
        write_return(folder / "return", wanted.children)
        instances[0].run("import", "ssda903", folder / "return", "--authority", AUTHORITY, "--year-ending", YEAR_ENDING,
                         accepted=(0, 1), timeout=3600)
        children = child_of_each_partition(instances[0])
        record = ClientsRecord(folder / "takeover" / "clients")
        for number in range(wanted.rounds):
            for instance in instances:
                await_caught_up(instance)
            owner, door = instances if number % 2 else reversed(instances)
            take_over(door, owner, children, number, record, verdict)
            verdict.rounds += 1
            owner.serve()
            deployment.await_split(instances)
        verdict.acknowledged = len(record.told)
        judge_commands(record, outcomes(deployment), verdict)
        judge_journals(instances, verdict)
    finally:
        for instance in instances:
            instance.end()
        brokers.down()
    return verdict
