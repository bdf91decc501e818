from io import BytesIO

import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from grants.decisions.models import Decision
from grants.history.operations import seal
from reviews.casefile.gathering import case_of
from reviews.casefile.models import IssuedFile
from tests.access.scenes.decisions import scene_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast, _envelope = scene_at("announced")
    seal()
    return cast


def address(cast, rest=""):
    return f"/dossiers-de-decision/{cast.dossier.pk}/{rest}"


def test_the_pdf_is_archivable_and_tells_the_whole_story(cast, client):
    client.force_login(cast.manager)
    response = client.post(address(cast, "copie/pdf/"))
    text = "".join(
        "".join(p.extract_text() for p in PdfReader(BytesIO(response.content)).pages).split()
    ).replace("\u200b", "")
    case = case_of(Decision.objects.get())

    assert response["Content-Type"] == "application/pdf"
    for word in ("Qui,quand,quoi", "Lesrèglesenvigueur", "Ledossierdéposé", "Lesévaluations",
                 "Leclassement", "Levote", "CP/1", case["sha256"][:20]):  # fmt: skip
        assert word in text
    for profile in ("ua1", "2a"):
        report = validate_pdf_bytes(response.content, profile=profile)
        assert [failure.message for failure in report.failures] == []


def test_every_copy_is_remembered_and_shown(cast, client, count_queries):
    client.force_login(cast.auditor)
    assert "Personne n’a encore emporté" in client.get(address(cast)).content.decode()
    one = count_queries(lambda: client.get(address(cast)))

    told = client.post(address(cast, "copie/json/")).json()
    client.post(address(cast, "copie/json/"))

    issued = IssuedFile.objects.first()
    assert (issued.kind, issued.by, issued.sha256) == ("json", cast.auditor, told["sha256"])
    assert issued.sha256 in client.get(address(cast)).content.decode()
    assert count_queries(lambda: client.get(address(cast))) == one
    assert client.post(address(cast, "copie/exe/")).status_code == 404


def test_the_page_of_the_recomputation_shows_what_differs(cast, client):
    client.force_login(cast.manager)
    page = client.get(address(cast, "recalculer/")).content.decode()

    # The order of this scene was given by hand: it is not what its marks make.
    assert "ne se retrouvent pas" in page
    assert "note corrigée" in page
