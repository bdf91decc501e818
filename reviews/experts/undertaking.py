"""The undertaking experts sign: confidentiality, impartiality, code of conduct. One text, one
version; what was signed is kept word for word beside the signature, so that a later version
changes nothing for those who signed this one."""

import hashlib
from dataclasses import dataclass

VERSION = "2026-11"


@dataclass(frozen=True)
class Part:
    title: str
    opening: str
    lines: tuple[str, ...]


# French is the text that binds: it is not translated.
PARTS = (
    Part(
        "Confidentialité",
        "En acceptant d’expertiser des dossiers de cet appel, je m’engage :",
        (
            "à garder secret tout ce que je lis : dossiers, pièces, notes et échanges, pendant "
            "l’appel et après lui ;",
            "à ne confier un dossier ni à un tiers ni à un service d’intelligence artificielle ;",
            "à n’utiliser ce que j’apprends pour moi ni pour autrui, et à détruire mes copies à "
            "la fin de l’appel.",
        ),
    ),
    Part(
        "Impartialité",
        "Je m’engage aussi :",
        (
            "à tenir à jour mes employeurs, mandats et parts sur mon profil, et à déclarer, avant "
            "d’ouvrir chaque dossier, tout lien avec l’entreprise, ses dirigeants, ses associés ou "
            "ses concurrents ;",
            "à me retirer d’un dossier dès que j’y découvre un tel lien : ni lecture, ni débat, ni "
            "vote ;",
            "à ne contacter ni les entreprises ni les autres experts au sujet des dossiers.",
        ),
    ),
    Part(
        "Code de conduite",
        "Dans mes évaluations :",
        (
            "je juge moi-même, sur les critères publiés et sur eux seuls ;",
            "j’écris des remarques exactes, respectueuses et utiles : l’entreprise peut les lire ;",
            "je ne tiens compte ni de la personne des dirigeants, ni de leur origine, ni de leur "
            "genre, ni de leurs opinions ;",
            "je remets mes évaluations à la date prévue, ou je préviens dès que je sais ne pas "
            "pouvoir le faire.",
        ),
    ),
)
CLOSING = (
    "Mon nom n’est pas communiqué aux entreprises. Mon accès aux dossiers prend fin avec l’appel."
)


def text_of(call) -> str:
    """The exact words signed for a call."""
    lines = [f"{call} — {call.programme.funder}", f"Engagement, version {VERSION}"]
    for part in PARTS:
        lines += ["", part.title, part.opening]
        lines += [f"{n}. {line}" for n, line in enumerate(part.lines, start=1)]
    return "\n".join([*lines, "", CLOSING])


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
