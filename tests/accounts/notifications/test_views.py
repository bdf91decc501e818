import pytest

from accounts.notifications.models import Notification, StoredMail
from tests.factories import make_user

pytestmark = pytest.mark.django_db
INBOX = "/messages/"


@pytest.fixture
def reader(client):
    user = make_user()
    client.force_login(user)
    return user


def tell(user, **overrides):
    values = {"kind": "test", "subject": "Dossier reçu", "body": "Merci.", **overrides}
    return Notification.objects.create(recipient=user, **values)


def test_inbox_shows_new_messages_first(client, reader):
    old = tell(reader, subject="Nouveau mais ancien")
    read = tell(reader, subject="Déjà lu")
    client.post(f"/messages/{read.pk}/ouvrir/")
    tell(make_user(), subject="Pour un autre")

    page = client.get(INBOX).context["page"]

    assert list(page) == [old, read]


def test_opening_marks_as_read_and_leads_to_the_page(client, reader):
    message = tell(reader, link="/compte/profil/")

    response = client.post(f"/messages/{message.pk}/ouvrir/")

    message.refresh_from_db()
    assert response["Location"] == "/compte/profil/"
    assert message.read_at is not None


def test_opening_again_keeps_the_first_reading(client, reader):
    message = tell(reader)
    client.post(f"/messages/{message.pk}/ouvrir/")
    message.refresh_from_db()
    first = message.read_at

    client.post(f"/messages/{message.pk}/ouvrir/")

    message.refresh_from_db()
    assert message.read_at == first


def test_somebody_else_s_message_does_not_open(client, reader):
    message = tell(make_user(), link="/compte/profil/")

    assert client.post(f"/messages/{message.pk}/ouvrir/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_a_message_is_not_read_by_a_link(client, reader):
    assert client.get(f"/messages/{tell(reader).pk}/ouvrir/").status_code == 405


def test_everything_is_read_at_once_and_only_one_s_own(client, reader):
    tell(reader)
    tell(reader)
    other = tell(make_user())

    client.post("/messages/tous-lus/")

    assert reader.notifications.unread().count() == 0
    other.refresh_from_db()
    assert other.read_at is None


def test_inbox_costs_the_same_for_one_and_three_messages(client, reader, count_queries):
    tell(reader)
    one = count_queries(lambda: client.get(INBOX))
    tell(reader)
    tell(reader)

    assert count_queries(lambda: client.get(INBOX)) == one == 5


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "99999999999999999999"])
def test_any_page_number_shows_a_page(client, reader, page):
    for _n in range(21):
        tell(reader)

    assert client.get(INBOX, {"page": page}).status_code == 200


def test_what_was_typed_is_shown_as_text(client, reader):
    tell(reader, subject="<b>Gras</b>", body="<i>x</i> & y")

    page = client.get(INBOX).text

    assert "<b>Gras" not in page
    assert "&lt;i&gt;x&lt;/i&gt; &amp; y" in page


def test_outgoing_mail_shows_in_the_local_run_without_signing_in(client, settings):
    settings.MAIL_IS_SHOWN_HERE = True
    letter = StoredMail.objects.create(
        address="lea@exemple.fr", sender="Éclore", subject="Votre code", text="<b>ABC</b>"
    )

    assert "Votre code" in client.get("/messages/courrier/").text
    assert "&lt;b&gt;ABC" in client.get(f"/messages/courrier/{letter.pk}/").text


def test_outgoing_mail_exists_nowhere_else(client, settings):
    settings.MAIL_IS_SHOWN_HERE = False
    letter = StoredMail.objects.create(address="a@b.fr", sender="É", subject="s", text="t")

    assert client.get("/messages/courrier/").status_code == 404
    assert client.get(f"/messages/courrier/{letter.pk}/").status_code == 404
