"""What only grows: the database refuses to change or delete these rows, whoever asks."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from pghistory.models import Event

from grants.core.history import HistoryStep
from tests.factories import make_allocation, make_dossier, make_evaluation, make_ranking

pytestmark = pytest.mark.django_db

BY_NAME = {
    "Entry",
    "Submission",
    "Report",
    "LetterTemplate",
    "DecisionLetter",
    "FirstReading",
    "Ranking",
    "RankLine",
    "Withdrawal",
    "Remark",
    "DiscussionNote",
    "Minutes",
    "ControlChange",
}
MODELS = [
    model
    for model in apps.get_models()
    if issubclass(model, (HistoryStep, Event)) or model.__name__ in BY_NAME
]
BEFORE_UPDATE, BEFORE_DELETE = 2 | 16, 2 | 8


def test_the_list_is_complete():
    names = {model.__name__ for model in MODELS}

    assert names >= BY_NAME
    assert {name for name in names if name.endswith("Step")} >= {
        "CallStep",
        "DossierStep",
        "AllocationStep",
        "AssignmentStep",
        "EvaluationStep",
    }
    assert {name for name in names if name.endswith("Event")} >= {
        "DossierEvent",
        "AnswerEvent",
        "EnvelopeEvent",
        "OrganisationEvent",
        "DecisionEvent",
        "ScoreEvent",
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_trigger_guards_update_and_delete(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        kinds = [kind for (kind,) in cursor.fetchall()]

    assert any(kind & BEFORE_UPDATE == BEFORE_UPDATE for kind in kinds)
    assert any(kind & BEFORE_DELETE == BEFORE_DELETE for kind in kinds)


def test_rows_of_a_whole_round_stay_as_they_are():
    evaluation = make_evaluation(submitted=True)
    make_allocation(ranking=make_ranking(dossiers=[make_dossier(state="ranked")]))
    filled = [model for model in MODELS if model.objects.exists()]

    for model in filled:
        refuse(lambda rows: rows.update(**{rows.model._meta.pk.name: -1}), model)
        refuse(lambda rows: rows.delete(), model)
    assert {"Entry", "Ranking", "RankLine", "DossierEvent", "ScoreEvent", "AllocationEvent"} <= {
        model.__name__ for model in filled
    }
    assert evaluation.pk


def refuse(change, model):
    first = model.objects.order_by("pk").values_list("pk", flat=True)[0]
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change(model.objects.filter(pk=first))


def test_raw_sql_is_refused_as_well():
    make_dossier()

    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot"):
        cursor.execute("DELETE FROM grants_dossierevent")
