"""The checklist is data of the call: its team writes it, answers given stay."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Refused
from grants.programmes.checks import CheckLine
from grants.programmes.states import Role
from grants.screening import operations
from grants.screening.checklist import ITEMS
from grants.screening.lines import items_of
from tests.factories import make_call, make_dossier, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def manager(call):
    return make_staff(call.programme, Role.MANAGER)


def line(label, key="", guide=""):
    return {"key": key, "label": label, "guide": guide}


def test_a_call_has_the_usual_lines_until_it_has_its_own(call, manager):
    assert items_of(call.pk) == ITEMS

    operations.set_lines(
        call, [line("SIRET", key="siret"), line("Kbis récent"), line("Kbis récent")], actor=manager
    )

    found = items_of(call.pk)
    assert [(item.key, item.label) for item in found] == [
        ("siret", "SIRET"), ("kbis-recent", "Kbis récent"), ("kbis-recent-2", "Kbis récent"),
    ]  # fmt: skip
    assert found[0].rules == ("siret", "active")
    assert items_of(make_call().pk) == ITEMS


def test_a_dossier_is_admitted_on_the_lines_of_its_call(client, call, manager):
    operations.set_lines(call, [line("Kbis récent")], actor=manager)
    dossier = make_dossier(call=call, state="submitted")
    with pytest.raises(Refused, match="n’existe pas"):
        operations.check(dossier, "siret", outcome="met", actor=manager)
    with pytest.raises(Refused, match="Kbis récent"):
        operations.admit(dossier, actor=manager)

    operations.check(dossier, "kbis-recent", outcome="met", actor=manager)
    client.force_login(manager)
    assert "1 / 1" in client.get("/instruction/").content.decode()
    operations.admit(dossier, actor=manager)

    assert dossier.state == "admissible"


def test_a_line_answered_in_a_dossier_stays(call, manager):
    dossier = make_dossier(call=call, state="submitted")
    operations.check(dossier, "siret", outcome="met", actor=manager)

    with pytest.raises(Refused, match="siret"):
        operations.set_lines(call, [line("Autre")], actor=manager)
    operations.set_lines(call, [line("Autre"), line("SIRET", key="siret")], actor=manager)

    assert [item.key for item in items_of(call.pk)] == ["autre", "siret"]


@pytest.mark.parametrize("lines", [[], [line("x")] * 41, [line("a", "siret"), line("b", "siret")]])
def test_a_list_that_makes_no_sense_is_refused(call, manager, lines):
    with pytest.raises(Refused):
        operations.set_lines(call, lines, actor=manager)


def test_only_officers_and_managers_write_the_list(call):
    with pytest.raises(PermissionDenied):
        operations.set_lines(call, [line("x")], actor=make_staff(call.programme, Role.AUDITOR))


def test_the_page_keeps_what_is_typed_and_empties_drop_lines(client, call, manager):
    client.force_login(manager)
    url = reverse("screening:lines", args=[call.pk])
    page = client.get(url).content.decode()
    assert page.count('name="lines-') == 4 + 3 * (len(ITEMS) + 3)
    counts = {"lines-TOTAL_FORMS": 3, "lines-INITIAL_FORMS": 2}
    typed = {"lines-0-key": "siret", "lines-0-label": "SIRET", "lines-1-label": " ",
             "lines-2-label": "x" * 121}  # fmt: skip

    wrong = client.post(url, counts | typed).content.decode()
    assert "120" in wrong
    assert 'value="SIRET"' in wrong
    client.post(url, counts | typed | {"lines-2-label": "Kbis"})

    assert list(CheckLine.objects.values_list("key", flat=True)) == ["siret", "kbis"]
