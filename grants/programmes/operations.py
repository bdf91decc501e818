from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.programmes import permissions as may
from grants.programmes.checks import COPIED, CheckLine
from grants.programmes.criteria import Criterion
from grants.programmes.flow import FLOW
from grants.programmes.grid import COPIED_CRITERION
from grants.programmes.models import Call, Theme
from grants.programmes.readiness import needs_of
from grants.programmes.sharing import SharingBound, SharingRules
from grants.programmes.starter import STANDARD_CRITERIA


@transaction.atomic
def revise_programme(programme, *, actor, theme_names=None, new_theme="", **values):
    """Change the published rules and contacts; themes are renamed or added, never removed."""
    lock(programme)
    require(may.RUN_PROGRAMME, actor, programme)
    write(programme, **values)
    for theme in programme.themes.filter(pk__in=theme_names or {}):
        write(theme, name=theme_names[theme.pk])
    if new_theme:
        add_theme(programme, new_theme)
    return programme


def add_theme(programme, name):
    taken = set(programme.themes.values_list("key", flat=True))
    return Theme.objects.create(
        programme=programme, name=name, key=free_key(name, taken), rank=len(taken)
    )


@transaction.atomic
def create_call(programme, *, actor, copied_from=None, **values):
    """Prepare a call with the criteria and the checklist of `copied_from`, or the standard ones.

    Nobody sees it before it is published.
    """
    require(may.RUN_PROGRAMME, actor, programme)
    call = Call.objects.create(programme=programme, **values)
    for rank, row in enumerate(criteria_to_copy(copied_from)):
        Criterion.objects.create(call=call, rank=rank, **row)
    lines = CheckLine.objects.filter(call=copied_from).values(*COPIED)
    CheckLine.objects.bulk_create(CheckLine(call=call, **line) for line in lines)
    copy_sharing(copied_from, call)
    return call


def copy_sharing(source, call):
    """How the call before shared out, without its draw: a seed serves once."""
    for model in (SharingRules, SharingBound):
        for row in model.objects.filter(call=source).values():
            model.objects.create(**{**row, "id": None, "call_id": call.pk})


def criteria_to_copy(call):
    if call is None:
        return STANDARD_CRITERIA
    return call.criteria.values("key", *COPIED_CRITERION)


@transaction.atomic
def revise_call(call, *, actor, **values):
    """Change a call in preparation; once published its rules are frozen by the database."""
    lock(call)
    require(may.EDIT, actor, call)
    write(call, **values)
    return call


@transaction.atomic
def set_criteria(call, rows, *, actor):
    """Replace the criteria of a call in preparation by `rows`, in their order."""
    lock(call)
    require(may.EDIT, actor, call)
    call.criteria.exclude(key__in=[row["key"] for row in rows if row["key"]]).delete()
    taken = set(call.criteria.values_list("key", flat=True))
    for rank, row in enumerate(rows):
        key = row["key"] if row["key"] in taken else free_key(row["name"], taken)
        taken.add(key)
        Criterion.objects.update_or_create(
            call=call, key=key, defaults={**row, "key": key, "rank": rank}
        )
    return call


def free_key(name, taken):
    """A short key nobody uses yet: “impact”, then “impact-2”."""
    stem = slugify(name)[:40] or "x"
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}-{n}"
    return key


@transaction.atomic
def open_call(call, *, actor, at=None):
    """Publish: from here on criteria, caps and rules are what applicants were promised."""
    lock(call)
    require(may.OPEN, actor, call)
    for need in unmet(call, at=at or timezone.now()):
        raise Refused(need.lack)
    FLOW.take("open", call, actor=actor)
    return call


def unmet(call, *, at):
    """What is still missing; nothing once the call is out of preparation."""
    if call.state not in FLOW.steps["open"].sources:
        return []
    return [need for need in needs(call, at=at) if not need.met]


def needs(call, *, at):
    published = [at is not None for at in call.forms.values_list("published_at", flat=True)]
    return needs_of(
        call,
        list(call.criteria.all()),
        has_form=any(published),
        is_form_settled=all(published),
        at=at,
    )


@transaction.atomic
def start_review(call, *, actor, at=None):
    """Hand the call to its reviewers: no dossier enters any more, but one let in by name."""
    lock(call)
    require(may.CLOSE, actor, call)
    if (at or timezone.now()) < call.closes_at:
        raise Refused(_("L’appel est encore ouvert aux dossiers : attendez sa clôture."))
    FLOW.take("start_review", call, actor=actor)
    return call
