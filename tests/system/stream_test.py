"""An authority's events as a stream, by the real program: nothing left out, nothing twice, and nobody kept waiting.

Usage: stream_test.py HOLDFAST_BINARY
"""

import base64
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from program import Deployment

HOLDFAST = ""
NORTH, SOUTH = "E06000901", "E06000902"
REGISTERED = "holdfast.cases.v1.ChildRegistered"
WAIT_S = 60
MANY = 6000  # children of a return


class Stream:
    """`holdfast stream` in the background, its lines in a file."""

    def __init__(self, deployment, file, *options):
        self.file = pathlib.Path(file)
        with open(self.file, "wb") as out, open(f"{file}.err", "wb") as err:
            self.process = subprocess.Popen([HOLDFAST, *deployment.folders, "--json", "stream", *options], stdout=out, stderr=err)

    def events(self):
        return [json.loads(line) for line in self.file.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def await_lines(self, wanted):
        limit = time.monotonic() + WAIT_S
        while not wanted(events := self.events()):
            if time.monotonic() > limit or self.process.poll() is not None:
                raise AssertionError(f"{len(events)} lines; {pathlib.Path(f'{self.file}.err').read_text()}")
            time.sleep(0.05)
        return events

    def stop(self):
        self.process.terminate()
        self.process.wait()


class AStream(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="holdfast-stream-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.holdfast = Deployment(HOLDFAST, self.folder, "2026-06-01")
        self.addCleanup(self.holdfast.ended, "down")
        for code in (NORTH, SOUTH):
            self.holdfast.run("authority", "add", code, "--name", code)
        self.children = []

    def register(self, authority=NORTH):
        self.children.append(self.holdfast.run("case", "register", "--authority", authority, "--local-id", f"K{len(self.children)}",
                                               "--born", "2018-01-01", "--name", "Pat Canary")["child"])
        return self.children[-1]

    def of_children(self, events):
        """What cases records of the children that are registered here."""
        return [event for event in events if event["partitionkey"] in self.children and event["source"] == "urn:holdfast:cases"]

    def record(self, child, kind, on, *more):
        self.holdfast.run("case", "record", kind, "--authority", NORTH, "--child", child, "--on", on, *more)

    def stream(self, name, *options):
        stream = Stream(self.holdfast, self.folder / name, *options)
        self.addCleanup(stream.stop)
        return stream

    def all_of(self, *options, until):
        """What a stream of the authority shows that begins now, until all is there that is waited for: partitions come in no order."""
        self.count = getattr(self, "count", 0) + 1
        stream = self.stream(f"all-{self.count}", "--authority", NORTH, *options)
        events = stream.await_lines(until)
        stream.stop()
        return events

    def test_shows_each_event_of_the_authority_once_and_as_it_happens(self):
        stream = self.stream("live", "--authority", NORTH)
        child = self.register()
        elsewhere = self.register(SOUTH)
        self.record(child, "care_start", "2026-01-05")
        self.record(child, "review", "2026-01-25", "--code", "PN1")
        events = stream.await_lines(lambda events: sum(event["partitionkey"] == child and event["source"] == "urn:holdfast:cases"
                                                       for event in events) == 3)
        self.assertEqual(len({event["id"] for event in events}), len(events))
        self.assertNotIn(elsewhere, {event["partitionkey"] for event in events})
        of_child = [event for event in events if event["partitionkey"] == child]
        self.assertEqual({event["specversion"] for event in events}, {"1.0"})
        self.assertEqual({event["datacontenttype"] for event in events}, {"application/protobuf"})
        numbers = [int(event["id"].split("-")[2]) for event in of_child if event["source"] == "urn:holdfast:cases"]
        self.assertEqual(numbers, sorted(numbers))
        for event in events:
            service = event["source"].rpartition(":")[2]
            self.assertTrue(event["id"].startswith(f"{service}-"), event)
            self.assertEqual(event["type"], f"holdfast.{service}.v1.{service.capitalize()}Event")
            self.assertNotIn(b"Canary", base64.b64decode(event["data_base64"]))
        # What follows for the child in another service comes too.
        events = stream.await_lines(lambda events: any(event["partitionkey"] == child and event["source"] == "urn:holdfast:alerting"
                                                       for event in events))

    def test_goes_on_after_any_line(self):
        recorded = 0
        for i in range(5):
            child = self.register()
            self.record(child, "care_start", f"2026-01-0{i + 1}")
            recorded += 2
        events = self.all_of(until=lambda events: len(self.of_children(events)) == recorded)
        ids = {event["id"] for event in events}
        for place in (0, len(events) // 2, len(events) - 1):
            seen = {event["id"] for event in events[:place + 1]}
            newest = self.register()
            rest = self.all_of("--after", events[place]["token"], until=lambda events: {newest} <= {
                event["partitionkey"] for event in events} and ids <= seen | {event["id"] for event in events})
            self.assertFalse(seen & {event["id"] for event in rest}, place)
            self.assertEqual(len({event["id"] for event in rest}), len(rest), place)

    def test_shows_only_the_types_asked_for(self):
        child = self.register()
        self.record(child, "care_start", "2026-01-05")
        of_child = lambda events: [event for event in events if event["partitionkey"] == child]
        everything = self.all_of("--type", "holdfast.cases.v1.CasesEvent", until=lambda events: len(of_child(events)) == 2)
        self.assertEqual({event["source"] for event in everything}, {"urn:holdfast:cases"})
        newest = self.register()
        events = self.all_of("--type", REGISTERED, until=lambda events: {child, newest} <= {event["partitionkey"] for event in events})
        self.assertEqual(sorted(event["partitionkey"] for event in events), sorted([child, newest]))

    def test_is_refused_a_token_or_type_that_is_none_and_another_authority(self):
        code, error = self.holdfast.ended("stream", "--authority", NORTH, "--after", "00ff", "--for", 5)
        self.assertEqual((code, error["error"]["reason"]), (2, "TOKEN_UNKNOWN"))
        code, error = self.holdfast.ended("stream", "--authority", NORTH, "--type", "holdfast.cases.v1.ChildRegisterd", "--for", 5)
        self.assertEqual((code, error["error"]["reason"]), (2, "TYPE_UNKNOWN"))
        self.assertIn("--type: no event is a 'holdfast.cases.v1.ChildRegisterd'", error["error"]["message"])
        code, error = self.holdfast.ended("--as", f"data@{SOUTH}", "stream", "--authority", NORTH, "--for", 5)
        self.assertEqual((code, error["error"]["reason"]), (4, "NOT_FOUND_OR_NOT_ALLOWED"))
        code, error = self.holdfast.ended("--as", f"worker@{NORTH}", "stream", "--authority", NORTH, "--for", 5)
        self.assertEqual((code, error["error"]["reason"]), (4, "NOT_FOUND_OR_NOT_ALLOWED"))

    def test_loses_nothing_when_the_server_is_killed(self):
        stream = self.stream("live", "--authority", NORTH)
        children = []
        for _ in range(3):
            children += [self.register() for _ in range(5)]
            os.kill(json.loads((self.folder / "data" / "run.json").read_text())["pid"], signal.SIGKILL)
            self.holdfast.run("up", "--detach")
        children += [self.register() for _ in range(5)]
        events = stream.await_lines(lambda events: set(children) <= {event["partitionkey"] for event in events})
        self.assertEqual(len({event["id"] for event in events}), len(events))
        again = self.all_of(until=lambda again: set(children) <= {event["partitionkey"] for event in again})
        again = {event["id"]: event["data_base64"] for event in again}
        events = stream.await_lines(lambda events: again.keys() <= {event["id"] for event in events})
        self.assertEqual({event["id"]: event["data_base64"] for event in events if event["id"] in again}, again)

    def test_ends_who_takes_nothing_and_keeps_no_writer_waiting(self):
        self.import_many()
        read, write = os.pipe()
        slow = subprocess.Popen([HOLDFAST, *self.holdfast.folders, "--json", "stream", "--authority", NORTH], stdout=write,
                                stderr=subprocess.PIPE)
        os.close(write)
        lines = os.fdopen(read, "rb")
        first = json.loads(lines.readline())
        begin = time.monotonic()
        registered = set()
        while time.monotonic() < begin + 20:  # longer than the server's patience; commands are answered all along
            before = time.monotonic()
            registered.add(self.register())
            self.assertLess(time.monotonic() - before, 5)
        self.assertGreater(len(registered), 20)
        rest = [json.loads(line) for line in lines if line.endswith(b"\n")]
        shown = [line for line in [first, *rest] if "token" in line]
        self.assertNotEqual(slow.wait(timeout=60), 0)
        error = rest[-1]["error"]
        slow.stderr.close()
        lines.close()
        self.assertEqual(error["reason"], "SUBSCRIBER_TOO_SLOW")
        # What it had and what comes after its token make the whole, each event once.
        token = error["message"].split()[-1]
        keys = lambda events: {event["partitionkey"] for event in events}
        whole = self.all_of(until=lambda whole: registered <= keys(whole) and len(keys(whole)) > MANY + len(registered))
        wanted = {event["id"] for event in whole} - {event["id"] for event in shown}
        after = self.all_of("--after", token, until=lambda after: wanted <= {event["id"] for event in after})
        ids = [event["id"] for event in shown + after]
        self.assertEqual(len(set(ids)), len(ids))

    def import_many(self, children=MANY):
        """A return of so many children, each of them with an episode: more than what lies between two processes."""
        folder = self.folder / "return"
        folder.mkdir()
        header = ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"]
        episodes = ["CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"]
        for i in range(children):
            header.append(f"M{i:05},1,14/08/2015,WBRI,UN3,,")
            episodes.append(f"M{i:05},16/10/2023,S,C2,N1,U6,PR1,,,,ZS21 8ET,ZS15 6TL,ZS27778")
        (folder / "header.csv").write_text("\n".join(header) + "\n")
        (folder / "episodes.csv").write_text("\n".join(episodes) + "\n")
        self.holdfast.run("import", "ssda903", folder, "--authority", NORTH, "--year-ending", "2024-03-31", accepted=(0, 1))


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
