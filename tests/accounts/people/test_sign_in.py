"""Sign-up to a changed password, as a browser does it; mail is read where the outbox left it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.notifications.models import Letter
from accounts.people.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Élodie Vidal", "email": "elodie@exemple.fr", "password1": PASSWORD}
ANOTHER = "quatre mots sans rapport"


def sign_up(client, **overrides):
    return client.post("/compte/signup/", {**NEW, **overrides}, follow=True)


def last_letter():
    return Letter.objects.latest("pk")


def ten_seconds_later():
    """Forget the limit on letters to one address."""
    cache.clear()


def code_received():
    return re.search(r"^ {4}(\S+)$", last_letter().text, re.MULTILINE)[1]


def confirmed_user(**overrides):
    user = make_user(**overrides)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_sign_up_asks_for_the_code_sent_by_mail(client):
    response = sign_up(client)

    assert response.redirect_chain == [("/compte/confirm-email/", 302)]
    assert (last_letter().address, last_letter().subject) == (
        "elodie@exemple.fr",
        "Votre code de confirmation",
    )
    assert "Bonjour Élodie Vidal," in last_letter().text
    assert not User.objects.get(email="elodie@exemple.fr").emailaddress_set.get().verified


def test_the_code_opens_the_account_and_the_page_asked_for(client):
    sign_up(client, next="/entreprises/nouvelle/")

    response = client.post("/compte/confirm-email/", {"code": code_received()})

    assert response["Location"] == "/entreprises/nouvelle/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_wrong_code_says_so_and_three_close_the_door(client):
    sign_up(client)

    answers = [client.post("/compte/confirm-email/", {"code": "XXXXXX"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "_auth_user_id" not in client.session


def test_another_code_can_be_asked_for_and_is_the_one_that_counts(client):
    sign_up(client)
    ten_seconds_later()

    client.post("/compte/confirm-email/", {"action": "resend"})

    assert Letter.objects.count() == 2
    client.post("/compte/confirm-email/", {"code": code_received()})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "x" * 151}, "full_name"),
        ({"email": "elodie"}, "email"),
        ({"email": "elodie@exemple.fr\nBcc: autre@exemple.fr"}, "email"),
        ({"password1": "court"}, "password1"),
        ({"password1": "password1234"}, "password1"),
        ({"password1": "Élodie Vidal"}, "password1"),
    ],
)
def test_sign_up_says_beside_the_field_what_is_wrong(client, overrides, field):
    response = sign_up(client, **overrides)

    assert list(response.context["form"].errors) == [field]
    assert User.objects.count() == 0


def test_a_name_is_one_line(client):
    sign_up(client, full_name="Élodie\r\nBcc: autre@exemple.fr")

    assert User.objects.get().full_name == "Élodie Bcc: autre@exemple.fr"


def test_signing_up_twice_shows_the_same_page_and_tells_only_the_owner(client):
    fresh = sign_up(client)
    client.logout()
    client.cookies.clear()
    ten_seconds_later()
    User.objects.get().emailaddress_set.update(verified=True)

    again = sign_up(client)

    assert again.redirect_chain == fresh.redirect_chain
    assert page_without_tokens(again) == page_without_tokens(fresh)
    assert last_letter().subject == "Vous avez déjà un compte"
    assert User.objects.count() == 1


def page_without_tokens(response):
    return re.sub(r"csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken\": \"\w+\"", "", response.text)


def test_sign_in_and_out(client):
    user = confirmed_user(language="en")

    response = client.post("/compte/login/", {"login": user.email.upper(), "password": PASSWORD})

    assert response["Location"] == "/accueil/"
    assert response.cookies["django_language"].value == "en"
    assert client.post("/compte/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_and_an_unknown_address_read_the_same(client):
    confirmed_user(email="connue@exemple.fr")

    pages = [
        client.post("/compte/login/", {"login": address, "password": "pas le bon mot"})
        for address in ("connue@exemple.fr", "inconnu@exemple.fr")
    ]

    assert pages[0].context["form"].errors == pages[1].context["form"].errors
    assert "incorrect" in str(pages[0].context["form"].non_field_errors())


def test_five_wrong_passwords_close_the_door_for_a_while(client):
    user = confirmed_user()
    for _attempt in range(5):
        client.post("/compte/login/", {"login": user.email, "password": "pas le bon mot"})

    response = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert response.status_code == 200


def test_a_deactivated_account_stays_outside(client):
    user = confirmed_user(is_active=False)

    response = client.post(
        "/compte/login/", {"login": user.email, "password": PASSWORD}, follow=True
    )

    assert "_auth_user_id" not in client.session
    assert "Compte désactivé" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "javascript:alert(1)",
    ],
)
def test_sign_in_leads_to_no_other_site(client, address):
    user = confirmed_user()

    response = client.post(
        "/compte/login/", {"login": user.email, "password": PASSWORD, "next": address}
    )

    assert response["Location"] == "/accueil/"


def test_forgotten_password_answers_the_same_for_unknown_addresses(client):
    confirmed_user(email="connue@exemple.fr")

    pages = [
        client.post("/compte/password/reset/", {"email": address}, follow=True)
        for address in ("connue@exemple.fr", "inconnu@exemple.fr")
    ]

    assert page_without_tokens(pages[0]) == page_without_tokens(pages[1])
    assert [letter.address for letter in Letter.objects.all()] == ["connue@exemple.fr"]


def test_forgotten_password_to_a_new_one(client):
    user = confirmed_user()
    client.post("/compte/password/reset/", {"email": user.email})
    link = re.search(r"https?://testserver(/\S+)", last_letter().text)[1]
    form = client.get(link, follow=True)

    done = client.post(
        form.context["action_url"], {"password1": ANOTHER, "password2": ANOTHER}, follow=True
    )

    user.refresh_from_db()
    assert user.check_password(ANOTHER)
    assert "Vous pouvez maintenant vous connecter" in done.text
    assert last_letter().subject == "Votre mot de passe a changé"
    client.cookies.clear()
    assert "Ce lien ne sert plus" in client.get(link).text


def test_change_password_needs_the_current_one(client):
    user = confirmed_user()
    client.force_login(user)
    new = {"password1": ANOTHER, "password2": ANOTHER}

    refused = client.post("/compte/password/change/", {"oldpassword": "autre chose !", **new})
    done = client.post("/compte/password/change/", {"oldpassword": PASSWORD, **new})

    assert list(refused.context["form"].errors) == ["oldpassword"]
    assert done["Location"] == "/compte/profil/"
    user.refresh_from_db()
    assert user.check_password(ANOTHER)
    assert last_letter().text.startswith(f"Bonjour {user.full_name},")


def test_change_of_address_waits_for_the_code(client):
    user = confirmed_user()
    client.force_login(user)
    client.post("/compte/email/", {"email": "neuve@exemple.fr", "action_add": "1"})
    before = User.objects.get(pk=user.pk).email

    client.post("/compte/confirm-email/", {"code": code_received()})

    assert before == user.email
    assert User.objects.get(pk=user.pk).email == "neuve@exemple.fr"


@pytest.mark.parametrize(
    "address",
    [
        "/compte/login/",
        "/compte/signup/",
        "/compte/password/reset/",
        "/compte/password/reset/done/",
        "/compte/password/reset/key/done/",
        "/compte/password/reset/key/1-faux/",
        "/compte/inactive/",
    ],
)
def test_pages_for_everybody(client, address):
    response = client.get(address)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/compte/logout/", "/compte/password/change/", "/compte/email/", "/compte/reauthenticate/"],
)
def test_pages_of_one_s_own_account(client, address):
    anonymous = client.get(address)
    client.force_login(confirmed_user())

    assert anonymous.status_code == 302
    assert client.get(address).status_code == 200


def test_password_can_be_chosen_where_there_was_none(client):
    user = confirmed_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    client.post("/compte/password/set/", {"password1": ANOTHER, "password2": ANOTHER})

    user.refresh_from_db()
    assert user.check_password(ANOTHER)
