"""A return of as many invented children as are wanted, the same for the same number."""

import csv
import datetime
import random

YEAR_ENDING = datetime.date(2026, 3, 31)
SEED = 1
FIRST_REVIEW_DAYS, NEXT_REVIEW_DAYS = 20, 91
ENDED_PERCENT, REVIEWED_PERCENT = 15, 70


def write_return(folder, children):
    """Header, episodes and reviews of the year ending 2026-03-31."""
    folder.mkdir(parents=True)
    chance = random.Random(SEED)
    with open(folder / "header.csv", "w", newline="") as header, open(folder / "episodes.csv", "w", newline="") as episodes, \
            open(folder / "reviews.csv", "w", newline="") as reviews:
        header, episodes, reviews = csv.writer(header), csv.writer(episodes), csv.writer(reviews)
        header.writerow("CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB".split())
        episodes.writerow("CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN".split())
        reviews.writerow("CHILD DOB REVIEW REVIEW_CODE".split())
        for number in range(children):
            write_child(f"G{number:06}", chance, header, episodes, reviews)


def write_child(name, chance, header, episodes, reviews):
    born = datetime.date(2010, 1, 1) + datetime.timedelta(days=chance.randrange(5000))
    start = datetime.date(2025, 4, 1) + datetime.timedelta(days=chance.randrange(360))
    end = start + datetime.timedelta(days=chance.randrange(20, 300))
    is_over = chance.randrange(100) < ENDED_PERCENT and end <= YEAR_ENDING
    header.writerow([name, chance.choice("12"), day(born), "WBRI", "UN1", "", ""])
    episodes.writerow([name, day(start), "S", "C2", "N1", "U6", "PR4", day(end) if is_over else "", "E5" if is_over else "", "",
                       "ZN23 7BJ", "ZN17 2RW", "ZN32565"])
    held = start + datetime.timedelta(days=FIRST_REVIEW_DAYS)
    while held <= (end if is_over else YEAR_ENDING) and chance.randrange(100) < REVIEWED_PERCENT:
        reviews.writerow([name, day(born), day(held), "PN1"])
        held += datetime.timedelta(days=NEXT_REVIEW_DAYS)


def day(date):
    return date.strftime("%d/%m/%Y")
