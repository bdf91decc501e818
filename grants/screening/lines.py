"""The checklist of a call: its own lines, or the usual ones while nobody wrote others."""

from grants.screening.checklist import ITEMS, Item
from grants.screening.models import CheckLine


def items_of(call_id):
    lines = CheckLine.objects.filter(call=call_id)
    return tuple(Item(x.key, x.label, x.guide, tuple(x.rules)) for x in lines) or ITEMS
