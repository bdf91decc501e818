import hashlib

import pytest
from django.core.files.base import ContentFile

from grants.dossiers.content import digest_of
from grants.dossiers.models import Document, Submission
from tests.factories import make_assignment, make_dossier, make_evaluation

pytestmark = pytest.mark.django_db


def deposited(**answers):
    """An evaluation of a dossier handed in with these answers and a PDF."""
    evaluation = make_evaluation()
    dossier = evaluation.assignment.dossier
    deposit(dossier, 1, answers)
    return evaluation


def deposit(dossier, version, answers, documents=()):
    content = {"reference": dossier.reference, "answers": answers, "documents": list(documents)}
    return Submission.objects.create(
        dossier=dossier, version=version, at=dossier.created_at, by=dossier.created_by,
        content=content, sha256=digest_of(content), deadline_at=dossier.call.closes_at,
    )  # fmt: skip


def with_file(kind="application/pdf", name="comptes.pdf"):
    first = make_assignment()
    dossier = make_dossier(call=first.dossier.call)
    content = b"%PDF-1.7"
    document = Document(
        dossier=dossier, key="accounts", name=name, kind=kind, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), uploaded_by=dossier.created_by,
    )  # fmt: skip
    document.file.save("essai.bin", ContentFile(content))
    document.save()
    for state in ("submitted", "admissible", "in_review"):
        dossier.state = state
        dossier.submitted_at = dossier.created_at
        dossier.save()
    told = {"id": document.pk, "key": "accounts", "name": name, "size": document.size}
    deposit(dossier, 1, {"title": "Hydrogène"}, [told | {"sha256": document.sha256}])
    return make_evaluation(assignment=make_assignment(dossier=dossier)), document


def page_of(client, evaluation):
    client.force_login(evaluation.assignment.expert.user)
    return client.get(f"/evaluations/{evaluation.pk}/").content.decode()


def test_a_deposit_is_put_into_words_once(client, count_queries):
    evaluation = deposited(title="Hydrogène")
    client.force_login(evaluation.assignment.expert.user)
    url = f"/evaluations/{evaluation.pk}/"

    first, second = (count_queries(lambda: client.get(url)) for _ in range(2))

    assert (first, second) == (7, 5)


def test_a_later_deposit_is_shown_at_once(client):
    evaluation = deposited(title="Ancien titre")
    before = page_of(client, evaluation)
    deposit(evaluation.assignment.dossier, 2, {"title": "Nouveau titre"})

    after = page_of(client, evaluation)

    assert ("Ancien titre" in before, "Ancien titre" in after) == (True, False)
    assert "Nouveau titre" in after


def test_what_was_typed_never_becomes_markup(client):
    page = page_of(client, deposited(title="<script>alert(1)</script>", summary="a & b\n\nc <i>"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<p>a &amp; b</p>" in page
    assert "c &lt;i&gt;" in page


def test_two_readers_of_a_deposit_have_files_under_their_own_address(client):
    evaluation, document = with_file()
    other = make_evaluation(assignment=make_assignment(dossier=evaluation.assignment.dossier))

    pages = [page_of(client, one) for one in (evaluation, other)]

    for one, page in zip((evaluation, other), pages, strict=True):
        assert f'href="/evaluations/{one.pk}/pieces/{document.pk}/apercu/"' in page
    assert f"/evaluations/{evaluation.pk}/" not in pages[1]


def test_a_pdf_is_shown_in_its_page_and_in_no_other_site(client):
    evaluation, document = with_file()
    client.force_login(evaluation.assignment.expert.user)

    file = client.get(f"/evaluations/{evaluation.pk}/pieces/{document.pk}/apercu/")
    page = client.get(f"/evaluations/{evaluation.pk}/")

    assert "frame-ancestors 'self'" in file["Content-Security-Policy"]
    assert file["X-Frame-Options"] == "SAMEORIGIN"
    assert "attachment" not in file.get("Content-Disposition", "")
    assert b"".join(file) == b"%PDF-1.7"
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_what_a_browser_would_run_is_not_shown(client):
    evaluation, document = with_file(kind="text/html", name="page.html")

    page = page_of(client, evaluation)

    assert "apercu" not in page
    assert (
        client.get(f"/evaluations/{evaluation.pk}/pieces/{document.pk}/apercu/").status_code == 404
    )
