import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.notifications.models import Letter
from reviews.experts.importing import Outdated, apply, plan
from reviews.experts.models import Expert, Seat
from tests.factories import make_call, make_expert, make_staff, make_user

pytestmark = pytest.mark.django_db
HEAD = "email;nom;organisme;capacité;thèmes;laboratoire;langues"
NEW = "claire.fabre@labo.fr;Claire Fabre;LAAS;8,0;énergie 3;Photonique;fr"


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def officer(call):
    return make_staff(call.programme)


def table(*lines):
    return "\n".join([HEAD, *lines])


def only(call, *lines):
    [change] = plan(call, table(*lines)).changes
    return change


def test_a_preview_stores_and_sends_nothing(call):
    change = only(call, NEW)

    assert change.outcome == "new"
    assert change.changes[0] == "Une invitation lui sera envoyée."
    assert not Expert.objects.exists()
    assert not Letter.objects.exists()


def test_applying_does_what_was_read(call, officer):
    text = table(NEW)

    apply(call, text, digest=plan(call, text).digest, actor=officer)

    seat = Seat.objects.get(call=call)
    expert = seat.expert
    assert (seat.capacity, expert.user.full_name, expert.laboratory) == (
        8, "Claire Fabre", "Photonique",
    )  # fmt: skip
    assert [(e.theme.key, e.level) for e in expert.expertise.all()] == [("energie", 3)]
    assert Letter.objects.get().address == "claire.fabre@labo.fr"
    again = only(call, NEW)
    assert (again.outcome, again.changes, again.kept) == ("same", (), ())


def test_what_an_expert_wrote_stays_and_is_told(call, officer):
    expert = make_expert(call, email="claire.fabre@labo.fr", full_name="Claire FABRE-Roux")
    expert.laboratory = "Optique"
    expert.save()
    text = table(NEW)

    [change] = plan(call, text).changes
    apply(call, text, digest=plan(call, text).digest, actor=officer)

    expert.refresh_from_db()
    assert change.outcome == "changed"
    assert len(change.kept) == 3
    assert (expert.laboratory, expert.organisation) == ("Optique", f"Laboratoire {expert.user_id}")
    assert expert.user.full_name == "Claire FABRE-Roux"
    assert expert.seats.get().capacity == 8
    assert {e.level for e in expert.expertise.all()} == {2}


def test_one_name_in_two_spellings_is_pointed_out(call):
    make_expert(call, email="c.fabre@autre.fr", full_name="FABRE Claire")

    assert "c.fabre@autre.fr" in only(call, NEW).doubts[0]


def test_case_and_accents_alone_are_no_difference(call):
    expert = make_expert(call, email="claire.fabre@labo.fr", full_name="CLAIRE FABRE")
    expert.organisation = "L.A.A.S"
    expert.save()

    kept = only(call, "claire.fabre@labo.fr;Claire Fabré;l a a s;12").kept

    assert kept == ()


def test_a_line_in_doubt_is_left_aside_and_the_others_pass(call, officer):
    text = table(NEW, NEW, "pas une adresse;X;Y;8,5")

    done = apply(call, text, digest=plan(call, text).digest, actor=officer)

    assert [change.outcome for change in done.changes] == ["new", "refused", "refused"]
    assert Seat.objects.count() == 1


@pytest.mark.parametrize("why", ["declined", "deactivated"])
def test_who_declined_or_has_no_account_any_more_is_not_invited(call, why):
    expert = make_expert(call, email="claire.fabre@labo.fr")
    if why == "declined":
        seat = expert.seats.get()
        seat.declined_at, seat.declined_because = seat.invited_at, "Pas le temps."
        seat.save()
    else:
        expert.user.is_active = False
        expert.user.save()

    assert only(call, NEW).outcome == "refused"


def test_a_pool_that_changed_meanwhile_is_previewed_again(call, officer):
    text = table(NEW)
    digest = plan(call, text).digest
    make_expert(call, email="claire.fabre@labo.fr")

    with pytest.raises(Outdated, match="aperçu"):
        apply(call, text, digest=digest, actor=officer)

    assert not Letter.objects.exists()


def test_the_page_previews_a_file_then_applies(client, call, officer):
    client.force_login(officer)
    url = f"/experts/appels/{call.pk}/importer/"
    file = SimpleUploadedFile("experts.csv", f"\ufeff{table(NEW)}".encode())

    shown = client.post(url, {"table": file}).content.decode()
    digest = plan(call, table(NEW)).digest
    done = client.post(url + "appliquer/", {"text": table(NEW), "digest": digest}, follow=True)

    assert "Claire Fabre" in shown
    assert digest in shown
    assert "1 invitation envoyée." in done.content.decode()
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choisissez un fichier"),
        ({"text": "a;b\n1;2"}, "Il manque une colonne\u202f: email, nom, organisme."),
        ({"text": "rien"}, "Ce tableau est vide"),
    ],
)
def test_a_table_that_cannot_be_read_stays_on_the_page(client, call, officer, fields, told):
    client.force_login(officer)

    page = client.post(f"/experts/appels/{call.pk}/importer/", fields).content.decode()

    assert told in page
    assert fields.get("text", "").partition("\n")[0] in page


def test_an_outdated_preview_keeps_the_table(client, call, officer):
    client.force_login(officer)
    make_user(email="claire.fabre@labo.fr", full_name="C. F.")

    page = client.post(
        f"/experts/appels/{call.pk}/importer/appliquer/", {"text": table(NEW), "digest": "x"}
    ).content.decode()

    assert "voici le nouveau" in page
    assert "Photonique" in page
    assert not Seat.objects.exists()


def test_a_preview_costs_the_same_for_one_and_three_lines(call, count_queries):
    lines = [NEW.replace("claire", name) for name in ("claire", "anne", "zoe")]
    one = count_queries(lambda: plan(call, table(lines[0])))

    assert count_queries(lambda: plan(call, table(*lines))) == one


@pytest.mark.parametrize("field", ["table", "text"])
def test_what_cannot_be_read_is_told_where_it_was_given(client, call, officer, field):
    client.force_login(officer)
    given = SimpleUploadedFile("experts.csv", b"rien") if field == "table" else "rien"

    page = client.post(f"/experts/appels/{call.pk}/importer/", {field: given}).content.decode()

    assert f'<a href="#id_{field}">' in page
