import json

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.access import require
from grants.decisions import permissions as may
from reviews.casefile.gathering import case_of
from reviews.casefile.models import IssuedFile
from reviews.casefile.paper import case_pdf


@transaction.atomic
def issue(decision, *, kind, actor):
    """Rebuild the file of a decision and hand it over; that it was taken is never forgotten."""
    require(may.ISSUE_FILE, actor, decision.allocation)
    case = case_in_french(decision)
    IssuedFile.objects.create(decision=decision, kind=kind, sha256=case["sha256"], by=actor)
    return case_pdf(case) if kind == IssuedFile.Kind.PDF else case_json(case)


def case_in_french(decision):
    """One content whoever asks: labels are those of the acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return case_of(decision)


def case_json(case):
    return json.dumps(case, ensure_ascii=False, indent=1).encode()
