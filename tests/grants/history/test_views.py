import json

import pytest
from django.core.management import call_command

from accounts.notifications.models import Letter
from grants.history.models import Seal
from grants.history.operations import seal
from grants.history.tasks import seal_history
from grants.programmes.states import Role
from tests.factories import make_dossier, make_programme, make_staff

pytestmark = pytest.mark.django_db


def auditor():
    return make_staff(make_programme(), Role.AUDITOR)


def test_before_the_first_seal_the_page_says_when_it_comes(client):
    client.force_login(auditor())

    assert "prochaine heure" in client.get("/preuve/").content.decode()


def test_the_page_costs_the_same_for_one_and_three_seals(client, count_queries):
    client.force_login(auditor())
    seal()
    one = count_queries(lambda: client.get("/preuve/"))
    seal()
    seal()

    assert count_queries(lambda: client.get("/preuve/")) == one == 5
    assert Seal.objects.first().sha256 in client.get("/preuve/").content.decode()


def test_the_digest_to_keep_is_plain_text_that_says_how_to_verify(client):
    client.force_login(auditor())
    [made] = seal()
    response = client.get(f"/preuve/{made.number}/")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"verify_history --against {made.digest}" in response.content.decode()
    assert client.get("/preuve/99/").status_code == 404


def test_each_hour_the_digest_leaves_for_its_mailbox(settings):
    seal_history()
    settings.SEAL_MAILBOX = "archives@region.example"
    seal_history()

    [letter] = Letter.objects.all()
    assert letter.address == "archives@region.example"
    assert Seal.objects.get(number=2).digest in letter.text


def verified(capsys, *words):
    try:
        call_command("verify_history", *words)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr()


def test_the_command_says_sound_or_tampered_as_json(capsys):
    make_dossier()
    call_command("seal_history")
    digest = json.loads(capsys.readouterr().out)["digest"]

    status, told = verified(capsys, "--against", digest)
    assert (status, json.loads(told.out)["sound"]) == (0, True)
    status, told = verified(capsys, "--against", "0" * 64)
    assert (status, json.loads(told.out)["findings"][0]["kind"]) == (1, "rewritten")
    status, told = verified(capsys, "--against", "not a digest")
    assert (status, told.out) == (1, "")
    assert "Empreinte illisible" in told.err
