from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from grants.dossiers.records import Attempt
from grants.screening import listing
from grants.screening.paging import PER_PAGE


def attempts(request):
    """Submissions refused, drafts included: of those nothing but the attempt is told."""
    kind = request.GET.get("genre", "")
    kind = kind if kind in Attempt.Kind.values else ""
    rows = listing.attempts(request.user, kind)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chips": [
            {"label": label, "url": f"?genre={value}" if value else "?", "on": value == kind}
            for value, label in [("", _("Tous")), *Attempt.Kind.choices]
        ],
        "pages_query": f"genre={kind}&" if kind else "",
    }
    return render(request, "grants/screening/attempts.html", context)
