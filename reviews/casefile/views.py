import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from grants.decisions import permissions as may
from grants.decisions.models import Decision
from grants.dossiers.models import Dossier
from reviews.casefile import operations, recomputing
from reviews.casefile.findings import findings_of
from reviews.casefile.models import IssuedFile
from reviews.casefile.steps import steps_of

TYPES = {"pdf": "application/pdf", "json": "application/json"}


@require_safe
def show(request, dossier_pk):
    decision = find(request, dossier_pk)
    steps = [
        {"at": parse_datetime(one["at"]), "title": one["title"], "actor": one["by"],
         "note": one["reason"]}
        for one in reversed(steps_of(decision))
    ]  # fmt: skip
    issued = decision.issued_files.select_related("by")[:20]
    return page(request, "reviews/casefile/show.html", decision, {"steps": steps, "issued": issued})


@require_safe
def recompute(request, dossier_pk):
    """The file as it would be handed over, computed again from its own JSON."""
    decision = find(request, dossier_pk)
    document = json.loads(operations.case_json(operations.case_in_french(decision)))
    found = findings_of(recomputing.recompute(document), decision.dossier.reference)
    return page(request, "reviews/casefile/recompute.html", decision, found)


@require_POST
def issue(request, dossier_pk, kind):
    if kind not in TYPES:
        raise Http404
    decision = find(request, dossier_pk)
    content = operations.issue(decision, kind=IssuedFile.Kind(kind), actor=request.user)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"decision-{decision.dossier.reference}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def find(request, dossier_pk):
    """The announced decision of a dossier one sees, for whoever may take its file."""
    decisions = Decision.objects.announced().select_related(
        "allocation__call__programme", "allocation__call__ranking", "allocation__envelope",
        "dossier__organisation", "dossier__theme", "dossier__call__programme",
    )  # fmt: skip
    seen = Dossier.objects.seen_by(request.user)
    decision = get_object_or_404(decisions, dossier=dossier_pk, dossier__in=seen)
    require(may.ISSUE_FILE, request.user, decision.allocation)
    return decision


def page(request, template, decision, shown):
    told = {"decision": decision, "dossier": decision.dossier, **shown}
    return render(request, template, told)
