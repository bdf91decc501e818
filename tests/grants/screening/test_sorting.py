"""Sharing dossiers out, tags, bulk acts, saved views and columns."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.programmes.states import Role
from grants.screening import operations
from grants.screening.models import Charge, SavedView, Tagging
from tests.factories import make_dossier, make_programme, make_staff, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/instruction/"


@pytest.fixture
def dossier(call):
    return make_dossier(call=call, state="submitted", title="Mien")


def shown(client, q):
    return [row["title"] for row in client.get(QUEUE, {"q": q}).context["page"]]


def heads(client):
    found = re.findall(r'<th scope="col".*?</th>', client.get(QUEUE).context["heads"])
    return [re.sub(r"<[^>]+>", "", head) for head in found]


def bulk(client, *dossiers, **fields):
    pks = [dossier.pk for dossier in dossiers]
    return client.post(reverse("screening:bulk"), {"dossier": pks, **fields}, follow=True)


def test_an_entrusted_dossier_is_found_by_its_officer(client, call, officer, dossier):
    make_dossier(call=call, state="submitted", title="À personne")
    operations.entrust(dossier, officer=officer, actor=officer)

    assert shown(client, "instructeur:@moi") == ["Mien"]
    assert shown(client, "officer:@none") == ["À personne"]
    assert shown(client, "instructeur:roux") == ["Mien"]
    assert shown(client, "instructeur:personne9") == []


def test_who_receives_a_dossier_is_told_and_who_takes_it_is_not(programme, officer, dossier):
    colleague = make_staff(programme, Role.OFFICER)
    operations.entrust(dossier, officer=officer, actor=officer)
    assert not Notification.objects.exists()

    operations.entrust(dossier, officer=colleague, actor=officer)

    assert Notification.objects.get().recipient == colleague
    assert Charge.objects.get().officer == colleague


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE])
def test_a_dossier_goes_to_officers_and_managers_only(programme, officer, dossier, role):
    with pytest.raises(Refused, match="n’instruit pas"):
        operations.entrust(dossier, officer=make_staff(programme, role), actor=officer)


def test_only_officers_share_out_and_tag(programme, dossier, officer):
    auditor = make_staff(programme, Role.AUDITOR)

    with pytest.raises(PermissionDenied):
        operations.entrust(dossier, officer=officer, actor=auditor)
    with pytest.raises(PermissionDenied):
        operations.tag(dossier, name="urgent", actor=auditor)
    operations.tag(dossier, name="urgent", actor=officer)
    with pytest.raises(PermissionDenied):
        operations.untag(dossier, name="urgent", actor=auditor)


def test_a_tag_is_one_word_whatever_its_case(client, call, officer, dossier):
    other = make_dossier(call=call, state="submitted", title="Autre")
    operations.tag(dossier, name="À  voir", actor=officer)
    operations.tag(other, name="à voir", actor=officer)
    operations.tag(other, name="urgent", actor=officer)

    assert call.programme.tags.count() == 2
    assert shown(client, 'tag:"à voir"') == ["Mien", "Autre"]
    assert shown(client, 'tag:urgent étiquette:"à voir"') == ["Mien", "Autre"]
    operations.untag(dossier, name="À voir", actor=officer)
    assert shown(client, 'tag:"à voir"') == ["Autre"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, 'a"b'])
def test_a_tag_that_cannot_be_searched_is_refused(officer, dossier, name):
    with pytest.raises(Refused):
        operations.tag(dossier, name=name, actor=officer)


def test_the_database_keeps_one_tagging(officer, dossier):
    found = operations.tag(dossier, name="urgent", actor=officer)
    found.pk = None

    with pytest.raises(IntegrityError, match="tagging_once"):
        found.save(force_insert=True)


def test_amounts_and_days_narrow(client, call, officer):
    for n in (1_000, 50_000, 90_000):
        make_dossier(call=call, state="submitted", title=str(n), requested=n)

    assert shown(client, "montant:>50000") == ["90000"]
    assert shown(client, "amount:>=50k") == ["50000", "90000"]
    assert shown(client, "montant:<50000") == ["1000"]
    assert shown(client, "montant:1000..50000") == ["1000", "50000"]
    assert shown(client, "dépôt:<2020-01-01") == []
    assert len(shown(client, "dépôt:>=2020-01-01")) == 3


def test_what_is_not_understood_is_said_beside_what_is(client, call, officer, dossier):
    page = client.get(QUEUE, {"q": "prix:3 dept:31"}).content.decode()

    assert "« prix:3 » : « prix » n’est pas un filtre" in page.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert 'value="prix:3 dept:31"' in page
    assert shown(client, "prix:3 dept:31") == ["Mien"]


def test_bulk_tells_which_were_refused_and_why(client, call, officer, dossier):
    untouched = make_dossier(call=call, state="submitted", number=77)
    operations.tag(dossier, name="urgent", actor=officer)

    page = bulk(client, dossier, untouched, act="untag", tag="urgent").content.decode()

    assert "1 dossier est à jour." in page
    assert f"{untouched.reference} — ce dossier ne porte pas cette étiquette." in page
    assert not Tagging.objects.exists()


def test_bulk_entrusts_and_comes_back_to_the_same_search(client, officer, dossier):
    response = bulk(
        client, dossier, act="entrust", officer=officer.pk, next="?q=dept%3A31&tri=-montant"
    )

    assert response.redirect_chain[-1][0] == f"{QUEUE}?q=dept%3A31&tri=-montant"
    assert Charge.objects.get().officer == officer


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "entrust", "officer": ""}, "Choisissez un instructeur"),
        ({"act": "entrust", "officer": "999999"}, "Choisissez un instructeur"),
        ({"act": "entrust", "officer": "x"}, "Choisissez un instructeur"),
        ({"act": "tag", "tag": " "}, "Écrivez une étiquette"),
        ({"act": "delete"}, "Choisissez ce qu’il faut faire"),
        ({"act": "tag", "tag": "a", "dossier": []}, "Cochez au moins un dossier"),
        ({"act": "tag", "tag": "a", "dossier": ["x", "999999", "-1"]}, "Cochez au moins"),
    ],
)
def test_a_wrong_bulk_act_is_explained(client, officer, dossier, fields, told):
    fields = {"dossier": [dossier.pk], **fields}

    page = client.post(reverse("screening:bulk"), fields, follow=True).content.decode()

    assert told in page
    assert not Tagging.objects.exists()


def test_bulk_never_leads_elsewhere(client, officer, dossier):
    response = client.post(
        reverse("screening:bulk"),
        {"dossier": dossier.pk, "act": "tag", "tag": "a", "next": "https://ailleurs.example/?q=x"},
    )

    assert response["Location"].startswith(QUEUE)


def test_bulk_reaches_no_dossier_of_another_programme(client, officer):
    elsewhere = make_dossier(state="submitted")

    page = bulk(client, elsewhere, act="tag", tag="urgent").content.decode()

    assert "Cochez au moins un dossier" in page
    assert not Tagging.objects.exists()


def test_a_view_is_private_unless_shared(client, programme, officer):
    colleague, stranger = make_staff(programme), make_staff(make_programme())
    operations.keep_view(name="La mienne", query="dept:31", sort="depot", actor=officer)
    operations.keep_view(
        name="À tous", query="tous", sort="montant", actor=officer, programme=programme
    )

    def names(user):
        return [view.name for view in SavedView.objects.seen_by(user)]

    assert names(officer) == ["La mienne", "À tous"] or names(officer) == ["À tous", "La mienne"]
    assert names(colleague) == ["À tous"]
    assert names(stranger) == []
    with pytest.raises(Refused, match="Aline Roux"):
        operations.drop_view(SavedView.objects.get(name="À tous"), actor=colleague)


def test_a_view_is_kept_opened_and_dropped(client, officer, dossier):
    client.post(
        reverse("screening:keep_view"), {"name": "Gard", "next": "?q=dept%3A30&tri=-montant"}
    )
    page = client.get(QUEUE).content.decode()
    view = SavedView.objects.get()

    assert (view.query, view.sort) == ("dept:30", "-montant")
    assert 'href="?q=dept%3A30&amp;tri=-montant">Gard</a>' in page
    client.post(reverse("screening:drop_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name_and_a_team_of_ones_own(client, officer):
    page = client.post(reverse("screening:keep_view"), {"name": " "}, follow=True)
    assert "Donnez un nom" in page.content.decode()
    other = make_programme()

    answer = client.post(reverse("screening:keep_view"), {"name": "x", "programme": other.pk})

    assert answer.status_code == 403
    assert not SavedView.objects.exists()


def test_columns_are_those_one_chose(client, officer, dossier):
    assert "Contrôles</" in client.get(QUEUE).content.decode()

    client.post(reverse("screening:choose_columns"), {"column": ["siret", "pas-là", "etat"]})

    assert heads(client) == ["Dossier", "SIRET", "État"]
    client.post(reverse("screening:choose_columns"), {})
    assert len(heads(client)) == 8


def test_the_queue_escapes_what_people_typed(client, call, officer):
    make_dossier(call=call, state="submitted", title="<script>alert(1)</script>")

    page = client.get(QUEUE).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_an_auditor_reads_the_queue_and_chooses_nothing(client, programme, dossier):
    client.force_login(make_staff(programme, Role.AUDITOR))

    page = client.get(QUEUE).content.decode()

    assert "Mien" in page
    assert 'name="dossier"' not in page
    assert bulk(client, dossier, act="tag", tag="x").status_code == 403


def test_a_person_without_place_sees_an_empty_queue(client):
    client.force_login(make_user())

    assert client.get(QUEUE).status_code == 200
