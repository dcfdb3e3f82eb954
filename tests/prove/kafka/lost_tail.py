"""A broker that lost its tail: topics of two copies with one in sync, an election that nobody should hold, an instance that has to
notice before it serves, and an operator who accepts it."""

import json
import secrets
import sys
import time

import machines
from judge import Verdict
from machines import AUTHORITY, Failed

LEADER, FOLLOWER, OTHER = 1, 2, 3
KEPT = range(1, 3)  # facts of each child that both copies have
WRITTEN = range(3, 11)  # those that are lost
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
    state_facts(instance, children, KEPT, record)
    brokers.kill(FOLLOWER)
    state_facts(instance, children, WRITTEN, record)
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
    accept(machines.Deployment(folder, brokers, f"kept-{secrets.token_hex(3)}", copies=2, in_sync=1), instance, children, verdict)
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


def accept(kept, instance, children, verdict):
    """What has survived goes to the topics of `kept`, where the loss is said and all goes on."""
    told = instance.run("journal", "repair", "--dry-run", log=True, accepted=(1,), timeout=600)
    before = records_of(instance)
    done = instance.run("journal", "repair", "--to-prefix", kept.prefix, log=True, accepted=(1,), timeout=600)
    if not done["done"] or done["partitions"] != told["partitions"]:
        verdict.violations.append(f"the repair is not what its dry run told: {told} {done}")
    if records_of(instance) != before:
        verdict.violations.append("the repair changed the log that lost its tail")
    served = kept.instance("bob")
    must_say_what_is_lost(records_of(served), told["partitions"], verdict)
    served.serve()
    try:
        must_go_on(served, children, verdict)
    finally:
        served.down()
    must_be_whole(served, verdict)


def records_of(instance):
    """Of all journals of its deployment."""
    return [json.loads(line) for line in machines.run(*instance.words("journal", "dump", log=True)).stdout.splitlines()]


def must_say_what_is_lost(records, partitions, verdict):
    """In each journal that lost events, and in the audit."""
    said = {(record["service"], record["partition"]) for record in records
            for outcome in record["outcomes"] if outcome["result"] == "history_lost"}
    lost = {(part["service"], part["partition"]) for part in partitions if part["events"] > 0}
    if not lost or lost - said or "audit" not in {service for service, _ in said}:
        verdict.violations.append(f"journals do not say what they lost: {sorted(lost - said)} of {sorted(lost)}")


def must_go_on(served, children, verdict):
    """Every fact that both copies had is there, and what was lost can be stated again."""
    for child in children:
        shown = {review["on"] for review in served.run("case", "show", "--authority", AUTHORITY, "--child", child)["reviews"]}
        missing = {f"2026-03-{number:02}" for number in KEPT} - shown
        verdict.lost += len(missing)
        if missing:
            verdict.violations.append(f"acknowledged, of both copies, and not there after the repair: {child} {sorted(missing)}")
    state_facts(served, children, WRITTEN, [])
    for child in children:
        shown = served.run("case", "show", "--authority", AUTHORITY, "--child", child)["reviews"]
        if len(shown) != len(KEPT) + len(WRITTEN):
            verdict.violations.append(f"stated again after the repair, and {len(shown)} are there: {child}")


def must_be_whole(served, verdict):
    audit = served.run("journal", "verify", log=True, accepted=(0, 1), timeout=600)
    if not audit["ok"]:
        verdict.violations.append(f"journal verify finds fault with the repaired log: {audit['findings'][:2]}")


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
