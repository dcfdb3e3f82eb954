"""The whole Scottish half: all its children, plain and planted."""

from functools import cache

from .child import Book, Child
from .contact import add_contact
from .lives import invent
from .planted import plant
from .strays import strays


@cache
def book(seed):
    lives = invent(seed)
    add_contact(lives, seed)
    children = [Child(life) for life in lives] + plant(seed)
    return Book(sorted(children, key=lambda child: child.local_id), strays())
