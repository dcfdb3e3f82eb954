"""Invents returns from seeds, has `holdfast try ssda903` and the oracle read them, and compares what they say.
Ends with 1 at the first seed on which they differ, and prints the command that runs it again."""

import argparse
import fnmatch
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import SOFT, differences
from mutate import Maker
from oracle import NothingImported, parse_part, run

AUTHORITY = "E06000901"


def holdfast_says(program, arguments, child):
    """(exit code, the object printed)."""
    command = [program, "--json", "try", "ssda903", "--authority", AUTHORITY, *arguments]
    command += ["--child", child] if child else []
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not ended.stdout:
        return ended.returncode, {"nothing printed": ended.stderr}
    return ended.returncode, json.loads(ended.stdout)


def oracle_says(arguments, child):
    parts = [parse_part(part) for part in arguments if not part.startswith("--")]
    options = {"whole": "--whole" in arguments, "year_is_right": "--year-is-right" in arguments,
               "ignore": [argument.split("=", 1)[1] for argument in arguments if argument.startswith("--ignore=")]}
    try:
        printed = run(parts, AUTHORITY, child=child, **options)
    except NothingImported as why:
        return 2, {"error": str(why)}
    refused = any(imported["total"]["refused"] for imported in printed["imports"])
    known = child is None or printed["child"] is not None
    return (1 if refused else 0) if known else 4, json.loads(json.dumps(printed, default=str))


def disagreements(program, arguments, children):
    """A line for each difference, of the returns as a whole and of each child."""
    for child in children:
        (code, said), (expected_code, expected) = (holdfast_says(program, arguments, child), oracle_says(arguments, child))
        for path, one, other in differences(said, expected):
            if not any(fnmatch.fnmatchcase(path, glob) for glob in SOFT):
                yield f"child {child}: {path}: holdfast {one}, oracle {other}"
        if code != expected_code:
            yield f"child {child}: holdfast ended with {code}, the oracle with {expected_code}"
        if "error" in expected:
            return


def invented(seed, folder, most_children):
    """(arguments of try, some children) of the returns that the seed makes."""
    Maker(seed).make(folder)
    children = (folder / "children.txt").read_text(encoding="utf-8").splitlines()
    chosen = random.Random(seed).sample(children, min(most_children, len(children)))
    return (folder / "args.txt").read_text(encoding="utf-8").split(), chosen


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--holdfast", required=True, help="the program")
    arguments.add_argument("--first", type=int, default=int(os.environ.get("HOLDFAST_FIRST_SEED", "1")))
    arguments.add_argument("--seeds", type=int, default=int(os.environ.get("HOLDFAST_SEEDS", "40")))
    arguments.add_argument("--children", type=int, default=6, help="of each seed, at most so many are shown")
    arguments.add_argument("--returns", nargs="+", metavar="DIR:YEAR_END", help="instead of seeds: these, with options of try")
    options, rest = arguments.parse_known_args()
    if options.returns:
        found = list(disagreements(options.holdfast, rest + options.returns, [None]))
        print("\n".join(found[:30]) or "these returns read the same")
        return int(bool(found))
    for seed in range(options.first, options.first + options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            found = list(disagreements(options.holdfast, *invented(seed, Path(folder), options.children)))
        if found:
            print(f"seed {seed}: {len(found)} differences")
            print("\n".join(found[:30]))
            print(f"again: python3 {os.path.relpath(__file__)} --holdfast {options.holdfast} --first {seed} --seeds 1"
                  f" --children {options.children}")
            return 1
    print(f"{options.seeds} seeds from {options.first} on: no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
