import json

from django.db import transaction

from accounts.access import require
from reviews.casefile import permissions as may
from reviews.casefile.gathering import case_of
from reviews.casefile.models import IssuedFile
from reviews.casefile.paper import case_pdf


@transaction.atomic
def issue(decision, *, kind, actor):
    """Rebuild the file of a decision and hand it over; that it was taken is never forgotten."""
    require(may.ISSUE, actor, decision)
    case = case_of(decision)
    IssuedFile.objects.create(decision=decision, kind=kind, sha256=case["sha256"], by=actor)
    return case_pdf(case) if kind == IssuedFile.Kind.PDF else case_json(case)


def case_json(case):
    return json.dumps(case, ensure_ascii=False, indent=1).encode()
