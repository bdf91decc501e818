from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Refused, require
from grants.core.charts import gauge
from grants.core.wording import euros
from grants.funding import operations
from grants.funding import permissions as may
from grants.funding.forms import ActForm, EnvelopeForm
from grants.funding.models import FIGURES, Envelope
from grants.programmes import permissions as programmes_may
from grants.programmes.models import Programme

PER_PAGE = 50
LABELS = {
    "endowed": gettext_lazy("Voté"),
    "committed": gettext_lazy("Engagé"),
    "paid": gettext_lazy("Payé"),
    "left": gettext_lazy("Disponible"),
}


def envelopes(request):
    found = Envelope.objects.seen_by(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(envelope, gauge_of(envelope)) for envelope in page],
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
        title=str(envelope),
        left_text=_("%(left)s disponibles sur %(voted)s")
        % {"left": euros(envelope.left), "voted": euros(envelope.endowed)},
    )


def envelope(request, pk):
    found = get_object_or_404(Envelope.objects.seen_by(request.user).for_list(), pk=pk)
    figure = request.GET.get("compte", "")
    entries = found.entries.for_ledger(figure if figure in FIGURES else "left")
    if figure in FIGURES:
        entries = entries.behind(figure)
    context = {
        "envelope": found,
        "gauge": gauge_of(found),
        "figures": [(key, label, getattr(found, key)) for key, label in LABELS.items()],
        "figure": figure if figure in FIGURES else "",
        "running_label": LABELS.get(figure, LABELS["left"]),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "may_endow": may.ENDOW.allows(request.user, found),
    }
    return render(request, "grants/funding/envelope.html", context)


def new(request, pk):
    programme = get_object_or_404(Programme, pk=pk)
    require(programmes_may.RUN_PROGRAMME, request.user, programme)
    form = EnvelopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_envelope(programme, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L’enveloppe est ouverte. Il reste à la doter."))
            return redirect("funding:endow", made.pk)
    context = {"programme": programme, "form": form}
    return render(request, "grants/funding/new.html", context)


def endow(request, pk):
    found = get_object_or_404(Envelope.objects.seen_by(request.user).for_list(), pk=pk)
    require(may.ENDOW, request.user, found)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record(found, form, request.user)
        except Refused as refusal:
            form.add_error("amount", str(refusal))
        else:
            told = _("Il y a maintenant %(left)s disponibles.") % {"left": euros(found.left)}
            messages.success(request, told)
            return redirect(found)
    return render(request, "grants/funding/endow.html", {"envelope": found, "form": form})


def record(envelope, form, actor):
    raising = form.cleaned_data["direction"] == "endow"
    act = operations.endow if raising else operations.reduce
    return act(
        envelope,
        form.cleaned_data["amount"],
        reason=form.cleaned_data["reason"],
        reference=form.reference,
        actor=actor,
    )
