"""Rows of the allocation studio as HTML, put together from strings: three hundred on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grants.core.addresses import address_of
from grants.core.charts.dots import Dot
from grants.core.templatetags.french import euros, number, percent
from grants.decisions.studio import StudioRow

PARTED = ' class="is-parted"'


@dataclass(frozen=True)
class Words:
    """The fixed texts of a row, escaped, looked up once for a page."""

    rank: str
    score: str
    grey: str
    ceiling: str
    proposed: str
    amount: str
    rate: str
    useful: str
    reason: str
    save: str
    running: str
    outcome: str


def words() -> Words:
    return Words(
        rank=escape(_("Rang")),
        score=escape(_("Note et incertitude")),
        grey=escape(_("zone grise")),
        ceiling=escape(_("Plafond")),
        proposed=escape(_("Montant proposé")),
        amount=escape(_("Montant en euros")),
        rate=escape(_("Taux en pour cent")),
        useful=escape(_("utile à partir de")),
        reason=escape(_("Motif")),
        save=escape(_("Enregistrer")),
        running=escape(_("Cumul")),
        outcome=escape(_("Issue")),
    )


def rows_as_html(
    rows: Iterable[StudioRow], *, token: str | None, typed: Mapping[str, Any] | None = None
) -> SafeString:
    """`token` of the page where amounts may be changed, None where they may not; `typed` is a
    refused row: {pk, amount, reason, error}."""
    told = words()
    return SafeString("".join(row_as_html(row, told, token, typed) for row in rows))


def row_as_html(
    row: StudioRow, told: Words, token: str | None, typed: Mapping[str, Any] | None
) -> str:
    decision, dossier, line = row.decision, row.dossier, row.line
    refused = typed if typed and typed["pk"] == decision.pk else None
    proposed = proposal(row) if token is None else form_of(row, told, token, refused)
    grey = f'<span class="soft">{told.grey}</span>' if line.zone == "grey" else ""
    place = f' <span class="figures">n° {decision.reserve_rank}</span>'
    return (
        f'<tr id="ligne-{decision.rank}"{PARTED if row.is_last_funded else ""} '
        f'data-zone="{line.zone}" data-base="{dossier.eligible_base or 0}" '
        f'data-amount="{decision.amount}">'
        f'<td data-label="{told.rank}" class="figures">{decision.rank}</td>{heading(dossier)}'
        f'<td data-label="{told.score}" class="is-dot"><span class="figures">'
        f"{number(line.score, 2)}</span>{dot_as_html(row.dot)}{grey}</td>"
        f'<td data-label="{told.ceiling}" class="is-number"><span class="money">'
        f'{euros(row.ceiling.amount)}</span><span class="soft small d-block">'
        f"{escape(row.ceiling.because)}</span>{useful(row, told)}</td>"
        f'<td data-label="{told.proposed}">{proposed}</td>'
        f'<td data-label="{told.running}" class="is-number"><span class="money" data-running>'
        f"{euros(row.running)}</span></td>"
        f'<td data-label="{told.outcome}"><span class="state" data-state="{decision.outcome}">'
        f"{escape(row.outcome)}</span>{place if decision.reserve_rank else ''}"
        f'<span class="soft small d-block">{escape(decision.rule)}</span></td></tr>'
    )


def useful(row: StudioRow, told: Words) -> str:
    """The least amount that still carries the project, where a smaller one could be typed."""
    if row.minimum <= 0 or row.ceiling.amount <= 0:
        return ""
    return f'<span class="soft small d-block">{told.useful} {euros(row.minimum)}</span>'


def heading(dossier: Any) -> str:
    known = (dossier.organisation, dossier.reference, dossier.theme)
    return (
        f'<th scope="row"><a href="{dossier.get_absolute_url()}">'
        f'{conditional_escape(dossier.title)}</a><span class="soft small d-block">'
        f"{' · '.join(escape(str(one)) for one in known if one)}</span></th>"
    )


def dot_as_html(dot: Dot) -> str:
    """What `components/charts/row_dot.html` draws."""
    zone = f' data-zone="{escape(dot.zone)}"' if dot.zone else ""
    return (
        '<svg class="chart-row-dot" role="img" width="100%" height="24" '
        f'aria-label="{escape(dot.text)}"{zone}>'
        '<line class="chart-grid" x1="0" x2="100%" y1="12" y2="12"/>'
        f'<line class="chart-interval" x1="{dot.left}" x2="{dot.right}" y1="12" y2="12"/>'
        f'<circle class="chart-dot" cx="{dot.x}" cy="12" r="6"/></svg>'
    )


def proposal(row: StudioRow) -> str:
    decision = row.decision
    reason = f'<p class="soft">{escape(decision.reason)}</p>' if decision.reason else ""
    return (
        f'<span class="money">{euros(decision.amount)}</span> '
        f'<span class="figures">{percent(decision.rate, 1)}</span>{reason}'
    )


def form_of(row: StudioRow, told: Words, token: str, refused: Mapping[str, Any] | None) -> str:
    """The amount and its reason, saved alone; what was refused stays typed."""
    decision, pk = row.decision, row.decision.pk
    given = refused or typed_of(decision)
    address = address_of("decisions:revise", pk)
    faulty = f' aria-invalid="true" aria-describedby="error-{pk}"' if refused else ""
    reference = escape(row.dossier.reference)
    return (
        f'<form method="post" action="{address}" class="studio-form" hx-post="{address}" '
        f'hx-target="#ranking" data-studio-row>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<input type="hidden" name="version" value="{decision.version}">'
        f'<label class="visually-hidden" for="amount-{pk}">{told.amount} {reference}</label>'
        f'<input class="form-control is-money{" is-invalid" if refused else ""}" id="amount-{pk}" '
        f'name="amount" inputmode="decimal" autocomplete="off" '
        f'value="{escape(given.get("amount", ""))}"{faulty}>'
        f'<label class="visually-hidden" for="rate-{pk}">{told.rate} {reference}</label>'
        f'<input class="form-control is-money" id="rate-{pk}" name="rate" inputmode="decimal" '
        f'autocomplete="off" maxlength="8" value="{escape(given.get("rate", ""))}" data-rate>'
        f'<label class="visually-hidden" for="reason-{pk}">{told.reason} {reference}</label>'
        f'<input class="form-control" id="reason-{pk}" name="reason" maxlength="1000" '
        f'placeholder="{told.reason}" value="{escape(given.get("reason", ""))}"'
        f"{' required' if row.needs_reason else ''}>"
        f'<button class="btn btn-secondary btn-sm" type="submit">{told.save}</button>'
        f"{error_of(pk, refused)}{why_a_reason(row)}</form>"
    )


def typed_of(decision: Any) -> Mapping[str, str]:
    """The values of a row as a person would type them; cents only where there are some."""
    rate = decision.rate
    return {
        "amount": number(decision.amount, 2).removesuffix(",00").removesuffix(".00"),
        "rate": "" if rate is None else number(rate * 100, 1),
        "reason": decision.reason,
    }


def error_of(pk: int, refused: Mapping[str, Any] | None) -> str:
    if not refused:
        return ""
    said = escape(refused["error"])
    return f'<p class="invalid-feedback d-block" id="error-{pk}" role="alert">{said}</p>'


def why_a_reason(row: StudioRow) -> str:
    if not row.needs_reason:
        return ""
    if row.is_passed_over:
        said = _("Mieux classé que d’autres retenus : un motif est nécessaire.")
    else:
        said = _("Aide partielle : un motif est nécessaire.")
    return f'<p class="form-text is-warning">{escape(said)}</p>'
