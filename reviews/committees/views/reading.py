"""What members read: the dossier under discussion, and the minutes."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grants.dossiers.papers import handed_out
from grants.dossiers.serving import served
from reviews.committees.finding import item_to_read
from reviews.committees.minutes import minutes_pdf
from reviews.committees.models import Item
from reviews.committees.out import out_items
from reviews.committees.veiling import as_known
from reviews.committees.views.room import find
from reviews.evaluations.reading import file_to_read, sections_of


def find_readable(request, pk):
    item = item_to_read.one_or_404(request.user, pk)
    return as_known([item], item.session, request.user)[0]


@require_GET
def reading(request, pk):
    item = find_readable(request, pk)
    context = {
        "item": item,
        "session": item.session,
        "dossier": item.dossier,
        "sections": sections_of(item.dossier),
    }
    return render(request, "reviews/committees/reading.html", context)


@require_GET
def document(request, pk, document_pk):
    item = find_readable(request, pk)
    file = file_to_read(item.dossier, document_pk)
    if file is None:
        raise Http404
    return served(request, file)


@require_GET
def minutes(request, pk):
    session = find(request, pk)
    items = Item.objects.filter(session=session).values("pk")
    masked = out_items(items, request.user).select_related("dossier__call")
    hidden = frozenset(item.dossier.reference for item in masked)
    return handed_out(
        request,
        lambda: minutes_pdf(session, masked=hidden, reader=request.user),
        name=f"proces-verbal-{session.call.code}.pdf",
        back=reverse("committees:room", args=[pk]),
    )
