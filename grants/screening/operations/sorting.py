"""Sharing dossiers out and sorting them: acts that can be undone, one by one or many at once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers.states import RECEIVED
from grants.programmes.states import Role
from grants.screening import messages
from grants.screening import permissions as may
from grants.screening.models import Charge, Tag, Tagging

LONGEST_TAG = 40


@transaction.atomic
def entrust(dossier, *, officer, actor):
    """Give the dossier to an officer of its programme, who is told unless they took it."""
    require(may.CHECK, actor, dossier)
    refuse_draft(dossier)
    serves = officer.is_active and officer.duties.filter(
        programme=dossier.call.programme_id,
        role__in=(Role.OFFICER, Role.MANAGER),
        ended_at=None,
    )
    if not serves or not serves.exists():
        raise Refused(
            _("%(officer)s n’instruit pas les dossiers de ce programme.") % {"officer": officer}
        )
    charge = Charge.objects.filter(dossier=dossier).first()
    if charge and charge.officer_id == officer.pk:
        return charge
    charge, _is_new = Charge.objects.update_or_create(
        dossier=dossier,
        defaults={"officer": officer, "given_by": actor, "given_at": timezone.now()},
    )
    if officer != actor:
        messages.entrusted(dossier, officer)
    return charge


@transaction.atomic
def tag(dossier, *, name, actor):
    """Put a tag on the dossier; a new word joins the tags of the programme."""
    require(may.CHECK, actor, dossier)
    refuse_draft(dossier)
    name, key = key_of(name)
    found, _is_new = Tag.objects.get_or_create(
        programme_id=dossier.call.programme_id, key=key, defaults={"name": name}
    )
    return Tagging.objects.get_or_create(dossier=dossier, tag=found, defaults={"put_by": actor})[0]


@transaction.atomic
def untag(dossier, *, name, actor):
    """Take a tag off; the word stays among those of the programme."""
    require(may.CHECK, actor, dossier)
    _name, key = key_of(name)
    gone, _by_model = Tagging.objects.filter(dossier=dossier, tag__key=key).delete()
    if not gone:
        raise Refused(_("ce dossier ne porte pas cette étiquette."))


def key_of(name):
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Écrivez une étiquette."))
    if len(name) > LONGEST_TAG or '"' in name:
        raise Refused(_("Une étiquette tient en 40 caractères, sans guillemets droits."))
    return name, name.lower()


def refuse_draft(dossier):
    if dossier.state not in RECEIVED:
        raise Refused(_("ce dossier n’est pas déposé."))


@dataclass(frozen=True)
class Outcome:
    """A bulk act: the dossiers done, and the others, each with its reason."""

    done: list
    refused: list


def in_bulk(act, dossiers, *, actor, **values):
    """The same act on each dossier, each alone: one refusal stops no other."""
    done, refused = [], []
    for dossier in dossiers:
        try:
            act(dossier, actor=actor, **values)
        except Refused as refusal:
            refused.append((dossier, str(refusal)))
        else:
            done.append(dossier)
    return Outcome(done, refused)
