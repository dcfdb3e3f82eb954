"""Writes statements as the files of a return: real columns, dd/mm/yyyy, the habits of software."""

from datetime import date

from draw import Draw
from statement import COLUMNS, TABLES

FILES = {"Header": "header", "Episodes": "episodes", "Reviews": "reviews", "UASC": "uasc",
         "OC2": "oc2", "OC3": "oc3", "AD1": "ad1", "PlacedAdoption": "placed_for_adoption",
         "PrevPerm": "previous_permanence", "Missing": "missing", "SocialWorker": "social_worker"}


def british(value):
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


def cells(statement, columns):
    """The row as it stands in the file."""
    row = []
    for column in columns:
        meant = statement.child if column == "CHILD" else british(statement.says.get(column, ""))
        row.append(statement.written.get(column, meant))
    return row + ["?"] * statement.cells_more


def write(folder, statements, habits, seed, rejects=False):
    """One file a table; its name by table. `habits`: table -> ways of writing. `rejects`: as a file
    of refused rows that somebody has repaired, the columns about the refusal still there."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for table in TABLES:
        rows = [statement for statement in statements if statement.table == table]
        if not rows:
            continue
        ways = habits.get(table, ())
        columns = COLUMNS[table][::-1] if "reversed" in ways else COLUMNS[table]
        heads = [column.lower() if "lower" in ways else column for column in columns]
        gap = " " if "spaced" in ways else ""
        lines = [f",{gap}".join(heads)]
        lines += [",".join(cells(row, columns))
                  for row in _shuffled(rows, seed, folder.name, table)]
        if rejects:
            lines = [f"{lines[0]},FILE,LINE,FIELD,RULE,MESSAGE"] + [
                f"{line},{FILES[table]}.csv,{at * 7 + 5},{columns[-1]},,from the rejects"
                for at, line in enumerate(lines[1:])]
        if "empty line" in ways:
            lines.insert(len(lines) // 2, "")
        end = "\r\n" if "crlf" in ways else "\n"
        text = ("\ufeff" if "bom" in ways else "") + end.join(lines) + end
        names[table] = FILES[table] + ".csv"
        (folder / names[table]).write_bytes(text.encode("utf-8"))
    return names


def _shuffled(rows, *seed):
    """No order in a real file can be relied on; children keep together."""
    draw = Draw("order", *seed)
    place = {child: draw.between(0, 10**9) for child in dict.fromkeys(row.child for row in rows)}
    return sorted(rows, key=lambda row: place[row.child])
