"""Readers who are not to know whose dossier they read."""

from io import BytesIO
from zipfile import ZipFile

import pgtrigger
import pytest

from accounts.notifications.models import Letter
from grants.dossiers.models import Dossier
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import Filled, FilledSection, Reply
from reviews.assignments import messages as of_assignments
from reviews.evaluations import messages as told
from reviews.evaluations import settling
from reviews.followup import messages as followup
from reviews.phases.veil import Names, masked_form
from tests.access.traces import traces_of
from tests.factories import make_phase
from tests.reviews.evaluations.stale_scene import Scene

pytestmark = pytest.mark.django_db

TABLE = {
    "sections": [
        {
            "key": "s",
            "title": "S",
            "questions": [
                {
                    "key": "partners",
                    "kind": "table",
                    "label": "Partenaires",
                    "columns": [
                        {"key": "name", "label": "Nom"},
                        {"key": "siren", "label": "SIRET", "kind": "siret"},
                        {"key": "share", "label": "Part", "kind": "integer"},
                    ],
                }
            ],
        }
    ]
}
COMPANY, PERSON = "Héliotuile", "Roumiguière"


@pytest.fixture
def scene():
    scene = Scene()
    organisation = scene.dossier.organisation
    organisation.name, organisation.city = f"{COMPANY} SAS", "Montauban"
    organisation.save()
    scene.applicant.full_name = f"Jeanne {PERSON}"
    scene.applicant.save()
    scene.complete(
        title=f"La tuile de {COMPANY}",
        summary=f"{COMPANY}, fondée par Jeanne {PERSON}, vend des tuiles. Voir heliotuile.fr.",
    )
    for evaluation in (scene.ours, scene.draft):
        evaluation.assignment.refresh_from_db()
    make_phase(scene.call, may_score=True, sees_others=True, names_applicants=False)
    return scene


def author_of(evaluation):
    return evaluation.assignment.expert.user


def text_of(response):
    return "\n".join(text for _place, text in traces_of(response)).lower()


def test_the_desk_names_no_company(client, scene):
    client.force_login(author_of(scene.draft))

    page = text_of(client.get("/evaluations/"))

    assert "héliotuile" not in page
    assert "entreprise masquée" in page


@pytest.mark.parametrize(("place", "mark"), [("", 'class="masked"'), ("complement/", "[masqué]")])
def test_the_pages_of_an_evaluation_name_nobody(client, scene, place, mark):
    client.force_login(author_of(scene.draft))

    page = text_of(client.get(f"/evaluations/{scene.draft.pk}/{place}"))

    assert "tuiles" in page
    for name in ("héliotuile", "heliotuile.fr", "roumiguière", "montauban"):
        assert name not in page
    assert mark in page


def test_a_table_is_masked_cell_by_cell():
    question = parse(TABLE).questions["partners"]
    rows = [{"name": "Fungilène SARL", "siren": "73282932000074", "share": "20"}]
    dossier = Dossier(title="Brique")
    dossier.hidden_names = Names(("Héliotuile",), ())
    form = Filled((FilledSection(None, (Reply(question, rows),)),))

    (reply,) = masked_form(form, dossier).sections[0].replies

    assert "Fungilène" not in reply.html
    assert "732" not in reply.html
    assert reply.html.count('class="masked"') == 2
    assert "20" in reply.html


def test_the_declaration_names_nobody(client, scene):
    client.force_login(author_of(scene.draft))

    page = text_of(client.get(f"/evaluations/lectures/{scene.draft.assignment_id}/interets/"))

    assert "héliotuile" not in page
    assert scene.dossier.organisation.siren not in page


def test_the_desk_names_no_company_of_what_is_handed_in_either(client, scene):
    client.force_login(author_of(scene.ours))

    page = text_of(client.get("/evaluations/"))

    assert "héliotuile" not in page
    assert "entreprise masquée" in page


def test_the_spreadsheet_names_no_company(client, scene):
    client.force_login(author_of(scene.draft))

    book = ZipFile(BytesIO(client.get("/evaluations/hors-connexion/evaluations.xlsx").content))

    sheets = "".join(book.read(name).decode() for name in book.namelist())
    assert "La tuile de [masqué]" in sheets
    assert COMPANY not in sheets


def test_a_page_kept_for_who_may_know_is_not_shown_to_who_may_not(client, scene):
    client.force_login(author_of(scene.draft))
    url = f"/evaluations/{scene.draft.pk}/"
    named = make_phase(scene.call, names_applicants=True)
    assert "héliotuile" in text_of(client.get(url))
    with pgtrigger.ignore():
        named.delete()

    assert "héliotuile" not in text_of(client.get(url))


def test_there_is_no_pdf_and_a_sentence_says_why(client, scene):
    client.force_login(author_of(scene.draft))

    page = client.get(f"/evaluations/{scene.draft.pk}/dossier.pdf", follow=True).content.decode()

    assert "il n’a pas de PDF" in page


def test_the_names_come_back_with_a_phase_that_says_them(client, scene):
    client.force_login(author_of(scene.draft))
    assert "héliotuile" not in text_of(client.get(f"/evaluations/{scene.draft.pk}/"))
    make_phase(scene.call, names_applicants=True)

    assert "héliotuile" in text_of(client.get(f"/evaluations/{scene.draft.pk}/"))


def test_letters_to_readers_name_nobody(scene):
    Letter.objects.all().delete()
    given = [scene.ours.assignment, scene.draft.assignment]

    told.reopened(scene.ours, "À revoir")
    told.assigned(given)
    told.reminded(scene.ours.assignment.expert, "review_late", scene.call.reviews_due_at, given)
    of_assignments.removed(scene.draft.assignment, "Charge")
    of_assignments.restored(scene.draft.assignment)
    followup.nudged(scene.call, scene.ours.assignment.expert, given)
    settling.tell_authors()

    letters = Letter.objects.all()
    assert letters.count() >= 9
    for letter in letters:
        assert COMPANY not in f"{letter.subject} {letter.text} {letter.html}"


def test_masking_saves_nothing(client, scene):
    client.force_login(author_of(scene.draft))
    url = f"/evaluations/{scene.draft.pk}/"

    client.post(f"{url}brouillon/", {"strengths": "Solide"})

    scene.dossier.refresh_from_db()
    assert scene.dossier.title == f"La tuile de {COMPANY}"
    assert scene.dossier.organisation.name == f"{COMPANY} SAS"
