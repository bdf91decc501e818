"""What tells a screen whether its board is still the one of the room: one short query.

The version of the session moves with every act in it. How many dossiers this person is out of is
part of it too: a link recorded anywhere else masks the board with the next question.
"""

from django.db.models import Count, Q

from reviews.committees.models import Item, Session
from reviews.committees.out import out_items


def beat_of(pk, user):
    """Nothing when the session is not theirs to see."""
    masked = out_items(Item.objects.filter(session=pk).values("pk"), user)
    row = (
        Session.objects.seen_by(user)
        .filter(pk=pk)
        .annotate(out=Count("items", filter=Q(items__in=masked.values("pk"))))
        .values_list("version", "state", "out")
        .first()
    )
    return None if row is None else beat(*row)


def beat(version, state, masked):
    return f"{version}-{state}-{masked}"
