import pytest

from grants.dossiers import operations
from grants.dossiers.models import Dossier
from grants.dossiers.printing import dossier_of
from grants.formbuilder.confidentiality import withheld_from_experts
from reviews.evaluations.dossier_pane import as_html
from reviews.evaluations.reading import documents_of, sections_of
from tests.grants.dossiers.complete import make_ready, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    """Handed in with everything, bank details too."""
    draft = make_ready()
    iban = "FR76 3000 6000 0112 3456 7890 189"
    operations.save_answer(draft, "iban", iban, version=0, actor=draft.author)
    operations.save_answer(draft, "aids", '[{"funder": "ADEME"}]', version=0, actor=draft.author)
    operations.attach(draft, "bank", upload("rib.pdf"), actor=draft.author)
    operations.submit(draft, actor=draft.author)
    return Dossier.objects.get(pk=draft.pk)


def shown(dossier):
    return {reply.question.key for section in sections_of(dossier) for reply in section.replies}


def test_experts_never_read_bank_details(dossier):
    assert {"innovation", "budget", "kbis"} <= shown(dossier)
    assert not {"iban", "bank"} & shown(dossier)
    assert {document.key for document in documents_of(dossier).values()} == {
        "kbis", "accounts", "business_plan",
    }  # fmt: skip


@pytest.mark.parametrize("may_read", [True, False])
def test_page_and_paper_show_what_is_about_people_when_the_call_says_so(dossier, may_read):
    dossier.call.experts_read_personal = may_read
    withheld = withheld_from_experts(dossier.call)
    submission = dossier.submissions.get()
    submission.dossier = dossier

    page, paper = as_html(sections_of(dossier)), str(dossier_of(submission, withheld=withheld))

    assert ("team" in shown(dossier)) == may_read
    assert ("Ève Ruiz" in page) == ("Ève Ruiz" in paper) == may_read
    assert "FR76" not in page + paper


def test_experts_read_computed_values_and_not_what_was_not_asked(dossier):
    assert {"aid_share", "financing_gap"} <= shown(dossier)
    assert "aids" not in shown(dossier)
