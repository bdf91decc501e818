"""What every answer of the site carries, and what no request gets past."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGES = ["/compte/login/", "/compte/signup/", "/nulle-part/", "/health/live"]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_its_protections(client, address, method):
    headers = getattr(client, method)(address).headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_pages_of_signed_in_people_are_kept_nowhere(client):
    client.force_login(make_user())

    assert "no-store" in client.get("/messages/")["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/compte/login/?next=%00", "/compte/login/?%00=1", "/compte/%00/"]
)
def test_nul_in_an_address_is_refused_in_french(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "Nous n’avons pas pu lire cette demande" in response.text


@pytest.mark.parametrize(
    "fields",
    [{"login": "a\0b@exemple.fr", "password": "x"}, {"login": "a@b.fr", "pass\0word": "x"}],
)
def test_nul_in_a_field_is_refused_in_french(client, fields):
    response = client.post("/compte/login/", fields)

    assert response.status_code == 400
    assert "Nous n’avons pas pu lire cette demande" in response.text


def test_nul_in_a_name_of_a_signed_in_person_changes_nothing(client):
    user = make_user(full_name="Léa Roux")
    client.force_login(user)

    response = client.post("/compte/profil/", {"full_name": "L\0a", "phone": "", "language": "fr"})

    user.refresh_from_db()
    assert (response.status_code, user.full_name) == (400, "Léa Roux")


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe=\xff", b"login=%ff%fe", b"login=" + b"x" * 3_000_000, b"&".join([b"a=1"] * 3000)],
    ids=["bytes", "latin", "huge", "many"],
)
def test_a_strange_body_is_no_error_of_ours(client, body):
    response = client.post("/compte/login/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in {200, 400, 413}


def test_a_missing_token_is_refused_in_french():
    response = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "a@b.fr"})

    assert response.status_code == 403
    assert '<html lang="fr">' in response.text


def test_a_missing_page_answers_in_french(client):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert '<html lang="fr">' in response.text


def test_another_host_is_refused(client):
    assert client.get("/compte/login/", headers={"host": "ailleurs.example"}).status_code == 400


def test_the_language_is_not_changed_towards_another_site(client):
    response = client.post("/langue/", {"language": "en", "next": "https://ailleurs.example/"})

    assert response["Location"] == "/"


def test_visitors_choose_their_language(client):
    client.post("/langue/", {"language": "en"})

    assert client.get("/compte/login/")["Content-Language"] == "en"
