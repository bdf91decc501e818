from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Refused, require
from grants.dossiers import operations
from grants.dossiers import permissions as may
from grants.dossiers.finding import find
from grants.dossiers.forms import SectionForm
from grants.dossiers.forms_of import filled
from grants.dossiers.holding import in_time
from grants.dossiers.operations import Clash
from grants.dossiers.sheets import progress_of, rows_of
from grants.dossiers.uploads import ACCEPT


def section(request, pk, key):
    at = timezone.now()
    dossier = find(request.user, pk)
    require(may.EDIT, request.user, dossier)
    form = filled(dossier)
    here = form.section(key)
    if here is None:
        raise Http404
    if request.method == "POST":
        return keep(request, dossier, here, at)
    return show(request, dossier, here, SectionForm(here), progress=progress_of(form))


def keep(request, dossier, here, at):
    """The button of the page: everything is saved, then one goes on, unless a point is wrong."""
    form = SectionForm(here, request.POST)
    try:
        results = operations.save_section(
            dossier, form.texts(), versions=form.versions(), actor=request.user, at=at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return show(request, dossier, here, form, status=409)
    clashes = {key: result for key, result in results.items() if isinstance(result, Clash)}
    now = filled(dossier)
    if clashes or form.errors:
        here = now.section(here.section.key)
        return show(
            request,
            dossier,
            here,
            form,
            clashes=clashes,
            status=409 if clashes else 422,
            progress=progress_of(now),
        )
    following = now.after(here.section.key)
    if following is None:
        return redirect("dossiers:check", dossier.pk)
    return redirect("dossiers:section", dossier.pk, following.section.key)


def show(request, dossier, here, form, *, clashes=None, status=200, progress=""):
    context = {
        "dossier": dossier,
        "here": here,
        "form": form,
        "rows": rows_of(here, form, clashes or {}),
        "accept": ACCEPT,
        "progress": progress,
        "is_open": in_time(dossier, timezone.now()),
    }
    return render(request, "grants/dossiers/section.html", context, status=status)
