from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.votes import operations
from grants.votes.models import Report
from grants.votes.report import report_pdf
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import reported
from tests.grants.votes.test_operations import amended, lines

pytestmark = pytest.mark.django_db


def entering(client, scene=None):
    """Before the vote, as the manager."""
    scene = scene or Scene()
    allocation = reported(scene)
    client.force_login(scene.manager)
    return scene, allocation


def test_the_report_is_archivable_and_holds_its_annexes():
    scene = Scene()
    reported(scene)

    pdf = PdfReader(BytesIO(report_pdf(Report.objects.get())))

    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in (
        "Annexe 1. Aides attribuées",
        "Annexe 5. La méthode et l’ordre",
        scene.dossiers[0].reference,
        "Disponibles après ce vote",
        "seuil publié de 2,50 sur 5",
        Report.objects.get().sha256[:20],
    ):
        assert said in text
    assert b"pdfaid" in pdf.root_object["/Metadata"].get_data()
    assert pdf.root_object["/MarkInfo"]["/Marked"]


def test_the_page_shows_what_was_proposed_beside_what_was_voted(client):
    scene, allocation = entering(client)
    amended(scene)

    page = client.get(reverse("votes:vote", args=[allocation.pk])).content.decode()

    assert "100\u202f000\u202f€" in page
    assert "80\u202f000\u202f€" in page
    assert "filière hydrogène" in page


def test_the_page_costs_the_same_for_two_and_four_lines(client, count_queries):
    found = []
    for scores in (("4.2", "3.1"), ("4.2", "3.1", "3.0", "2.0")):
        scene, allocation = entering(client, Scene(scores=scores, endowed=150_000))
        if len(scores) > 2:
            amended(scene)
        url = reverse("votes:vote", args=[allocation.pk])
        found.append(count_queries(lambda url=url: client.get(url)))

    assert found[0] == found[1] == 7


@pytest.mark.parametrize(
    ("held_on", "said"),
    [("2099-01-01", "pas encore eu lieu"), ("2020-01-01", "classement a été arrêté")],
)
def test_a_wrong_day_is_said_at_its_field(client, held_on, said):
    _scene, allocation = entering(client)
    fields = {"body": "CP", "held_on": held_on, "number": "1"}

    page = client.post(reverse("votes:vote", args=[allocation.pk]), fields)

    assert said in page.context["vote_form"].errors["held_on"][0]
    allocation.refresh_from_db()
    assert allocation.state == "reported"


def test_a_refused_amendment_stays_on_its_line_with_what_was_typed(client):
    scene, _allocation = entering(client)
    line = scene.decisions()[1]
    fields = {"outcome": "award", "amount": "60 000", "reason": "Filière"}

    page = client.post(reverse("votes:amend", args=[line.pk]), fields).content.decode()

    assert "Il ne reste que 50" in page
    assert 'value="60 000"' in page
    assert lines(scene)[1] == ("award", 50_000, None)


@pytest.mark.parametrize("typed", ["NaN", "-5", "1e5", "12,345", ""])
def test_what_is_no_amount_is_refused_at_its_field(client, typed):
    scene, _allocation = entering(client)
    fields = {"outcome": "award", "amount": typed, "reason": "Vote"}

    page = client.post(reverse("votes:amend", args=[scene.decisions()[0].pk]), fields)

    assert page.context["amendment_form"].errors["amount"]


def test_an_unknown_dossier_is_named_with_the_nearest(client):
    scene, allocation = entering(client)
    known = scene.dossiers[0].reference
    fields = {"member": "Une élue", "references": f"{known[:-1]}X"}

    page = client.post(reverse("votes:recuse", args=[allocation.pk]), fields)

    told = page.context["recusal_form"].errors["references"][0]
    assert f"{known[:-1]}X" in told
    assert "Le plus proche est" in told


def test_a_recusal_is_read_on_the_page_and_can_be_struck_out(client):
    scene, allocation = entering(client)
    known = scene.dossiers[0].reference
    client.post(
        reverse("votes:recuse", args=[allocation.pk]),
        {"member": "Une élue", "references": f" {known.lower()}, {known} "},
    )
    url = reverse("votes:vote", args=[allocation.pk])
    assert "Une élue" in client.get(url).content.decode()

    made = scene.decisions()[0].recusals.get()
    page = client.post(reverse("votes:cancel_recusal", args=[made.pk]), follow=True)

    assert "Aucun élu ne s’est déporté" in page.content.decode()


def test_after_the_vote_the_page_only_reads(client):
    scene, allocation = entering(client)
    operations.deliberate(
        allocation, body="CP", held_on=timezone.localdate(), number="CP/9", actor=scene.manager
    )

    page = client.get(reverse("votes:vote", args=[allocation.pk]) + "?ligne=1").content.decode()

    assert "délibération n° CP/9" in page
    assert "id_held_on" not in page
    assert "Annoncer les décisions" in page
