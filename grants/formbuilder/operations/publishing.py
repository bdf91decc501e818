from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.formbuilder import messages
from grants.formbuilder import permissions as may
from grants.formbuilder.building import checked, digest
from grants.formbuilder.changes import changes_between
from grants.formbuilder.definition import Definition, parse
from grants.formbuilder.soundness import BadDefinition


@transaction.atomic
def publish_form(call, *, seen, actor, at=None):
    """Publish what was prepared: from here on this version never changes.

    Drafts go on with it and their authors are told what changed; what was handed in keeps its
    own version. `seen` is what the manager read before pressing: a change since is read first.
    """
    draft = hold_revision(call, actor=actor)
    if digest(draft.definition) != seen:
        raise Refused(_("Le formulaire vient de changer : relisez les modifications."))
    try:
        after = checked(draft.definition)
    except BadDefinition as error:
        raise Refused(str(error)) from error
    published = call.forms.published().first()
    before = parse(published.definition) if published else Definition()
    if not (changes := changes_between(before, after)):
        raise Refused(_("Rien n’a changé : il n’y a rien à publier."))
    write(draft, published_at=at or timezone.now())
    move_drafts(call, draft)
    messages.form_revised(call, changes)
    messages.agreements_ended(call, changes)
    return draft


def move_drafts(call, form):
    """An update waits for a submission under way, then leaves the submitted dossier alone."""
    drafts = call.dossiers.filter(state="draft")
    return drafts.update(form=form, form_before=Coalesce(F("form_before"), F("form")))


@transaction.atomic
def discard_revision(call, *, actor):
    """Forget what was prepared and not published; the published form stays as it is."""
    hold_revision(call, actor=actor).delete()


def hold_revision(call, *, actor):
    lock(call)
    require(may.EDIT_FORM, actor, call)
    draft = call.forms.in_preparation().first()
    if draft is None:
        raise Refused(_("Aucune modification n’est en préparation."))
    return draft
