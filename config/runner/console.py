"""What the launcher says: progress on standard error, results on standard output."""

import errno
import sys
import time
from contextlib import contextmanager

FULL_DISK = "Le disque est plein : libérez de la place, puis relancez la même commande."
ROLES = {
    "applicant_owner": "Entreprise candidate, responsable",
    "applicant_reader": "Entreprise candidate, en lecture",
    "applicant_other": "Autre entreprise candidate",
    "reviewer_assigned": "Expertise, dossier attribué",
    "reviewer_other": "Expertise, autre dossier",
    "reviewer_conflicted": "Expertise, conflit d’intérêts",
    "officer": "Instruction",
    "manager": "Pilotage du programme",
    "manager_other": "Pilotage d’un autre programme",
    "finance": "Finances",
    "auditor": "Contrôle, lecture seule",
    "superuser": "Administration technique",
    "deactivated": "Compte désactivé",
    "invited": "Invitation en attente",
}


class Failure(Exception):
    """One French sentence for the person at the keyboard; the launcher ends with it."""


def say(text):
    write(sys.stderr, text)


def show(text):
    write(sys.stdout, text)


def write(stream, text):
    stream.write(text + "\n")
    stream.flush()


def accept_any_terminal():
    """Never die because the terminal cannot show an accent."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")


@contextmanager
def timed(label):
    start = time.monotonic()
    yield
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    say(f"  {label} : {seconds} s")


def sentence_for(error):
    """The operating system's refusal, as something a person can act on."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL_DISK
    place = error.filename or "un fichier"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Écriture ou lecture refusée : {place} (vérifiez à qui appartient le dossier)."
    return f"Le système a refusé une opération : {error.strerror} ({place})."


def identities_table(identities):
    """Role, address and password of each demonstration identity, in columns."""
    rows = [("Rôle", "Adresse", "Mot de passe")]
    for key, identity in identities.items():
        password = identity.get("password") or "–"
        if identity.get("totp_secret"):
            password += f"  (code TOTP : {identity['totp_secret']})"
        rows.append((ROLES.get(key, key), identity["email"], password))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(
        f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {password}" for role, email, password in rows
    )
