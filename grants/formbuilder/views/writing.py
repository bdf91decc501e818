from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from grants.formbuilder import building, operations
from grants.formbuilder.building import digest
from grants.formbuilder.changes import changes_between
from grants.formbuilder.definition import KINDS, parse
from grants.formbuilder.finding import find_to_edit, form_of
from grants.formbuilder.forms import QuestionSettings, SectionSettings
from grants.formbuilder.operations import Clash
from grants.formbuilder.outline import retired_in
from grants.formbuilder.placing import new_place, place_of, sample_of
from grants.formbuilder.soundness import BadDefinition
from grants.formbuilder.views.reading import page_of
from grants.formbuilder.words import HELPS
from grants.formbuilder.words import KINDS as NAMES


def new_section(request, pk):
    call = find_to_edit(request.user, pk)
    return edit_section(request, call, {})


def section(request, pk, key):
    call = find_to_edit(request.user, pk)
    stored = building.find_section(form_of(call).definition, key)
    if stored is None:
        raise Http404
    told = {"key": key, "title": stored["title"], "intro": stored.get("intro", "")}
    return edit_section(request, call, told)


def edit_section(request, call, stored):
    form = SectionSettings(request.POST or None, initial=stored)
    context = {"call": call, "form": form, "stored": stored, "seen": digest(stored)}
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        result = attempt(
            form, operations.save_section, call, stored.get("key", ""), form.cleaned_data,
            seen=seen, actor=request.user,
        )  # fmt: skip
        if isinstance(result, str):
            messages.success(
                request, _("La section « %s » est enregistrée.") % form["title"].value()
            )
            return redirect("formbuilder:form", call.pk)
        context["clash"] = result
    status = 422 if form.errors else 409 if context.get("clash") else 200
    return render(request, "grants/formbuilder/section.html", context, status=status)


def new_question(request, pk):
    """First its kind, then its settings."""
    call = find_to_edit(request.user, pk)
    definition = form_of(call).definition
    kind, asked = request.GET.get("kind", ""), request.GET.get("section", "")
    sections = definition["sections"]
    if not sections:
        messages.info(request, _("Ajoutez d’abord une section."))
        return redirect("formbuilder:new_section", pk)
    here = building.find_section(definition, asked) or sections[-1]
    if kind not in KINDS:
        kinds = [(key, name, HELPS[key]) for key, name in NAMES.items()]
        context = {"call": call, "here": here, "kinds": kinds}
        return render(request, "grants/formbuilder/new_question.html", context)
    return edit_question(request, call, new_place(definition, kind, here["key"]))


def question(request, pk, key):
    call = find_to_edit(request.user, pk)
    definition = form_of(call).definition
    place = place_of(definition, key)
    if place is None:
        return gone(request, call, key, definition)
    return edit_question(request, call, place)


@require_POST
def sample(request, pk):
    """The question as it is being set, the way an applicant will see it; nothing is stored."""
    call = find_to_edit(request.user, pk)
    definition = form_of(call).definition
    place = place_of(definition, request.GET.get("key", ""))
    if place is None:
        kind, section = request.GET.get("kind", ""), request.GET.get("section", "")
        if kind not in KINDS or building.find_section(definition, section) is None:
            raise Http404
        place = new_place(definition, kind, section)
    form = QuestionSettings(request.POST, place=place)
    row = sampled(definition, place, form) if form.is_valid() else None
    return render(request, "grants/formbuilder/_sample.html", {"row": row})


def sampled(definition, place, form):
    try:
        return sample_of(definition, place, form.values())
    except BadDefinition:
        return None


def gone(request, call, key, definition):
    """Somebody retired it meanwhile: the list says where it went."""
    if key not in {one["key"] for one in retired_in(definition)}:
        raise Http404
    messages.error(request, _("Cette question a été retirée ; vous pouvez la remettre."))
    return redirect("formbuilder:form", call.pk)


def edit_question(request, call, place):
    form = QuestionSettings(request.POST or None, place=place)
    context = {
        "call": call, "form": form, "stored": place.stored, "kind": NAMES[place.kind],
        "kind_help": HELPS[place.kind], "seen": digest(place.stored),
        "sample": {"key": place.stored.get("key", ""), "kind": place.kind, "at": place.section},
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        result = attempt(
            form, operations.save_question, call, place.stored.get("key", ""),
            form.cleaned_data["section"], form.values(),
            seen=request.POST.get("seen", ""), actor=request.user,
        )  # fmt: skip
        if isinstance(result, str):
            messages.success(request, _("« %s » est enregistrée.") % form.cleaned_data["label"])
            return redirect("formbuilder:form", call.pk)
        if isinstance(result, Clash):
            context |= {"clash": result, "differences": differences(result, form.values())}
    status = 422 if form.errors else 409 if context.get("clash") else 200
    return render(request, "grants/formbuilder/question.html", context, status=status)


def attempt(form, act, *args, **kwargs):
    """The key that was saved, a clash, or None with the reason in the form."""
    try:
        return act(*args, **kwargs)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def differences(clash, mine):
    """From what the other manager saved to what is typed here, in words."""
    alone = [{**told, "condition": None, "formula": None} for told in (clash.theirs, mine)]
    if clash.theirs["kind"] == "computed":
        return []
    theirs, typed = (
        parse({"sections": [{"key": "x", "title": "x", "questions": [{**one, "key": "x"}]}]})
        for one in alone
    )
    return [detail for change in changes_between(theirs, typed) for detail in change.details]


@require_POST
def move(request, pk):
    call = find_to_edit(request.user, pk)
    way = building.UP if request.POST.get("way") == building.UP else building.DOWN
    try:
        operations.move(call, request.POST.get("key", ""), way, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return back(request, call)


@require_POST
def remove(request, pk):
    call = find_to_edit(request.user, pk)
    key, seen = request.POST.get("key", ""), request.POST.get("seen", "")
    try:
        result = operations.remove(call, key, seen=seen, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if isinstance(result, Clash):
            told = _("%(by)s vient de modifier cet élément : relisez-le avant de le retirer.")
            messages.error(request, told % {"by": result.by})
        else:
            messages.success(request, _("C’est retiré du formulaire en préparation."))
    return redirect("formbuilder:form", call.pk)


@require_POST
def restore(request, pk):
    call = find_to_edit(request.user, pk)
    try:
        operations.restore(call, request.POST.get("key", ""), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La question est remise, avec les réponses déjà données."))
    return redirect("formbuilder:form", call.pk)


def back(request, call):
    """The list alone when the page asks for it without leaving."""
    if request.htmx:
        return render(request, "grants/formbuilder/_outline.html", page_of(request.user, call))
    key = request.POST.get("key", "")
    return redirect(f"{call_form(call)}#line-{key}")


def call_form(call):
    return redirect("formbuilder:form", call.pk).url
