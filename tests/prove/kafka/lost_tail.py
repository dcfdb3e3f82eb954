"""A broker that lost its tail: topics of two copies with one in sync, an election that nobody should hold, and an instance that
has to notice before it serves."""

import json
import secrets
import sys
import time

import machines
from judge import Verdict
from machines import AUTHORITY, Failed

LEADER, FOLLOWER, OTHER = 1, 2, 3
WRITTEN = 8  # facts of each child that are lost
LIMIT_S = 60


def topic_tool(brokers, name, *words):
    return brokers.tool(name, *words).stdout


def place_copies(brokers, folder, prefix):
    """Journals on the leader and the follower; keys, owners and deployment where the other one keeps them."""
    moves = []
    for line in topic_tool(brokers, "TopicCommand", "--describe").splitlines():
        fields = dict(field.split(": ", 1) for field in line.strip().split("\t") if ": " in field)
        if "Partition" not in fields or not fields["Topic"].startswith(prefix + "."):
            continue
        copies = [LEADER, FOLLOWER] if ".journal." in fields["Topic"] else [OTHER, LEADER]
        moves.append({"topic": fields["Topic"], "partition": int(fields["Partition"]), "replicas": copies})
    plan = folder / "places.json"
    plan.write_text(json.dumps({"version": 1, "partitions": moves}))
    words = ("reassign.ReassignPartitionsCommand", "--reassignment-json-file", plan)
    topic_tool(brokers, *words, "--execute")
    await_that(lambda: "still in progress" not in topic_tool(brokers, *words, "--verify"), "the copies are not where they should be")
    topic_tool(brokers, "LeaderElectionCommand", "--election-type", "PREFERRED", "--all-topic-partitions")
    return [move for move in moves if ".journal." in move["topic"]]


def await_that(is_so, otherwise):
    end = time.monotonic() + LIMIT_S
    while not is_so():
        if time.monotonic() > end:
            raise Failed(f"{otherwise} after {LIMIT_S} s")
        time.sleep(0.5)


def elect_the_follower(brokers, folder, moves):
    """Unclean: it lacks what was written while it was gone. No election is held while the controllers take the leader, which was
    killed, for alive."""
    plan = folder / "election.json"
    plan.write_text(json.dumps({"partitions": [{"topic": move["topic"], "partition": move["partition"]} for move in moves]}))

    def is_elected():
        brokers.tool("LeaderElectionCommand", "--election-type", "UNCLEAN", "--path-to-json-file", plan, accepted=())
        return leaders(brokers, moves) == {FOLLOWER}
    await_that(is_elected, "the follower is not elected")


def leaders(brokers, moves):
    """Of the partitions that are moved; None where there is none."""
    wanted = {(move["topic"], move["partition"]) for move in moves}
    found = {}
    for line in topic_tool(brokers, "TopicCommand", "--describe").splitlines():
        fields = dict(field.split(": ", 1) for field in line.strip().split("\t") if ": " in field)
        if "Partition" in fields and (fields["Topic"], int(fields["Partition"])) in wanted:
            leader = fields["Leader"]
            found[fields["Topic"], fields["Partition"]] = int(leader) if leader.isdigit() else None
    return set(found.values())


def ends(brokers, prefix):
    """How many records the journals of cases hold."""
    told = topic_tool(brokers, "GetOffsetShell", "--topic", f"{prefix}.journal.cases")
    return sum(int(line.rsplit(":", 1)[1]) for line in told.splitlines() if line.startswith(prefix))


def state_facts(instance, children, facts, record):
    """Reviews of every child on these days of a month, each acknowledged."""
    for child in children:
        for number in facts:
            words = ["case", "record", "review", "--authority", AUTHORITY, "--child", child, "--on", f"2026-03-{number:02}", "--code",
                     "PN1"]
            instance.run(*words)
            record.append((child, words))


def must_not_serve(instance, children, verdict):
    """What a person is told, or violations: it may neither start as if nothing were, nor show or take anything of a lost tail."""
    try:
        code, told = instance.try_to_serve()
        if code != 0:
            if "LOG_REGRESSION" not in told and "DATA_LOSS" not in told:
                verdict.violations.append(f"it does not serve, and does not say that data was lost: {told}")
            return told
        for child in children:
            code, told = instance.ask("case", "show", "--authority", AUTHORITY, "--child", child)
            if code == 0:
                verdict.violations.append(f"a lost tail is served: {child}")
        status = instance.run("status", accepted=(0, 1))
        if status["ok"]:
            verdict.violations.append("status says that all is well after a tail was lost")
        return told
    finally:
        instance.down()


def prove_once(folder, brokers, verdict):
    deployment = machines.Deployment(folder, brokers, f"lost-tail-{secrets.token_hex(3)}", copies=2, in_sync=1)
    moves = place_copies(brokers, folder, deployment.prefix)
    instance = deployment.instance("ann")
    instance.serve()
    deployment.add_authority(instance)
    children = [instance.run("case", "register", "--authority", AUTHORITY, "--local-id", f"L{number}", "--born", "2018-01-01")["child"]
                for number in range(4)]
    record = []
    state_facts(instance, children, range(1, 3), record)
    brokers.kill(FOLLOWER)
    state_facts(instance, children, range(3, 3 + WRITTEN), record)
    verdict.acknowledged += len(record)
    instance.down()
    written = ends(brokers, deployment.prefix)
    brokers.kill(LEADER)
    brokers.up_only(FOLLOWER)
    elect_the_follower(brokers, folder, moves)
    brokers.up()
    brokers.await_in_sync()
    gone = written - ends(brokers, deployment.prefix)
    if gone <= 0:
        raise Failed("no tail was lost: there is nothing to be found")
    told = must_not_serve(instance, children, verdict)
    must_be_reported(instance, verdict)
    must_not_serve_unaccepted(instance, verdict)
    print(f"lost-tail: {gone} records of {written} were gone; it was told: {told.strip().splitlines()[-1] if told.strip() else 'nothing'}", file=sys.stderr, flush=True)


def must_be_reported(instance, verdict):
    """By the auditor's command, as a log that ends before what was read of it."""
    audit = instance.run("journal", "verify", log=True, accepted=(0, 1), timeout=600)
    if not any(finding["kind"] in ("shorter", "differs") for finding in audit["findings"]):
        verdict.violations.append(f"journal verify does not report the loss: {audit['findings'][:2]}")


def must_not_serve_unaccepted(instance, verdict):
    """A second start finds it as the first did: nothing was forgotten, and nobody has accepted it."""
    code, told = instance.try_to_serve()
    if code == 0:
        verdict.violations.append(f"it serves at the second try, though nobody has accepted the loss: {told}")
        instance.down()


def prove(folder, wanted):
    verdict = Verdict()
    brokers = machines.Brokers(folder / "lost-tail-brokers")
    try:
        for number in range(wanted.rounds):
            prove_once(folder / f"lost-tail-{number}", brokers, verdict)
            verdict.rounds += 1
    finally:
        brokers.down()
    return verdict
