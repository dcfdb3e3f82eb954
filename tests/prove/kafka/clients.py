"""Clients that write down, synced, what they ask before they ask it, and what they were told."""

import datetime
import json
import os
import random
import secrets
import subprocess
import threading
import time

from machines import AUTHORITY, Failed, object_of

ASK_LIMIT_S = 4  # then the client asks another door, with the same command id


def new_command_id():
    """A UUIDv7."""
    stamp = int(time.time() * 1000)
    bits = (stamp << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class ClientsRecord:
    """What was asked and told, a synced line each."""

    def __init__(self, path):
        self.file = open(path, "ab", buffering=0)
        self.lock = threading.Lock()
        self.asked, self.told, self.waited = {}, {}, []

    def write(self, line):
        self.file.write(json.dumps(line).encode() + b"\n")
        os.fsync(self.file.fileno())

    def ask(self, command, words):
        with self.lock:
            self.write({"asked": command, "words": words})
            self.asked[command] = words

    def tell(self, command, answer, waited_s):
        with self.lock:
            self.write({"told": command, "answer": answer})
            self.told[command] = answer
            self.waited.append((time.monotonic(), waited_s))


class Client(threading.Thread):
    """Registers children and states a review of each, one day after the other, through any instance that runs."""

    def __init__(self, number, doors, record):
        super().__init__(daemon=True)
        self.number, self.doors, self.record = number, doors, record
        self.stopping = threading.Event()
        self.random = random.Random(number)
        self.reviews = {}  # child: days of reviews that were acknowledged
        self.acknowledged = 0
        self.amiss = []

    def run(self):
        try:
            while not self.stopping.is_set():
                self.one_child()
        except Exception as error:  # pylint: disable=broad-except
            self.amiss.append(repr(error))

    def one_child(self):
        answer = self.do("case", "register", "--authority", AUTHORITY, "--local-id", f"C{self.number}-{len(self.reviews)}",
                         "--born", "2018-01-01", "--name", "A Name")
        if answer is None:
            return
        child = answer["child"]
        self.reviews[child] = []
        day = datetime.date(2026, 1, 5)
        if not self.do("case", "record", "care_start", "--authority", AUTHORITY, "--child", child, "--on", day):
            return
        for _ in range(self.random.choice((0, 3, 6, 9))):  # of some nobody states a review: an alert follows
            day += datetime.timedelta(days=self.random.randrange(1, 8))
            if self.stopping.is_set():
                return
            if self.do("case", "record", "review", "--authority", AUTHORITY, "--child", child, "--on", day, "--code", "PN1"):
                self.reviews[child].append(day.isoformat())

    def do(self, *words):
        """Sends one command until it is answered, whoever answers; nothing when the campaign ends first."""
        command = new_command_id()
        words = [str(word) for word in words]
        self.record.ask(command, words)
        begin = time.monotonic()
        while True:
            code, answer = self.send([*words, "--command-id", command])
            if code == 0:
                self.record.tell(command, answer, time.monotonic() - begin)
                self.acknowledged += 1
                return answer
            if code == 2 and answer.get("error", {}).get("reason") != "NOT_TAKEN":
                self.amiss.append(f"refused: {' '.join(words)}: {answer}")
                return None
            if self.stopping.is_set() and time.monotonic() > begin + 60:
                return None
            time.sleep(0.05)

    def send(self, words):
        door = self.random.choice([one for one in self.doors() if one.endpoint()] or [None])
        if door is None:
            return 5, {}
        try:
            done = subprocess.run([str(word) for word in door.words("--server", door.endpoint() or "127.0.0.1:1", *words)],
                                  capture_output=True, text=True, check=False, timeout=ASK_LIMIT_S)
        except subprocess.TimeoutExpired:
            return 3, {}
        return done.returncode, object_of(done.stdout)


class Load:
    """Some clients at work. `doors` says, each time, which instances they may ask."""

    def __init__(self, path, doors, count=4):
        self.record = ClientsRecord(path)
        self.clients = [Client(number, doors, self.record) for number in range(count)]
        for client in self.clients:
            client.start()

    def await_more(self, each, limit_s=120):
        """Until every client has been acknowledged so many commands more."""
        wanted = [client.acknowledged + each for client in self.clients]
        end = time.monotonic() + limit_s
        while any(client.acknowledged < count for client, count in zip(self.clients, wanted)):
            for client in self.clients:
                if client.amiss:
                    return
            if time.monotonic() > end:
                raise Failed(f"no more is acknowledged after {limit_s} s")
            time.sleep(0.05)

    def stop(self):
        for client in self.clients:
            client.stopping.set()
        for client in self.clients:
            client.join()

    def longest_wait_s(self):
        return max((waited for _, waited in self.record.waited), default=0)

    def amiss(self):
        return [each for client in self.clients for each in client.amiss]

    def reviews(self):
        return {child: days for client in self.clients for child, days in client.reviews.items()}
