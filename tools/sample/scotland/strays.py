"""Items that are no child's of the authority, and rows that cannot be taken."""

from datetime import date

from .council import CODE, COURT, PREFIX, REPORTER
from .feeds import Item


def strays():
    """By source."""
    def item(event, sent, kind, on, ref, named, **rest):
        return Item(date.fromisoformat(sent), kind, date.fromisoformat(on), ref, event=event,
                    named=tuple(named.items()), **rest)
    nobody = {"authority": CODE, "local_id": f"{PREFIX}0999"}
    by_case = {"authority": CODE, "case_ref": "LAR/0999"}
    called = {"name": "Nechtan Drumlarig", "born": "2017-02-28"}
    first = f"{PREFIX}0101"
    known = {"authority": CODE, "local_id": first}
    return {
        REPORTER: [
            item("R-X1", "2025-11-04", "referral", "2025-11-03", "RX-1", nobody),
            item("R-X2", "2025-11-11", "hearing_set", "2025-12-02", "HX-1", by_case),
            item("R-X3", "2026-05-12", "referral", "2026-05-11", "RX-2", called),
            item("R-X4", "2026-02-03", "order_made", "2026-02-02", "OX-1", known, code="CARE",
                 fate="UNKNOWN_CODE"),
            item("R-X5", "2026-02-04", "hearing_held", "2026-02-03", "HX-2",
                 {**known, "authority": "S12000902"}, fate="AUTHORITY_NOT_COVERED"),
            item("R-X6", "2026-05-15", "covered", "2026-05-14", "", {})],
        COURT: [
            item("S-X1", "2026-01-20", "appeal_lodged", "2026-01-19", "CX-1",
                 {"authority": CODE, "case_ref": "SC/0999"}),
            item("S-X2", "2026-03-17", "order_made", "2026-03-16", "SX-1", known, code="POX",
                 fate="UNKNOWN_CODE"),
            item("S-X3", "2026-03-18", "application_lodged", "2026-03-16", "CX-2", {},
                 code="PO", fate="MISSING")]}
