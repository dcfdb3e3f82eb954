"""The real program on folders of its own, for tests in Python."""

import json
import subprocess


class Deployment:
    """A Holdfast that is up until it is told to go down. `run` gives the object that a command printed."""

    def __init__(self, program, folder, day):
        self.program = program
        self.folders = ["--data", f"{folder}/data", "--keys", f"{folder}/keys"]
        self.run("init", "--clock", "manual", "--day", day)
        self.run("up", "--detach")

    def ended(self, *arguments):
        """(exit code, the object printed: an answer or an error)."""
        done = subprocess.run([self.program, *self.folders, "--json", *map(str, arguments)], capture_output=True, text=True,
                              check=False)
        printed = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
        return done.returncode, json.loads(printed[0]) if printed else {}

    def run(self, *arguments, accepted=(0,)):
        code, printed = self.ended(*arguments)
        if code not in accepted:
            raise AssertionError(f"holdfast {' '.join(map(str, arguments))}: exit {code}: {printed}")
        return printed
