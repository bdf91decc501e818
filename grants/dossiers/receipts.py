"""The receipt of a submission: what the law wants written (CRPA L. 112-3, R. 112-5)."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from grants.core import wording
from grants.core.typesetting import typeset
from grants.history.models import Seal


def receipt_pdf(submission, *, until):
    return typeset("receipt", receipt_of(submission, until=until))


def receipt_of(submission, *, until):
    """Everything the page says, as text; in French, the language of the act.

    `until` is the day silence refuses, given what was asked and answered before this deposit.
    """
    dossier, content = submission.dossier, submission.content
    programme = dossier.call.programme
    received = timezone.localtime(submission.at)
    return {
        "title": "Accusé de réception",
        "funder": programme.funder,
        "service": programme.contact_service,
        "opening": opening(submission),
        "facts": [
            {"label": "Référence du dossier", "value": content["reference"]},
            {"label": "Projet", "value": content["answers"].get("title") or dossier.title},
            {"label": "Entreprise", "value": company(content)},
            {"label": "Appel", "value": dossier.call.title},
            {"label": "Reçu le", "value": f"{instant(received)}, heure de Paris"},
            {"label": "Délai de dépôt", "value": limit(submission)},
            {"label": "Version", "value": str(submission.version)},
            {"label": "Déposé par", "value": str(submission.by)},
            *accord(submission.agreed),
        ],
        "sha256": submission.sha256,
        "seal": seal_at(submission.at),
        "digest_text": "Cette suite de signes (SHA-256) change dès qu’une seule lettre du dossier "
        "change\u202f: elle prouve ce que vous avez déposé.",
        "documents": [
            {"name": d["name"], "sha256": d["sha256"], "size": size(d["size"])}
            for d in content["documents"]
        ],
        "parts": [*silence(until, received.date()), *contact(programme)],
    }


def opening(submission):
    if submission.version > 1:
        return "La Région a bien reçu votre dossier complété. Il remplace la version précédente."
    return (
        "La Région a bien reçu votre demande d’aide. Cet accusé ne préjuge ni de sa complétude, "
        "ni de sa recevabilité, ni de la décision."
    )


def silence(until, received):
    # CRPA L. 231-4, 3°: silence on a request of a financial nature is a refusal after two months.
    law = "(code des relations entre le public et l’administration, article L.\u00a0231-4, 3°)"
    written = wording.day(until, weekday=False)
    if until < received:
        said = (
            "Ce délai était déjà passé à la réception\u202f: le silence de la Région a valu rejet "
            f"le {written} {law}. Une décision expresse peut encore remplacer ce rejet."
        )
    else:
        said = (
            f"Sans réponse de la Région le {written}, votre demande est réputée rejetée {law}. "
            "Une décision expresse peut intervenir plus tard et remplacer ce rejet, selon le "
            "calendrier de l’appel."
        )
    return [
        {
            "title": "Quand la décision intervient",
            "paragraphs": [
                said,
                "Si votre dossier est incomplet, le service vous demande les éléments manquants "
                "et ce délai court à nouveau à compter de leur réception (article L.\u00a0114-5). "
                "Une simple demande de précision le suspend jusqu’à votre réponse.",
            ],
        },
        {
            "title": "Vos recours",
            "paragraphs": [
                "Dans les deux mois qui suivent le rejet, vous pouvez adresser un recours gracieux "
                "à la Présidente ou au Président de la Région, ou saisir le tribunal administratif "
                "de Toulouse, y compris par www.telerecours.fr. Un recours gracieux formé dans ce "
                "délai prolonge d’autant celui du recours devant le tribunal.",
            ],
        },
    ]


def contact(programme):
    return [
        {
            "title": "Le service qui suit votre dossier",
            "paragraphs": [
                f"{programme.contact_service}, {programme.funder}",
                programme.contact_address,
                f"{programme.contact_email} — {programme.contact_phone}",
            ],
        }
    ]


def company(content):
    told = content["organisation"]
    return f"{told['name']}, SIRET {told['siret']}"


def seal_at(at):
    """The history of the whole platform as it was then: who holds the receipt is its witness."""
    seal = Seal.objects.standing(at)
    return seal.digest if seal else ""


def accord(told):
    """Who engaged the company by agreeing to this content, when the call asked for it."""
    if told is None:
        return []
    at = instant(timezone.localtime(parse_datetime(told["at"])))
    who = f"{told['by']} ({told['title']}), le {at}"
    return [{"label": "Accord du représentant légal", "value": who}]


def limit(submission):
    return f"{wording.moment(timezone.localtime(submission.deadline_at))}, heure de Paris"


def instant(at):
    """To the second: on the last evening, minutes are not enough."""
    return f"{wording.day(at)} à {at.hour} h {at.minute:02d} min {at.second:02d} s"


def size(octets):
    if octets < 1024**2:
        return f"{max(1, round(octets / 1024))}\u202fKo"
    return f"{octets / 1024**2:.1f}\u202fMo".replace(".", ",")
