import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.organisations.models import Membership
from grants.dossiers.operations import save_answer
from grants.programmes.states import Role
from tests.factories import join, make_organisation, make_staff, make_user
from tests.grants.dossiers.complete import PDF, make_draft, make_ready, make_standard_call, upload
from tests.grants.dossiers.test_writing import reopened

pytestmark = pytest.mark.django_db


def page(client, name, dossier, *args):
    return client.get(reverse(f"dossiers:{name}", args=[dossier.pk, *args]))


def post(client, name, dossier, fields=None, *args):
    return client.post(reverse(f"dossiers:{name}", args=[dossier.pk, *args]), fields or {})


def autosave(client, dossier, field, value, version=0):
    return post(client, "save", dossier, {"field": field, "value": value, "version": version})


@pytest.fixture
def draft(client):
    dossier = make_draft()
    client.force_login(dossier.author)
    return dossier


def test_newcomer_is_told_to_declare_the_company(client):
    client.force_login(make_user())

    text = client.get("/dossiers/").content.decode()

    assert reverse("organisations:new") in text
    assert "Déclarez d’abord votre entreprise" in text


def test_begin_leads_to_the_one_dossier_of_the_company(client):
    owner = make_user()
    make_organisation(owner=owner)
    call = make_standard_call()
    client.force_login(owner)

    first = client.post(reverse("dossiers:begin", args=[call.pk]))
    second = client.post(reverse("dossiers:begin", args=[call.pk]))

    assert first.url == second.url == f"/dossiers/{call.dossiers.get().pk}/"


def test_begin_asks_which_of_two_companies_applies(client):
    owner = make_user()
    make_organisation(owner=owner)
    chosen = make_organisation(owner=owner)
    call = make_standard_call()
    client.force_login(owner)
    address = reverse("dossiers:begin", args=[call.pk])

    asked = client.post(address)
    empty = client.post(address, {"chosen": "1"})
    foreign = client.post(address, {"chosen": "1", "organisation": make_organisation().pk})
    client.post(address, {"chosen": "1", "organisation": chosen.pk})

    assert asked.status_code == empty.status_code == foreign.status_code == 200
    assert "Choisissez l’entreprise" in empty.content.decode()
    assert call.dossiers.get().organisation == chosen


def test_closed_call_is_refused_on_the_page_of_the_call(client):
    owner = make_user()
    make_organisation(owner=owner)
    now = timezone.now()
    call = make_standard_call(closes_at=now - timedelta(minutes=1))
    client.force_login(owner)

    response = client.post(reverse("dossiers:begin", args=[call.pk]))

    assert response.url == call.get_absolute_url()
    assert call.dossiers.count() == 0


def test_autosave_answers_when_what_and_how_far(client, draft):
    told = autosave(client, draft, "title", "Hydrogène").json()

    assert re.fullmatch(r"\d+\u202fh\u202f\d\d", told["saved_at"])
    assert (told["version"], told["errors"], told["progress"]) == (1, [], "2 réponses sur 28")


def test_autosave_keeps_a_wrong_amount_and_the_page_shows_it_again(client, draft):
    told = autosave(client, draft, "requested", "1e5").json()
    text = page(client, "section", draft, "budget").content.decode()

    assert told["errors"] == ["Écrivez un montant en euros, par exemple 148 500 ou 148 500,50."]
    assert 'value="1e5"' in text
    assert text.count(told["errors"][0]) == 2  # in the summary and at the field


def test_two_tabs_are_told_with_both_texts(client, draft):
    autosave(client, draft, "title", "Premier onglet")

    response = autosave(client, draft, "title", "Second onglet")

    assert response.status_code == 409
    assert response.json()["theirs"] == "Premier onglet"
    assert response.json()["version"] == 1
    assert response.json()["by"] == str(draft.author)


def test_two_tabs_without_script_see_both_texts_and_lose_neither(client, draft):
    autosave(client, draft, "title", "Premier onglet")

    response = post(client, "section", draft, {"title": "Second", "version-title": "0"}, "projet")

    text = response.content.decode()
    assert response.status_code == 409
    assert "Premier onglet" in text
    assert 'value="Second"' in text
    assert '<input type="hidden" name="version-title" value="1"' in text


def test_expired_session_is_told_in_json(client, draft):
    client.logout()

    response = autosave(client, draft, "title", "Hydrogène")
    there = client.post(f"/dossiers/{draft.pk}/enregistrer/?section=projet", {"field": "title"})

    assert (response.status_code, there.status_code) == (401, 401)
    assert response.json() == {"login": f"/compte/login/?next=%2Fdossiers%2F{draft.pk}%2F"}
    assert there.json()["login"].endswith(f"%2F{draft.pk}%2Fsections%2Fprojet%2F")


