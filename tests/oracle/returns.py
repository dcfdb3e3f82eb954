"""Reads one SSDA903 return: files to tables, cells to values, rows to verdicts (rules 1 to 6)."""

import csv
import fnmatch
import hashlib
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

COLUMNS = {
    "Header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "Episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST"
                " PL_POST URN",
    "Reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "UASC": "CHILD SEX DOB DUC",
    "OC2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK"
           " HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "OC3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "AD1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "PlacedAdoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "PrevPerm": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "Missing": "CHILD DOB MISSING MIS_START MIS_END",
    "SocialWorker": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
}
COLUMNS = {table: tuple(names.split()) for table, names in COLUMNS.items()}
TABLE_OF = {frozenset(names): table for table, names in COLUMNS.items()}
WITHOUT_FACTS = {"OC2", "OC3", "SocialWorker"}
REJECTS_COLUMNS = {"FILE", "LINE", "FIELD", "RULE", "MESSAGE"}

# The date of each table's natural key; the other tables' key is CHILD alone.
KEY_DATE = {"Episodes": "DECOM", "Reviews": "REVIEW", "PlacedAdoption": "DATE_PLACED",
            "AD1": "DATE_INT", "Missing": "MIS_START"}
# The end date of a table and the optional codes that mean nothing without it.
END = {"Episodes": ("DEC", ("REC", "REASON_PLACE_CHANGE")), "Missing": ("MIS_END", ()),
       "PlacedAdoption": ("DATE_PLACED_CEASED", ("REASON_PLACED_CEASED",))}
END_DATES = {name for name, _ in END.values()}
DATES = {"DOB", "MC_DOB", "DUC", "DATE_MATCH", "DATE_PERM"} | set(KEY_DATE.values()) | END_DATES
REQUIRED = {"RNE", "LS", "PLACE", "REVIEW_CODE", "MISSING"}

# The codes of all years: of another year is taken with a note, so only "of no year" matters.
CODES = {
    "SEX": "1 2 M F U",
    "ETHNIC": "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE"
              " OOTH REFU NOBT",
    "MOTHER": "0 1",
    "RNE": "S L P T B U",
    "LS": "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3",
    "CIN": "N1 N2 N3 N4 N5 N6 N7 N8",
    "PLACE": "A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1"
             " Z11 Z12 Z13 Z14",
    "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5",
    "REC": "X1 E11 E12 E2 E3 E4A E4B E13 E41 E43 E44 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17",
    "REASON_PLACE_CHANGE": "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD"
                           " OTHER",
    "REVIEW_CODE": "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7",
    "MISSING": "M A",
    "FOSTER_CARE": "0 1",
    "NB_ADOPTR": "1 2",
    "SEX_ADOPTR": "M1 F1 MM FF MF",
    "LS_ADOPTR": "L0 L11 L12 L2 L3 L4",
    "REASON_PLACED_CEASED": "RD1 RD2 RD3 RD4",
    "PREV_PERM": "P1 P2 P3 P4 Z1",
}
CODES = {column: set(codes.split()) for column, codes in CODES.items()}


class NothingImported(Exception):
    """The whole return is turned away: exit 2."""


@dataclass
class Row:
    table: str
    line: int
    key: tuple | None = None      # (CHILD,) or (CHILD, date); None when it cannot be read
    content: dict = field(default_factory=dict)
    verdict: str | None = None    # "refused", "set_aside"; None: taken
    aside: int = 0                # fields that the row is taken without
    same_as: "Row | None" = None  # the identical row of this key that came first


@dataclass
class Return:
    files: list
    rows: dict  # table -> [Row], of the tables whose file the folder has
    odd_year: bool


def read_date(text):
    """The date that `text` states, dd/mm/yyyy or yyyy-mm-dd; None when it states none."""
    if m := re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", text):
        day, month, year = m.groups()
    elif m := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        year, month, day = m.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_code(column, text):
    text = re.sub(r"\A([0-9]+)\.0\Z", r"\1", text)
    return {"M": "1", "F": "2"}.get(text, text) if column == "SEX" else text


