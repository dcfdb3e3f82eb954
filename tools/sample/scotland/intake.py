"""What comes of the feeds: each item's receipt, what a person matches, what stays unmatched."""

from collections import Counter

from .council import CODE, PREFIX

OUTCOMES = ("accepted", "same", "changed", "stale", "parked", "refused")
MISMATCHED = "a namesake, matched for her by mistake"


class Intake:
    """Takes items in order, as a careful clerk would."""

    def __init__(self, book):
        self.book = book
        self.by_local_id = {child.local_id for child in book.children if not child.registered_late}
        self.late = {child.local_id for child in book.children if child.registered_late}
        self.learnt = {}       # (source, case number) -> local id
        self.matched = {}      # (source, event) -> local id
        self.versions = {}     # (source, event) -> what was sent, by time

    def child_of(self, source, item):
        """Whose the item is known to be; None of nobody's."""
        named = dict(item.named)
        by_id = named.get("local_id") if named.get("authority") == CODE else None
        if by_id in self.by_local_id | self.late:
            return by_id
        by_hand = self.matched.get((source, item.event))
        return by_hand or self.learnt.get((source, named.get("case_ref")))

    def take(self, source, item):
        if item.fate:
            return "refused"
        sent = self.versions.setdefault((source, item.event), [])
        row, when = item.row(), (item.sent, item.hour)
        newest = max(sent, default=None, key=lambda version: version[0])
        first, repeated = not sent, any(version == (when, row) for version in sent)
        if not repeated:
            sent.append((when, row))
        if item.kind == "covered":
            return "accepted" if first else "same"
        child = self.child_of(source, item)
        if child is None or child in self.late:
            return "parked"
        if first:
            return "accepted"
        if repeated:
            return "same"
        return "changed" if when > newest[0] else "stale"

    def file(self, source, items):
        """How many items ended how."""
        counts = Counter(self.take(source, item) for item in items)
        return {name: counts[name] for name in OUTCOMES}

    def matches(self, source, items):
        """(event, local id, reason) of what a person matches: once for each number of a case, and
        whatever has none."""
        found = []
        for item in items:
            if item.fate or not item.child or self.child_of(source, item):
                continue
            case = dict(item.named).get("case_ref")
            child, reason = item.child, "seen in the case papers"
            if not case:
                child, reason = self._namesake(item), "her name is in the petition"
            elif "name" in dict(item.named):
                reason = "name and birth date are those of the register"
            found.append((item.event, child, reason))
            self.matched[source, item.event] = child
            if case:
                self.learnt[source, case] = child
        return found

    def _namesake(self, item):
        child = self.book.child(item.child)
        other = next(one for one in self.book.children if one.shows == MISMATCHED)
        assert other.truth.name == child.truth.name
        return other.local_id

    def unmatched(self, feeds):
        """[source, event, why] of what stays unmatched in the end."""
        found = []
        for feed in feeds:
            for item in feed.files_in_one():
                if item.fate or item.kind == "covered" or self.child_of(feed.source, item):
                    continue
                named = dict(item.named)
                why = "NO_CHILD"
                if named.get("local_id", "").startswith(PREFIX):
                    why = "CHILD_NOT_REGISTERED"
                elif "case_ref" in named:
                    why = "CASE_REF_UNKNOWN"
                found.append([feed.source, item.event, why])
        return sorted(found)
