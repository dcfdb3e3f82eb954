"""Compares what clients were told with what the journals and every instance say, once all faults are healed."""

import collections
import json
import time

from machines import AUTHORITY, run


class Verdict:
    """What one case came to."""

    def __init__(self):
        self.rounds = self.acknowledged = self.lost = self.doubled = 0
        self.longest_gap_s = 0.0
        self.violations = []

    def line(self, case):
        return {"campaign": "kafka", "case": case, "rounds": self.rounds, "acknowledged": self.acknowledged,
                "violations": len(self.violations), "lost": self.lost, "doubled": self.doubled,
                "longest_gap_s": round(self.longest_gap_s, 1)}


def outcomes(deployment):
    """Where the journals hold outcomes of each command: partition, and number of its last event where it has one. I1, I2."""
    dumped = run(*deployment.instance("operator").words("journal", "dump", "--service", "cases", log=True)).stdout
    found = collections.defaultdict(list)
    for line in dumped.splitlines():
        record = json.loads(line)
        if record["record"] != "batch":
            continue
        before = record["events"][0]["event"] - 1 if record["events"] else None
        for outcome in record["outcomes"]:
            last = before + outcome["first_event"] + outcome["events"] if outcome["events"] else None
            found[outcome["command_id"]].append((record["partition"], last))
    return found


def judge_commands(record, found, verdict):
    for command, answer in record.told.items():
        done = found.get(command.replace("-", ""), [])
        if not done:
            verdict.lost += 1
            verdict.violations.append(f"acknowledged and not in the journal: {record.asked[command]}")
        for position in answer.get("positions", []) if done else []:
            if position["service"] == "cases" and answer.get("result") == "accepted" and \
                    (position["partition"], position["event"]) != done[0]:
                verdict.violations.append(f"acknowledged at {position}, and stands at {done[0]}: {command}")
    for command in record.asked:
        if len(found.get(command.replace("-", ""), [])) > 1:
            verdict.doubled += 1
            verdict.violations.append(f"done twice: {record.asked[command]}")


def shown_by(instance, child):
    case = instance.run("case", "show", "--authority", AUTHORITY, "--child", child)
    case.pop("read_at", None)
    return case


def judge_children(load, instances, verdict):
    """Each child's reviews once, and the same through every instance: I4, I5, I6."""
    asked = collections.defaultdict(set)
    for words in load.record.asked.values():
        if "review" in words:
            asked[words[words.index("--child") + 1]].add(words[words.index("--on") + 1])
    for child, acknowledged in load.reviews().items():
        cases = [shown_by(instance, child) for instance in instances]
        if any(case != cases[0] for case in cases):
            verdict.violations.append(f"instances differ in what they show of {child}")
        days = [review["on"] for review in cases[0]["reviews"]]
        if len(days) != len(set(days)):
            verdict.doubled += 1
            verdict.violations.append(f"a review stands twice: {child}")
        missing = set(acknowledged) - set(days)
        if missing:
            verdict.lost += len(missing)
            verdict.violations.append(f"acknowledged reviews are not shown: {child} {sorted(missing)}")
        if set(days) - asked[child]:
            verdict.violations.append(f"a review that nobody stated: {child}")


def alerts_of(instance):
    page = []
    while True:
        shown = instance.run("alerts", "list", "--authority", AUTHORITY, "--limit", 1000, *page)
        yield from ((alert["child"], alert["clock"], alert["due"], alert["state"]) for alert in shown["alerts"])
        if not shown["next_page"]:
            return
        page = ["--page", shown["next_page"]]


def unreviewed(record):
    """Children whose care began, as was acknowledged, and of whom nobody has stated a review: the first one is late."""
    def named(commands, kind):
        return {words[words.index("--child") + 1] for words in map(record.asked.get, commands) if words[:3] == ["case", "record", kind]}
    return named(record.told, "care_start") - named(record.asked, "review")


def judge_alerts(record, instances, verdict, limit_s=30):
    """The same alerts through every instance, once all have read what there is, one for each child whose review is late: I5, I9."""
    late = unreviewed(record)
    end = time.monotonic() + limit_s
    while True:
        listed = [sorted(alerts_of(instance)) for instance in instances]
        missing = late - {child for child, *_ in listed[0]}
        if all(one == listed[0] for one in listed) and not missing:
            return
        if time.monotonic() > end:
            verdict.violations.append(f"instances differ in their alerts, or lack those of {sorted(missing)[:3]}")
            return


def judge_journals(instances, verdict):
    """Every chain against every witness, every state against what the journals make: I3, I5, I12."""
    for instance in instances:
        audit = instance.run("journal", "verify", log=True, accepted=(0, 1), timeout=600)
        for finding in audit["findings"]:
            verdict.violations.append(f"journal verify at {instance.name}: {finding['kind']}: {finding['message']}")


def judge(load, deployment, instances, verdict):
    """All of it. The instances run."""
    verdict.violations += load.amiss()
    verdict.acknowledged += len(load.record.told)
    verdict.longest_gap_s = max(verdict.longest_gap_s, load.longest_wait_s())
    judge_commands(load.record, outcomes(deployment), verdict)
    judge_children(load, instances, verdict)
    judge_alerts(load.record, instances, verdict)
    judge_journals(instances, verdict)
