"""The file of a decision on paper: what a judge reads, in the order things happened."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime

from grants.core.typesetting import typeset
from grants.core.wording import day, euros, hour, number, percent
from grants.decisions.states import Outcome
from grants.eligibility.findings import Outcome as Finding
from grants.programmes.models import Call
from reviews.casefile.told import answers_of

MARKS = {
    Finding.MET: "respecté",
    Finding.NOT_MET: "non respecté",
    Finding.WARNING: "à vérifier",
    Finding.UNKNOWN: "inconnu",
}


def case_pdf(case):
    """In French whoever reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        return typeset("case", words_of(case))


def words_of(case):
    content = case["content"]
    told, rules = content["dossier"], content["rules"]
    return {
        "title": "Dossier de décision",
        "funder": rules["funder"],
        "reference": told["reference"],
        "project": told["title"],
        "facts": facts_of(content),
        "steps": [
            [at(one["at"]), one["title"], one["by"], one["reason"]] for one in content["steps"]
        ],
        "rules": parameters_of(rules),
        "criteria": [
            [one["name"], f"{number(one['weight'])}\u202f%", mark(one["threshold"])]
            for one in rules["criteria"]
        ],
        "findings": findings_of(content["eligibility"]),
        "checks": [
            [one["label"], str(one["outcome"]), one["note"], f"{one['by']}, {at(one['at'])}"]
            for one in content["checks"]
        ],
        "answers": answers_of(told["id"]),
        "deposits": [
            [f"version {one['version']}", at(one["at"]), one["by"], one["sha256"]]
            for one in content["deposits"]
        ],
        "evaluations": [evaluation_of(one, rules) for one in content["evaluations"]],
        "conflicts": conflicts_of(content["conflicts"]),
        "committee": committee_of(content["committee"]),
        "ranking": ranking_of(content),
        "order": order_of(content),
        "scenarios": [scenario_of(one, content) for one in content["allocation"]["scenarios"]],
        "vote": vote_of(content["allocation"]),
        "amended": amended_of(content["allocation"]),
        "appeals": [appeal_of(one) for one in content["decision"]["appeals"]],
        "digests": digests_of(case),
    }


def at(text):
    when = timezone.localtime(parse_datetime(text))
    return f"{day(when, weekday=False)}, {hour(when)}"


def mark(value):
    return "—" if value is None else number(value, places=2)


def pairs(*rows):
    return [{"label": label, "value": value or "—"} for label, value in rows]


def facts_of(content):
    told, decision, rules = content["dossier"], content["decision"], content["rules"]
    company = f"{told['company']['name']}, SIRET {told['company']['siret']}"
    amount = euros(decision["amount"]) if decision["outcome"] == Outcome.AWARD else ""
    reserve = decision["reserve_rank"]
    return pairs(
        ("Dossier", f"{told['reference']} — {told['title']}"),
        ("Entreprise", company),
        ("Appel", f"{rules['title']} ({rules['call']}), {rules['programme']}"),
        ("Décision", str(decision["said"])),
        ("Montant", amount),
        ("Rang", str(decision["rank"])),
        ("Rang de réserve", str(reserve) if reserve else ""),
        ("Motif", decision["reason"]),
        ("Règle appliquée", decision["rule"]),
        *aid_of(content),
    )


def aid_of(content):
    """The State-aid text the award stands on, and the exception to its ceiling if there is one."""
    own = content["dossier"]["id"]
    line = next(one for one in content["allocation"]["lines"] if one["dossier"] == own)
    basis, exception = line["basis"], line["exception"]
    found = []
    if basis:
        granted = parse_date(basis["granted_on"]) if basis["granted_on"] else None
        found = [
            ("Base d’aide d’État", f"{basis['version']}, {basis['article']}"),
            ("Plafond", f"{euros(basis['ceiling'])}\u202f: {basis['because']}"),
            ("Entreprise unique", ", ".join(basis["undertaking"])),
            ("Date d’octroi", day(granted) if granted else ""),
        ]
    if exception:
        signed = f"{euros(exception['amount'])}, signée par {exception['signed_by']}"
        found.append(("Dérogation au plafond", f"{signed}\u202f: {exception['reason']}"))
    return found


def parameters_of(rules):
    told = rules["parameters"]
    return pairs(
        ("Note qui classe", str(Call.Method(told["method"]).label)),
        ("Note minimale", f"{mark(told['threshold'])} sur {told['top_score']}"),
        ("Taux maximal", percent(told["max_rate"])),
        ("Aide maximale", euros(told["max_aid"])),
        ("Part maximale en subvention", euros(told["max_grant"])),
        ("Assiette minimale", f"{euros(told['min_base_mvp'])} (premier produit), "
         f"{euros(told['min_base'])} (autres étapes)"),
        ("Durée maximale", f"{told['max_months']} mois"),
        ("Clôture de l’appel", at(rules["calendar"]["closes_at"])),
    )  # fmt: skip


def findings_of(eligibility):
    if eligibility is None:
        return []
    return [
        [MARKS[Finding(one["outcome"])], one["sentence"], one["reference"]]
        for one in eligibility["verdict"]["findings"]
    ]


def evaluation_of(one, rules):
    names = {criterion["key"]: criterion["name"] for criterion in rules["criteria"]}
    counted = "" if one["counted"] else " — ne compte pas dans le classement"
    return {
        "heading": f"{one['name']}, le {at(one['submitted_at'])}{counted}",
        "scores": [
            [names[score["criterion"]], mark(score["value"]), score["comment"]]
            for score in one["scores"]
        ],
        "strengths": one["strengths"],
        "weaknesses": one["weaknesses"],
    }


