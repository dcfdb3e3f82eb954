"""Everything that has a name in the Scottish half. None of it exists."""

from datetime import date

CODE, NAME, PREFIX = "S12000901", "Strathlarig", "SLG"
LIVE_FROM = date(2015, 1, 1)      # the team's record covers all that it can state since then
SHEET_AS_OF = date(2026, 4, 30)   # the day of the authority's own sheet
YEAR_END = date(2025, 7, 31)      # the last year that Scotland's statistics cover
REPORTER, COURT = "reporter-larig", "sheriff-court-larig"
SILENT_AFTER = {REPORTER: 14, COURT: 10}
COURT_SILENT_SINCE = date(2026, 4, 30)   # nothing has come from the court since
COURT_ORDERS = ("CPO", "PO", "POA", "KINSHIP", "ADOPTION")
OF_THE_COURT = ("application", "proof", "appeal")
RECORD, TRACKER = f"record/{CODE}", f"tracker/{CODE}"
# What the authority has set itself: clock, limit as `policy state` takes it, days.
AIMS = (("pace-aim-3", "14wk", 98), ("pace-aim-4", "16wk", 112))
AIMS_FROM = date(2022, 1, 1)

TEAMS = {"Glen practice team": ("i.torrin", "m.calvay", "s.urquhall"),
         "Firth practice team": ("d.ardle", "r.sunart", "e.moidart"),
         "Permanence": ("k.lorne", "a.staffin")}
FIRST = ("Ailig", "Beathag", "Calean", "Deorsa", "Eilwen", "Fearn", "Gillis", "Heckla", "Iomhar",
         "Jura", "Keir", "Lorna-May", "Muirne", "Niven", "Oighrig", "Peigi", "Ranald", "Sorley",
         "Tormod", "Una")
LAST = ("Ardbeith", "Balnafuar", "Corrieglas", "Drumlarig", "Eilanreach", "Fasnadale", "Garvally",
        "Inverfoyle", "Kinlochard-Orr", "Lochanmor", "Monadhruel", "Pitcullen", "Strathorra")


def name(number):
    """The name of the child with that number; two of them are namesakes."""
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number * 5 % len(LAST)]}"


def team_of(life):
    """(team, worker): those on the way to another home by themselves, the others by turns."""
    teams = list(TEAMS)
    number = int(life.local_id[-4:])
    way = life.routes() & {"permanence_order", "permanence_order_adoption", "adoption"}
    team = "Permanence" if way else teams[number % 2]
    return team, TEAMS[team][number % len(TEAMS[team])]
