from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.panels import operations
from reviews.panels import permissions as may
from reviews.panels.display import rows_of
from reviews.panels.glance import ROWS, Order


@require_GET
def ranking(request, call_pk):
    call = find(request, call_pk)
    settled = getattr(call, "ranking", None)
    if settled is not None:
        return render(request, "reviews/panels/settled.html", {"call": call, "settled": settled})
    order = Order(call)
    glance = order.glance()
    page = Paginator(range(glance.size), ROWS).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "glance": glance,
        "page": page,
        "rows": rows_of(call, order.page(page.number), glance.places),
        "may_settle": call.state == CallState.REVIEWING and may.SETTLE.allows(request.user, call),
    }
    return render(request, "reviews/panels/ranking.html", context)


@require_POST
def settle(request, call_pk):
    call = find(request, call_pk)
    try:
        operations.settle(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:ranking", call_pk)
    messages.success(request, _("Classement arrêté. Préparez maintenant l’attribution."))
    return redirect("decisions:prepare", call_pk)


def find(request, call_pk):
    calls = Call.objects.filter(may.SEE.rows(request.user)).select_related("programme", "ranking")
    return get_object_or_404(calls.prefetch_related("criteria"), pk=call_pk)
