"""Invents small, nasty sets of returns: OUT_DIR/<return>/*.csv, OUT_DIR/args.txt (the arguments of `try`
but --authority and --child) and OUT_DIR/children.txt."""

import argparse
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from measures import after_months, after_working_days
from returns import COLUMNS, REJECTS_COLUMNS

FILES = {"Header": "header.csv", "Episodes": "episodes.csv", "Reviews": "reviews.csv", "UASC": "uasc.csv",
         "OC2": "oc2.csv", "OC3": "oc3.csv", "AD1": "ad1.csv", "PlacedAdoption": "placed_for_adoption.csv",
         "PrevPerm": "previous_permanence.csv", "Missing": "missing.csv", "SocialWorker": "sw_episodes.csv"}
FINAL = ["E4A", "E4A", "E3", "E2", "E2", "E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48", "E13", "E8", ""]
PLACES = ["U6", "U6", "U4", "K2", "R1", "A3", "A5", "A6", "P1", "K3", "Z11", "H5", "T1"]
STATUSES = ["C1", "C2", "C2", "V2", "V2", "V3", "V4", "E1", "L2", "J1"]
BAD_DATES = ["31/02/2018", "2018-13-01", "1/4/2018", "unknown", "01/04/18", "20180401", "2018-4-1"]
ANOTHER_YEAR = {"PLACE": ["Z14", "K3", "H5", "P2"], "REC": ["E44", "E48"], "SEX": ["M", "F", "U", "1"],
                "REASON_PLACE_CHANGE": ["CUSTOD"], "MOTHER": ["1.0", "0"]}
DAY = timedelta(days=1)


