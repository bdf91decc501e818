import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError
from django.urls import reverse

from accounts.access import Refused
from grants.letters.kinds import Kind
from grants.letters.models import LetterTemplate
from grants.letters.operations import current_template, texts_of, write_template
from tests.grants.decisions.scene import Scene
from tests.grants.letters.scene import announced, make_letter

pytestmark = pytest.mark.django_db


def written(scene, kind=Kind.AWARD, *, actor=None, version=1, **changed):
    texts = texts_of(current_template(scene.programme, kind)) | changed
    return write_template(
        scene.programme, kind, version=version, actor=actor or scene.manager, **texts
    )


def test_a_change_makes_a_version_and_the_old_one_stays():
    scene = Scene()

    made = written(scene, subject="Bravo pour {projet}")

    assert made.version == 2
    assert current_template(scene.programme, Kind.AWARD) == made
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        LetterTemplate.objects.filter(version=1).update(body="x")


def test_a_letter_keeps_the_version_it_was_made_with():
    scene = Scene()
    decisions = announced(scene)
    first = make_letter(decisions[0])

    written(scene, Kind.PARTIAL, subject="Une partie de l’aide pour {projet}")

    assert first.template.version == 1
    second = make_letter(decisions[1])
    assert second.template.version == 2
    assert second.content["subject"] == "Une partie de l’aide pour Hydrogène vert"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"body": "Une aide de {montan}"}, "Le plus proche est {montant}"),
        ({}, "Rien n’a changé"),
        ({"subject": "Autre", "version": 3}, "vient de changer"),
    ],
)
def test_what_cannot_be_a_template_is_refused(changed, said):
    scene = Scene()

    with pytest.raises(Refused, match=said):
        written(scene, **changed)

    assert not LetterTemplate.objects.filter(version__gt=1).exists()


def test_only_the_manager_writes_templates():
    scene = Scene()

    with pytest.raises(PermissionDenied):
        written(scene, actor=scene.officer, subject="Autre")


def editor(scene, kind="award"):
    return reverse("letters:template", args=[scene.programme.pk, kind])


def typed(scene, **changed):
    texts = texts_of(current_template(scene.programme, Kind.AWARD))
    return {**texts, "version": 1, **changed}


def test_an_unknown_word_is_said_at_its_field_and_the_text_kept(client):
    scene = Scene()
    client.force_login(scene.manager)

    page = client.post(editor(scene), typed(scene, remedies="Écrivez à {servise}."))

    assert page.context["form"].errors == {
        "remedies": ["{servise} n’est pas un mot connu. Le plus proche est {service}."]
    }
    assert "Écrivez à {servise}." in page.content.decode()


def test_the_preview_shows_a_real_dossier_or_the_longest_values_and_saves_nothing(client):
    scene = Scene()
    scene.prepared()
    client.force_login(scene.manager)
    fields = typed(scene, body="Pour {entreprise}, {montant}.", preview="1")

    real = client.post(editor(scene), fields).content.decode()
    long = client.post(editor(scene), fields | {"example": "longest"}).content.decode()
    pdf = client.post(editor(scene), {**fields, "preview": "", "pdf": "1"} | {"example": "longest"})

    company = scene.dossiers[0].organisation.name
    assert f"Pour {company}, 100\u202f000\u202f€." in real
    assert "199\u202f999,99\u202f€" in long
    assert pdf.status_code == 200
    assert not LetterTemplate.objects.filter(version=2).exists()


def test_htmx_gets_the_preview_alone_and_its_faults(client):
    scene = Scene()
    client.force_login(scene.manager)

    page = client.post(editor(scene), typed(scene, body="{montan}"), headers={"HX-Request": "true"})

    assert "Le plus proche est {montant}" in page.content.decode()
    assert "<form" not in page.content.decode()


@pytest.mark.parametrize("kind", ["other", "awards"])
def test_a_letter_that_does_not_exist_is_not_found(client, kind):
    scene = Scene()
    client.force_login(scene.manager)

    assert client.get(editor(scene, kind)).status_code == 404


def test_the_editor_costs_the_same_for_one_and_three_examples(client, count_queries):
    costs = []
    for scores in (("4.2",), ("4.2", "3.1", "3.0")):
        scene = Scene(scores=scores, endowed=1_000_000)
        scene.prepared()
        client.force_login(scene.manager)
        costs.append(count_queries(lambda scene=scene: client.get(editor(scene))))

    assert costs[0] == costs[1]
    assert costs[0] <= 12
