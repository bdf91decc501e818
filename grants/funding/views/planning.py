from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.wording import euros
from grants.funding import operations
from grants.funding import permissions as may
from grants.funding.figures import Year, years_of
from grants.funding.forms import ScheduleForm
from grants.funding.models import Entry, Envelope
from grants.funding.postings import Kind

AHEAD = 4  # years after that of the envelope


def schedule(request, pk):
    commitment = get_object_or_404(
        Entry.objects.filter(
            kind=Kind.COMMITMENT, envelope__in=Envelope.objects.seen_by(request.user)
        ).select_related("envelope__programme"),
        pk=pk,
    )
    envelope = commitment.envelope
    require(may.PLAN, request.user, envelope)
    planned = {one.year: one.amount for one in commitment.planned.all()}
    form = ScheduleForm(request.POST or None, years=offered(envelope), planned=planned)
    if request.method == "POST" and form.is_valid():
        try:
            operations.plan(commitment, form.amounts, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, envelope)
            return redirect(envelope)
    set_aside, paid = operations.standing(commitment)
    context = {
        "commitment": commitment,
        "envelope": envelope,
        "form": form,
        "aside": set_aside,
        "paid": paid,
    }
    return render(request, "grants/funding/schedule.html", context)


def offered(envelope):
    """The years a payment may be expected in, with their credits."""
    known = {year.year: year for year in years_of(envelope)}
    last = max(envelope.year + AHEAD, timezone.localdate().year + 1, *known, 0)
    return [known.get(year, Year(year)) for year in range(envelope.year, last + 1)]


def tell(request, envelope):
    """The schedule stands; credits that will be missing are said, they stop nothing yet."""
    messages.success(request, _("L’échéancier est enregistré."))
    for year in years_of(envelope):
        if year.missing:
            told = _(
                "En %(year)s, les échéanciers dépassent les CP ouverts de %(missing)s : rien "
                "n’est bloqué, mais ce montant ne pourra pas être payé sans nouveaux CP."
            )
            messages.warning(request, told % {"year": year.year, "missing": euros(year.missing)})
