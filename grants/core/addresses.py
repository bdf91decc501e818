"""Addresses made from the shape of their route, learnt once: reversing walks the resolver.

No request of ours has routes of its own (`request.urlconf`).
"""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

# Numbers and words no route contains, put where the arguments go.
MARKS = {
    int: (7_100_000_000_001, 7_200_000_000_002, 7_300_000_000_003),
    str: ("mark-of-the-first", "mark-of-the-second", "mark-of-the-third"),
}
PLAIN = re.compile(r"[-\w]+", re.ASCII).fullmatch  # a word every kind of path takes as it is


@lru_cache(maxsize=1024)
def shape_of(name, kinds, urlconf, prefix):
    """The pieces of the address around arguments of these kinds, or None without such a shape.

    `prefix` is in the pieces already: it is there for the memory to tell two of them apart.
    """
    if len(kinds) > len(MARKS[int]):
        return None
    marks = [MARKS[kind][place] for place, kind in enumerate(kinds)]
    try:
        left = reverse(name, urlconf=urlconf, args=marks)
    except NoReverseMatch:
        return None
    pieces = []
    for mark in map(str, marks):
        piece, found, left = left.partition(mark)
        if not found:
            return None
        pieces.append(piece)
    return (*pieces, left)


def address(name, values):
    """The same as `reverse(name, args=values)`, or None when it must be asked of Django."""
    kinds = tuple(kind_of(value) for value in values)
    if None in kinds:
        return None
    shape = shape_of(name, kinds, settings.ROOT_URLCONF, get_script_prefix())
    if shape is None:
        return None
    written = shape[0]
    for value, piece in zip(values, shape[1:], strict=True):
        written += f"{value}{piece}"
    return written


def kind_of(value):
    """Whole numbers, as texts too, and plain words; anything else may have to be quoted."""
    if type(value) is int:
        return int if value >= 0 else None
    if not isinstance(value, str) or not PLAIN(value):
        return None
    return int if value.isdigit() and value[0] != "0" else str


def address_of(name, *values):
    """`reverse(name, args=values)`, quicker."""
    found = address(name, values)
    return reverse(name, args=values) if found is None else found
