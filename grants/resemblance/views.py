from django.shortcuts import get_object_or_404, render

from grants.programmes.models import Call
from grants.resemblance.finding import resembling
from grants.screening.listing import received


def dossier(request, pk):
    """Among the calls this person follows; on the screening page htmx asks for the list alone."""
    found = get_object_or_404(received(request.user).for_detail(), pk=pk)
    context = {
        "dossier": found,
        "close": resembling(found, calls=Call.objects.followed_by(request.user).values("pk")),
    }
    page = "_list.html" if request.htmx else "dossier.html"
    return render(request, f"grants/resemblance/{page}", context)
