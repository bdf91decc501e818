from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grants.history.messages import written
from grants.history.models import Seal
from grants.history.permissions import keeps_proof

PER_PAGE = 48  # two days


@require_safe
def seals(request):
    if not keeps_proof(request.user):
        raise Http404
    page = Paginator(Seal.objects.for_list(request.user), PER_PAGE)
    return render(
        request, "grants/history/seals.html", {"page": page.get_page(request.GET.get("page"))}
    )


@require_safe
def digest(request, number):
    """One page of plain text, to print or to keep: it needs no program to be read."""
    seal = get_object_or_404(Seal.objects.for_list(request.user), number=number)
    response = HttpResponse(written(seal), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="empreinte-{number}.txt"'
    return response
