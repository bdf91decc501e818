from itertools import pairwise

from django.shortcuts import render
from django.views.decorators.http import require_safe

from grants.formbuilder import permissions as may
from grants.formbuilder.answering import SectionForm
from grants.formbuilder.changes import changes_between
from grants.formbuilder.definition import Definition, parse
from grants.formbuilder.filled import fill
from grants.formbuilder.finding import find, form_of
from grants.formbuilder.logic import logic_of
from grants.formbuilder.outline import outline_of, retired_in
from grants.formbuilder.sheets import rows_of


@require_safe
def form(request, pk):
    call = find(request.user, pk)
    return render(request, "grants/formbuilder/form.html", page_of(request.user, call))


def page_of(user, call):
    """What the list of sections shows, whole or as a fragment."""
    found = form_of(call)
    return {
        "call": call,
        "form": found,
        "outline": outline_of(found.definition),
        "retired": retired_in(found.definition),
        "may_edit": may.EDIT_FORM.allows(user, call),
        "may_clone": may.CLONE.allows(user, call),
    }


@require_safe
def preview(request, pk):
    """As the applicant will see it; nothing is stored."""
    call = find(request.user, pk)
    found = form_of(call)
    whole = fill(parse(found.definition), {}, {})
    questions = {key: reply.question for key, reply in whole.replies.items()}
    sheets = [
        {"section": here.section, "rows": rows_of(here, SectionForm(here), {}, questions)}
        for here in whole.sections
    ]
    context = {"call": call, "form": found, "sheets": sheets, "logic": logic_of(whole)}
    return render(request, "grants/formbuilder/preview.html", context)


@require_safe
def versions(request, pk):
    """Every published version, newest first, with what it changed."""
    call = find(request.user, pk)
    published = list(call.forms.published().select_related("revised_by"))
    parsed = [parse(version.definition) for version in published]
    changes = [changes_between(before, after) for after, before in pairwise(parsed)]
    told = zip(published, [*changes, []][: len(published)], strict=True)
    context = {"call": call, "versions": list(told)}
    return render(request, "grants/formbuilder/versions.html", context)


def pending_changes(call, draft):
    """What publishing `draft` would change."""
    published = call.forms.published().first()
    before = parse(published.definition) if published else Definition()
    return changes_between(before, parse(draft.definition))
