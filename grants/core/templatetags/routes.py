"""`{% url %}` that learns the shape of an address once, then only puts the numbers in.

Reversing walks the resolver at each call; a list of fifty rows does it a hundred times.
Anything but a plain name followed by whole numbers is left to Django. No request of ours has routes
of its own (`request.urlconf`).
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.defaulttags import URLNode, url
from django.urls import NoReverseMatch, get_script_prefix, reverse

register = template.Library()

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


class Route(URLNode):
    def render(self, context):
        numbers = [arg.resolve(context) for arg in self.args]
        found = address(self.view_name.var, numbers)
        return super().render(context) if found is None else found


@register.tag("url")
def quick_url(parser, token):
    node = url(parser, token)
    is_plain = isinstance(node.view_name.var, str) and not node.view_name.filters
    if is_plain and not node.kwargs and node.asvar is None:
        return Route(node.view_name, node.args, node.kwargs, None)
    return node
