"""How many dossiers of a call each expert carries."""

from django.db.models import Count

from reviews.experts.models import Expert


def give_loads(call, seats):
    """`load` on each of these seats, in one query."""
    carried = (
        # The readings are a feature above this one: reached from the expert.
        Expert.objects.filter(
            pk__in=[seat.expert_id for seat in seats],
            assignments__state="active",
            assignments__dossier__call=call,
        )
        .values_list("pk")
        .annotate(n=Count("assignments"))
    )
    loads = dict(carried)
    for seat in seats:
        seat.load = loads.get(seat.expert_id, 0)
