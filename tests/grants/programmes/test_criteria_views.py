"""The grid of a call on its pages: criteria under headings, weights, minimums."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.programmes.models import Call
from grants.programmes.states import CallState
from tests.factories import make_call
from tests.grants.programmes.test_views import manager, programme, typed

__all__ = ["manager", "programme"]  # fixtures of the same scene

pytestmark = pytest.mark.django_db


def criteria_typed(call, **overrides):
    rows = list(call.criteria.all())
    fields = {"form-TOTAL_FORMS": len(rows) + 1, "form-INITIAL_FORMS": len(rows)}
    for n, criterion in enumerate(rows):
        fields |= {
            f"form-{n}-key": criterion.key,
            f"form-{n}-name": criterion.name,
            f"form-{n}-guidance": criterion.guidance,
            f"form-{n}-weight": str(criterion.weight),
        }
        fields |= {f"form-{n}-anchor_{i}": text for i, text in enumerate(criterion.anchors)}
    return fields | overrides


def test_criteria_are_edited_added_and_removed(client, programme, manager):
    call = make_call(programme, state=CallState.DRAFT)
    added = {
        "form-2-name": "Équipe",
        "form-2-guidance": "Les compétences.",
        "form-2-weight": "40",
        "form-1-DELETE": "on",
    }

    client.post(reverse("programmes:criteria", args=[call.pk]), criteria_typed(call, **added))

    assert list(call.criteria.values_list("name", "weight")) == [("Innovation", 60), ("Équipe", 40)]


def test_a_wrong_weight_is_explained_and_changes_nothing(client, programme, manager):
    call = make_call(programme, state=CallState.DRAFT)

    response = client.post(
        reverse("programmes:criteria", args=[call.pk]),
        criteria_typed(call, **{"form-0-weight": "NaN"}),
    )

    assert "Écrivez un nombre" in response.content.decode()
    assert list(call.criteria.values_list("weight", flat=True)) == [60, 40]


def test_sub_criteria_of_one_name_stand_together(client, programme, manager):
    call = make_call(programme, state=CallState.DRAFT)
    apart = {
        "form-0-heading": "Projet",
        "form-2-heading": " Projet ",
        "form-2-name": "Équipe",
        "form-2-guidance": "Les compétences.",
        "form-2-weight": "12,5",
        "form-2-threshold": "2,5",
        "form-2-comment_required": "on",
    }

    client.post(reverse("programmes:criteria", args=[call.pk]), criteria_typed(call, **apart))

    kept = call.criteria.values_list("heading", "name", "threshold", "comment_required")
    assert list(kept) == [
        ("Projet", "Innovation", None, False),
        ("Projet", "Équipe", Decimal("2.5"), True),
        ("", "Impact", None, False),
    ]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("form-1-name", "innovation", "Un autre critère porte déjà ce nom."),
        ("form-1-threshold", "6", "La note minimale ne dépasse pas la note maximale, 5."),
        ("form-1-threshold", "1e1", "Écrivez un nombre"),
    ],
)
def test_a_wrong_criterion_is_told_and_nothing_is_lost(
    client, programme, manager, field, value, told
):
    call = make_call(programme, state=CallState.DRAFT)
    url = reverse("programmes:criteria", args=[call.pk])

    page = client.post(url, criteria_typed(call, **{field: value})).content.decode()

    assert told in page
    assert f'value="{value}"' in page
    assert list(call.criteria.values_list("name", "threshold")) == [
        ("Innovation", None),
        ("Impact", None),
    ]


def test_the_published_grid_tells_sub_criteria_minimums_and_who_reads_about_people(
    client, programme
):
    call = make_call(programme, state=CallState.DRAFT)
    call.criteria.update(heading="Projet")
    call.criteria.filter(key="impact").update(threshold="2.5")
    Call.objects.filter(pk=call.pk).update(state=CallState.OPEN)

    page = client.get(call.get_absolute_url()).content.decode()

    assert "<h3>Projet</h3>" in page
    assert "<h4>Impact</h4>" in page
    assert "Note minimale\u202f: 2,5." in page
    assert "Les experts ne lisent ni les données personnelles" in page


def test_a_minimum_above_the_scale_is_refused(client, programme, manager):
    page = client.post(
        reverse("programmes:new_call", args=[programme.pk]), typed(top_score="4", threshold="4,5")
    ).content.decode()

    assert "La note minimale ne dépasse pas la note maximale, 4." in page
    assert not Call.objects.exists()
