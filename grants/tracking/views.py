from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from grants.core.prepared import prepared
from grants.dossiers.content import written
from grants.dossiers.finding import find, seen
from grants.dossiers.kept import deposits_of
from grants.dossiers.papers import handed_out
from grants.dossiers.receipts import receipt_of
from grants.dossiers.receipts import receipt_pdf as pdf_of
from grants.screening.delay import told_at
from grants.tracking.exchanges import RECEIVED, SENT
from grants.tracking.page import page_of

SHOWN = 50


@require_GET
def dossier(request, pk):
    """The page of the people who filed it; the funder has its own."""
    found = with_decision.one_or_404(request.user, pk)
    if not found.is_colleague:
        raise Http404
    context = page_of(found, now=timezone.now())
    way = request.GET.get("sens")
    if way in {SENT, RECEIVED}:
        context["events"] = [event for event in context["events"] if event.way == way]
    pages = Paginator(context["events"], SHOWN)
    context |= {
        "way": way,
        "page": pages.get_page(request.GET.get("page")),
        "query": f"sens={way}&" if way in {SENT, RECEIVED} else "",
    }
    return render(request, "grants/tracking/dossier.html", context)


@prepared
def with_decision(user, pk):
    dossiers = seen(user).for_detail().filter(pk=pk)
    return dossiers.select_related("decision__allocation")


@require_GET
def receipt(request, pk, version):
    submission, until = deposit_of(request.user, pk, version)
    context = {
        "dossier": submission.dossier,
        "submission": submission,
        "receipt": receipt_of(submission, until=until),
    }
    return render(request, "grants/tracking/receipt.html", context)


@require_GET
def receipt_pdf(request, pk, version):
    submission, until = deposit_of(request.user, pk, version)
    name = f"accuse-{submission.dossier.reference}-v{version}.pdf"
    return handed_out(
        request, lambda: pdf_of(submission, until=until), name=name, back=submission.dossier
    )


@require_GET
def content(request, pk, version):
    """The very bytes whose SHA-256 the receipt shows."""
    submission, _until = deposit_of(request.user, pk, version)
    response = HttpResponse(written(submission.content), content_type="application/json")
    name = f"contenu-{submission.dossier.reference}-v{version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def deposit_of(user, pk, version):
    """A deposit, and the day silence refuses that its receipt has to say."""
    found = find(user, pk)
    deposits = deposits_of(found.pk)
    deposit = next((one for one in deposits if one.version == version), None)
    if deposit is None:
        raise Http404
    deposit.dossier = found
    return deposit, told_at(deposit, deposits, found.requests.all())
