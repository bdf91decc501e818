"""The checklist of a call: its own lines, or the usual ones while nobody wrote others."""

from collections import defaultdict

from grants.programmes.checks import CheckLine
from grants.screening.checklist import ITEMS, Item
from grants.screening.kept import own_lines_of


def items_of(call_id):
    return written(own_lines_of(call_id))


def items_by_call(call_ids):
    """Call → its lines, in one query."""
    own = defaultdict(list)
    for line in CheckLine.objects.filter(call__in=call_ids):
        own[line.call_id].append(line)
    return {call_id: written(own[call_id]) for call_id in call_ids}


def written(lines):
    return tuple(Item(one.key, one.label, one.guide, tuple(one.rules)) for one in lines) or ITEMS