def conflicts_of(told):
    return [
        *(f"{one['expert']}\u202f: {one['said']} ({one['origin']}), le {at(one['at'])}."
          for one in told["declarations"]),
        *(f"{one['expert']}\u202f: lien repéré, {one['said']}, {one['state']}. {one['because']}"
          for one in told["links"]),
        *(f"{one['expert']}\u202f: {one['state']}." for one in told["removed"]),
    ]  # fmt: skip


def committee_of(told):
    if told is None or told["item"] is None:
        return []
    item = told["item"]
    out = ", ".join(one["name"] for one in item["out"])
    votes = ", ".join(f"{one['name']} ({one['choice']})" for one in item["votes"])
    found = [
        f"Séance du {at(told['held_at'])}.",
        f"Déports\u202f: {out or 'aucun'}.",
        f"Note proposée\u202f: {mark(item['proposed'])}. Voix\u202f: {votes or '—'}.",
        item["note"],
        f"Empreinte du procès-verbal\u202f: {told['minutes_sha256']}",
    ]
    return [line for line in found if line]


def ranking_of(content):
    told = content["ranking"]
    return pairs(
        ("Méthode", str(Call.Method(told["method"]).label)),
        ("Correction écartée", told["fallback"]),
        ("Arrêté le", f"{at(told['received_at'])}, par {told['received_by']}"),
        ("Évaluations comptées", str(len(told["marks"]))),
        ("Graine du tirage", told["seed"] or ""),
        ("Empreinte du classement", told["sha256"]),
    )


def order_of(content):
    """The whole call: a decision is read beside those it was taken with."""
    ranked = {one["dossier"]: one for one in content["ranking"]["lines"]}
    own = content["dossier"]["id"]
    return [
        [
            str(line["rank"]),
            line["reference"] + (" ←" if line["dossier"] == own else ""),
            mark(ranked[line["dossier"]]["score"]),
            interval(ranked[line["dossier"]]),
            euros(line["ceiling"]),
            euros(line["amount"]) if line["outcome"] == Outcome.AWARD
            else str(Outcome(line["outcome"]).label),
        ]
        for line in content["allocation"]["lines"]
    ]  # fmt: skip


def interval(line):
    if line["low"] is None:
        return "—"
    return f"{mark(line['low'])} à {mark(line['high'])}"


def scenario_of(told, content):
    """What this way of sharing gave the dossier, and how much it spent over how many."""
    rows = told["result"]["rows"]
    own = rows.get(content["dossier"]["id"])
    funded = [Decimal(one["amount"]) for one in rows.values() if Decimal(one["amount"])]
    return [
        told["name"] + (" (choisi)" if told["is_chosen"] else " (écarté)"),
        f"{told['made_by']}, {at(told['made_at'])}",
        f"{len(funded)} lauréats, {euros(sum(funded, Decimal(0)))}",
        voted(own["outcome"], own["amount"]) if own else "—",
    ]


def vote_of(told):
    held = parse_date(told["deliberated_on"]) if told["deliberated_on"] else None
    checked = f"{told['checked_by']}, {at(told['checked_at'])}" if told["checked_at"] else ""
    return pairs(
        ("Enveloppe", told["envelope"]),
        ("Préparée par", f"{told['prepared_by']}, {at(told['prepared_at'])}"),
        ("Contrôlée par", checked),
        ("Rapport", told["report"] and f"version {told['report']['version']}, "
         f"empreinte {told['report']['sha256']}"),
        ("Organe", told["body"]),
        ("Délibération", told["deliberation"] and f"n° {told['deliberation']}, {day(held)}"),
        ("Annoncée", told["announced_at"] and at(told["announced_at"])),
    )  # fmt: skip


def amended_of(told):
    """Lines the vote changed, and who left the room for which."""
    changed = [
        f"{line['reference']}\u202f: "
        f"{voted(one['proposed_outcome'], one['proposed_amount'])} proposé, "
        f"{voted(one['outcome'], one['amount'])} voté. {one['reason']}"
        for line in told["lines"]
        if (one := line["amendment"])
    ]
    left = [
        f"{line['reference']}\u202f: {', '.join(line['recusals'])} n’ont pas pris part au vote."
        if len(line["recusals"]) > 1
        else f"{line['reference']}\u202f: {line['recusals'][0]} n’a pas pris part au vote."
        for line in told["lines"]
        if line["recusals"]
    ]
    return [*changed, *left]


def voted(outcome, amount):
    label = str(Outcome(outcome).label)
    return f"{label}, {euros(amount)}" if outcome == Outcome.AWARD else label


def appeal_of(one):
    awarded = f" Aide accordée\u202f: {euros(one['awarded'])}." if one["awarded"] else ""
    return {
        "heading": f"{one['kind']}, reçu le {day(parse_date(one['received_on']))}",
        "state": f"{one['state']}.{awarded}",
        "grounds": one["grounds"],
        "reply": one["reply"],
        "evidence": one["evidence_sha256"],
    }


def digests_of(case):
    content, letters = case["content"], case["content"]["decision"]["letters"]
    history = content["history"]
    return pairs(
        ("Ce dossier de décision", case["sha256"]),
        *(("Lettre", f"{one['sha256']}, faite le {at(one['made_at'])}") for one in letters),
        ("Chaîne de l’historique", history and f"{history['acts']} actes, tête {history['head']}"),
        ("Scellé", history and history["seal"]),
    )
