"""The checklist of a call: its own lines, or the usual ones while nobody wrote others."""

from grants.programmes.checks import CheckLine
from grants.screening.checklist import ITEMS, Item


def items_of(call_id):
    return items_by_call([call_id])[call_id]


def items_by_call(call_ids):
    """Call → its lines, in one query."""
    own = {call_id: [] for call_id in call_ids}
    for line in CheckLine.objects.filter(call__in=own):
        own[line.call_id].append(Item(line.key, line.label, line.guide, tuple(line.rules)))
    return {call_id: tuple(lines) or ITEMS for call_id, lines in own.items()}
