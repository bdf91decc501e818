"""The legal representative agrees to what will be handed in, letter for letter."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers import messages
from grants.dossiers import permissions as may
from grants.dossiers.content import digest_of, substance_of
from grants.dossiers.forms_of import filled
from grants.dossiers.holding import hold, hold_for_writing, still_open
from grants.dossiers.records import SignOff

# Asked again within the hour, the same person would only be pressed.
ASKED_AGAIN = timedelta(hours=1)


@transaction.atomic
def sign(dossier, *, seen, actor, at=None):
    """Agree to the content whose digest was `seen`; the first change of an answer undoes it."""
    at = at or timezone.now()
    hold(dossier)
    require(may.SIGN, actor, dossier)
    still_open(dossier, at)
    if not dossier.call.four_eyes:
        raise Refused(_("Cet appel ne demande pas d’accord : le dossier peut être déposé."))
    form = filled(dossier)
    if not form.is_ready:
        raise Refused(_("Il reste des réponses à compléter ou à corriger avant l’accord."))
    digest = digest_of(substance_of(form))
    if seen != digest:
        raise Refused(_("Le dossier a changé pendant que vous le lisiez : relisez-le."))
    earlier = standing_on(dossier, form)
    if earlier is not None:
        return earlier
    # Given to a content that reads otherwise today: it cannot stand beside the new one.
    dossier.sign_offs.filter(voided_at=None).update(voided_at=at)
    sign_off = SignOff.objects.create(
        dossier=dossier, signed_by=actor, signed_at=at, title=title_of(actor, dossier),
        sha256=digest,
    )  # fmt: skip
    messages.signed(dossier, sign_off)
    return sign_off


@transaction.atomic
def ask_for_sign_off(dossier, *, actor, at=None):
    """Write to every representative of the company, but not twice within the hour."""
    at = at or timezone.now()
    hold_for_writing(dossier, actor=actor, at=at)
    if not dossier.call.four_eyes:
        raise Refused(_("Cet appel ne demande pas d’accord : le dossier peut être déposé."))
    form = filled(dossier)
    if not form.is_ready:
        raise Refused(_("L’accord se demande une fois le dossier rempli : voyez la liste."))
    if standing_on(dossier, form):
        raise Refused(_("L’accord est déjà donné pour ce contenu."))
    people = [one.user for one in messages.representatives(dossier)]
    if not people:
        raise Refused(_("Aucun représentant légal n’est nommé : nommez-le dans l’équipe."))
    last = messages.last_asked(dossier)
    if last is not None and last > at - ASKED_AGAIN:
        raise Refused(_("La demande est partie il y a moins d’une heure : laissez-lui le temps."))
    return messages.sign_off_asked(dossier, people, actor)


def title_of(actor, dossier):
    return actor.memberships.get(organisation=dossier.organisation_id, left_at=None).legal_title


def lack_of_sign_off(dossier, form, actor):
    """Why this person cannot hand in for want of an agreement; empty when they can."""
    if not dossier.call.four_eyes:
        return ""
    sign_off = standing_on(dossier, form)
    if sign_off is None:
        return _("Le représentant légal n’a pas approuvé le dossier tel qu’il est aujourd’hui.")
    if sign_off.signed_by_id == actor.pk:
        return _("Vous avez approuvé ce dossier : une autre personne de l’équipe le dépose.")
    return ""


def standing(dossier):
    """The agreement that holds; who already knows that there is none says so in `is_agreed`."""
    if not dossier.call.four_eyes or not getattr(dossier, "is_agreed", True):
        return None
    return dossier.sign_offs.filter(voided_at=None).select_related("signed_by").first()


def standing_on(dossier, form):
    """The agreement to exactly this content."""
    sign_off = standing(dossier)
    is_same = sign_off is not None and sign_off.sha256 == digest_of(substance_of(form))
    return sign_off if is_same else None


def tell_void(dossier, sign_off, actor):
    """The database ended this agreement with the change: both who gave it and who changed hear."""
    if sign_off is not None:
        messages.sign_off_void(dossier, sign_off, actor)
