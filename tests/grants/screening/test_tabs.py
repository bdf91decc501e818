"""The funder's pages of a dossier lead to each other."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_dossier

pytestmark = pytest.mark.django_db
TABS = re.compile(r'aria-label="Pages du dossier">(.*?)</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>')


@pytest.mark.parametrize(
    ("name", "current", "mark"),
    [
        ("dossiers:detail", "Dossier", "page"),
        ("screening:dossier", "Instruction", "page"),
        ("screening:versions", "Instruction", "true"),
        ("screening:ask_completion", "Instruction", "true"),
        ("screening:reject", "Instruction", "true"),
        ("resemblance:dossier", "Instruction", "true"),
        ("correspondence:thread", "Échanges", "page"),
        ("correspondence:ask_opinion", "Échanges", "true"),
        ("evaluations:for_dossier", "Évaluations", "page"),
    ],
)
def test_every_page_of_the_dossier_has_the_tabs_and_marks_its_own(
    client, call, officer, name, current, mark
):
    dossier = make_dossier(call=call, state="submitted")

    (tabs,) = TABS.findall(client.get(reverse(name, args=[dossier.pk])).content.decode())

    links = LINK.findall(tabs)
    assert [label for _url, _mark, label in links] == [
        "Dossier", "Instruction", "Échanges", "Évaluations",
    ]  # fmt: skip
    assert [(label, marked) for _url, marked, label in links if marked] == [(current, mark)]
    assert all(client.get(url).status_code == 200 for url, _mark, _label in links)


def test_the_company_reads_no_tabs_of_the_funder(client, call):
    dossier = make_dossier(call=call, state="submitted")
    client.force_login(dossier.created_by)

    page = client.get(reverse("correspondence:thread", args=[dossier.pk])).content.decode()

    assert "Pages du dossier" not in page
