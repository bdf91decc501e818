from datetime import timedelta

from django.utils import timezone

from grants.screening.models import SavedView
from grants.screening.operations import ask_export
from tests.access.cast import Cast


def no_object(state):
    return Cast(), [], {}


def dossier(state):
    cast = Cast(dossier_state=state)
    return cast, [cast.dossier.pk], {}


def being_read(state):
    """With `incomplete`, experts were reading it and the company let its time pass."""
    cast = Cast(dossier_state=state)
    cast.dossier.reopened_until = timezone.now() - timedelta(days=1)
    cast.dossier.save()
    cast.dossier.history.create(
        actor=cast.officer, step="ask_completion", source="in_review", target="incomplete"
    )
    return cast, [cast.dossier.pk], {}


def late_to_answer(state):
    """With `incomplete`, the company was asked and let its time pass."""
    cast = Cast(dossier_state=state)
    if state == "incomplete":
        cast.dossier.reopened_until = timezone.now() - timedelta(days=1)
        cast.dossier.save()
    until = timezone.localtime(timezone.now() + timedelta(days=10))
    typed = {"until": until.strftime("%Y-%m-%dT%H:%M"), "reason": "Congés"}
    return cast, [cast.dossier.pk], typed


def admit_many(state):
    cast = Cast(dossier_state=state)
    return cast, [], {"confirmed": "yes", "dossier": cast.dossier.pk}


def attempts(state):
    cast, _args, _fields = dossier(state)
    return cast, [], {}


def check(state):
    cast, args, _fields = dossier(state)
    return cast, [*args, "siret"], {"outcome": "met"}


def bulk(state):
    cast = Cast(dossier_state=state)
    return cast, [], {"act": "tag", "tag": "urgent", "dossier": cast.dossier.pk}


def team_of(cast, state):
    return {"programme": cast.programme.pk} if state == "shared" else {}


def keep_view(state):
    cast = Cast()
    return cast, [], {"name": "Ma vue", **team_of(cast, state)}


def drop_view(state):
    cast = Cast()
    programme = cast.programme if state == "shared" else None
    view = SavedView.objects.create(owner=cast.officer, name="Ma vue", programme=programme)
    return cast, [view.pk], {}


def export(_state):
    cast = Cast(dossier_state="submitted")
    assert cast.dossier.state == "submitted"
    made = ask_export(query="", sort="depot", columns=[], actor=cast.officer)
    return cast, [made.pk], {}


def lines(_state):
    cast = Cast()
    counts = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0}
    return cast, [cast.call.pk], {**counts, "lines-0-label": "Kbis récent"}


SCENES = {
    "screening:lines": lines,
    "screening:versions": dossier,
    "screening:resume_review": being_read,
    "screening:extend_completion": late_to_answer,
    "screening:export_csv": no_object,
    "screening:prepare_export": no_object,
    "screening:export": export,
    "screening:export_file": export,
    "screening:admit_many": admit_many,
    "screening:attempts": attempts,
    "screening:bulk": bulk,
    "screening:keep_view": keep_view,
    "screening:drop_view": drop_view,
    "screening:choose_columns": no_object,
    "screening:choose_pane": no_object,
    "screening:digest": dossier,
    "screening:queue": no_object,
    "screening:dossier": dossier,
    "screening:check": check,
    "screening:ask_completion": dossier,
    "screening:admit": dossier,
    "screening:reject": dossier,
}
