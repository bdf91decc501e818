"""A dossier on paper, as its applicant filed it: every question, answer, table, sum and file."""

from django.conf import settings
from django.utils import timezone, translation

from grants.core import wording
from grants.core.typesetting import typeset
from grants.dossiers.forms_of import handed_in
from grants.dossiers.receipts import company, instant, size


def dossier_pdf(submission, *, withheld=frozenset()):
    """In French whoever reads it, as it was filed: every copy of a version says the same."""
    with translation.override(settings.LANGUAGE_CODE):
        return typeset("dossier", dossier_of(submission, withheld=withheld))


def dossier_of(submission, *, withheld=frozenset()):
    """Everything the paper says, as text; answers of the classes in `withheld` are left out."""
    dossier, content = submission.dossier, submission.content
    form = handed_in(dossier, submission)
    sections = [section_of(section, withheld) for section in form.sections]
    kept = {key for key, reply in form.replies.items() if is_for(reply, withheld)}
    return {
        "title": content["answers"].get("title") or dossier.title or content["reference"],
        "subject": "Dossier de candidature",
        "funder": dossier.call.programme.funder,
        "reference": content["reference"],
        "foot": f"{content['reference']} · version {submission.version}",
        "facts": facts_of(submission),
        "headings": {
            "what": "Élément",
            "value": "Valeur",
            "file": "Fichier et empreinte SHA-256",
            "size": "Taille",
        },
        "note": "Les réponses réservées aux services instructeurs ne figurent pas ici."
        if withheld
        else "",
        "sections": [section for section in sections if section["replies"]],
        "documents_title": "Pièces jointes",
        "documents": [
            {"name": told["name"], "sha256": told["sha256"], "size": size(told["size"])}
            for told in content["documents"]
            if told["key"] in kept
        ],
        "digest_title": "Empreinte du contenu déposé (SHA-256)",
        "sha256": submission.sha256,
    }


def facts_of(submission):
    dossier = submission.dossier
    received = timezone.localtime(submission.at)
    told = [
        ("Référence du dossier", submission.content["reference"]),
        ("Entreprise", company(submission.content)),
        ("Appel", dossier.call.title),
        ("Reçu le", f"{instant(received)}, heure de Paris"),
        ("Déposé par", str(submission.by)),
    ]
    return [{"label": label, "value": value} for label, value in told]


def section_of(section, withheld):
    replies = [r for r in section.replies if not r.is_hidden and is_for(r, withheld)]
    return {"title": section.section.title, "replies": [reply_of(reply) for reply in replies]}


def is_for(reply, withheld):
    return reply.question.confidentiality not in withheld


def reply_of(reply):
    """A question with what was answered: lines of text, or a table, one of the two."""
    table = reply.table
    return {
        "label": reply.question.label,
        "lines": [] if table else lines_of(reply),
        "columns": [column["label"] for column in table["columns"]] if table else [],
        "numbers": [column["is_number"] for column in table["columns"]] if table else [],
        "rows": [[cell["text"] for cell in row] for row in table["rows"]] if table else [],
        "totals": totals_of(table) if table else [],
    }


def totals_of(table):
    """The line of sums, named where its first cell holds none."""
    return ["Total" if n == 0 and not sum_ else sum_ for n, sum_ in enumerate(table["totals"])]


def lines_of(reply):
    if reply.question.kind == "file":
        return [file.name for file in reply.files] or ["Aucune pièce"]
    if not reply.is_given:
        return ["Sans réponse"]
    return reply.shown.splitlines() or [wording.NOTHING]
