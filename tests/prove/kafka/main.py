"""tools/prove kafka: real brokers and real instances, killed, paused and cut off while clients write.

Each case prints one line of JSON. Exit 0: nothing was lost, doubled or otherwise against the invariants; 1: something was; 2: it
could not be run.
"""

import argparse
import json
import pathlib
import secrets
import shutil
import sys
import tempfile

import faults
import judge
import lost_tail
import machines
import readers
import same_answer
import takeover
from clients import Load

EXAMPLES = """examples:
  tools/prove kafka                          all cases, each three rounds
  tools/prove kafka owner-kill --rounds 10
  tools/prove kafka takeover --rounds 2 --children 10000
  tools/prove kafka cut cut-in cut-out       needs root, for network namespaces"""


# Cases with machines and questions of their own.
OTHERS = {"lost-tail": lost_tail.prove, "takeover": takeover.prove, "readers": readers.prove, "same-answer": same_answer.prove}
CASES = [*faults.ROUNDS, *OTHERS]


class Scene:
    """Two instances on three brokers, and clients at work."""

    def __init__(self, case, folder, brokers, namespace):
        self.brokers, self.namespace, self.verdict = brokers, namespace, judge.Verdict()
        self.only_door = None
        self.deployment = machines.Deployment(folder, brokers, f"{case}-{secrets.token_hex(3)}")
        where = {"namespace": namespace, "reached_at": namespace.there} if namespace else {}
        here = {"reached_at": namespace.here} if namespace else {}
        self.instances = [self.deployment.instance("ann", **here), self.deployment.instance("ben", **where)]
        self.instances[0].serve()
        self.deployment.add_authority(self.instances[0])
        self.instances[1].serve()
        self.deployment.await_split(self.instances)
        self.load = Load(folder / "clients", self.doors)

    def doors(self):
        return [self.only_door] if self.only_door else self.instances

    def run(self, round_of, rounds):
        try:
            self.load.await_more(faults.AT_WORK)
            for number in range(rounds):
                round_of(self, number)
                self.verdict.rounds += 1
        except machines.Failed as failure:
            self.verdict.violations.append(str(failure))  # no progress after healing is one too
            self.heal()
        self.load.stop()
        try:
            judge.judge(self.load, self.deployment, self.instances, self.verdict)
        except machines.Failed as failure:
            self.verdict.violations.append(f"no answer once all is healed: {failure}")

    def heal(self):
        """All that a round which failed has left broken."""
        self.only_door = None
        self.brokers.up()
        if self.namespace:
            self.namespace.heal()
        for instance in self.instances:
            if not instance.endpoint():
                instance.serve()

    def end(self):
        for instance in self.instances:
            instance.end()


def run_case(case, wanted, folder):
    """The verdict of one case, on brokers of its own."""
    if case in OTHERS:
        return OTHERS[case](folder, wanted)
    namespace = faults.Namespace() if case in faults.NEEDS_NAMESPACE else None
    brokers = None
    scene = None
    try:
        brokers = machines.Brokers(folder / f"{case}-brokers", namespace.here if namespace else None)
        scene = Scene(case, folder / case, brokers, namespace)
        scene.run(faults.ROUNDS[case], wanted.rounds)
        return scene.verdict
    finally:
        if scene:
            scene.end()
        if brokers:
            brokers.down()
        if namespace:
            namespace.delete()


def main():
    parser = argparse.ArgumentParser(prog="tools/prove kafka", description=__doc__, epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="of: " + " ".join(CASES) + "; all of them unless stated")
    parser.add_argument("--rounds", type=int, default=3, help="how often each fault is made; 3 unless stated")
    parser.add_argument("--children", type=int, default=100_000, help="of takeover and same-answer; 100000 unless stated")
    parser.add_argument("--keep", action="store_true", help="keep the folder with all data and logs")
    wanted = parser.parse_args()
    unknown = [case for case in wanted.cases if case not in CASES]
    if unknown:
        parser.error(f"there is no case {unknown[0]}; there are: {' '.join(CASES)}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="holdfast-prove-kafka-"))
    violated = False
    try:
        for case in wanted.cases or CASES:
            print(f"{case}: {wanted.rounds} rounds, in {folder}", file=sys.stderr, flush=True)
            verdict = run_case(case, wanted, folder)
            for violation in verdict.violations:
                print(f"{case}: {violation}", file=sys.stderr)
            print(json.dumps(verdict.line(case)), flush=True)
            violated = violated or bool(verdict.violations)
    except machines.Failed as failure:
        print(f"tools/prove kafka: {failure}", file=sys.stderr)
        return 2
    finally:
        if violated or wanted.keep:
            print(f"kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())
