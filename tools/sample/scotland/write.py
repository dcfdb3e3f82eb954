"""Writes the Scottish half: files, the order in which they are taken, and the right answers."""

import json
import shutil

from days import TODAY

from .book import book
from .clocks import alert_answers
from .council import (AIMS, AIMS_FROM, CODE, COURT, LIVE_FROM, NAME, REPORTER, SHEET_AS_OF,
                      SILENT_AFTER)
from .contact import write_contact
from .feeds import feed, write_feed
from .figures import national_answers
from .intake import MISMATCHED, Intake
from .known import case_answers
from .record import write_record
from .sheet import next_answers, write_sheet

KINDS = {REPORTER: "reporter", COURT: "court"}


def _json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _by_line(path, value, rows):
    """Like _json, each of `rows` on a line of its own."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value.pop(rows))
    rest = json.dumps(value)[:-1]
    path.write_text(f'{rest}, "{rows}": [\n{lines}\n]}}\n', encoding="utf-8")


def _csv(path, heading, rows):
    path.write_text("\n".join([heading, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")


def _rematches(book_, feeds):
    """What a person had matched to a namesake, said again."""
    shows = {child.local_id: child.shows for child in book_.children}
    for feed_ in feeds:
        for item in feed_.files_in_one():
            if item.child and "case_ref" not in dict(item.named) and "name" in dict(item.named):
                assert shows[item.child] != MISMATCHED
                yield feed_.source, item.event, item.child, "another child of the same name"


def _take_feeds(book_, feeds):
    """The answers of intake, and what is matched between the files."""
    intake, receipts, matches = Intake(book_), [], []
    reporter, court = feeds
    first, second = reporter.files
    for feed_, name in ((reporter, first), (court, *court.files)):
        receipts.append({"file": name, "source": feed_.source,
                         "outcomes": intake.file(feed_.source, feed_.files[name])})
        matches += [(feed_.source, *match)
                    for match in intake.matches(feed_.source, feed_.files[name])]
    receipts.append({"file": second, "source": REPORTER,
                     "outcomes": intake.file(REPORTER, reporter.files[second])})
    return {"files": receipts, "unmatched": intake.unmatched(feeds)}, matches


def _steps(files):
    first, court, second = files
    steps = [{"do": "live", "from": LIVE_FROM.isoformat()},
             {"do": "register", "file": "register.csv"},
             {"do": "tracker", "file": "tracker.csv", "as_of": SHEET_AS_OF.isoformat(),
              "map": "MAP.yaml"}]
    steps += [{"do": "source", "name": name, "kind": kind, "silent_after": SILENT_AFTER[name]}
              for name, kind in KINDS.items()]
    steps += [{"do": "feed", "file": first, "source": REPORTER},
              {"do": "feed", "file": court, "source": COURT},
              {"do": "match", "file": "matches.csv"}, {"do": "rematch", "file": "rematches.csv"},
              {"do": "feed", "file": second, "source": REPORTER},
              {"do": "register", "file": "register-later.csv"},
              {"do": "assign", "file": "teams.csv"}, {"do": "record", "file": "record.csv"},
              {"do": "contact", "file": "contact.csv"}]
    return steps + [{"do": "aim", "clock": clock, "limit": limit, "from": AIMS_FROM.isoformat(),
                     "reason": "agreed by the permanence board"} for clock, limit, _ in AIMS]


def _disagreements(book_):
    return {"day": TODAY.isoformat(), "disagreements": [
        {"local_id": child.local_id, "shows": child.shows, "kind": one.kind, "of": one.of,
         "field": one.field, "versions": one.versions, "counts": one.counts or None,
         "right": one.right, "opened": one.opened.isoformat()}
        for child in book_.children for one in child.disagreements]}


def generate_scotland(seed, out):
    """Everything of the Scottish authority, afresh."""
    book_, folder, answer = book(seed), out / CODE, out / "answers" / CODE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    feeds = [feed(book_, source, seed) for source in KINDS]
    for feed_ in feeds:
        write_feed(feed_, folder)
    intake, matches = _take_feeds(book_, feeds)
    heading = "source,event_id,local_id,reason"
    _csv(folder / "matches.csv", heading, matches)
    _csv(folder / "rematches.csv", heading, _rematches(book_, feeds))
    facts, rows = write_record(book_, folder), write_sheet(book_, folder)
    contact = write_contact(book_, folder)
    _json(answer / "intake.json", intake)
    answer.mkdir(parents=True, exist_ok=True)
    _by_line(answer / "cases.json", case_answers(book_), "children")
    _by_line(answer / "alerts.json", alert_answers(book_, feeds), "alerts")
    _by_line(answer / "next.json", next_answers(book_), "next")
    _json(answer / "disagreements.json", _disagreements(book_))
    _json(answer / "national.json", national_answers(book_))
    files = [row["file"] for row in intake["files"]]
    _json(out / "scotland.json", {
        "seed": seed, "manual_day": TODAY.isoformat(), "code": CODE, "name": NAME,
        "children": len(book_.children), "recorded": facts, "in_sheet": rows, "contact": contact,
        "steps": _steps(files)})
