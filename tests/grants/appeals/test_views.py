import pytest
from django.urls import reverse
from django.utils import timezone

from grants.appeals import operations
from grants.appeals.models import Appeal
from tests.grants.appeals.test_operations import GROUNDS, filed, rich
from tests.grants.letters.scene import make_letter

pytestmark = pytest.mark.django_db


def at(view, *args):
    return reverse(f"appeals:{view}", args=args)


def test_the_company_contests_from_its_decision_and_reads_its_dates(client):
    scene = rich()
    decision = scene.decisions()[2]
    client.force_login(decision.dossier.created_by)
    page = client.get(reverse("decisions:decision", args=[decision.dossier_id])).content.decode()
    assert at("new", decision.dossier_id) in page

    fields = {"kind": "gracious", "grounds": GROUNDS}
    page = client.post(at("new", decision.dossier_id), fields, follow=True).content.decode()

    assert GROUNDS in page
    assert "vaudrait rejet le" in page
    assert "aucun délai ne court" in page
    assert "Empreinte" not in page
    assert "Répondre" not in page


def test_the_delays_are_shown_once_the_letter_was_read(client):
    scene = rich()
    letter = make_letter(scene.decisions()[2])
    client.force_login(letter.decision.dossier.created_by)
    client.post(reverse("letters:open", args=[letter.pk]))

    page = client.get(filed(scene).get_absolute_url()).content.decode()

    assert "CJA R.421-1" in page
    assert "délai interrompu" in page


def test_an_officer_enters_a_paper_one_and_wrong_dates_are_said_at_their_field(client):
    scene = rich()
    decision = scene.decisions()[2]
    client.force_login(scene.officer)
    fields = {"kind": "court", "grounds": GROUNDS, "received_on": "2099-01-01"}

    page = client.post(at("new", decision.dossier_id), fields)
    assert page.context["form"].errors == {"received_on": ["Cette date est à venir."]}

    fields["received_on"] = timezone.localdate().isoformat()
    page = client.post(at("new", decision.dossier_id), fields, follow=True).content.decode()
    assert "Recours contentieux" in page
    assert "sur papier" in page


def test_the_manager_grants_and_a_refusal_keeps_what_was_typed(client):
    scene = rich()
    appeal = filed(scene)
    client.force_login(scene.manager)
    fields = {
        "grant-reply": "Les engagements sont établis.",
        "grant-amount": "900 000",
        "grant-body": "CP",
        "grant-held_on": timezone.localdate().isoformat(),
        "grant-number": "CP/12",
    }

    page = client.post(at("grant", appeal.pk), fields).content.decode()
    assert "Au plus 100" in page
    assert 'value="900 000"' in page

    page = client.post(at("grant", appeal.pk), {**fields, "grant-amount": "20 000"}, follow=True)
    assert "Aide portée à 20\u202f000\u202f€" in page.content.decode()


def test_staff_download_the_very_text_of_the_digest(client):
    scene = rich()
    appeal = filed(scene)
    client.force_login(scene.officer)

    response = client.get(at("evidence", appeal.pk))

    assert response["Content-Type"] == "application/json"
    assert scene.call.ranking.sha256 in response.content.decode()


def test_the_list_and_the_page_cost_the_same_for_one_and_three(client, count_queries):
    scene = rich()
    client.force_login(scene.manager)
    first = filed(scene)
    costs = [count_queries(lambda: client.get(at("list")))]
    filed(scene, rank=2)
    filed(scene, rank=1)
    costs.append(count_queries(lambda: client.get(at("list"))))

    assert costs[0] == costs[1] == 5
    assert count_queries(lambda: client.get(first.get_absolute_url())) <= 12


def test_an_empty_list_says_how_appeals_come(client):
    scene = rich()
    client.force_login(scene.officer)

    assert "Aucun recours" in client.get(at("list")).content.decode()
    assert not Appeal.objects.exists()


def test_a_withdrawn_appeal_no_longer_waits(client):
    scene = rich()
    appeal = filed(scene)
    operations.withdraw(appeal, actor=appeal.filed_by)
    client.force_login(scene.manager)

    page = client.get(appeal.get_absolute_url()).content.decode()

    assert "Retiré" in page
    assert "Répondre" not in page
