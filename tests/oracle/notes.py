"""What is noted of the rows that are taken (rules 3, 7, 10 and 11, and what the catalogue says of one row)."""

from collections import defaultdict
from datetime import date

from history import History
from returns import CODES

# The first and the last year of the codes that are not of every year's return.
CODE_YEARS = {("SEX", "U"): (2025, None), ("PLACE", "H5"): (None, 2024), ("PLACE", "P2"): (None, 2024),
              ("PLACE", "K3"): (2025, None), ("REC", "E43"): (None, 2018), ("REC", "E44"): (None, 2018),
              ("REASON_PLACE_CHANGE", "CUSTOD"): (2019, None)}
CODE_YEARS |= {("PLACE", f"Z1{i}"): (2026, None) for i in range(1, 5)}
CODE_YEARS |= {("REC", f"E4{i}"): (2019, None) for i in range(5, 9)}


def of_another_year(content, year):
    """The columns whose code is none of this year's."""
    for column in CODES:
        first, last = CODE_YEARS.get((column, content.get(column)), (None, None))
        if (first and year < first) or (last and year > last):
            yield column


def birthday(born, years):
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def of_one_row(table, key, content, born):
    """What the department's catalogue says of this row and the child's age: rule numbers."""
    if table == "Episodes":
        if content["LS"] in ("J1", "J2", "J3") and born and key[1] < birthday(born, 10):
            yield "358"
        if content["PLACE"] in ("A5", "A6") and content["LS"] != "E1":
            yield "408"
        if content["PLACE_PROVIDER"] == "PR0" and content["PLACE"] != "P1":
            yield "550"
    if table == "Reviews" and born:
        old = key[1] >= birthday(born, 4)
        if old and content["REVIEW_CODE"] == "PN0":
            yield "440"
        if not old and content["REVIEW_CODE"] != "PN0":
            yield "441"


def changes(before, after):
    """(whether the legal status changed, whether anything of the placement did)."""
    placement = ("PLACE", "PLACE_PROVIDER", "PL_POST", "URN")
    return before["LS"] != after["LS"], any(before[c] != after[c] for c in placement)


EXPECTED = {"L": ("434", (True, False)), "P": ("435", (False, True)), "T": ("435", (False, True)),
            "B": ("436", (True, True)), "U": ("436", (True, True))}


def beside_the_row_before(rows, contents):
    """(DECOM, rule) of a child's kept rows beside the one before each."""
    history = History(rows)
    for i in range(1, len(history.kept)):
        last, row = history.kept[i - 1], history.kept[i]
        if row.rne == "S":
            continue
        if last.final:
            yield row.decom, "432" if history.touches(i) else "433"
        rule, expected = EXPECTED[row.rne]
        if history.touches(i) and changes(contents[last.decom], contents[row.decom]) != expected:
            yield row.decom, rule


def notes(authority, year, rows):
    """How many notes the taken rows of a return have, as known at its year end, once it has been imported."""
    known = authority.episodes(year)
    contents, decisions = defaultdict(dict), defaultdict(set)
    for (child, decom), (_, content) in authority.believed("Episodes", year).items():
        contents[child][decom] = content
    for child, day in authority.believed("PlacedAdoption", year):
        decisions[child].add(day)
    born = {child: content["DOB"] for (child,), (_, content) in authority.believed("Header", year).items()}
    neighbours = {child: list(beside_the_row_before(known[child], contents[child])) for child in known}
    histories = {child: History(known[child]) for child in known}

    count = 0
    for table, table_rows in rows.items():
        for row in table_rows:
            if row.verdict:
                continue
            child = row.key[0]
            count += len(set(of_another_year(row.content, year.year)))
            count += len(set(of_one_row(table, row.key, row.content, born.get(child))))
            if table == "Episodes":
                count += len({rule for decom, rule in neighbours.get(child, ()) if decom == row.key[1]})
            elif table == "Reviews":
                count += child not in histories or histories[child].period_of(row.key[1]) is None
            elif table == "AD1":
                count += bool(decisions[child]) and row.key[1] not in decisions[child]
    return count
