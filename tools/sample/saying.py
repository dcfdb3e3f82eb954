"""What the return of one year says of one life, and only what is so by its year end."""

from days import age_on, birthday, care_year, year_end, year_start
from draw import Draw
from statement import Statement


def in_year(life, year):
    """The spells that ran at some time in the year."""
    return [spell for spell in life.spells() if spell.start <= year_end(year)
            and (spell.end is None or spell.end >= year_start(year))]


def stated(life, year):
    """The return of the year names the child."""
    return bool(in_year(life, year)) or year in life.leaver_years


def place_said(authority, spell, year):
    """H5 left the code set in 2025; one authority then writes K3, the other goes on."""
    began_under_it = spell.start >= year_start(2025)
    if spell.place == "H5" and year >= 2025 and (authority.recodes or began_under_it):
        return "K3"
    return spell.place


def sex_said(girl, year):
    return ("2" if girl else "1") if year <= 2024 else ("F" if girl else "M")


def header(life, year):
    says = {"SEX": "F" if life.girl else "M", "DOB": life.born, "ETHNIC": life.ethnic,
            "UPN": life.upn, "MOTHER": "", "MC_DOB": ""}
    if life.unaccompanied:
        says["UPN"] = "UN3"
    elif age_on(life.born, year_end(year)) < 5:
        says["UPN"] = "UN1"
    elif year < life.upn_late:
        says["UPN"] = "UN4"
    if life.girl and age_on(life.born, year_end(year)) >= 12:
        says["MOTHER"] = "0"
        if life.baby and life.baby <= year_end(year):
            says["MOTHER"], says["MC_DOB"] = "1", life.baby
    return Statement("Header", life.local_id, says, {"SEX": sex_said(life.girl, year)})


def episode(authority, life, spell, year):
    """One spell; on an open one some software writes the reason all the same."""
    ended = spell.end is not None and spell.end <= year_end(year)
    says = {"DECOM": spell.start, "RNE": spell.rne, "LS": spell.ls, "CIN": life.need,
            "PLACE": place_said(authority, spell, year), "PLACE_PROVIDER": spell.carer.provider,
            "DEC": spell.end if ended else "", "REC": spell.rec if ended else "",
            "REASON_PLACE_CHANGE": spell.moved_because if ended else "", "HOME_POST": life.home,
            "PL_POST": spell.carer.postcode, "URN": spell.carer.urn}
    if ended or not authority.leaks:
        return Statement("Episodes", life.local_id, says)
    written = {"REC": spell.rec or "X1"}
    if spell.moved_because and spell.end:
        written["REASON_PLACE_CHANGE"] = spell.moved_because
    return Statement("Episodes", life.local_id, says, written, aside=len(written))


def review(life, on, code):
    says = {"DOB": life.born, "REVIEW": on, "REVIEW_CODE": code}
    return Statement("Reviews", life.local_id, says)


def _placed_for_adoption(life, year):
    plan = life.adoption
    if not plan or plan.decision > year_end(year):
        return []
    over = plan.reversed_on or life.periods[-1].end()
    if over and over < year_start(year):
        return []
    says = {"DOB": life.born, "DATE_PLACED": plan.decision, "DATE_PLACED_CEASED": "",
            "REASON_PLACED_CEASED": ""}
    row = Statement("PlacedAdoption", life.local_id, says)
    end = life.periods[-1].end()
    if plan.reversed_on and plan.reversed_on <= year_end(year):
        says["DATE_PLACED_CEASED"] = plan.reversed_on
        says["REASON_PLACED_CEASED"] = plan.reversed_because
    elif end and end <= year_end(year) and plan.decision.day % 3 == 0:
        says["DATE_PLACED_CEASED"] = end
        row.written["REASON_PLACED_CEASED"] = "XXX"
        row.aside = 1
    return [row]


def adopted_in(life, year):
    last = life.spells()[-1] if life.spells() else None
    return bool(last and last.rec in ("E11", "E12") and care_year(last.end) == year)


def _adopted(life, year):
    if not adopted_in(life, year):
        return []
    plan = life.adoption
    number, sex, status = plan.adopters
    return [Statement("AD1", life.local_id, {
        "DOB": life.born, "DATE_INT": plan.decision, "DATE_MATCH": plan.match,
        "FOSTER_CARE": plan.foster_carer, "NB_ADOPTR": number, "SEX_ADOPTR": sex,
        "LS_ADOPTR": status})]


def _missing(life, year):
    rows = []
    for start, end, code in life.missing:
        if start > year_end(year) or end < year_start(year):
            continue
        rows.append(Statement("Missing", life.local_id, {
            "DOB": life.born, "MISSING": code, "MIS_START": start,
            "MIS_END": end if end <= year_end(year) else ""}))
    return rows


def _health(life, year):
    """OC2, of those looked after for the whole year; drawn, for nothing is made of it yet."""
    draw = Draw("health", life.local_id, year)
    scored = 4 <= age_on(life.born, year_end(year)) <= 16
    yes = {column: "1" if draw.chance(0.85) else "0" for column in
           ("HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT")}
    return Statement("OC2", life.local_id, {
        "DOB": life.born, "SDQ_SCORE": str(draw.between(2, 31)) if scored else "",
        "SDQ_REASON": "" if scored else "SDQ2", "CONVICTED": "1" if draw.chance(0.02) else "0",
        **yes, "SUBSTANCE_MISUSE": "0", "INTERVENTION_RECEIVED": "0", "INTERVENTION_OFFERED": "0"})


def _leaver(life, year):
    draw = Draw("leaver", life.local_id, year)
    return Statement("OC3", life.local_id, {
        "DOB": life.born, "IN_TOUCH": draw.pick(("YES", "YES", "NO", "RHOM")),
        "ACTIV": draw.pick(("F1", "F2", "P2", "G5", "F4")),
        "ACCOM": draw.pick(("U1", "V1", "K1", "Y2"))})


def _worker(authority, life, spells, year):
    workers = [worker for team in authority.teams.values() for worker in team]
    at = sum(map(ord, life.local_id)) % len(workers)
    return Statement("SocialWorker", life.local_id, {
        "DOB": life.born, "SW_ID": f"SWE{90001 + at * 37}",
        "SW_DECOM": max(spells[0].start, year_start(2024)), "SW_DEC": "", "SW_REASON": ""})


def said(authority, life, year):
    """Every row of the year's return on one life, in the order in which the lives have them."""
    spells = in_year(life, year)
    rows = [header(life, year)] if stated(life, year) else []
    rows += [episode(authority, life, spell, year) for spell in spells]
    rows += [review(life, on, code) for on, code in life.reviews if care_year(on) == year]
    rows += _placed_for_adoption(life, year) + _adopted(life, year) + _missing(life, year)
    if spells:
        kind, where, when = life.previous
        rows.append(Statement("PrevPerm", life.local_id, {
            "DOB": life.born, "PREV_PERM": kind, "LA_PERM": where, "DATE_PERM": when or ""}))
        rows.append(_worker(authority, life, spells, year))
        end = spells[-1].end
        whole = spells[0].start <= year_start(year) and (end is None or end > year_end(year))
        if whole and spells[0].ls not in ("V3", "V4"):
            rows.append(_health(life, year))
    if spells and life.unaccompanied:
        rows.append(Statement("UASC", life.local_id, {
            "DOB": life.born, "SEX": "F" if life.girl else "M", "DUC": birthday(life.born, 18)},
            {"SEX": sex_said(life.girl, year)}))
    if year in life.leaver_years:
        rows.append(_leaver(life, year))
    return rows
