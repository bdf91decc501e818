from django.shortcuts import render

from grants.core.prepared import prepared
from grants.programmes.models import Call
from grants.resemblance.finding import resembling
from grants.screening.listing import received


@prepared
def received_one(user, pk):
    return received(user).for_detail().filter(pk=pk)


def dossier(request, pk):
    """Among the calls this person follows; on the screening page htmx asks for the list alone."""
    found = received_one.one_or_404(request.user, pk)
    context = {
        "dossier": found,
        "close": resembling(found, calls=Call.objects.followed_by(request.user).values("pk")),
    }
    page = "_list.html" if request.htmx else "dossier.html"
    return render(request, f"grants/resemblance/{page}", context)
