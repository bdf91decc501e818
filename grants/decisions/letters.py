"""The decision letter: its words, its PDF, kept once and for all."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from grants.core.flow import lock
from grants.core.typesetting import typeset
from grants.core.wording import day, euros
from grants.decisions.feedback import lines_of, told_of
from grants.decisions.minimums import missed
from grants.decisions.models import Decision, DecisionLetter
from grants.decisions.states import AllocationState, Outcome

REMEDIES = (
    "Si vous contestez cette décision, vous pouvez, dans les deux mois qui suivent sa réception, "
    "demander à la Région de la réexaminer (recours gracieux, à l’adresse du service ci-dessus) ou "
    "saisir le tribunal administratif de Toulouse, 68 rue Raymond-IV, 31000 Toulouse, ou par "
    "www.telerecours.fr. Le recours gracieux prolonge le délai pour saisir le tribunal."
)
ALGORITHM = (
    "Le classement a été établi avec l’aide d’un traitement algorithmique dont l’objet est de "
    "calculer les notes, leur incertitude et l’ordre des dossiers. Vous pouvez demander les règles "
    "de ce traitement et leur application à votre dossier ; en cas de refus, saisir la CADA."
)
SUBJECTS = {
    Outcome.AWARD: "Votre projet est retenu",
    Outcome.RESERVE: "Votre projet est inscrit sur la liste de réserve",
    Outcome.REFUSE: "Votre projet n’est pas retenu",
}


@transaction.atomic
def make_letter(decision_id):
    """Write and keep the letter of an announced decision; made once, found afterwards."""
    decision = Decision.objects.get(pk=decision_id)
    lock(decision)
    if hasattr(decision, "letter"):
        return decision.letter
    if decision.allocation.state != AllocationState.ANNOUNCED:
        return None
    pdf = typeset("decision", words(decision))
    kept = DecisionLetter(decision=decision, sha256=hashlib.sha256(pdf).hexdigest())
    kept.file.save(f"letters/{decision.allocation_id}/{decision.pk}.pdf", ContentFile(pdf))
    return kept


def words(decision):
    """Everything the letter says, as plain text."""
    dossier, allocation = decision.dossier, decision.allocation
    programme = dossier.call.programme
    return {
        "funder": programme.funder,
        "service": programme.contact_service,
        "address": programme.contact_address,
        "email": programme.contact_email,
        "phone": programme.contact_phone,
        "company": dossier.organisation.name,
        "company_address": dossier.organisation.address or dossier.organisation.city,
        "reference": dossier.reference,
        "call": dossier.call.title,
        "project": dossier.title,
        "date": day(timezone.localdate(allocation.announced_at)),
        "subject": SUBJECTS[Outcome(decision.outcome)],
        "paragraphs": [*said(decision), *explained(decision)],
        "deliberation": (
            f"Décision prise par {allocation.body}, délibération n° {allocation.deliberation} "
            f"du {day(allocation.deliberated_on)}."
        ),
        "algorithm": ALGORITHM,
        "remedies": REMEDIES,
        "feedback": feedback(dossier),
    }


def feedback(dossier):
    """What the readers of the dossier found strong and weak, criterion by criterion."""
    return [
        {
            "title": str(part.title),
            "strengths": lines_of(part.strengths),
            "weaknesses": lines_of(part.weaknesses),
        }
        for part in told_of(dossier)
    ]


def said(decision):
    """What was decided, and what to do now."""
    if decision.outcome == Outcome.AWARD:
        return [
            f"La Région vous attribue une aide de {euros(decision.amount)} pour votre projet "
            f"« {decision.dossier.title} ».",
            "Une convention vous sera proposée à la signature. Aucun versement n’a lieu avant.",
        ]
    if decision.outcome == Outcome.RESERVE:
        until = day(decision.dossier.call.reserve_until)
        return [
            f"Votre dossier est au rang {decision.reserve_rank} de la liste de réserve, valable "
            f"jusqu’au {until}. L’enveloppe est épuisée par les dossiers mieux classés.",
            "Si des crédits se libèrent, nous vous écrirons. Vous n’avez rien à faire d’ici là.",
        ]
    return [
        f"Votre demande d’aide n’est pas retenue. {shortfall(decision)}",
        "Vous pourrez déposer un nouveau dossier lors d’un prochain appel.",
    ]


def shortfall(decision):
    """Which published minimum was not reached: a criterion’s, or that of the whole."""
    top, line = decision.dossier.call.top_score, decision.dossier.rank_line
    threshold = decision.allocation.ranking.threshold
    short = missed(line.by_criterion)
    if line.score < threshold or not short:
        return f"Sa note est inférieure au seuil publié de {number(threshold)} sur {top}."
    told = ", ".join(
        f"{row['name']} ({number(row['mean'])} pour un minimum de {number(row['minimum'])})"
        for row in short
    )
    return f"La note minimale publiée n’est pas atteinte sur : {told}."


def explained(decision):
    """Rank, score, best and worst criterion, and the reason somebody wrote."""
    line = decision.dossier.rank_line
    top = decision.dossier.call.top_score
    count = decision.allocation.ranking.lines.count()
    found = [
        f"Classement : rang {line.rank} sur {count}, note {number(line.score)} sur {top}, "
        f"établie sur {line.reviews} évaluations indépendantes."
    ]
    if line.by_criterion:
        ordered = sorted(line.by_criterion, key=lambda row: -float(row["mean"]))
        best, worst = ordered[0], ordered[-1]
        found.append(
            f"Point le plus fort : {best['name']} ({number(best['mean'])} sur {top}). "
            f"Point le plus faible : {worst['name']} ({number(worst['mean'])} sur {top})."
        )
    if decision.reason:
        found.append(f"Motif : {decision.reason}")
    return found


def number(value):
    return f"{float(value):.2f}".replace(".", ",")
