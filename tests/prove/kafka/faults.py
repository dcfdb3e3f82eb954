"""The faults of each case: what is done to brokers and instances in one round, while clients are at work."""

import json
import signal
import threading
import time

from machines import SESSION_S, Failed, Namespace

AT_WORK = 3  # commands that each client is acknowledged between two acts
PAUSE_S = SESSION_S + 4
STORM_S = 20
STORM_STEP_S = 2
TOLD_S = 30  # a broker is given up after 9 s
STORM_LIMIT_S = 10  # no command may wait longer


def owner_of_most(scene):
    return max(scene.instances, key=lambda instance: len(instance.owned()))


def come_back(scene, instance):
    instance.serve()
    scene.deployment.await_split(scene.instances)
    scene.load.await_more(AT_WORK)


def owner_kill(scene, _):
    owner = owner_of_most(scene)
    owner.kill()
    scene.load.await_more(AT_WORK)
    come_back(scene, owner)


def await_told_by_doctor(instance, words):
    """The doctor sees what a broker's end means for the copies of records."""
    end = time.monotonic() + TOLD_S
    while words not in (told := json.dumps(instance.run("doctor", log=True, accepted=(0, 1)))):
        if time.monotonic() > end:
            raise Failed(f"the doctor does not say {words!r}: {told}")
        time.sleep(1)


def broker_kill(scene, number):
    scene.brokers.kill(number % scene.brokers.count + 1)
    scene.load.await_more(AT_WORK)
    await_told_by_doctor(scene.instances[0], "partitions with copies that are not in sync")
    scene.brokers.up()
    scene.brokers.await_in_sync()
    scene.load.await_more(AT_WORK)


def both_kill(scene, number):
    owner = owner_of_most(scene)
    scene.brokers.kill(number % scene.brokers.count + 1)
    owner.kill()
    scene.load.await_more(AT_WORK)
    scene.brokers.up()
    scene.brokers.await_in_sync()
    come_back(scene, owner)


def pause(scene, _):
    owner = owner_of_most(scene)
    owner.signal(signal.SIGSTOP)
    try:
        time.sleep(PAUSE_S)
        scene.load.await_more(AT_WORK)
    finally:
        owner.signal(signal.SIGCONT)
    scene.only_door = owner  # it comes back and writes
    scene.load.await_more(AT_WORK)
    scene.only_door = None
    scene.deployment.await_split(scene.instances)


def storm(scene, _):
    """One instance joins or leaves every two seconds."""
    restless = scene.deployment.instance("restless")
    end = time.monotonic() + STORM_S
    joining = None
    while time.monotonic() < end:
        if joining is None:
            joining = threading.Thread(target=try_to_serve, args=(restless,))
            joining.start()
        else:
            joining.join()
            restless.down()
            joining = None
        time.sleep(STORM_STEP_S)
    if joining is not None:
        joining.join()
    restless.down()
    scene.deployment.await_split(scene.instances)
    scene.load.await_more(AT_WORK)
    if scene.load.longest_wait_s() > STORM_LIMIT_S:
        scene.verdict.violations.append(f"a command waited {scene.load.longest_wait_s():.1f} s, over {STORM_LIMIT_S}")


def try_to_serve(instance):
    try:
        instance.serve()
    except Failed:
        pass  # it was told to leave before it had joined


def cut_off(scene, into, out):
    scene.namespace.cut(scene.brokers.also_ports(), into=into, out=out)
    try:
        time.sleep(PAUSE_S)
        scene.load.await_more(AT_WORK)
    finally:
        scene.namespace.heal()
    scene.only_door = scene.instances[1]
    scene.load.await_more(AT_WORK)
    scene.only_door = None
    scene.deployment.await_split(scene.instances)


def cut(scene, _):
    cut_off(scene, into=True, out=True)


def cut_in(scene, _):
    cut_off(scene, into=True, out=False)


def cut_out(scene, _):
    cut_off(scene, into=False, out=True)


ROUNDS = {"broker-kill": broker_kill, "owner-kill": owner_kill, "both-kill": both_kill, "pause": pause, "storm": storm, "cut": cut,
          "cut-in": cut_in, "cut-out": cut_out}
NEEDS_NAMESPACE = {"cut", "cut-in", "cut-out"}

__all__ = ["NEEDS_NAMESPACE", "Namespace", "ROUNDS"]
