"""Writes the sample: returns, teams, a team's record, and the right answers.

    python3 generate.py --seed 1 --out DIR
"""

import argparse
import json
import shutil
from pathlib import Path

from book import book
from cases import histories
from clocks import alerts
from days import LIVE_FROM, TODAY, YEARS, year_end
from figures import reviews_on_time_of_the_settled, table
from imports import Belief, answers
from names import AUTHORITIES
from record import write_record
from returns import write
from scotland.write import generate_scotland
from strays import HABITS, stray_files
from teams import write_teams


def _json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _returns(book_, folder, seed):
    """Writes every import's folder; answers what each import must say."""
    belief, found = Belief(), []
    for run in book_.imports:
        statements = book_.statements(run)
        habits = HABITS.get((book_.authority.code, run.folder), {})
        names = write(folder / run.folder, statements, habits, seed, rejects=run.repair)
        totals = belief.take(run, statements)
        files = [{"file": name, "table": which, "rows": totals[which]["read"]}
                 for which, name in names.items()]
        files += stray_files(book_.authority, run.folder, folder / run.folder)
        found.append(answers(run, book_.authority, totals, statements,
                             sorted(files, key=lambda file: file["file"]), book_.planted))
    return found


def _national(book_):
    """Each year as known at its end, then each as known on the demo day."""
    views = [(year, year_end(year), book_.known_at(year)) for year in YEARS]
    views += [(year, TODAY, book_.known_today()) for year in YEARS]
    return [{"authority": book_.authority.code, "year_ending": year_end(year).isoformat(),
             "known_at": on.isoformat(), "measures": table(list(known.values()), year)}
            for year, on, known in views]


def _readings(book_):
    """The reviews on time by the other reading of whose they are, as known at each year end."""
    return [{"year_ending": year_end(year).isoformat(),
             "of_looked_after_on_the_last_day":
                 reviews_on_time_of_the_settled(book_.known_at(year).values(), year)}
            for year in YEARS]


def _alerts(book_):
    found = [alert for known in book_.known_today().values()
             for alert in alerts(book_.authority, known)]
    return {"authority": book_.authority.code, "day": TODAY.isoformat(),
            "alerts": sorted(found, key=lambda alert: (alert["child"], alert["clock"]))}


def _steps(book_):
    """What is done with an authority's files, in order; all of it on the manual day."""
    code = book_.authority.code
    steps = [{"do": "import", "folder": f"{code}/{run.folder}", "repair": run.repair,
              "year_ending": year_end(run.year).isoformat()} for run in book_.imports]
    if book_.authority.live:
        steps += [{"do": "live", "from": LIVE_FROM.isoformat()},
                  {"do": "register", "file": f"{code}/register.csv"}]
    steps.append({"do": "assign", "file": f"{code}/teams.csv"})
    if book_.authority.live:
        steps.append({"do": "record", "file": f"{code}/record.csv"})
    return steps


def generate(seed, out):
    """Everything, afresh."""
    for part in ("answers", *(authority.code for authority in AUTHORITIES)):
        shutil.rmtree(out / part, ignore_errors=True)
    sample = {"seed": seed, "manual_day": TODAY.isoformat(), "authorities": []}
    for authority in AUTHORITIES:
        book_, folder = book(authority, seed), out / authority.code
        answer = out / "answers" / authority.code
        _json(answer / "imports.json", _returns(book_, folder, seed))
        _json(answer / "national.json", _national(book_))
        _json(answer / "readings.json", _readings(book_))
        _json(answer / "alerts.json", _alerts(book_))
        _json(answer / "cases.json", histories(book_))
        write_teams(book_, folder)
        recorded = write_record(book_, folder) if authority.live else 0
        sample["authorities"].append({
            "code": authority.code, "name": authority.name,
            "live_from": LIVE_FROM.isoformat() if authority.live else None,
            "children": len(book_.lives) + len(book_.planted), "recorded": recorded,
            "steps": _steps(book_)})
    _json(out / "sample.json", sample)
    generate_scotland(seed, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    generate(options.seed, options.out)


if __name__ == "__main__":
    main()
