"""What an expert's own profile asks the database: three queries whose text is kept."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from grants.core.prepared import prepared
from grants.programmes.models import Theme
from reviews.experts.background import Subtopic, Tie
from reviews.experts.models import Expert, Expertise, Seat

HELD = {"expert": OuterRef("pk")}
LEVELS = Expertise.objects.filter(**HELD).values(json=JSONObject(theme="theme_id", level="level"))
TOPICS = Subtopic.objects.filter(**HELD).values(
    json=JSONObject(name="name", theme_id="theme_id", level="level")
)
TIES = Tie.objects.filter(**HELD).values(
    json=JSONObject(name="name", kind="kind", siren="siren", until="until")
)


@prepared
def profiles_of(user):
    """Theirs, with the levels, sub-topics and ties they have told; nothing for who is no expert."""
    return Expert.objects.filter(user=user).annotate(
        told_levels=ArraySubquery(LEVELS),
        told_topics=ArraySubquery(TOPICS),
        told_ties=ArraySubquery(TIES),
    )


@prepared
def themes_for(expert):
    """Those of the programmes that invited them."""
    return Theme.objects.filter(programme__calls__seats__expert=expert).distinct()


@prepared
def seats_of(expert):
    seats = Seat.objects.filter(expert=expert).usable()
    return seats.select_related("call").order_by("call")
