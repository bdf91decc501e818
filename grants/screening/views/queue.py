from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Refused
from accounts.people.models import User
from grants.programmes.models import Duty, Programme
from grants.screening import chips, columns, listing, operations
from grants.screening.digest import digest_of
from grants.screening.lined import rows_as_html
from grants.screening.models import QueueChoice, SavedView
from grants.screening.paging import page_of
from grants.screening.query import ALL, OFFICER, TAG, Query, parse
from grants.screening.surroundings import surroundings

MOST_CHOSEN = 1000


def queue(request):
    query, now = parse(request.GET.get("q", "")), timezone.now()
    sort = listing.sort_of(request.GET.get("tri", ""))
    known = surroundings(request.user, at=now)
    typed = request.GET.get("page", "")
    page = page_of(known.calls, query, typed=typed, sort=sort, user=request.user, at=now)
    place = listing.address(query, sort)
    context = {"query": query, "sort": sort, "page": page, "address": place}
    context |= table_of(request, page, query, sort, known, now)
    context |= around(query, known, sort)
    return render(request, "grants/screening/queue.html", context)


def table_of(request, page, query, sort, known, now):
    """Heads and rows, the latter as HTML; officers may choose rows, others only read."""
    chosen_ones = columns.chosen(known.columns)
    shown = columns.beside(chosen_ones) if known.has_pane else chosen_ones
    beside = dossier_beside(request) if known.has_pane else None
    numbered = f"&page={page.number}" if page.number > 1 else ""
    preview = escape(f"{listing.address(query, sort)}{numbered}&vu=") if known.has_pane else ""
    return {
        "heads": chips.heads(query, sort, shown),
        "may_choose": known.may_choose,
        "has_pane": known.has_pane,
        "shown": digest_of(beside) if beside else None,
        "rows": rows_as_html(
            page.object_list, shown, at=now, place=reverse("screening:queue"),
            may_choose=known.may_choose, preview=preview, current=beside and beside.pk,
        ),
        "columns": chips.boxes(chosen_ones),
    }  # fmt: skip


def dossier_beside(request):
    typed = request.GET.get("vu", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        return None
    return listing.received(request.user).for_detail().filter(pk=int(typed)).first()


def columns_of(user):
    choice = QueueChoice.objects.filter(user=user).first()
    return columns.chosen(choice.columns if choice else ())


def around(query, known, sort):
    """Tabs, chips and the lists bulk acts choose from."""
    words = known.words
    return {
        "tabs": chips.tabs(query, known.views),
        "views": [view for view in known.views if view["is_own"]],
        "state_chips": chips.state_chips(query, known.counts, sort),
        "active": chips.active(query, sort),
        "groups": chips.groups(query, sort, known.calls, words),
        "pages_query": listing.address(query, sort).removeprefix("?") + "&",
        "everywhere": listing.address(Query((*query.pieces, (ALL, "")))),
        "officers": [(pk, name) for kind, pk, _key, name in words if kind == OFFICER],
        "tags": sorted({name for kind, _pk, _key, name in words if kind == TAG}),
        "teams": {call["programme_id"]: call["programme__name"] for call in known.calls}.items(),
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


@require_POST
def choose_pane(request):
    """Set the preview beside the list, or put it away."""
    operations.choose_pane(request.POST.get("pane") == "on", actor=request.user)
    return back(request)


def digest(request, pk):
    """The preview alone, for the page that already stands there."""
    found = get_object_or_404(listing.received(request.user).for_detail(), pk=pk)
    return render(request, "grants/screening/_digest.html", digest_of(found))
