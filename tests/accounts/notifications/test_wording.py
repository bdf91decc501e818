"""What a letter says: one subject line, plain text and HTML, in the language of its reader."""

import pytest

from accounts.notifications.models import Letter, Notification
from accounts.notifications.operations import notify, plain, post
from tests.factories import make_user


@pytest.mark.django_db
def test_subject_is_one_line_and_no_longer_than_its_column():
    letter = post(
        address="lea@exemple.fr", subject="Bonjour\r\nBcc: autre@exemple.fr " + "x" * 400, text="t"
    )

    assert "\n" not in letter.subject
    assert len(letter.subject) == 250


@pytest.fixture
def kind(tmp_path, settings):
    """A message kind of this test alone, in a folder of its own."""
    folder = tmp_path / "notifications"
    folder.mkdir()
    (folder / "trial.txt").write_text(
        "{{ company }} a répondu\n\nBonjour {{ company }} & associés.\n"
    )
    first = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [first]
    return "trial"


@pytest.mark.django_db
def test_an_apostrophe_stays_an_apostrophe_in_plain_text_and_is_escaped_in_html(kind):
    person = make_user(full_name="Léa <Roux>")

    notify([person], kind, company="L'Oréal <&>", link="/appels/")

    notification, letter = Notification.objects.get(), Letter.objects.get()
    assert notification.subject == letter.subject == "L'Oréal <&> a répondu"
    assert notification.body == "Bonjour L'Oréal <&> & associés."
    assert letter.text.startswith("Bonjour Léa <Roux>,")
    assert "http://127.0.0.1:8000/appels/" in letter.text
    assert "Léa &lt;Roux&gt;" in letter.html
    assert "L&#x27;Oréal &lt;&amp;&gt; &amp; associés." in letter.html


@pytest.mark.django_db
def test_a_letter_speaks_its_reader_s_language(kind):
    notify([make_user(language="en")], kind, company="Algues")

    assert '<html lang="en">' in Letter.objects.get().html


def test_plain_leaves_no_blank_at_either_end():
    text = plain("account/email/password_changed_subject.txt", {})

    assert text == text.strip()
