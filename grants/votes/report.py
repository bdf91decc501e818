"""The report put to the vote: frozen as plain values, read as an archivable PDF with annexes."""

import hashlib
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from grants.core.typesetting import typeset
from grants.core.wording import count, day, euros, number
from grants.decisions.operations.receiving import canonical
from grants.decisions.shortfall import mark, shortfall
from grants.decisions.states import Outcome
from grants.decisions.wishes import rows_of

NARROW = "\u202f"


def digest_of(content):
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def record_of(allocation):
    """Everything the assembly is told, with amounts and scores as text."""
    call, ranking, envelope = allocation.call, allocation.ranking, allocation.envelope
    decisions = list(
        allocation.decisions.select_related(
            "dossier__organisation", "dossier__theme", "dossier__rank_line"
        ).order_by("rank")
    )
    rows = rows_of(allocation)
    proposed = sum((decision.amount for decision in decisions), Decimal(0))
    return {
        "funder": call.programme.funder,
        "programme": call.programme.name,
        "call": call.title,
        "code": call.code,
        "year": call.year,
        "reserve_until": call.reserve_until.isoformat(),
        "envelope": {
            "name": str(envelope),
            "voted_reference": envelope.voted_reference,
            "endowed": str(envelope.endowed),
            "committed": str(envelope.committed),
            "left": str(envelope.left),
            "proposed": str(proposed),
            "left_after": str(envelope.left - proposed),
        },
        "ranking": {
            "method": ranking.get_method_display(),
            "fallback": ranking.fallback,
            "threshold": str(ranking.threshold),
            "top": call.top_score,
            "received_at": ranking.received_at.isoformat(),
            "sha256": ranking.sha256,
        },
        "prepared_by": str(allocation.prepared_by),
        "checked_by": str(allocation.checked_by),
        "checked_at": allocation.checked_at.isoformat(),
        "lines": [line_of(decision, rows[decision.dossier_id], call) for decision in decisions],
    }


def line_of(decision, row, call):
    dossier = decision.dossier
    return {
        "rank": decision.rank,
        "reference": row.reference,
        "title": dossier.title,
        "company": dossier.organisation.name,
        "siren": dossier.organisation.siren,
        "department": dossier.department,
        "theme": dossier.theme.name if dossier.theme else "",
        "score": str(row.score),
        "outcome": decision.outcome,
        "requested": str(row.requested),
        "ceiling": str(row.ceiling.amount),
        "because": row.ceiling.because,
        "amount": str(decision.amount),
        "reserve_rank": decision.reserve_rank,
        "reason": decision.reason,
        "shortfall": shortfall(decision, threshold=call.threshold, top=call.top_score),
    }


def report_pdf(report):
    """In French whoever reads it; the same frozen content gives the same text."""
    with translation.override(settings.LANGUAGE_CODE):
        return typeset("report", words_of(report.content, report))


def words_of(content, report):
    awards = of_outcome(content, Outcome.AWARD)
    reserve = of_outcome(content, Outcome.RESERVE)
    refusals = of_outcome(content, Outcome.REFUSE)
    return {
        "title": "Rapport d’attribution",
        "funder": content["funder"],
        "call": content["call"],
        "facts": facts_of(content, report),
        "articles": articles_of(content, awards, reserve, refusals),
        "awards": [award_row(line) for line in awards],
        "total": amount(content["envelope"]["proposed"]),
        "reserve": [reserve_row(line) for line in by_reserve_rank(reserve)],
        "refusals": [refusal_row(line) for line in refusals],
        "envelope": envelope_rows(content["envelope"]),
        "method": method_of(content),
        "order": [order_row(line) for line in content["lines"]],
        "version": str(report.version),
        "sha256": report.sha256,
    }


def of_outcome(content, outcome):
    return [line for line in content["lines"] if line["outcome"] == outcome]


def by_reserve_rank(lines):
    return sorted(lines, key=lambda line: line["reserve_rank"])


def facts_of(content, report):
    told = [
        ("Programme", content["programme"]),
        ("Appel", f"{content['call']} ({content['code']})"),
        ("Exercice", str(content["year"])),
        ("Proposition préparée par", content["prepared_by"]),
        ("Contrôlée par", f"{content['checked_by']}, le {on(content['checked_at'])}"),
        ("Rapport établi le", day(timezone.localdate(report.made_at))),
    ]
    return [{"label": label, "value": value} for label, value in told]


def articles_of(content, awards, reserve, refusals):
    """The act proposed, article by article; refusals need it as much as awards."""
    told = [
        f"attribuer {count(len(awards), 'aide', 'aides')} pour un total de "
        f"{amount(content['envelope']['proposed'])}, selon l’annexe 1"
    ]
    if reserve:
        told.append(
            f"arrêter la liste de réserve de {count(len(reserve), 'dossier', 'dossiers')}, valable "
            f"jusqu’au {day(parse_day(content['reserve_until']))}, selon l’annexe 2"
        )
    if refusals:
        told.append(
            f"rejeter {count(len(refusals), 'demande', 'demandes')} pour les motifs de l’annexe 3"
        )
    told.append(f"imputer la dépense sur « {content['envelope']['name']} », selon l’annexe 4")
    return [f"Article {n}{NARROW}: {text}." for n, text in enumerate(told, start=1)]


def award_row(line):
    reasons = [line["reason"]] if line["reason"] else []
    if Decimal(line["amount"]) < Decimal(line["requested"]):
        reasons.append(f"Plafond{NARROW}: {amount(line['ceiling'])}, {line['because']}.")
    return [str(line["rank"]), named(line), amount(line["requested"]), amount(line["amount"]),
            " ".join(reasons) or "—"]  # fmt: skip


def reserve_row(line):
    return [str(line["reserve_rank"]), str(line["rank"]), named(line), amount(line["requested"]),
            score(line)]  # fmt: skip


def refusal_row(line):
    reasons = " ".join(part for part in (line["shortfall"], line["reason"]) if part)
    return [str(line["rank"]), named(line), score(line), reasons or "—"]


def order_row(line):
    outcome = str(Outcome(line["outcome"]).label)
    return [str(line["rank"]), named(line), score(line), outcome, amount(line["amount"])]


def envelope_rows(envelope):
    told = [
        ("Enveloppe", envelope["name"]),
        ("Acte budgétaire", envelope["voted_reference"] or "—"),
        ("Crédits votés", amount(envelope["endowed"])),
        ("Déjà engagés", amount(envelope["committed"])),
        ("Disponibles avant ce vote", amount(envelope["left"])),
        ("Proposés à ce vote", amount(envelope["proposed"])),
        ("Disponibles après ce vote", amount(envelope["left_after"])),
    ]
    return [list(pair) for pair in told]


def method_of(content):
    ranking = content["ranking"]
    told = [
        f"Méthode publiée{NARROW}: {ranking['method']}. Seuil{NARROW}: "
        f"{mark(ranking['threshold'])} sur {ranking['top']}.",
        f"Classement arrêté le {on(ranking['received_at'])}, empreinte SHA-256 "
        f"{ranking['sha256']}.",
    ]
    if ranking["fallback"]:
        told.append(f"Repli{NARROW}: {ranking['fallback']}")
    return told


def named(line):
    place = f" ({line['department']})" if line["department"] else ""
    return f"{line['reference']} — {line['company']}{place}{NARROW}: {line['title']}"


def amount(text):
    return euros(Decimal(text))


def score(line):
    return number(Decimal(line["score"]), places=2)


def on(text):
    return day(timezone.localdate(parse_datetime(text)))


def parse_day(text):
    return date.fromisoformat(text)
