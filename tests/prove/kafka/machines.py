"""The machines of a campaign: real brokers, and instances of the real program that can be killed, paused and cut off."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
HOLDFAST = ROOT / "build/release/bin/holdfast"
KAFKA = ROOT / "tools/kafka"
AUTHORITY = "E06000901"
SESSION_S = 6  # the shortest that a broker takes
PARTITIONS = 4
FIRST_DAY = "2026-06-01"


class Failed(Exception):
    """The campaign could not be run; says nothing of what is proved."""


def run(*words, accepted=(0,), timeout=180):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=timeout)
    if accepted and done.returncode not in accepted:
        raise Failed(f"{' '.join(str(word) for word in words)}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def object_of(text):
    """The first JSON object that was printed."""
    return next((json.loads(line) for line in text.splitlines() if line.startswith("{")), {})


class Brokers:
    """Three real brokers in a folder of their own."""

    def __init__(self, folder, also_listen=None, count=3):
        self.folder, self.also_listen, self.count = folder, also_listen, count
        self.up()

    def up(self):
        """Starts those that do not run."""
        more = ["--also-listen", self.also_listen] if self.also_listen and not (self.folder / "cluster").exists() else []
        first = [] if (self.folder / "cluster").exists() else ["--brokers", self.count, "--port", 0, *more]
        self.bootstrap = object_of(run(KAFKA, "up", "--dir", self.folder, *first, timeout=300).stdout)["bootstrap"]

    def up_only(self, broker):
        run(KAFKA, "up", "--dir", self.folder, "--only", broker, timeout=300)

    def down(self):
        run(KAFKA, "down", "--dir", self.folder, accepted=())

    def pids(self):
        status = object_of(run(KAFKA, "status", "--dir", self.folder, accepted=()).stdout)
        return {broker["id"]: broker["pid"] for broker in status["brokers"]}

    def kill(self, broker):
        """It is gone when this returns."""
        pid = self.pids()[broker]
        os.kill(pid, signal.SIGKILL)
        while self.pids().get(broker) == pid:
            time.sleep(0.05)

    def tool(self, name, *words, accepted=(0,)):
        return run(KAFKA, "tool", f"org.apache.kafka.tools.{name}", "--bootstrap-server", self.bootstrap, *words, accepted=accepted)

    def await_in_sync(self):
        """Until every copy of every partition is in sync again."""
        for _ in range(60):
            if not self.tool("TopicCommand", "--describe", "--under-replicated-partitions").stdout.strip():
                return
        raise Failed("copies of the brokers are not in sync after a minute")

    def also_bootstrap(self):
        """Where a network namespace reaches the brokers."""
        ports = [int(address.rsplit(":", 1)[1]) for address in self.bootstrap.split(",")]
        return ",".join(f"{self.also_listen}:{port + 10}" for port in ports)

    def also_ports(self):
        return [int(address.rsplit(":", 1)[1]) for address in self.also_bootstrap().split(",")]


class Instance:
    """One instance, with a data folder of its own. `reached_at`: an address of this machine or of its namespace, where a proxy
    passes on what comes to it, since the program listens on loopback alone."""

    def __init__(self, deployment, name, namespace=None, reached_at=None):
        self.deployment, self.name, self.namespace = deployment, name, namespace
        self.data = deployment.folder / name
        self.proxy, self.reached_at, self.port = None, None, 0
        if reached_at:
            self.start_proxy(reached_at)

    def inside(self):
        return ["ip", "netns", "exec", self.namespace.name] if self.namespace else []

    def start_proxy(self, address):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.reached_at = f"{address}:{self.port}"
        script = pathlib.Path(__file__).with_name("proxy.py")
        self.proxy = subprocess.Popen([*self.inside(), sys.executable, "-B", str(script), self.reached_at, f"127.0.0.1:{self.port}"],
                                      stdout=subprocess.PIPE)
        self.proxy.stdout.readline()

    def words(self, *words, log=False):
        """The command line of the program at this instance."""
        return [HOLDFAST, "--data", self.data, "--keys", self.deployment.keys, "--json",
                *(self.deployment.log_words(self.namespace) if log else []), *words]

    def run(self, *words, log=False, accepted=(0,), timeout=180):
        return object_of(run(*self.inside(), *self.words(*words, log=log), accepted=accepted, timeout=timeout).stdout)

    def serve(self):
        run(*self.serving_words())

    def serving_words(self):
        advertised = ["--advertise", self.reached_at] if self.reached_at else []
        return [*self.inside(), *self.words("serve", "all", "--session-timeout", SESSION_S, "--listen", f"127.0.0.1:{self.port}",
                                            *advertised, "--detach", log=True)]

    def try_to_serve(self):
        """Exit code, and what is said."""
        done = run(*self.serving_words(), accepted=())
        return done.returncode, done.stdout + done.stderr

    def ask(self, *words):
        """Exit code, and what is said."""
        done = run(*self.inside(), *self.words(*words), accepted=())
        return done.returncode, done.stdout + done.stderr

    def down(self):
        run(*self.inside(), *self.words("down"), accepted=())

    def end(self):
        self.down()
        if self.proxy:
            self.proxy.kill()
            self.proxy.wait()

    def record(self):
        try:
            return json.loads((self.data / "run.json").read_text())
        except (OSError, ValueError):
            return {}

    def endpoint(self):
        """Where clients reach it; nothing while it does not run."""
        listens = self.record().get("endpoint")
        return listens and (self.reached_at or listens)

    def signal(self, number):
        os.kill(self.record()["pid"], number)

    def kill(self):
        pid = self.record()["pid"]
        os.kill(pid, signal.SIGKILL)
        (self.data / "run.json").unlink()  # nobody answers there any more
        return pid

    def owned(self):
        status = self.run("status", accepted=(0, 1))
        mine = {instance["id"] for instance in status.get("instances", []) if instance["pid"] == self.record().get("pid")}
        return {(part["service"], part["partition"]) for part in status.get("partitions", [])
                if part["role"] == "owner" and part["instance"] in mine}


class Deployment:
    """Topics, keys and an authority, for any number of instances."""

    def __init__(self, folder, brokers, prefix, copies=3, in_sync=2, day=FIRST_DAY):
        self.folder, self.brokers, self.prefix = folder, brokers, prefix
        self.keys = folder / "keys"
        folder.mkdir(parents=True, exist_ok=True)
        if not self.keys.exists():
            run(HOLDFAST, "--data", folder / "operator", "--keys", self.keys, "init")
        run(HOLDFAST, "--data", folder / "operator", "--keys", self.keys, *self.log_words(), "topics", "apply", "--partitions",
            PARTITIONS, "--replication", copies, "--min-in-sync", in_sync, "--clock", "manual", "--day", day)

    def log_words(self, namespace=None):
        brokers = self.brokers.also_bootstrap() if namespace else self.brokers.bootstrap
        return ["--log", f"kafka:{brokers}", "--topic-prefix", self.prefix]

    def instance(self, name, **where):
        return Instance(self, name, **where)

    def add_authority(self, door):
        door.run("authority", "add", AUTHORITY, "--name", "North")
        door.run("authority", "live", AUTHORITY, "--from", "2020-04-01")

    def await_split(self, instances, limit_s=60):
        """Until every partition has one owner among these, and each owns some."""
        end = time.monotonic() + limit_s
        while True:
            owned = [instance.owned() for instance in instances]
            if all(owned) and sum(map(len, owned)) == len(set().union(*owned)) == 5 * PARTITIONS:
                return owned
            if time.monotonic() > end:
                raise Failed(f"the partitions are not shared out after {limit_s} s: {[len(one) for one in owned]}")
            time.sleep(0.2)


class Namespace:
    """A network namespace with a link to this machine, over which the brokers can be cut off, in one direction or both."""

    here, there = "10.199.77.1", "10.199.77.2"

    def __init__(self, name="holdfastcut"):
        if os.geteuid() != 0:
            raise Failed("network namespaces need root: run this case as root")
        self.name = name
        self.delete()
        for words in (f"ip netns add {name}", "ip link add hfcut0 type veth peer name hfcut1", f"ip link set hfcut1 netns {name}",
                      f"ip addr add {self.here}/30 dev hfcut0", "ip link set hfcut0 up"):
            run(*words.split())
        for words in (f"ip addr add {self.there}/30 dev hfcut1", "ip link set hfcut1 up", "ip link set lo up"):
            self.run(*words.split())

    def run(self, *words, accepted=(0,)):
        return run("ip", "netns", "exec", self.name, *words, accepted=accepted)

    def cut(self, ports, into=True, out=True):
        """Drops what comes from these ports of this machine, or what goes to them."""
        listed = ",".join(map(str, ports))
        if into:
            self.run("iptables", "-A", "INPUT", "-p", "tcp", "-m", "multiport", "--sports", listed, "-j", "DROP")
        if out:
            self.run("iptables", "-A", "OUTPUT", "-p", "tcp", "-m", "multiport", "--dports", listed, "-j", "DROP")

    def heal(self):
        self.run("iptables", "-F")

    def delete(self):
        run("ip", "netns", "delete", self.name, accepted=())
        run("ip", "link", "delete", "hfcut0", accepted=())
