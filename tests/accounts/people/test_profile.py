import pytest
from django.core.exceptions import PermissionDenied

from accounts.people import operations
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_profile_changes_name_phone_and_language(client):
    user = make_user()
    client.force_login(user)
    typed = {"full_name": "Léa  Roux", "phone": "05 61 00 00 00", "language": "en"}

    response = client.post("/compte/profil/", typed)

    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language) == ("Léa Roux", "05 61 00 00 00", "en")
    assert response.cookies["django_language"].value == "en"
    assert client.get("/compte/profil/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"phone": "appelez-moi"}, "phone"),
        ({"phone": "٠٥٦١٠٠٠٠٠٠"}, "phone"),
        ({"language": "de"}, "language"),
    ],
)
def test_profile_keeps_what_was_typed_and_says_what_is_wrong(client, typed, field):
    user = make_user(full_name="Léa Roux")
    client.force_login(user)

    response = client.post(
        "/compte/profil/", {"full_name": "Léa Roux", "phone": "", "language": "fr", **typed}
    )

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == typed[field]
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language) == ("Léa Roux", "", "fr")


def test_nobody_introduces_somebody_else(client):
    user = make_user(full_name="Léa Roux")

    with pytest.raises(PermissionDenied):
        operations.introduce(user, actor=make_user(), full_name="Autre")


def test_profile_costs_the_same_for_one_and_three_companies(client, count_queries):
    user = make_user()
    client.force_login(user)
    make_organisation(owner=user)
    one = count_queries(lambda: client.get("/compte/profil/"))
    make_organisation(owner=user)
    make_organisation(owner=user)

    assert count_queries(lambda: client.get("/compte/profil/")) == one == 5
