"""What an officer keeps of the queue: named searches, and the columns of their choice."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.programmes.permissions import holds
from grants.programmes.states import Role
from grants.screening.columns import BY_KEY
from grants.screening.models import QueueChoice, SavedView
from grants.screening.query import parse

MOST_VIEWS = 20
TEAM = holds(*Role)


@transaction.atomic
def keep_view(*, name, query, sort, actor, programme=None):
    """Keep a search under a name; with a programme, its whole team finds it too."""
    if programme is not None:
        require(TEAM, actor, programme)
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused(_("Donnez un nom à la vue."))
    if actor.saved_views.exclude(name=name).count() >= MOST_VIEWS:
        raise Refused(_("Vous avez déjà 20 vues : retirez-en une avant d’en garder une autre."))
    return SavedView.objects.update_or_create(
        owner=actor,
        name=name,
        defaults={"query": str(parse(query)), "sort": sort, "programme": programme},
    )[0]


def drop_view(view, *, actor):
    """Only who made a view takes it away, shared or not."""
    if view.owner_id != actor.pk:
        raise Refused(_("Cette vue a été faite par %(owner)s.") % {"owner": view.owner})
    view.delete()


def choose_columns(keys, *, actor):
    """Keep the known ones in the order given; nothing brings the usual ones back."""
    kept = [key for key in dict.fromkeys(keys) if key in BY_KEY]
    return QueueChoice.objects.update_or_create(user=actor, defaults={"columns": kept})[0]


def choose_pane(is_on, *, actor):
    """Set the preview of the chosen dossier beside the list, or put it away."""
    return QueueChoice.objects.update_or_create(user=actor, defaults={"has_pane": is_on})[0]
