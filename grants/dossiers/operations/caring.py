"""Sharing the work: who looks after a section, which ones are done."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused
from accounts.organisations.permissions import WRITING
from grants.dossiers import messages
from grants.dossiers.forms_of import definition_of
from grants.dossiers.holding import hold_for_writing
from grants.dossiers.records import SectionCare


@transaction.atomic
def entrust(dossier, section, *, holder, actor, at=None):
    """Name who looks after a section, or nobody; everybody may still write in it."""
    care = care_of(dossier, section, actor, at)
    writers = messages.colleagues(dossier, roles=WRITING)
    if holder is not None and not writers.filter(pk=holder.pk).exists():
        raise Refused(_("Cette personne n’écrit pas dans ce dossier : choisissez-en une autre."))
    is_news = holder is not None and holder.pk not in {care.holder_id, actor.pk}
    care.holder = holder
    care.save()
    if is_news:
        messages.entrusted(dossier, definition_of(dossier).section(section), holder, actor)
    return care


@transaction.atomic
def complete(dossier, section, *, actor, at=None):
    """Say that a section is done. What is missing in it stays missing, and is said beside."""
    at = at or timezone.now()
    care = care_of(dossier, section, actor, at)
    care.completed_at, care.completed_by = at, actor
    care.save()
    return care


@transaction.atomic
def reopen(dossier, section, *, actor, at=None):
    """Take the mark back."""
    care = care_of(dossier, section, actor, at)
    care.completed_at, care.completed_by = None, None
    care.save()
    return care


def care_of(dossier, section, actor, at):
    hold_for_writing(dossier, actor=actor, at=at or timezone.now())
    if definition_of(dossier).section(section) is None:
        raise Refused(_("Cette section n’existe pas dans ce formulaire."))
    kept = SectionCare.objects.filter(dossier=dossier, section=section).first()
    return kept or SectionCare(dossier=dossier, section=section)
