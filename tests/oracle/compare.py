"""Compares two answers of `try ssda903`: exit 0 when they say the same, else 1 and a line a difference.
Ids, positions, runs, notes and definitions are left out; differences matching --soft are only shown."""

import argparse
import fnmatch
import json
import sys

IGNORED = {"run", "entry", "positions", "definition", "events", "row_events", "dry_run", "facts_ids",
           "recorded_at", "name", "team", "worker", "other_law",
           # What courts and hearings say, of which a return says nothing.
           "nation", "hearings", "applications", "plans", "route", "milestones", "holders", "gates",
           "aspects", "views", "contact", "meetings", "siblings", "until", "ended", "in_force"}
# Figures of what courts, hearings and teams say.
NOT_OF_RETURNS = {"m0_m1", "m1_m2", "m2_m3", "m3_m4", "m4_m5", "m1_m5", "hearings_per_child", "interim_runs",
                  "home_order_days", "decisions_as_recommended"}
# Where the rules do not say what the figure is.
SOFT = ["*.looked_after.disputed", "*.looked_after*.unknown", "*.excluded", "*.decision_to_adoption.numerator"]
NAMED_BY = {"national": "year_ending", "measures": "id", "files": "file"}


def plain(name, item):
    """An item of a list without what is not compared."""
    if name == "discrepancies":
        return {"kind": item["kind"]}
    if name == "files":
        return {key: item[key] for key in ("table", "rows", "sha256")} | {
            "set_aside": item["set_aside"] is not None}
    return item


def flatten(value, path="", name=""):
    """path -> scalar."""
    if isinstance(value, dict):
        if name == "child":
            value = {k: v for k, v in value.items() if k != "child"}
        found = {}
        for key, item in value.items():
            if key not in IGNORED and not (name == "by" and item == 0):
                found |= flatten(item, f"{path}.{key}" if path else key, key)
        return found
    if isinstance(value, list):
        if name == "discrepancies":
            value = sorted(value, key=lambda item: item["kind"])
        if name == "measures":
            value = [item for item in value if item["id"] not in NOT_OF_RETURNS]
        found = {f"{path}.count": len(value)}
        for i, item in enumerate(value):
            label = item.get(NAMED_BY.get(name), i) if isinstance(item, dict) else i
            found |= flatten(plain(name, item), f"{path}.{label}")
        return found
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return {path: value}


def load(path):
    text = sys.stdin.read() if path == "-" else open(path, encoding="utf-8").read()
    return json.loads(text)


def differences(one, other):
    """(path, value in one, value in other); both turned away is the same, whatever they say of it."""
    if "error" in one or "error" in other:
        return [] if "error" in one and "error" in other else [("error", one.get("error"), other.get("error"))]
    one, other = flatten(one), flatten(other)
    missing = "(absent)"
    return [(path, one.get(path, missing), other.get(path, missing)) for path in {**one, **other}
            if one.get(path, missing) != other.get(path, missing)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("one")
    arguments.add_argument("other")
    arguments.add_argument("--soft", action="append", default=[], metavar="GLOB", help="only shown")
    arguments.add_argument("--strict", action="store_true", help="nothing is soft but --soft")
    options = arguments.parse_args()
    soft = options.soft + ([] if options.strict else SOFT)
    failed = False
    for path, one, other in differences(load(options.one), load(options.other)):
        shown_only = any(fnmatch.fnmatchcase(path, glob) for glob in soft)
        failed |= not shown_only
        print(f"{'  (soft) ' if shown_only else ''}{path}: {one} | {other}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
