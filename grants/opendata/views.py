from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.organisations.finding import is_on, look_up
from grants.core.prepared import prepared
from grants.opendata import awards as reading
from grants.opendata.export import write_awards
from grants.opendata.forms import AwardFilter, PretestForm
from grants.opendata.offer import call_for_pretest, contacts, offer_at
from grants.opendata.pretest import judge_answers
from grants.opendata.results import AMOUNTS, results_of
from grants.programmes.calendar import calendar_of

PER_PAGE = 50
LAST = 8


@login_not_required
@require_safe
def public(request):
    now = timezone.now()
    offer = offer_at(now, slug=request.GET.get("programme", ""))
    measure = request.GET.get("mesure", "")
    context = {"offer": offer, "programme": offer.programme, "by_amount": measure == AMOUNTS}
    if offer.open:
        context["calendar"] = calendar_of(offer.open[0], today=timezone.localdate(now))
    if offer.programme:
        results = results_of(offer.programme, measure=measure)
        context |= {"results": results, "last": last_awards(offer.programme.pk) if results else []}
    return render(request, "grants/opendata/public.html", context)


@prepared
def last_awards(programme):
    return reading.newest_first(reading.awards_of(programme))[:LAST]


@login_not_required
@require_safe
def awards(request):
    form = AwardFilter(request.GET, known=reading.known_filters())
    found = reading.newest_first(reading.awards().filter(**form.conditions()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": query_of(request)}
    return render(request, "grants/opendata/awards.html", context)


@login_not_required
@require_safe
def awards_csv(request):
    form = AwardFilter(request.GET, known=reading.known_filters())
    found = reading.newest_first(reading.awards().filter(**form.conditions()))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="aides-attribuees.csv"'
    write_awards(found.iterator(), response)
    return response


def query_of(request):
    """The filters of this address without its page, ready to be followed by another one."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


@login_not_required
@require_safe
def eligibility(request):
    call = call_for_pretest(timezone.now(), pk=request.GET.get("call"))
    form = PretestForm(request.GET, look_up=look_up if is_on() else None)
    if not form.was_sent():
        form = PretestForm(initial={"call": call.pk if call else ""})
    answer = None
    if form.is_valid():
        answer = judge_answers(form.cleaned_data, call=call, on=timezone.localdate())
    context = {"form": form, "answer": answer, "call": call, "now": timezone.now()}
    return render(request, "grants/opendata/eligibility.html", context)


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "grants/opendata/accessibility.html", {"contacts": contacts()})


@login_not_required
@require_safe
def legal(request):
    return render(request, "grants/opendata/legal.html", {"contacts": contacts()})
