from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.panels import operations
from reviews.panels import permissions as may
from reviews.panels.display import frame_of, rows_of
from reviews.panels.fairness import fairness_of
from reviews.panels.fairness_file import write_fairness
from reviews.panels.frozen import order_of
from reviews.panels.glance import ROWS
from reviews.panels.methods import compared
from reviews.panels.severities import severities_of

EVERYBODY = 1_000_000  # in a file nobody turns pages


@require_GET
def ranking(request, call_pk):
    call = find(request, call_pk)
    order = order_of(call)
    glance = order.glance()
    page = page_of(request, glance.size)
    frame = frame_of(call, last=glance.places, mean=glance.mean)
    named = may.WEIGH.allows(request.user, call)
    context = around(request, call) | {
        "glance": glance,
        "page": page,
        "rows": rows_of(order.page(page.number), frame, named=named),
        "settled": getattr(call, "ranking", None),
        "may_freeze": call.state == CallState.REVIEWING and call.may_freeze,
        "has_committee": call.has_committee,
    }
    if context["settled"]:
        return render(request, "reviews/panels/settled.html", context)
    return render(request, "reviews/panels/ranking.html", context)


@require_GET
def methods(request, call_pk):
    call = find(request, call_pk)
    order = order_of(call)
    glance = order.glance()
    page = page_of(request, glance.size)
    context = around(request, call) | {"glance": glance, "page": page}
    context |= compared(order, page.number, asked=request.GET.get("par", ""))
    return render(request, "reviews/panels/methods.html", context)


@require_GET
def severity(request, call_pk):
    call = find(request, call_pk)
    require(may.WEIGH, request.user, call)
    context = around(request, call) | severities_of(call, request.GET.get("page"))
    return render(request, "reviews/panels/severity.html", context)


@require_GET
def fairness(request, call_pk):
    call = find(request, call_pk)
    require(may.WATCH, request.user, call)
    context = around(request, call)
    context["fairness"] = fairness_of(call, request.GET.get("page"))
    return render(request, "reviews/panels/fairness.html", context)


@require_GET
def fairness_csv(request, call_pk):
    call = find(request, call_pk)
    require(may.WATCH, request.user, call)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="equite-{call.code}.csv"'
    write_fairness(fairness_of(call, lines=EVERYBODY), response)
    return response


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
    told = calls.annotate(
        may_freeze=answer_of(may.FREEZE, request.user),
        has_committee=answer_of(may.has_committee, request.user),
    )
    return get_object_or_404(told, pk=call_pk)


def answer_of(rule, user):
    """Its answer beside each row, without a query of its own."""
    return ExpressionWrapper(rule.rows(user), output_field=BooleanField())


def page_of(request, size):
    return Paginator(range(size), ROWS).get_page(request.GET.get("page"))


def around(request, call):
    """What every page of a ranking shows: the call, and the tabs open to this person."""
    return {
        "call": call,
        "may_weigh": may.WEIGH.allows(request.user, call),
        "may_watch": may.WATCH.allows(request.user, call),
    }
