"""Addresses made from the shape of their route, learnt once: reversing walks the resolver.

No request of ours has routes of its own (`request.urlconf`).
"""

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

# Numbers no route contains, put where the arguments go.
MARKS = (7_100_000_000_001, 7_200_000_000_002, 7_300_000_000_003)


@lru_cache(maxsize=1024)
def shape_of(name, count, urlconf, prefix):
    """The pieces of the address around its `count` numbers, or None when it has no such shape.

    `prefix` is in the pieces already: it is there for the memory to tell two of them apart.
    """
    if count > len(MARKS):
        return None
    marks = MARKS[:count]
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


def address(name, numbers):
    """The same as `reverse(name, args=numbers)`, or None when it must be asked of Django."""
    for number in numbers:
        if type(number) is not int or number < 0:
            return None
    shape = shape_of(name, len(numbers), settings.ROOT_URLCONF, get_script_prefix())
    if shape is None:
        return None
    written = shape[0]
    for number, piece in zip(numbers, shape[1:], strict=True):
        written += f"{number}{piece}"
    return written


def address_of(name, *numbers):
    """`reverse(name, args=numbers)`, quicker."""
    found = address(name, numbers)
    return reverse(name, args=numbers) if found is None else found
