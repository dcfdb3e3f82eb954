"""What a children's reporter and a sheriff court feed of every child, as their own books say."""

import csv
import io
import json
from dataclasses import dataclass, field, replace
from datetime import date

from days import TODAY, plus
from draw import Draw

from .council import CODE, COURT, COURT_ORDERS, REPORTER

COLUMNS = ("event_id", "sent_at", "kind", "on", "ref", "authority", "local_id", "case_ref", "name",
           "born", "code", "until", "after", "reason")
CUT = date(2026, 4, 1)     # the reporter's second file begins with what was sent on this day


@dataclass(frozen=True)
class Item:
    sent: date
    kind: str
    on: date
    ref: str
    child: str = ""        # whose it truly is: a local id, or nobody's of this authority
    code: str = ""
    until: date | None = None
    after: str = ""
    reason: str = ""
    event: str = ""
    named: tuple = ()      # (column, text) by which it names its child
    hour: int = 9
    fate: str = ""         # why it is refused
    late: bool = False     # comes in the last file, whenever it was sent

    def row(self):
        cells = {"event_id": self.event, "sent_at": f"{self.sent}T{self.hour:02}:30:00Z",
                 "kind": self.kind, "on": self.on, "ref": self.ref, "code": self.code,
                 "until": self.until or "", "after": self.after, "reason": self.reason,
                 **dict(self.named)}
        return {column: str(cells.get(column, "")) for column in COLUMNS}


def _told(on):
    return min(plus(on, 1), TODAY)


def _hearings(life):
    for number, one in enumerate(life.hearings, 1):
        ref = f"H{life.local_id[3:]}-{number}"
        yield Item(min(one.set_on, TODAY), "hearing_set", one.on, ref)
        if one.state != "planned":
            yield Item(_told(one.ended), f"hearing_{one.state}", one.ended, ref, until=one.until,
                       hour=11)


def _orders(life, courts):
    for number, one in enumerate(life.orders, 1):
        if (one.code in COURT_ORDERS) != courts:
            continue
        ref = f"{'S' if courts else 'O'}{life.local_id[3:]}-{number}"
        yield Item(_told(one.made), "order_made", one.made, ref, code=one.code,
                   until=one.first_until, hour=12)
        for change, on, until in one.changes:
            yield Item(_told(on), f"order_{change}", on, ref, until=until, hour=13)
        if one.ended:
            yield Item(_told(one.ended), f"order_{one.ended_as}", one.ended, ref, hour=14)


def _steps(life, courts):
    for number, one in enumerate(life.steps, 1):
        ref = f"{'C' if courts else 'R'}{life.local_id[3:]}-{number}"
        told = _told(one.on)
        if one.kind in ("referral", "grounds") and not courts:
            yield Item(told, one.kind, one.on, ref)
        elif one.kind == "safeguarder" and not courts:
            yield Item(told, "safeguarder_appointed", one.on, ref)
            if one.ended:
                yield Item(_told(one.ended), "safeguarder_reported", one.ended, ref)
        elif one.kind == "proof":
            yield Item(told, "proof_lodged", one.on, ref)
            if one.ended and courts:
                yield Item(_told(one.ended), "proof_determined", one.ended, ref)
        elif one.kind == "appeal" and courts:
            yield Item(told, "appeal_lodged", one.on, ref)
            if one.ended:
                yield Item(_told(one.ended), "appeal_disposed", one.ended, ref)
        elif one.kind == "application" and courts:
            yield Item(told, "application_lodged", one.on, ref, code=one.code)
            if one.issued:
                yield Item(_told(one.issued), "application_issued", one.issued, ref)
            if one.ended:
                yield Item(_told(one.ended), "application_disposed", one.ended, ref,
                           code=one.outcome)


def items_of(life, source):
    """What one source has sent of a child, oldest first."""
    courts = source == COURT
    found = [] if courts else list(_hearings(life))
    found += [*_orders(life, courts), *_steps(life, courts)]
    found.sort(key=lambda item: (item.sent, item.hour, item.ref))
    return [replace(item, child=life.local_id) for item in found]


def naming(child, source):
    """How the source names a child: as the authority does, by the number of its own case, or as it
    is called."""
    life = child.truth
    case = f"{'LAR' if source == REPORTER else 'SC'}/{life.local_id[3:]}"
    way = child.named.get(source) or Draw("naming", source, life.local_id).weighted(
        {"local_id": 86, "both": 4, "case_ref": 9, "name": 1})
    return {"local_id": (("authority", CODE), ("local_id", life.local_id)),
            "both": (("authority", CODE), ("local_id", life.local_id), ("case_ref", case)),
            "case_ref": (("authority", CODE), ("case_ref", case)),
            "name": (("authority", CODE), ("case_ref", case), ("name", life.name),
                     ("born", life.born.isoformat()))}[way]


@dataclass
class Feed:
    """All items of one source, in its files: name -> items in the order of the file."""
    source: str
    files: dict = field(default_factory=dict)

    def files_in_one(self):
        """Each event once, as it was first sent."""
        found = {}
        for items in self.files.values():
            for item in items:
                found.setdefault(item.event, item)
        return list(found.values())


def _dash(source):
    return "R" if source == REPORTER else "S"


def _spoilt(item, draw):
    """The item as it was first sent, a mistake in it, and the version that puts it right."""
    wrong = replace(item, on=plus(item.on, -draw.between(1, 3)))
    right = replace(item, sent=min(plus(item.sent, draw.between(1, 4)), TODAY), hour=16)
    return wrong, right


def _with_versions(items, seed, source, touched):
    """Some are sent again as they were; some first with a mistake; of some an old version is late.
    `touched`: those that are as they are for a reason of their own."""
    draw, found = Draw("versions", seed, source), []
    for item in items:
        if item.kind in ("hearing_set", "order_continued") or item.event in touched:
            found.append(item)
        elif draw.chance(0.015):
            found += _spoilt(item, draw)
        elif draw.chance(0.008):
            found.append(item)
            found.append(replace(item, sent=plus(item.sent, -1), on=plus(item.on, 2), until=None,
                                 hour=15, late=True))
        else:
            found.append(item)
            if draw.chance(0.01):
                found.append(replace(item, late=True))
    return found


def feed(book, source, seed):
    items, planted = [], set()
    for child in book.children:
        own = [replace(item, named=naming(child, source)) for item in
               items_of(child.says(source), source)]
        items += child.edit(source, own)
        if child.shows:
            planted.add(child.truth.local_id)
    items.sort(key=lambda item: (item.sent, item.hour, item.child, item.ref, item.kind))
    items = [item if item.event else replace(item, event=f"{_dash(source)}{number:05}")
             for number, item in enumerate(items, 1)]
    touched = {item.event for item in items if item.child in planted}
    items = _with_versions(items, seed, source, touched) + book.strays(source)
    items.sort(key=lambda item: (item.late, item.sent, item.hour, item.event))
    if source == COURT:
        return Feed(source, {"court.ndjson": items})
    first = [item for item in items if item.sent < CUT and not item.late]
    second = [item for item in items if item.sent >= CUT or item.late]
    return Feed(source, {"reporter-1.csv": first, "reporter-2.csv": first[-15:] + second})


def _csv(items):
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(item.row() for item in items)
    return out.getvalue()


def _ndjson(items):
    rows = ({name: text for name, text in item.row().items() if text} for item in items)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_feed(feed_, folder):
    for name, items in feed_.files.items():
        text = _csv(items) if name.endswith(".csv") else _ndjson(items)
        (folder / name).write_text(text, encoding="utf-8")
