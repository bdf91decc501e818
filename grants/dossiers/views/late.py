from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.dossiers import operations
from grants.dossiers.forms import LateForm
from grants.dossiers.models import Dossier
from grants.dossiers.records import Attempt, LateAccess
from grants.programmes import permissions as programmes_may
from grants.programmes.models import Call

MOST = 50


def late(request, call):
    """Who was let in after closing and why; who came late; let one more in.

    A draft is its authors' own: it is named by the reference they gave, and shows nothing more.
    """
    call = get_object_or_404(Call.objects.seen_by(request.user).for_page(), pk=call)
    require(programmes_may.CLOSE, request.user, call)
    drafts = Dossier.objects.let_in_by(request.user).filter(call=call)
    asked = {"reference": request.GET.get("reference", "")}
    form = LateForm(drafts, request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid() and let_in(request, form):
        return redirect("dossiers:late", call.pk)
    context = {
        "call": call,
        "form": form,
        "is_closed": timezone.now() >= call.closes_at,
        "accesses": accesses_of(call),
        "attempts": Attempt.objects.filter(dossier__call=call, kind=Attempt.Kind.LATE)
        .select_related("dossier__call", "dossier__organisation", "by")
        .order_by("-pk")[:MOST],
    }
    return render(request, "grants/dossiers/late.html", context)


late.keeps_any_text = True


def accesses_of(call):
    """Newest first; only the last word on a draft can still be taken back."""
    now = timezone.now()
    rows = LateAccess.objects.filter(dossier__call=call).select_related(
        "dossier__call", "dossier__organisation", "by"
    )
    last, told = set(), []
    for access in rows.order_by("-pk"):
        dossier = access.dossier
        is_last = dossier.pk not in last
        last.add(dossier.pk)
        running = is_last and access.until is not None and dossier.state == "draft"
        told.append((access, running and access.until > now, running))
    return told


def let_in(request, form):
    told = {name: form.cleaned_data[name] for name in ("until", "reason")}
    try:
        operations.let_in(form.dossier, actor=request.user, **told)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    sentence = _("%(reference)s peut de nouveau être déposé : l’entreprise en est prévenue.")
    messages.success(request, sentence % {"reference": form.dossier.reference})
    return True


@require_POST
def end_late(request, pk):
    dossier = get_object_or_404(Dossier.objects.let_in_by(request.user).for_detail(), pk=pk)
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        if not reason:
            raise Refused(_("Écrivez pourquoi ce délai est retiré : l’entreprise le lira."))
        operations.take_back_access(dossier, reason=reason, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le délai est retiré : l’entreprise en est prévenue."))
    return redirect("dossiers:late", dossier.call_id)
