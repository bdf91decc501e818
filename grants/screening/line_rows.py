"""Lines of the checklist as HTML, each a form of its own, put together from strings.

As a template, twelve lines took half of the time of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.core.addresses import address_of
from grants.core.templatetags.french import short_moment
from grants.screening.checklist import Line
from grants.screening.models import Check

STATES = {"met": "done", "not_met": "rejected"}


@dataclass(frozen=True)
class Faulty:
    """The line whose answer could not be saved: why, and what was typed."""

    key: str
    problem: str
    typed: Mapping[str, str]


def lines_as_html(
    lines: list[Line], dossier: int, *, token: str, may_check: bool, faulty: Faulty | None = None
) -> SafeString:
    write = partial(line_as_html, dossier=dossier, token=token, may_check=may_check, faulty=faulty)
    return SafeString("".join(map(write, lines)))


def line_as_html(
    line: Line,
    dossier: int,
    *,
    token: str,
    may_check: bool,
    faulty: Faulty | None = None,
) -> SafeString:
    """One line; as it was typed, with what is wrong, when it is the faulty one."""
    wrong = faulty if faulty and faulty.key == line.item.key else None
    key, label, check = escape(line.item.key), escape(line.label), line.check
    findings = "".join(map(finding_as_html, line.findings))
    if may_check:
        kept = {"outcome": line.outcome, "note": check.note if check else ""}
        problem, given = (wrong.problem, wrong.typed) if wrong else ("", kept)
        answer = form_of(key, label, dossier, token, problem, given)
    else:
        answer = f"<p>{escape(check.note)}</p>" if check and check.note else ""
    return SafeString(
        f'<article class="criterion" id="{key}"><div class="criterion-head"><h3>{label}</h3>'
        f'{badge_of(line)}</div><p class="soft small">{escape(line.guide)}</p>'
        f"{findings}{answer}{signed(check) if check else ''}</article>"
    )


def badge_of(line: Line) -> str:
    if not line.check:
        return state("todo", _("À vérifier"))
    return state(STATES.get(line.outcome, "archived"), line.check.get_outcome_display())


def state(kind: str, words: str) -> str:
    return f'<span class="state" data-state="{kind}">{escape(words)}</span>'


def finding_as_html(finding: Mapping[str, Any]) -> str:
    outcome = finding["outcome"]
    told = {"met": _("Calcul favorable"), "not_met": _("Calcul défavorable")}
    badge = state(STATES.get(outcome, "check"), told.get(outcome) or _("À confirmer"))
    return f'<p class="anchor">{badge} {escape(finding["sentence"])}</p>'


def form_of(
    key: str, label: str, dossier: int, token: str, problem: str, given: Mapping[str, str]
) -> str:
    """One answer and its remark, saved alone; `key` and `label` come escaped."""
    address = address_of("screening:check", dossier, key)
    remark, save = escape(_("Remarque")), escape(_("Enregistrer"))
    choices = "".join(
        f'<label><input type="radio" name="outcome" value="{value}"'
        f"{' checked' if given.get('outcome') == value else ''}> {escape(word)}</label>"
        for value, word in Check.Outcome.choices
    )
    faulty = f' aria-invalid="true" aria-describedby="{key}-problem"' if problem else ""
    return (
        f'<form method="post" action="{address}" hx-post="{address}" hx-target="#{key}" '
        f'hx-swap="outerHTML">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f"{alert(key, problem)}"
        f'<fieldset class="check-choices"><legend class="visually-hidden">{label}</legend>'
        f'{choices}</fieldset><label class="visually-hidden" for="{key}-note">{remark}</label>'
        f'<div class="filters-search"><input class="form-control" id="{key}-note" name="note" '
        f'maxlength="500" value="{escape(given.get("note", ""))}" placeholder="{remark}"{faulty}>'
        f'<button class="btn btn-secondary btn-sm" type="submit">{save}'
        f'<span class="visually-hidden"> {label}</span></button></div></form>'
    )


def alert(key: str, problem: str) -> str:
    if not problem:
        return ""
    return (
        f'<p class="invalid-feedback d-block" role="alert" id="{key}-problem">{escape(problem)}</p>'
    )


def signed(check: Check) -> str:
    told = {"who": check.checked_by, "when": short_moment(check.checked_at)}
    return f'<p class="soft small">{escape(_("%(who)s, le %(when)s") % told)}</p>'
