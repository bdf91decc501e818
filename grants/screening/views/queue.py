from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Refused
from accounts.people.models import User
from grants.programmes.models import Duty, Programme
from grants.screening import chips, columns, listing, operations
from grants.screening.models import QueueChoice, SavedView
from grants.screening.query import ALL, OFFICER, TAG, Query, parse

SHARING = ("officer", "manager")
MOST_CHOSEN = 1000


def queue(request):
    query, now = parse(request.GET.get("q", "")), timezone.now()
    sort = listing.sort_of(request.GET.get("tri", ""))
    calls = listing.calls_of(request.user)
    rows = listing.found(calls, query, user=request.user, at=now)
    page = listing.page_of(rows, request.GET.get("page"), sort)
    context = {"query": query, "sort": sort, "page": page, "address": listing.address(query, sort)}
    context |= table_of(request.user, page, query, sort, now)
    context |= around(request.user, calls, query, sort, now)
    return render(request, "grants/screening/queue.html", context)


def table_of(user, page, query, sort, now):
    """Heads and rows, the latter as HTML; officers may choose rows, others only read."""
    shown = columns_of(user)
    openings = [column.opening for column in shown]
    may_choose = user.duties.filter(ended_at=None, role__in=SHARING).exists()
    place = reverse("screening:queue")
    return {
        "heads": chips.heads(query, sort, shown),
        "may_choose": may_choose,
        "lines": [
            columns.cells(row, shown, openings, place=place, at=now, may_choose=may_choose)
            for row in page.object_list
        ],
        "columns": [
            {"key": c.key, "label": c.label, "on": c in shown} for c in columns.COLUMNS
        ],
    }  # fmt: skip


def columns_of(user):
    choice = QueueChoice.objects.filter(user=user).first()
    return columns.chosen(choice.columns if choice else ())


def around(user, calls, query, sort, now):
    """Tabs, chips and the lists bulk acts choose from."""
    known = listing.words_known(calls)
    views = list(SavedView.objects.seen_by(user))
    return {
        "tabs": chips.tabs(query, views),
        "views": [view for view in views if view.owner_id == user.pk],
        "state_chips": chips.state_chips(query, listing.counts(calls, at=now), sort),
        "active": chips.active(query, sort),
        "groups": chips.groups(query, sort, calls, known),
        "pages_query": listing.address(query, sort).removeprefix("?") + "&",
        "everywhere": listing.address(Query((*query.pieces, (ALL, "")))),
        "officers": [(pk, name) for kind, pk, _key, name in known if kind == OFFICER],
        "tags": sorted({name for kind, _pk, _key, name in known if kind == TAG}),
        "teams": {call["programme_id"]: call["programme__name"] for call in calls}.items(),
    }


@require_POST
def bulk(request):
    """One reversible act on the dossiers ticked; admission is confirmed on a page of its own."""
    dossiers = chosen(request)
    act, values = act_of(request)
    if not dossiers:
        messages.error(request, _("Cochez au moins un dossier."))
    elif act is None:
        messages.error(request, values)
    else:
        tell(request, operations.in_bulk(act, dossiers, actor=request.user, **values))
    return back(request)


def chosen(request):
    """The dossiers ticked that this person may read, a page of them and then some."""
    typed = request.POST.getlist("dossier")[:MOST_CHOSEN]
    ticked = [int(pk) for pk in typed if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    return list(listing.received(request.user).filter(pk__in=ticked).for_detail().order_by("pk"))


def act_of(request):
    """The operation asked for with its values, or None and the sentence that says why not."""
    name = request.POST.get("act", "")
    if name == "entrust":
        served = Duty.objects.filter(user=request.user, ended_at=None).values("programme")
        officers = User.objects.filter(duties__programme__in=served).distinct()
        typed = request.POST.get("officer", "")
        officer = officers.filter(pk=typed).first() if typed.isdecimal() else None
        if officer is None:
            return None, _("Choisissez un instructeur.")
        return operations.entrust, {"officer": officer}
    if name in {"tag", "untag"}:
        act = operations.tag if name == "tag" else operations.untag
        return act, {"name": request.POST.get("tag", "")}
    return None, _("Choisissez ce qu’il faut faire des dossiers cochés.")


def tell(request, outcome):
    """How many were done; each refusal with its dossier and its reason."""
    if outcome.done:
        n = len(outcome.done)
        told = ngettext("%(n)s dossier est à jour.", "%(n)s dossiers sont à jour.", n)
        messages.success(request, told % {"n": n})
    tell_refusals(request, outcome)


def tell_refusals(request, outcome):
    for dossier, reason in outcome.refused[:20]:
        messages.error(request, f"{dossier.reference} — {reason}")
    if len(outcome.refused) > 20:
        left = len(outcome.refused) - 20
        messages.error(request, _("Et %(n)s autres refus pour des raisons voisines.") % {"n": left})


def back(request):
    """To the same search; only its own words are taken from the form, never an address."""
    if request.POST.get("dossier_page", "").isdecimal():
        return redirect("screening:dossier", int(request.POST["dossier_page"]))
    asked = QueryDict(request.POST.get("next", "").removeprefix("?"))
    place = listing.address(parse(asked.get("q", "")), listing.sort_of(asked.get("tri", "")))
    return redirect(reverse("screening:queue") + place)


@require_POST
def keep_view(request):
    asked = QueryDict(request.POST.get("next", "").removeprefix("?"))
    team = request.POST.get("programme", "")
    try:
        view = operations.keep_view(
            name=request.POST.get("name", ""),
            query=asked.get("q", ""),
            sort=listing.sort_of(asked.get("tri", "")),
            programme=get_object_or_404(Programme, pk=team) if team.isdecimal() else None,
            actor=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La vue « %(name)s » est gardée.") % {"name": view.name})
    return back(request)


@require_POST
def drop_view(request, pk):
    view = get_object_or_404(SavedView.objects.seen_by(request.user), pk=pk)
    try:
        operations.drop_view(view, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La vue « %(name)s » est retirée.") % {"name": view.name})
    return redirect("screening:queue")


@require_POST
def choose_columns(request):
    operations.choose_columns(request.POST.getlist("column"), actor=request.user)
    return back(request)
