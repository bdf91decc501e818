from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.formbuilder import operations
from grants.formbuilder import permissions as may
from grants.formbuilder.building import digest
from grants.formbuilder.finding import find, find_to_edit
from grants.formbuilder.shifting import next_round
from grants.formbuilder.views.reading import pending_changes
from grants.programmes.forms import CallForm
from grants.programmes.models import Call


@require_POST
def adopt(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user), pk=pk)
    try:
        operations.adopt_form(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le formulaire est repris et publié avec cet appel."))
    return redirect(call)


def publish(request, pk):
    """What would change, then the act."""
    call = find_to_edit(request.user, pk)
    if request.method == "POST":
        return publish_now(request, call)
    draft = call.forms.in_preparation().first()
    if draft is None:
        messages.info(request, _("Aucune modification n’est en préparation."))
        return redirect("formbuilder:form", pk)
    context = {
        "call": call,
        "form": draft,
        "changes": pending_changes(call, draft),
        "seen": digest(draft.definition),
        "drafts": call.dossiers.filter(state="draft").count(),
    }
    return render(request, "grants/formbuilder/publish.html", context)


def publish_now(request, call):
    try:
        operations.publish_form(call, seen=request.POST.get("seen", ""), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("formbuilder:publish", call.pk)
    messages.success(request, _("Le formulaire révisé est publié."))
    return redirect("formbuilder:form", call.pk)


@require_POST
def discard(request, pk):
    call = find_to_edit(request.user, pk)
    try:
        operations.discard_revision(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les modifications en préparation sont abandonnées."))
    return redirect("formbuilder:form", call.pk) if call.forms.exists() else redirect(call)


def clone(request, pk):
    """Last year's call, one year later: the same form, criteria and caps."""
    source = find(request.user, pk)
    require(may.CLONE, request.user, source)
    form = CallForm(request.POST or None, initial=next_round(source))
    if request.method == "POST" and form.is_valid():
        try:
            call = operations.clone_call(source, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            told = _("L’appel est repris : formulaire, critères, plafonds et calendrier.")
            messages.success(request, told)
            for note in form.notes():
                messages.info(request, note)
            return redirect(call)
    context = {"source": source, "form": form}
    return render(request, "grants/formbuilder/clone.html", context)
