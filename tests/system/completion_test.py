"""Words of the command line completed in a real bash, from what the program prints for it.

Usage: completion_test.py HOLDFAST_BINARY
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HOLDFAST = ""
SCRIPT = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_holdfast
printf '%s\\n' "${COMPREPLY[@]}"
"""


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-completion-")
        cls.script = pathlib.Path(cls.folder.name) / "holdfast.bash"
        cls.script.write_text(subprocess.run([HOLDFAST, "completion", "bash"], capture_output=True, text=True, check=True).stdout)
        cls.addClassCleanup(cls.folder.cleanup)

    def completed(self, *words):
        done = subprocess.run(["bash", "-euc", SCRIPT, "bash", self.script, "holdfast", *words], capture_output=True, text=True,
                              check=True)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_commands(self):
        self.assertEqual(self.completed("dis"), ["discrepancies"])
        self.assertEqual(self.completed("discrepancies", ""), ["list", "resolve", "--help"])
        self.assertEqual(self.completed("journal", "ver"), ["verify"])
        self.assertIn("case", self.completed(""))

    def test_options_of_the_command_that_stands_there(self):
        self.assertEqual(self.completed("case", "show", "--lo"), ["--local-id"])
        self.assertEqual(self.completed("discrepancies", "resolve", "--sa"), ["--same"])
        self.assertEqual(self.completed("discrepancies", "list", "--sa"), [])

    def test_what_stands_behind_an_option_is_no_command(self):
        self.assertIn("show", self.completed("--data", "case", "--json", "case", ""))
        self.assertEqual(self.completed("--data", "alerts", "dis"), ["discrepancies"])
        self.assertEqual(self.completed("case", "show", "--authority", "a"), [], "left to the shell")

    def test_values_where_they_are_few(self):
        self.assertEqual(self.completed("source", "add", "x", "--kind", ""), ["court", "reporter"])
        self.assertEqual(self.completed("source", "add", "x", "--nation", "s"), ["scotland"])

    def test_bash_is_told_to_use_it(self):
        told = subprocess.run(["bash", "-euc", 'source "$1"; complete -p holdfast', "bash", self.script], capture_output=True,
                              text=True, check=True).stdout
        self.assertEqual(told, "complete -o default -F _holdfast holdfast\n")


if __name__ == "__main__":
    HOLDFAST = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
