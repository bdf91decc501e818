from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers import operations
from grants.dossiers import permissions as may
from grants.dossiers.finding import find
from grants.dossiers.forms import SectionForm, number_in
from grants.dossiers.forms_of import definition_of, filled, form_changes_of
from grants.dossiers.holding import in_time
from grants.dossiers.operations import Clash
from grants.dossiers.tending import care_of
from grants.dossiers.uploads import ACCEPT
from grants.formbuilder.logic import logic_of
from grants.formbuilder.sheets import progress_of, rows_of


def section(request, pk, key):
    at = timezone.now()
    dossier = find(request.user, pk)
    require(may.EDIT, request.user, dossier)
    form = filled(dossier)
    here = form.section(key)
    if here is None:
        return section_gone(request, dossier, at)
    if request.method == "POST":
        return keep(request, dossier, here, at)
    return show(request, dossier, here, SectionForm(here), form)


# A character nothing can store is said at its field, the text around it stays.
section.keeps_any_text = True


def keep(request, dossier, here, at):
    """The button of the page: everything is saved, then one goes on, unless a point is wrong."""
    form = SectionForm(here, request.POST)
    try:
        results = operations.save_section(
            dossier, form.texts(), versions=form.versions(), actor=request.user, at=at
        )
        keep_retired(request, dossier, at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return show(request, dossier, here, form, filled(dossier), status=409)
    clashes = {key: result for key, result in results.items() if isinstance(result, Clash)}
    now = filled(dossier)
    here = now.section(here.section.key)
    form.forgive(here)
    if clashes or form.errors:
        status = 409 if clashes else 422
        return show(request, dossier, here, form, now, clashes=clashes, status=status)
    warn_of_gaps(request, dossier, here)
    following = now.after(here.section.key)
    if following is None:
        return redirect("dossiers:check", dossier.pk)
    return redirect("dossiers:section", dossier.pk, following.section.key)


def warn_of_gaps(request, dossier, here):
    """A section called complete that is not: said on leaving it, without holding anybody back."""
    care = care_of(dossier, here)
    if care.is_complete and care.lacks:
        sentence = _("« %(title)s » est marquée complète, mais il y manque : %(lacks)s.")
        lacks = ", ".join(care.lacks)
        messages.warning(request, sentence % {"title": here.section.title, "lacks": lacks})


def section_gone(request, dossier, at):
    """A revision of the form removed this page under its author: what was typed is kept."""
    if dossier.form_before_id is None:
        raise Http404
    if request.method == "POST":
        keep_retired(request, dossier, at)
    messages.info(request, _("Le formulaire a changé : cette section n’existe plus."))
    return redirect(dossier)


def keep_retired(request, dossier, at):
    """Texts of questions retired since the page was shown: stored, and said."""
    asked = definition_of(dossier).retired
    texts = {key: request.POST[key] for key in asked if key in request.POST}
    if not texts:
        return
    told = {key: number_in(request.POST.get(f"version-{key}", "")) for key in texts}
    operations.save_section(dossier, texts, versions=told, actor=request.user, at=at)
    labels = ", ".join(asked[key].label for key in texts)
    sentence = _("Retiré du formulaire, mais gardé : %(labels)s.")
    messages.warning(request, sentence % {"labels": labels})


def show(request, dossier, here, form, whole, *, clashes=None, status=200):
    questions = {key: reply.question for key, reply in whole.replies.items()}
    context = {
        "dossier": dossier,
        "here": here,
        "form": form,
        "rows": noted(rows_of(here, form, clashes or {}, questions), dossier),
        "logic": logic_of(whole),
        "form_changes": form_changes_of(dossier, here.section),
        "accept": ACCEPT,
        "progress": progress_of(whole),
        "is_open": in_time(dossier, timezone.now()),
        "care": care_of(dossier, here),
    }
    return render(request, "grants/dossiers/section.html", context, status=status)


def noted(rows, dossier):
    """Beside each question, what screening asks there."""
    return [{**row, "note": dossier.note_on(row["reply"].question.key)} for row in rows]