def read_row(table, line, headings, cells, year_end):
    """One line as a row, judged by itself alone: without headers, other rows or layers."""
    row = Row(table, line)
    if table in WITHOUT_FACTS:
        row.verdict = "set_aside"
        return row
    if len(cells) != len(headings):
        row.verdict = "refused"
        return row
    cell = {h: c.strip() for h, c in zip(headings, cells) if h not in REJECTS_COLUMNS}
    value, refused = {}, not cell["CHILD"]
    for column, text in cell.items():
        value[column] = text or None
        if column in DATES and text:
            value[column] = read_date(text)
            if value[column] is None:
                if column in END_DATES or column == KEY_DATE.get(table) or (table, column) == ("Header", "DOB"):
                    refused, value[column] = True, text
                else:
                    row.aside += 1
        elif column in CODES:
            code = read_code(column, text)
            value[column] = code or None
            if code not in CODES[column] and column in REQUIRED:
                refused = True
            elif code and code not in CODES[column]:
                row.aside, value[column] = row.aside + 1, None
    if table == "Header" and value["DOB"] is None:
        refused = True

    key_date = KEY_DATE.get(table)
    start = value[key_date] if key_date else None
    if key_date and not isinstance(start, date):
        refused = True
    elif value["CHILD"]:
        row.key = (value["CHILD"], start) if key_date else (value["CHILD"],)

    def put_aside(*columns):
        for column in columns:
            row.aside += value[column] is not None
            value[column] = None

    if table in END:
        end, with_it = END[table]
        if isinstance(value[end], date):
            if isinstance(start, date) and value[end] < start:
                refused = True
            elif value[end] > year_end:
                put_aside(end, *with_it)
        elif value[end] is None:
            put_aside(*with_it)
    if table == "AD1" and value["DATE_MATCH"] and value["DATE_MATCH"] > year_end:
        put_aside("DATE_MATCH")

    if row.key and key_date and start > year_end and not refused:
        row.verdict = "refused" if table == "Episodes" else "set_aside"
    if refused:
        row.verdict = "refused"
    row.content = {c: v for c, v in value.items()
                   if c not in ("CHILD", key_date) and (c != "DOB" or table == "Header")}
    return row


def judge_repeats(rows):
    """Rule 6: the rows of one key in one file."""
    by_key = defaultdict(list)
    for row in rows:
        if row.key:
            by_key[row.key].append(row)
    for first, *others in by_key.values():
        if any(other.content != first.content for other in others):
            for row in (first, *others):
                row.verdict = "refused"
        else:
            for other in others:
                other.same_as = first


def judge_headers(rows, born):
    """Rule 2: rows of a child in no header, episodes from before birth. `born`: CHILD -> DOB."""
    for row in rows:
        if row.verdict == "refused" or not row.key or row.table in WITHOUT_FACTS | {"Header"}:
            continue
        child = row.key[0]
        if child not in born or (row.table == "Episodes" and row.key[1] < born[child]):
            row.verdict = "refused"


def is_odd_year(rows, year_end):
    """Rule 1: whether the year is probably wrong, by the episodes with a readable DECOM."""
    began = [(decom, dec) for decom, dec in rows if decom]
    if not began:
        return False
    first = date(year_end.year - 1, 4, 1)
    ahead = sum(decom > year_end for decom, _ in began)
    alive = any(dec == "" or (end := read_date(dec)) and end >= first for _, dec in began)
    return ahead * 10 > len(began) or not alive


def read_return(folder, year_end, tables=None, ignore=()):
    """The rows of the tables in `folder`, judged but for headers; `tables`: table -> chosen file."""
    tables, files, rows, owners, dates = tables or {}, [], {}, {}, []
    for path in sorted(p for p in Path(folder).iterdir() if p.is_file()):
        data = path.read_bytes()
        entry = {"file": path.name, "sha256": hashlib.sha256(data).hexdigest(), "table": None,
                 "set_aside": None, "rows": 0}
        files.append(entry)
        if any(fnmatch.fnmatchcase(path.name, glob) for glob in ignore):
            entry["set_aside"] = "ignored"
            continue
        if path.suffix.lower() != ".csv":
            entry["set_aside"] = "not a CSV file"
            continue
        text = data.decode("utf-8-sig", "surrogateescape")
        lines = [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells]
        lines = [cells for cells in lines if len(cells) > 1 or cells[0].strip()]
        headings = [h.strip().upper() for h in lines[0]] if lines else []
        names = [h for h in headings if h not in REJECTS_COLUMNS]
        table = TABLE_OF.get(frozenset(names)) if len(set(names)) == len(names) else None
        if not table:
            entry["set_aside"] = "no table of the return"
        elif tables.get(table, path.name) != path.name:
            entry["set_aside"] = "another file was chosen"
        else:
            if table in owners:
                raise NothingImported(f"{owners[table]} and {path.name} both are {table}")
            owners[table] = path.name
            entry["table"], entry["rows"] = table, len(lines) - 1
            rows[table] = [read_row(table, i, headings, cells, year_end)
                           for i, cells in enumerate(lines[1:], 2)]
            if table == "Episodes":
                at, to = headings.index("DECOM"), headings.index("DEC")
                dates = [(read_date(c[at].strip()), c[to].strip()) for c in lines[1:]
                         if len(c) == len(headings)]
    for table_rows in rows.values():
        judge_repeats(table_rows)
    return Return(files, rows, is_odd_year(dates, year_end))
