"""Who works with whom."""

from days import TODAY, age_on


def team_of(authority, life):
    """(team, worker): by what the child's life asks for, then by turns."""
    teams = list(authority.teams)
    if authority.live:
        if life.adoption:
            team = "Permanence"
        elif life.unaccompanied or age_on(life.born, TODAY) >= 17:
            team = "Leaving care"
        else:
            team = teams[sum(map(ord, life.local_id)) % 2]
    else:
        team = teams[1] if life.adoption else teams[0]
    workers = authority.teams[team]
    return team, workers[int(life.local_id[-3:]) % len(workers)]


def write_teams(book, folder):
    """CHILD,TEAM,WORKER of each child that the returns, or a hand, registered."""
    lines = ["CHILD,TEAM,WORKER"]
    lives = list(book.lives) + [child.life for child in book.planted
                                if child.fixture != "child in no header"]
    for life in sorted(lives, key=lambda life: life.local_id):
        lines.append(",".join((life.local_id, *team_of(book.authority, life))))
    (folder / "teams.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