def test_nul_byte_is_refused_at_the_field(client, draft):
    response = client.post(
        reverse("dossiers:save", args=[draft.pk]),
        {"field": "title", "value": "a\0b", "version": 0},
        headers={"Accept": "application/json"},
    )

    assert response.status_code == 400
    assert "caractère interdit" in response.json()["errors"][0]


@pytest.mark.parametrize("version", ["", "-1", "NaN", "1e5", "９", "9" * 400])
def test_odd_version_is_read_as_never_seen(client, draft, version):
    assert autosave(client, draft, "title", "Hydrogène", version).status_code == 200


@pytest.mark.parametrize("field", ["", "kbis", "x" * 5000, "state"])
def test_field_that_is_not_asked_is_refused(client, draft, field):
    assert autosave(client, draft, field, "x").status_code == 422


def test_page_without_script_saves_goes_on_and_reads_tables(client, draft):
    fields = {
        "team-0-name": "Ève Ruiz", "team-0-role": "Présidente", "team-0-skill": "",
        "team-0-share": "100", "team-1-name": "", "laboratory": "LAAS, accord signé.",
    }  # fmt: skip

    response = post(client, "section", draft, fields, "equipe")

    assert response.url == reverse("dossiers:section", args=[draft.pk, "budget"])
    assert draft.answers.get(key="team").value == [
        {"name": "Ève Ruiz", "role": "Présidente", "skill": None, "share": "100"}
    ]


def test_wrong_row_comes_back_as_typed_with_its_error(client, draft):
    fields = {"team-0-name": "Ève Ruiz", "team-0-role": "", "team-0-share": "cent"}

    response = post(client, "section", draft, fields, "equipe")

    assert response.status_code == 422
    assert "Ligne 1, «\u202fFonction\u202f»\u202f: à remplir." in response.content.decode()
    assert 'value="cent"' in response.content.decode()


def test_unknown_section_is_404(client, draft):
    assert page(client, "section", draft, "inconnue").status_code == 404


def test_files_over_the_limit_or_disguised_are_told_at_the_section(client, draft):
    for name, content, sentence in [
        ("gros.pdf", PDF + b"0" * 25 * 1024 * 1024, "la limite est de 25 Mo"),
        ("facture.pdf", b"MZ" + b"\0" * 99, "ne correspond pas à son nom"),
    ]:
        response = post(client, "attach", draft, {"key": "kbis", "file": upload(name, content)})

        assert response.url.endswith("/sections/pieces/#div_id_kbis")
        assert sentence in client.get(response.url).content.decode()
    assert draft.documents.count() == 0


def test_file_is_served_to_be_kept_and_never_run(client, draft):
    post(client, "attach", draft, {"key": "kbis", "file": upload("Kbis d’été.pdf")})

    response = page(client, "document", draft, draft.documents.get().pk)

    assert b"".join(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_file_of_another_dossier_is_not_found_through_ours(client, draft):
    foreign = make_ready().documents.first()

    assert page(client, "document", draft, foreign.pk).status_code == 404
    assert post(client, "remove", draft, {}, foreign.pk).status_code == 404


def test_foreign_dossier_is_404_by_every_address(client, draft):
    foreign = make_ready()

    for name, args in [("detail", []), ("section", ["projet"]), ("check", []), ("answers", []),
                       ("withdraw", []), ("document", [foreign.documents.first().pk])]:  # fmt: skip
        assert page(client, name, foreign, *args).status_code == 404, name
    for name in ("save", "attach", "submit", "withdraw"):
        assert post(client, name, foreign).status_code == 404, name


def test_reader_sees_the_answers_and_no_door_to_change_them(client, draft):
    join(reader := make_user(), draft.organisation, Membership.Role.READER)
    autosave(client, draft, "title", "Hydrogène lu")
    client.force_login(reader)

    text = page(client, "detail", draft).content.decode()

    assert "Hydrogène lu" in text
    assert "/sections/" not in text
    assert autosave(client, draft, "title", "x", 1).status_code == 403


def test_reopened_dossier_shows_the_request_and_only_what_was_asked(client):
    dossier = reopened(["jobs"])
    dossier.history.create(
        actor=dossier.author, step="ask_completion", source="submitted", target="incomplete",
        reason="Précisez les emplois.",
    )  # fmt: skip
    client.force_login(dossier.author)

    text = page(client, "detail", dossier).content.decode()
    section = page(client, "section", dossier, "impact").content.decode()

    assert "Précisez les emplois." in text
    assert text.count("Rien à reprendre") == 7
    assert 'name="jobs"' in section
    assert 'name="impact"' not in section


def test_staff_read_what_was_handed_in_and_not_what_is_being_written(client):
    dossier = reopened(["title"])
    officer = make_staff(dossier.call.programme, Role.OFFICER)
    save_answer(dossier, "title", "Titre encore secret", version=1, actor=dossier.author)
    client.force_login(officer)

    text = page(client, "detail", dossier).content.decode()

    assert "Hydrogène vert pour l’étang de Thau" in text
    assert "secret" not in text
