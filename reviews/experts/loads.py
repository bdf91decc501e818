"""What the page of the pool says of each expert beside their themes."""

from django.db.models import Count

from accounts.organisations.departments import department_name
from reviews.experts.languages import LANGUAGES
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


def give_words(seats):
    """`told` on each of these seats: sub-topics, ties, languages, departments. No query."""
    for seat in seats:
        expert = seat.expert
        parts = (
            [topic.name for topic in expert.subtopics.all()],
            [str(tie) for tie in expert.ties.all()],
            [expert.laboratory] if expert.laboratory else [],
            [str(LANGUAGES[code]) for code in expert.languages if code in LANGUAGES],
            [department_name(code) for code in expert.departments],
        )
        seat.told = " — ".join(", ".join(part) for part in parts if part)
