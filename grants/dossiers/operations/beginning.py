from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations import permissions as organisation_may
from grants.core.flow import lock
from grants.dossiers.facts import facts_of
from grants.dossiers.forms_of import definition_of
from grants.dossiers.models import Answer, Dossier
from grants.dossiers.states import State
from grants.formbuilder.answers import is_refused, read
from grants.programmes.models import Call


@transaction.atomic
def begin(call, *, organisation, actor, at=None):
    """Open the company's dossier for this call; a second person, or press, finds the same one.

    The lock on the call numbers its dossiers one after another, without holes or twins.
    """
    at = at or timezone.now()
    require(organisation_may.EDIT, actor, organisation)
    lock(call)
    existing = (
        call.dossiers.filter(organisation=organisation).exclude(state=State.WITHDRAWN).first()
    )
    if existing is not None:
        return existing
    if not call.accepts(at):
        raise Refused(_("Cet appel ne reçoit pas de dossier en ce moment."))
    dossier = Dossier.objects.create(
        call=call,
        organisation=organisation,
        form=published_form(call),
        number=next_number(call),
        created_by=actor,
        created_at=at,
    )
    prefill(dossier, actor=actor, at=at)
    return dossier


def published_form(call: Call):
    form = call.forms.exclude(published_at=None).order_by("-number").first()
    if form is None:
        raise Refused(_("Le formulaire de cet appel n’est pas encore publié."))
    return form


def next_number(call: Call):
    return (call.dossiers.aggregate(last=Max("number"))["last"] or 0) + 1


def prefill(dossier, *, actor, at):
    """Answer what the company has told already; its people may correct every word."""
    definition = definition_of(dossier)
    answers = {}
    for question in definition.questions.values():
        if question.prefill:
            known = getattr(dossier.organisation, question.prefill)
            value = read(question, "" if known is None else str(known)).value
            if value is not None and not is_refused(value):
                answers[question.key] = value
    for key, value in answers.items():
        Answer.objects.create(dossier=dossier, key=key, value=value, saved_at=at, saved_by=actor)
    Dossier.objects.filter(pk=dossier.pk).update(**facts_of(dossier, definition, answers))
    dossier.refresh_from_db()
