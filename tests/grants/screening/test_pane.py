"""The preview beside the queue: plain links, nobody else's dossiers, constant cost."""

import re

import pytest
from django.urls import reverse

from grants.screening import operations
from grants.screening.models import QueueChoice
from tests.factories import make_dossier

pytestmark = pytest.mark.django_db
QUEUE = "/instruction/"


@pytest.fixture
def beside(officer):
    """The officer reads the queue with the preview."""
    operations.choose_pane(True, actor=officer)
    return officer


def text_of(client, **query):
    return client.get(QUEUE, query).content.decode()


def test_the_preview_is_set_beside_and_put_away(client, call, officer):
    make_dossier(call=call, state="submitted")
    operations.choose_columns(["siret", "etat"], actor=officer)
    assert 'id="pane"' not in text_of(client)

    client.post(reverse("screening:choose_pane"), {"pane": "on"})
    assert 'id="pane"' in text_of(client)
    client.post(reverse("screening:choose_pane"), {"pane": "off"})

    assert 'id="pane"' not in text_of(client)
    assert QueueChoice.objects.get().columns == ["siret", "etat"]


def test_each_row_leads_beside_on_wide_screens_and_to_the_dossier_on_narrow_ones(
    client, call, beside
):
    one = make_dossier(call=call, state="submitted", title="Premier", department="31")
    page = text_of(client, q="dept:31", tri="-montant")

    wide = f'<a class="only-wide" href="?q=dept%3A31&amp;tri=-montant&amp;vu={one.pk}" '
    narrow = f'<a class="only-narrow" href="/instruction/{one.pk}/">Premier</a>'
    assert wide in page
    assert narrow in page


def test_a_plain_link_shows_the_dossier_and_marks_its_row(client, call, beside):
    make_dossier(call=call, state="submitted", title="Premier")
    two = make_dossier(call=call, state="submitted", title="Second")
    operations.check(two, "siret", outcome="not_met", note="Fermé.", actor=beside)

    page = text_of(client, vu=two.pk)

    assert re.search(r'<h2 id="digest-title">\s*Second', page)
    assert "Non conforme</span> SIRET actif" in page
    assert f'aria-current="true" data-row="{two.pk}"' in page
    assert page.count('<tr class="is-current">') == 1


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 40, "٣", ""])
def test_an_odd_preview_shows_the_queue_alone(client, call, beside, typed):
    make_dossier(call=call, state="submitted")

    assert "Choisissez un dossier dans la liste" in text_of(client, vu=typed)


def test_nothing_of_another_programme_nor_of_a_draft_is_previewed(client, call, beside):
    make_dossier(call=call, state="submitted")
    for other in (make_dossier(state="submitted"), make_dossier(call=call)):
        assert "digest-title" not in text_of(client, vu=other.pk)
        assert client.get(reverse("screening:digest", args=[other.pk])).status_code == 404


def test_the_digest_alone_is_a_fragment(client, call, beside):
    dossier = make_dossier(call=call, state="submitted", title="<b>Gras</b>")

    part = client.get(reverse("screening:digest", args=[dossier.pk])).content.decode()

    assert "<html" not in part
    assert "&lt;b&gt;Gras" in part


def test_the_preview_costs_the_same_for_one_and_three_controls(client, call, beside, count_queries):
    dossier = make_dossier(call=call, state="submitted")
    operations.check(dossier, "siret", outcome="met", actor=beside)
    text_of(client)
    one = count_queries(lambda: text_of(client, vu=dossier.pk))
    for key in ("age", "size"):
        operations.check(dossier, key, outcome="met", actor=beside)
        make_dossier(call=call, state="submitted")

    assert count_queries(lambda: text_of(client, vu=dossier.pk)) == one == 11
