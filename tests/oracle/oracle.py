"""A second, independent reading of the rules of importing SSDA903 returns, to compare `try ssda903` with."""

import argparse
import json
import sys
from datetime import date

from history import History
from layers import Authority
from measures import national
from returns import NothingImported, read_return


def care_period(period):
    last = period.rows[-1]
    unknown = None
    if period.end is None and not last.cut:
        unknown = last.year if last.unknown else last.dec
    return {"start": period.start, "start_known": period.start_known, "end": period.end,
            "reason": period.reason, "status": period.status, "not_known_since": unknown,
            "placements": [{"start": p.start, "start_known": p.start_known, "end": p.end,
                            "place": p.rows[-1].place} for p in period.placements]}


def case_show(authority, name, child):
    if child not in authority.registered:
        return None
    history = History(authority.episodes().get(child, []))
    header = authority.believed("Header").get((child,))
    reviews = sorted((day, content["REVIEW_CODE"]) for (who, day), (_, content)
                     in authority.believed("Reviews").items() if who == child)
    decisions = [day for who, day in authority.believed("PlacedAdoption") if who == child]
    matches = [content["DATE_MATCH"] for (who, _), (_, content) in authority.believed("AD1").items()
               if who == child and content["DATE_MATCH"]]
    kinds = sorted(history.discrepancies)
    kinds += ["not_in_next_return"] * sum(key[0] == child for key in authority.vanished())
    kinds += ["removed_in_resubmission"] * sum(key[0] == child for _, _, key in authority.removed)
    return {
        "authority": name,
        "personal": {"local_id": child, "name": None, "born": header and header[1]["DOB"]},
        "covered_through": max((year for year, layer in authority.layers.items() if layer.has_episodes), default=None),
        "care_periods": [care_period(period) for period in history.periods],
        "legal_statuses": [{"code": s.rows[0].ls, "start": s.start, "start_known": s.start_known,
                            "end": s.end} for s in history.statuses],
        "reviews": [{"on": day, "code": code, "in_care": history.period_of(day) is not None}
                    for day, code in reviews],
        "adoption": {"decision": max(decisions, default=None), "match": max(matches, default=None),
                     "placement_order": history.placement_order(),
                     "placed": history.placed_for_adoption()},
        "orders": [{"code": code, "on": on, "disputed": disputed}
                   for code, on, disputed in history.orders()],
        "missing": [{"start": day, "end": content["MIS_END"], "code": content["MISSING"]}
                    for (who, day), (_, content) in sorted(authority.believed("Missing").items(),
                                                           key=lambda item: item[0]) if who == child],
        "discrepancies": [{"kind": kind} for kind in kinds],
    }


def parse_part(text):
    folder, year_end, *rest = text.rsplit(":", 2) if text.endswith(":repair") else text.rsplit(":", 1)
    return folder, date.fromisoformat(year_end), bool(rest)


def run(parts, name, tables=None, ignore=(), whole=False, year_is_right=False, child=None):
    """The object that `try` prints; `parts`: [(folder, year end, whether a repair)]."""
    authority, imports = Authority(), []
    for folder, year_end, repair in parts:
        back = read_return(folder, year_end, tables, ignore)
        imported = authority.import_return(year_end, back, repair, whole, year_is_right)
        imports.append({"authority": name} | imported)
    printed = {"imports": imports,
               "national": [national(authority, year) | {"authority": name}
                            for year in sorted(authority.layers)],
               "discrepancies": authority.discrepancies()}
    printed["child"] = None if child is None else case_show(authority, name, child)
    return printed


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("parts", nargs="+", metavar="DIR:YEAR_END[:repair]")
    arguments.add_argument("--authority", required=True)
    arguments.add_argument("--child")
    arguments.add_argument("--ignore", action="append", default=[], metavar="GLOB")
    arguments.add_argument("--table", action="append", default=[], metavar="T=FILE")
    arguments.add_argument("--whole", action="store_true")
    arguments.add_argument("--year-is-right", action="store_true")
    options = arguments.parse_args()
    try:
        printed = run([parse_part(part) for part in options.parts], options.authority,
                      dict(choice.split("=", 1) for choice in options.table), options.ignore,
                      options.whole, options.year_is_right, options.child)
    except NothingImported as why:
        print(json.dumps({"error": {"code": None, "reason": None, "message": str(why), "where": None}}))
        return 2
    print(json.dumps(printed, default=str, indent=1))
    return 1 if any(imported["total"]["refused"] for imported in printed["imports"]) else 0


if __name__ == "__main__":
    sys.exit(main())
