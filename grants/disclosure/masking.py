"""The copy of a dossier that the law lets anyone read, once it is decided (CRPA L. 311-6).

Answers are shown or masked by the class of their question; what is masked says so and why, so that
whoever reads knows what they were not given.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from grants.core import wording
from grants.core.typesetting import typeset
from grants.decisions.models import Decision
from grants.dossiers.forms_of import handed_in
from grants.dossiers.printing import reply_of
from grants.dossiers.receipts import company, size
from grants.dossiers.states import State

# Shown once the dossier is decided: before, it is preparatory and nobody may ask for it.
COMMUNICABLE = frozenset({"public", "after_decision"})
BECAUSE = {
    "secret": "secret des affaires",
    "personal": "donnée personnelle",
    "bank": "coordonnées bancaires",
}


@dataclass(frozen=True)
class Copy:
    """What the paper says, and how many answers it masks, by class."""

    content: dict[str, Any]
    masked: dict[str, int]


def is_decided(dossier):
    """Declared inadmissible, or decided by a vote that was announced."""
    if dossier.state == State.INADMISSIBLE:
        return True
    return Decision.objects.announced().filter(dossier=dossier).exists()


def copy_of(submission):
    """In French whoever makes it; the same deposit gives the same copy."""
    with translation.override(settings.LANGUAGE_CODE):
        return masked_copy(submission)


def copy_pdf(copy):
    return typeset("dossier", copy.content)


def masked_copy(submission):
    dossier, content = submission.dossier, submission.content
    form = handed_in(dossier, submission)
    shown = {key for key, reply in form.replies.items() if is_communicable(reply)}
    hidden = [reply for reply in form.replies.values() if reply.is_content]
    hidden = [reply for reply in hidden if not is_communicable(reply) and not reply.is_hidden]
    title = content["answers"].get("title") if "title" in shown else None
    return Copy(
        content={
            "title": title or f"Dossier {content['reference']}",
            "subject": "Copie communicable d’un dossier de candidature",
            "funder": dossier.call.programme.funder,
            "reference": content["reference"],
            "foot": f"{content['reference']} · copie communicable",
            "facts": facts_of(submission),
            "headings": {
                "what": "Élément",
                "value": "Valeur",
                "file": "Fichier et empreinte SHA-256",
                "size": "Taille",
            },
            "note": "Copie établie en application des articles L. 311-1 et L. 311-6 du code des "
            "relations entre le public et l’administration\u202f: les réponses couvertes par le "
            "secret des affaires ou la vie privée sont occultées, et le disent.",
            "sections": [
                {
                    "title": section.section.title,
                    "replies": [told(reply) for reply in section.replies if not reply.is_hidden],
                }
                for section in form.sections
            ],
            "documents_title": "Pièces jointes communicables",
            "documents": [
                {"name": one["name"], "sha256": one["sha256"], "size": size(one["size"])}
                for one in content["documents"]
                if one["key"] in shown
            ],
            "digest_title": "Empreinte du contenu déposé (SHA-256)",
            "sha256": submission.sha256,
        },
        masked=counted(hidden),
    )


def is_communicable(reply):
    return reply.question.confidentiality in COMMUNICABLE


def told(reply):
    if is_communicable(reply):
        return reply_of(reply)
    because = BECAUSE[reply.question.confidentiality]
    empty = {"columns": [], "numbers": [], "rows": [], "totals": []}
    return {"label": reply.question.label, "lines": [f"[Occulté\u202f: {because}]"], **empty}


def facts_of(submission):
    """Neither who filed it nor who signed: people are no part of what is asked."""
    received = timezone.localtime(submission.at)
    rows = [
        ("Référence du dossier", submission.content["reference"]),
        ("Entreprise", company(submission.content)),
        ("Appel", submission.dossier.call.title),
        ("Reçu le", wording.day(received)),
        ("Version", str(submission.version)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def counted(replies):
    found = dict.fromkeys(BECAUSE, 0)
    for reply in replies:
        found[reply.question.confidentiality] += 1
    return found
