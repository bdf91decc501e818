from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.charts import gauge
from grants.core.wording import euros
from grants.funding import figures
from grants.funding import permissions as may
from grants.funding.models import Envelope
from grants.funding.postings import Account
from grants.programmes import permissions as programmes_may
from grants.programmes.models import Programme

PER_PAGE, LINES = 50, 25
TILES = {
    "endowed": gettext_lazy("Crédits d’engagement"),
    "committed": gettext_lazy("Engagé"),
    "paid": gettext_lazy("Payé"),
    "left": gettext_lazy("Disponible"),
}
LABELS = {
    **{account.value: account.label for account in Account},
    **TILES,
    "opened": gettext_lazy("CP ouverts"),
}


def envelopes(request):
    year = timezone.localdate().year
    found = Envelope.objects.seen_by(request.user).for_list().payable(year)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(envelope, gauge_of(envelope), cp_gauge_of(envelope, year)) for envelope in page],
        "managed": Programme.objects.filter(
            programmes_may.RUN_PROGRAMME.rows(request.user)
        ).order_by("name"),
    }
    return render(request, "grants/funding/envelopes.html", context)


def gauge_of(envelope):
    """Paid and committed laid end to end on what was voted."""
    waiting = envelope.committed - envelope.paid
    return gauge(
        [
            ("paid", _("Payé"), float(envelope.paid), euros(envelope.paid)),
            ("committed", _("Engagé, à payer"), float(waiting), euros(waiting)),
        ],
        total=float(envelope.endowed),
        title=_("Engagement (AE)"),
        left_text=_("%(left)s disponibles sur %(voted)s")
        % {"left": euros(envelope.left), "voted": euros(envelope.endowed)},
    )


def cp_gauge_of(envelope, year):
    """What is paid this year on what may be; None without credits for the year."""
    if envelope.cp_opened is None:
        return None
    opened, paid = envelope.cp_opened, envelope.cp_paid
    return gauge(
        [("paid", _("Payé"), float(paid), euros(paid))],
        total=float(opened),
        title=_("Paiement %(year)s (CP)") % {"year": year},
        left_text=_("%(left)s disponibles sur %(voted)s")
        % {"left": euros(opened - paid), "voted": euros(opened)},
    )


def envelope(request, pk):
    this_year = timezone.localdate().year
    seen = Envelope.objects.seen_by(request.user).for_detail().payable(this_year)
    found = get_object_or_404(seen, pk=pk)
    asked = figures.Asked.read(request.GET)
    context = {
        "envelope": found,
        "gauge": gauge_of(found),
        "cp_gauge": cp_gauge_of(found, this_year),
        "tiles": [(key, label, euros(getattr(found, key))) for key, label in TILES.items()],
        "years": figures.years_of(found),
        "parts": list(found.parts.order_by("name")),
        "may_endow": may.ENDOW.allows(request.user, found),
        "may_plan": may.PLAN.allows(request.user, found),
        **accounts_of(found, asked),
        **ledger_of(found, asked, request.GET.get("page")),
    }
    return render(request, "grants/funding/envelope.html", context)


def accounts_of(envelope, asked):
    """Balances at the day asked for; those of today must agree with the totals."""
    found = figures.balances(envelope, asked.day)
    alarmed = asked.day is None and bool(figures.disagreements(envelope, found))
    return {"balances": found, "asked": asked, "alarmed": alarmed}


def ledger_of(envelope, asked, number):
    entries = asked.among(envelope.entries.for_ledger(asked.figure or "left"))
    wanted = {"compte": asked.figure, "exercice": asked.year, "au": asked.day}
    kept = {name: value for name, value in wanted.items() if value}
    if asked.funder is not None:
        kept["financeur"] = asked.funder
    label = str(LABELS[asked.figure or "left"])
    return {
        "page": Paginator(entries, LINES).get_page(number),
        "query": urlencode(kept) + "&" if kept else "",
        "running_label": f"{label} {asked.year}" if asked.year else label,
        "day_query": f"&au={asked.day}" if asked.day else "",
    }
