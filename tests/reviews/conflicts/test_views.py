import pytest

from tests.factories import make_dossier, make_expert, make_link, make_staff
from tests.reviews.conflicts.scene import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(client):
    reading = Reading()
    reading.bind()
    reading.look()
    client.force_login(reading.officer)
    return reading


def page(client, url):
    return client.get(url).content.decode()


def test_the_list_tells_the_link_in_words(client, reading):
    told = page(client, f"/liens/appels/{reading.call.pk}/")

    assert str(reading.expert) in told
    assert "est l’entreprise candidate (SIREN" in told
    assert "100\u202f%" in told


@pytest.mark.parametrize(
    ("outcome", "state", "told"),
    [("confirm", "confirmed", "Le conflit est confirmé"), ("lift", "lifted", "reprend sa lecture")],
)
def test_settling_says_what_comes_next(client, reading, outcome, state, told):
    answer = client.post(
        f"/liens/{reading.link.pk}/regler/", {"outcome": outcome, "reason": "Vu."}, follow=True
    )

    assert told in answer.content.decode()
    assert reading.link.state == state
    assert "Vu." in page(client, f"/liens/{reading.link.pk}/")
    assert str(reading.expert) in page(client, f"/liens/appels/{reading.call.pk}/?etat={state}")


def test_settling_without_a_reason_keeps_the_choice(client, reading):
    answer = client.post(f"/liens/{reading.link.pk}/regler/", {"outcome": "lift", "reason": " "})

    assert "Écrivez pourquoi" in answer.content.decode()
    assert 'value="lift" ' in answer.content.decode()
    assert reading.link.state == "open"


def test_settling_twice_the_same_way_is_told(client, reading):
    url = f"/liens/{reading.link.pk}/regler/"
    client.post(url, {"outcome": "lift", "reason": "Vu."})

    answer = client.post(url, {"outcome": "lift", "reason": "Encore."}, follow=True)

    assert "ne permet pas cette action" in answer.content.decode()
    assert reading.link.settled_because == "Vu."


def test_looking_from_the_page_says_how_many(client, reading):
    other = make_expert(reading.call)
    other.siren = make_dossier(call=reading.call, state="admissible").organisation.siren
    other.save()

    first = client.post(f"/liens/appels/{reading.call.pk}/chercher/", follow=True)
    second = client.post(f"/liens/appels/{reading.call.pk}/chercher/", follow=True)

    assert "1 lien nouveau est à régler" in first.content.decode()
    assert "aucun lien nouveau" in second.content.decode()


def test_an_auditor_reads_and_settles_nothing(client, reading):
    client.force_login(make_staff(reading.call.programme, "auditor"))

    assert "Enregistrer la décision" not in page(client, f"/liens/{reading.link.pk}/")
    assert "Chercher maintenant" not in page(client, f"/liens/appels/{reading.call.pk}/")


@pytest.mark.parametrize("state", ["", "?etat=declared"])
def test_the_list_costs_the_same_for_one_and_three_links(client, reading, count_queries, state):
    url = f"/liens/appels/{reading.call.pk}/{state}"
    reading.expert.interests.update(origin="declared")
    one = count_queries(lambda: client.get(url))
    for _ in range(2):
        dossier = make_dossier(call=reading.call, state="admissible")
        expert = make_expert(reading.call)
        make_link(expert, dossier)
        expert.interests.create(dossier=dossier, kind="family", declared_by=expert.user)

    assert count_queries(lambda: client.get(url)) == one == 8


def test_an_address_nobody_wrote_shows_what_is_to_settle(client, reading):
    assert "est l’entreprise candidate" in page(
        client, f"/liens/appels/{reading.call.pk}/?etat=n%27importe&page=x"
    )


def test_empty_pages_say_what_will_come(client, reading):
    assert "s’ajoutent au fil de l’appel" in page(
        client, f"/liens/appels/{reading.call.pk}/?etat=lifted"
    )


def test_who_only_follows_is_led_to_what_they_may_read(client, reading):
    client.force_login(make_staff(reading.call.programme, "auditor"))

    told = page(client, f"/liens/{reading.link.pk}/")

    assert f"/evaluations/dossiers/{reading.link.dossier_id}/" in told
    assert f"/affectations/dossiers/{reading.link.dossier_id}/" not in told
