"""From a decision and a template to everything the letter says, as plain text."""

from django.utils import timezone

from grants.core.wording import day
from grants.decisions.feedback import lines_of, told_of
from grants.decisions.shortfall import mark, shortfall
from grants.decisions.states import Outcome
from grants.letters.kinds import kind_of
from grants.letters.placeholders import filled, longest, of_kind, paragraphs

ALGORITHM = (
    "Le classement a été établi avec l’aide d’un traitement algorithmique dont l’objet est de "
    "calculer les notes, leur incertitude et l’ordre des dossiers. Vous pouvez demander les règles "
    "de ce traitement et leur application à votre dossier ; en cas de refus, saisir la CADA."
)


def words(decision, texts):
    """The letter of a real dossier; `texts` holds subject, body and remedies."""
    values = values_of(decision)
    return {
        **heads_of(decision.dossier),
        **texts_of(texts, values),
        "date": day(announced_on(decision)),
        "deliberation": deliberation_of(act_of(decision)),
        "feedback": feedback_of(decision.dossier),
    }


def longest_words(programme, kind, texts):
    """The letter with every value at its longest: does the page still bear it?"""
    values = longest(kind)
    return {
        **sender_of(programme),
        "company": values["entreprise"],
        "company_address": values["adresse"],
        "reference": values["reference"],
        "call": values["appel"],
        **texts_of(texts, values),
        "date": day(values["date_lettre"]),
        "deliberation": filled(
            "Décision prise par {organe}, délibération n° {deliberation} du {date_vote}.", values
        ),
        "feedback": [],
    }


def texts_of(texts, values):
    return {
        "subject": filled(texts["subject"], values),
        "paragraphs": paragraphs(texts["body"], values),
        "remedies": paragraphs(texts["remedies"], values),
        "algorithm": ALGORITHM,
    }


def heads_of(dossier):
    return {
        **sender_of(dossier.call.programme),
        "company": dossier.organisation.name,
        "company_address": dossier.organisation.address or dossier.organisation.city,
        "reference": dossier.reference,
        "call": dossier.call.title,
    }


def sender_of(programme):
    return {
        "funder": programme.funder,
        "service": programme.contact_service,
        "address": programme.contact_address,
        "email": programme.contact_email,
        "phone": programme.contact_phone,
    }


def announced_on(decision):
    """The day of the announcement; in a preview before it, today."""
    return timezone.localdate(decision.allocation.announced_at or timezone.now())


def act_of(decision):
    """The vote that decides today: that of an appeal granted since, or the first one."""
    return decision.appeals.filter(state="granted").last() or decision.allocation


def deliberation_of(act):
    if not act.deliberation:
        return "Décision qui sera prise par délibération (aperçu avant le vote)."
    return (
        f"Décision prise par {act.body}, délibération n° {act.deliberation} "
        f"du {day(act.deliberated_on)}."
    )


def values_of(decision):
    """Every word this letter may use, typed."""
    kind = kind_of(decision)
    found = {**facts_of(decision), **ranked_of(decision)}
    return {one.name: found[one.name] for one in of_kind(kind)}


def facts_of(decision):
    dossier, act = decision.dossier, act_of(decision)
    call, programme = dossier.call, dossier.call.programme
    return {
        "entreprise": dossier.organisation.name,
        "reference": dossier.reference,
        "projet": dossier.title,
        "appel": call.title,
        "programme": programme.name,
        "financeur": programme.funder,
        "service": programme.contact_service,
        "adresse": programme.contact_address,
        "organe": act.body,
        "deliberation": act.deliberation,
        "date_vote": act.deliberated_on,
        "date_lettre": announced_on(decision),
        "motif": decision.reason,
        "demande": dossier.requested,
        "montant": decision.amount if decision.outcome == Outcome.AWARD else None,
        "taux": decision.rate,
        "rang_reserve": decision.reserve_rank,
        "fin_reserve": call.reserve_until,
    }


def ranked_of(decision):
    line, ranking = decision.dossier.rank_line, decision.allocation.ranking
    top = decision.dossier.call.top_score
    ordered = sorted(line.by_criterion, key=lambda row: -float(row["mean"]))
    best, worst = (ordered[0], ordered[-1]) if ordered else (None, None)
    return {
        "rang": line.rank,
        "classes": ranking.lines.count(),
        "note": line.score,
        "note_maximale": top,
        "seuil": ranking.threshold,
        "evaluations": line.reviews,
        "point_fort": criterion(best, top),
        "point_faible": criterion(worst, top),
        "motifs": shortfall(decision, threshold=ranking.threshold, top=top),
    }


def criterion(row, top):
    return f"{row['name']} ({mark(row['mean'])} sur {top})" if row else ""


def feedback_of(dossier):
    """What the readers of the dossier found strong and weak, criterion by criterion."""
    return [
        {
            "title": str(part.title),
            "strengths": lines_of(part.strengths),
            "weaknesses": lines_of(part.weaknesses),
        }
        for part in told_of(dossier)
    ]