class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        # How dirty this set is: the same faults at very different rates, so that clean sets are seen too.
        self.dirt = self.rng.choice([0, 0.005, 0.02, 0.06])
        self.change = self.rng.choice([0, 0.03, 0.12])
        self.loss = self.rng.choice([0, 0.04, 0.15, 0.3])
        first = self.rng.randint(2017, 2024)
        years = [first]
        for _ in range(self.rng.randint(1, 3)):
            years.append(years[-1] + self.rng.choice([1, 1, 1, 2]))
        self.year_ends = [date(year, 3, 31) for year in years]
        self.children = [self.child(i) for i in range(self.rng.randint(10, 30))]

    def chance(self, share):
        return self.rng.random() < share

    # Lives

    def pool(self):
        """A few days on which everything of a child happens, so that its rows meet."""
        first, last = self.year_ends[0] - 500 * DAY, self.year_ends[-1] + 60 * DAY
        days = {first + self.rng.randrange((last - first).days) * DAY for _ in range(self.rng.randint(3, 9))}
        for year_end in self.year_ends:
            if self.chance(0.5):
                days.add(year_end + self.rng.choice([-1, 0, 0, 1, 1, 2]) * DAY)
        return sorted(days)

    def child(self, i):
        name = f"C{i}" if self.chance(0.9) else self.rng.choice([f"c{i}", f"00{i}", f"C {i}"])
        pool = self.pool()
        episodes = self.tidy_life(pool) if self.chance(0.45) else self.untidy_life(pool)
        born = pool[0] - self.rng.choice([1, 400, 3000, 5000]) * DAY
        child = {"CHILD": name, "DOB": born, "SEX": self.rng.choice("12"), "episodes": episodes}
        child["reviews"] = self.reviews(child, pool)
        if self.chance(0.2) and (last := [e for e in episodes if e["DEC"]][-1:]):
            last[0]["REC"] = self.rng.choice(["E11", "E12"])
        some = lambda: self.rng.choice(pool)
        child["decisions"] = [(some(), some() if self.chance(0.4) else None)
                              for _ in range(self.rng.choice([0, 0, 1, 2]))]
        child["missing"] = [(some(), some() if self.chance(0.6) else None)
                            for _ in range(self.rng.choice([0, 0, 1, 2]))]
        child["uasc"] = some() + 2000 * DAY if self.chance(0.2) else None
        child["perm"] = self.chance(0.5)
        return child

    def episode(self, decom, dec, rec, rne):
        return {"DECOM": decom, "RNE": rne, "LS": self.rng.choice(STATUSES), "CIN": self.rng.choice(["N1", "N8"]),
                "PLACE": self.rng.choice(PLACES), "PLACE_PROVIDER": self.rng.choice(["PR1", "PR0", ""]),
                "DEC": dec, "REC": rec, "REASON_PLACE_CHANGE": self.rng.choice(["", "CARPL", "OTHER"]),
                "HOME_POST": "", "PL_POST": self.rng.choice(["", "AB1 2CD"]),
                "URN": self.rng.choice(["", "1234567"])}

    def tidy_life(self, pool):
        """Episodes that touch, over one or two periods of care."""
        episodes, rne = [], self.rng.choice("SSSP")
        for decom, dec in zip(pool, pool[1:] + [None]):
            rec = "X1" if self.chance(0.8) else self.rng.choice(FINAL)
            episode = self.episode(decom, dec, rec, rne)
            if rne == "L" and episodes:
                episode["PLACE"] = episodes[-1]["PLACE"]
            elif rne in "PT" and episodes:
                episode["LS"] = episodes[-1]["LS"]
            episodes.append(episode)
            if dec and rec != "X1" and self.chance(0.8):
                if self.chance(0.5):
                    break
                rne = "S"
            else:
                rne = self.rng.choice("PPLLTBUS")
        return episodes

    def untidy_life(self, pool):
        episodes = []
        for decom in self.rng.sample(pool, self.rng.randint(0, len(pool))):
            later = [day for day in pool if day >= decom]
            dec = self.rng.choice(later[:4] + [None]) if self.chance(0.75) else None
            rec = self.rng.choice(["X1", self.rng.choice(FINAL)])
            episodes.append(self.episode(decom, dec, rec, self.rng.choice("SSPPLTBU")))
        return episodes

    def reviews(self, child, pool):
        days = set(self.rng.sample(pool, min(len(pool), self.rng.randint(0, 3))))
        for episode in child["episodes"]:
            day = episode["DECOM"]
            limits = [lambda d: after_working_days(d, 20), lambda d: after_months(d, 3)] + [
                lambda d: after_months(d, 6)] * self.rng.randint(0, 3)
            if self.chance(0.5):
                for limit in limits[self.rng.choice([0, 0, 2]):]:
                    due = limit(day) or day
                    day = due - self.rng.choice([0, 0, 1, 10, -1]) * DAY
                    days.add(day)
        return {day: self.rng.choice(["PN0", "PN1", "PN7"]) for day in sorted(days)}

    # Returns

    def project(self, year_end):
        """What the authority says of its children for one year: table -> rows of values."""
        rows = {table: [] for table in COLUMNS}
        first = date(year_end.year - 1, 4, 1)
        for child in self.children:
            if self.chance(self.loss / 2):
                continue  # the child is left out whole
            known = {"CHILD": child["CHILD"], "DOB": child["DOB"]}
            if not self.chance(self.loss / 4):
                rows["Header"].append(known | {
                    "SEX": child["SEX"] if not self.chance(self.dirt) else self.rng.choice("MF12U"),
                    "ETHNIC": "WBRI", "UPN": "UN1", "MOTHER": self.rng.choice(["", "", "1.0", "0"]),
                    "MC_DOB": ""})
            for episode in child["episodes"]:
                told = self.told(episode, first, year_end)
                if told:
                    rows["Episodes"].append({"CHILD": child["CHILD"]} | told)
            for day, code in child["reviews"].items():
                if (day >= first or self.chance(0.3)) and not self.chance(self.loss):
                    if day <= year_end or self.chance(0.5):
                        code = code if not self.chance(self.change) else "PN5"
                        rows["Reviews"].append(known | {"REVIEW": day, "REVIEW_CODE": code})
            for on, ceased in child["decisions"]:
                if on <= year_end + 30 * DAY and not self.chance(self.loss):
                    shown = ceased if ceased and (ceased <= year_end or self.chance(0.3)) else ""
                    rows["PlacedAdoption"].append(known | {
                        "DATE_PLACED": on, "DATE_PLACED_CEASED": shown,
                        "REASON_PLACED_CEASED": self.rng.choice(["RD1", "XXX", ""])})
                    if self.chance(0.6):
                        rows["AD1"].append(known | {
                            "DATE_INT": on, "DATE_MATCH": self.rng.choice(["", on, on + 100 * DAY]),
                            "FOSTER_CARE": "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"})
            for on, back in child["missing"]:
                if on <= year_end + 10 * DAY and not self.chance(self.loss):
                    shown = back if back and (back <= year_end or self.chance(0.3)) else ""
                    rows["Missing"].append(known | {"MISSING": "M", "MIS_START": on, "MIS_END": shown})
            if child["uasc"]:
                rows["UASC"].append(known | {"SEX": child["SEX"], "DUC": child["uasc"]})
            if child["perm"]:
                rows["PrevPerm"].append(known | {"PREV_PERM": "Z1", "LA_PERM": "", "DATE_PERM": ""})
            if self.chance(0.3):
                rows["OC2"].append(known | {"SDQ_SCORE": "40.0"})
                rows["OC3"].append(known | {"ACTIV": "nonsense"})
        return rows

    def told(self, episode, first, year_end):
        """An episode as one return tells it, or None when it does not."""
        told = dict(episode)
        if self.chance(0.03):
            told["DECOM"] += self.rng.choice([-30, -3, 1, 2, 31, 32]) * DAY  # a moved date
        dec = told["DEC"]
        if told["DECOM"] > year_end + (5 * DAY if self.chance(0.1) else 0 * DAY):
            return None
        if dec and dec < first and not self.chance(0.12):
            return None
        if self.chance(self.loss if dec is None or dec > year_end else self.loss / 2):
            return None
        if dec is None or (dec > year_end and not self.chance(0.25)):
            told["DEC"] = ""
            if self.chance(0.6):
                told["REC"], told["REASON_PLACE_CHANGE"] = "", ""
        if self.chance(self.change):
            column = self.rng.choice(["LS", "PLACE", "DEC", "REC", "URN", "CIN", "RNE", "PL_POST"])
            days = [told["DECOM"] + n * DAY for n in (0, 1, 40)] + [year_end, year_end + DAY, ""]
            told[column] = {"LS": self.rng.choice(STATUSES), "PLACE": self.rng.choice(PLACES),
                            "DEC": self.rng.choice(days), "REC": self.rng.choice(FINAL + ["X1"]),
                            "RNE": self.rng.choice("SPLTBU")}.get(column, "")
        return told

    def damage(self, rows):
        """Faults of single cells and rows."""
        for table, table_rows in rows.items():
            for row in list(table_rows):
                if self.chance(self.dirt):
                    twin = dict(row)
                    if self.chance(0.5):
                        self.spoil(table, twin)
                    table_rows.insert(self.rng.randint(0, len(table_rows)), twin)
                if self.chance(self.dirt):
                    self.spoil(table, row)
            if self.chance(0.3):
                self.rng.shuffle(table_rows)

    def spoil(self, table, row):
        column = self.rng.choice(COLUMNS[table])
        value = row.get(column, "")
        if self.chance(0.2) and table == "Episodes":
            column, value = self.rng.choice([("DEC", ""), ("REC", row["REC"])])
        if isinstance(value, date) and self.chance(0.5):
            row[column] = value + self.rng.choice([-40, -1, 1, 2, 400]) * DAY
        elif isinstance(value, date) or column in ("DEC", "MIS_END", "DATE_MATCH", "MC_DOB", "DUC"):
            row[column] = self.rng.choice(BAD_DATES + [""])
        elif column in ANOTHER_YEAR and self.chance(0.6):
            row[column] = self.rng.choice(ANOTHER_YEAR[column])
        else:
            row[column] = self.rng.choice(["", "XXX", "x1", "s", "NOCHILD" if column == "CHILD" else "C9"])

    # Files

    def write(self, folder, rows, repair=False):
        folder.mkdir(parents=True)
        left_out = self.rng.choice(["Header", "Episodes"]) if not repair and self.chance(0.04) else None
        for table, table_rows in rows.items():
            always = table == "Header" or (table == "Episodes" and not repair)
            if table == left_out:
                continue
            if not table_rows and not always and self.chance(0.7):
                continue
            self.write_table(folder / FILES[table], table, table_rows, repair)
        if self.chance(0.2):
            (folder / "notes.txt").write_text("CHILD,DOB\n")
        if self.chance(0.2):
            (folder / "DoLo.csv").write_text("CHILD,DOB,DOLO_START,DOLO_END\nC1,05/12/1993,01/01/2025,\n")
        if self.chance(0.1):
            (folder / "all.xml").write_text("<CHILDREN/>")

    def write_table(self, path, table, rows, repair):
        headings = list(COLUMNS[table])
        if self.chance(0.2):
            self.rng.shuffle(headings)
        extra = sorted(REJECTS_COLUMNS) if repair and self.chance(0.5) else []
        lower, iso, spaced, quoted = (self.chance(0.15) for _ in range(4))
        lines = [",".join(h.lower() if lower else h for h in extra + headings)]
        for row in rows:
            cells = ["x" for _ in extra]
            for heading in headings:
                value = row.get(heading, "") or ""
                if isinstance(value, date):
                    value = value.isoformat() if iso or self.chance(0.02) else value.strftime("%d/%m/%Y")
                value = f" {value}  " if spaced and self.chance(0.2) else value
                cells.append(f'"{value}"' if quoted and self.chance(0.3) else value)
            if self.chance(self.dirt / 3):
                cells = cells[:-1] if self.chance(0.5) else cells + [""]
            lines.append(",".join(cells))
            if self.chance(0.01):
                lines.append("")
        end = "\r\n" if self.chance(0.2) else "\n"
        text = end.join(lines) + (end if self.chance(0.8) else "")
        path.write_bytes((b"\xef\xbb\xbf" if self.chance(0.15) else b"") + text.encode())

    # Sets

    def part_of(self, rows, repair):
        """Another submission of the same year: most rows again, some gone or changed; of a repair only a few."""
        share = self.rng.choice([0.05, 0.3]) if repair else self.rng.choice([1, 0.95, 0.8])
        again = {}
        for table, table_rows in rows.items():
            if self.chance(0.25 if repair else 0.1) and table not in ("Header", "Episodes"):
                continue
            again[table] = [dict(row) for row in table_rows if self.chance(share)]
            for row in again[table]:
                if self.chance(0.1):
                    self.spoil(table, row)
        return again

    def make(self, out):
        parts = []  # per year end its submissions, in order
        for year_end in self.year_ends:
            rows = self.project(year_end)
            told = [(self.part_of(rows, True), True)] if self.chance(0.05) else [(rows, False)]
            while self.chance(0.35):
                repair = self.chance(0.5)
                again = self.rng.choice([rows, self.project(year_end), ([t for t, part in told if not part] or [rows])[-1]])
                if self.chance(0.2) and not repair and len(told) > 1 and not told[-2][1]:
                    told.append((told[-2][0], False))  # back to what it was: A, B, A
                else:
                    told.append((self.part_of(again, repair), repair))
            parts.append([])
            for i, (submission, repair) in enumerate(told):
                copy = {table: [dict(row) for row in table_rows] for table, table_rows in submission.items()}
                if self.chance(0.8):
                    self.damage(copy)
                folder = out / f"{year_end.year}-{i + 1}"
                self.write(folder, copy, repair)
                parts[-1].append(f"{folder}:{year_end}" + (":repair" if repair else ""))
        order = [i for i, submissions in enumerate(parts) for _ in submissions]
        if self.chance(0.6):
            self.rng.shuffle(order)
        queues = [list(submissions) for submissions in parts]
        listed = [queues[i].pop(0) for i in order]
        if self.chance(0.3):
            listed += listed
        gates = ["--whole", "--year-is-right"] if self.chance(0.9) else []
        if self.chance(0.1):
            gates.append(f"--ignore={self.rng.choice(['reviews*', 'p*.csv', 'episodes.csv'])}")
        (out / "args.txt").write_text(" ".join(gates + listed) + "\n")
        (out / "children.txt").write_text("".join(f"{child['CHILD']}\n" for child in self.children))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("out_dir", type=Path)
    options = arguments.parse_args()
    options.out_dir.mkdir(parents=True, exist_ok=True)
    Maker(options.seed).make(options.out_dir)
    return 0


if __name__ == "__main__":
    sys.exit(main())
