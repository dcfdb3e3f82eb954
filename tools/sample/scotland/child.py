"""A child of the sample: its life, what each source says of it, and where they differ."""

from dataclasses import dataclass, field
from datetime import date

from .life import Life


@dataclass
class Disagreement:
    """Two sources that differ about one child, and who of them has it from the life."""
    kind: str
    of: str                # the kind of entry
    field: str             # blank: of a pair
    versions: tuple        # of (source, what it says)
    counts: str            # the source whose version counts until a person decides; blank: of none
    right: str             # the source that a person keeps
    opened: date           # the first day on which both were known


@dataclass
class Child:
    truth: Life
    shows: str = ""                             # what a planted child is there for
    views: dict = field(default_factory=dict)   # source -> the life as it has it, where it differs
    counted: Life | None = None                 # what counts until somebody decides; else the truth
    near: dict = field(default_factory=dict)    # part of a case -> versions that are shown beside
    disagreements: list = field(default_factory=list)
    registered_late: bool = False
    named: dict = field(default_factory=dict)   # source -> how it names the child
    hand: tuple | None = None       # of orders, courts, hearings: what the team puts down too
    edits: dict = field(default_factory=dict)   # source -> what is made of its items

    @property
    def local_id(self):
        return self.truth.local_id

    def says(self, source):
        return self.views.get(source, self.truth)

    def known(self):
        return self.counted or self.truth

    def edit(self, source, items):
        return self.edits[source](items) if source in self.edits else items


@dataclass
class Book:
    children: list
    stray: dict            # source -> items that are no child's, or are refused

    def strays(self, source):
        return self.stray.get(source, [])

    def child(self, local_id):
        return next(child for child in self.children if child.truth.local_id == local_id)
