"""The public list as a table file: names of columns after the French schema of grants."""

import csv

from grants.core.spreadsheets import MARK, safe
from grants.eligibility.territory import DEPARTMENTS

COLUMNS = (
    "programme", "appel", "dossier", "nomAttribuant", "referenceDecision", "dateDecision",
    "nomBeneficiaire", "idBeneficiaire", "objet", "theme", "codeDepartement", "departement",
    "montant",
)  # fmt: skip


def write_awards(awards, file):
    """Semicolons, as French spreadsheets expect."""
    file.write(MARK)
    lines = csv.writer(file, delimiter=";")
    lines.writerow(COLUMNS)
    for award in awards:
        lines.writerow([safe(cell) for cell in cells(award)])


def cells(award):
    dossier, allocation = award.dossier, award.allocation
    return (
        dossier.call.programme.name,
        dossier.call.title,
        dossier.reference,
        dossier.call.programme.funder,
        allocation.deliberation,
        allocation.deliberated_on.isoformat(),
        dossier.organisation.name,
        dossier.organisation.siret,
        dossier.title,
        dossier.theme.name if dossier.theme else "",
        dossier.department,
        DEPARTMENTS.get(dossier.department, ""),
        plain(award.amount),
    )


def plain(amount):
    """Whole euros without cents, so that every spreadsheet reads a number."""
    return format(amount, "f").removesuffix(".00")
