"""The public list as a table file: names of columns after the French schema of grants."""

import csv

from grants.eligibility.territory import DEPARTMENTS

COLUMNS = (
    "programme", "appel", "dossier", "nomAttribuant", "referenceDecision", "dateDecision",
    "nomBeneficiaire", "idBeneficiaire", "objet", "theme", "codeDepartement", "departement",
    "montant",
)  # fmt: skip
# A spreadsheet would run a cell that begins with one of these; an apostrophe makes it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


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


def safe(cell):
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
