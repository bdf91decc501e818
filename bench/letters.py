"""`python -m bench.letters`: how many letters leave in a second, on one core, with their digest.

The letters are those of the starter templates, for invented dossiers; no database. One core is kept
to, the child processes with it. `--write` keeps the table in LETTERS.md.
"""

import argparse
import hashlib
import os
import resource
import time
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bench.table import machine, today
from grants.core import typesetting
from grants.letters.placeholders import filled, longest, paragraphs
from grants.letters.starter import starter

RESULTS = Path(__file__).with_name("LETTERS.md")
COUNT, PER_CHILD, AIM = 100, 25, 20
HEAD = """\
# Lettres de décision

`python -m bench.letters --write` écrit ce fichier, sans base de données. Un seul cœur, processus
enfants compris ; {count} lettres par ligne, par lots de {lot} comme à l’annonce, PDF/A-2a et
PDF/UA-1, empreinte SHA-256 comprise. Le processeur fait foi (la machine sert à d’autres).
But : ≥ {aim} lettres par seconde.

- Machine : {machine}
- Date : {date}

| lettre | pages | s | processeur, s | lettres par seconde de processeur |
| --- | --- | --- | --- | --- |
"""
REMARK = "Le marché visé est décrit avec des engagements signés de deux clients pilotes. "
FEEDBACK = [
    {"title": f"Critère {n}", "strengths": [REMARK] * 2, "weaknesses": [REMARK] * 2}
    for n in range(1, 6)
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--count", type=int, default=COUNT)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = [row(name, kind, feedback, options.count) for name, kind, feedback in CASES]
    told = {"count": options.count, "lot": PER_CHILD, "aim": AIM, "machine": machine()}
    text = HEAD.format(**told, date=today()) + "\n".join(rows) + "\n\n" + poisoned(options.count)
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


SENDER = {
    "funder": "Région Occitanie",
    "service": "Direction de l’économie et de l’innovation",
    "address": "22 boulevard du Maréchal-Juin, 31406 Toulouse",
    "email": "innovation@region.example",
    "phone": "05 00 00 00 00",
    "company_address": "12 rue des Ateliers, 31000 Toulouse",
    "call": "Start-up industrie de demain 2027",
    "date": "mercredi 22 septembre 2027",
    "deliberation": "Décision prise par la Commission permanente, délibération n° CP/2027-09/12.",
    "algorithm": REMARK * 4,
}
CASES = [
    ("aide accordée", "award", []),
    ("refus, avec le retour par critère", "refuse", FEEDBACK),
]


def letter(kind, feedback, n):
    """The words of one letter, its texts at half their longest: those of a usual dossier."""
    values = {
        name: value[: len(value) // 2] if isinstance(value, str) else value
        for name, value in longest(kind).items()
    }
    values |= {"reference": f"SID-2027-{n:04}", "entreprise": f"Entreprise {n}"}
    texts = starter(kind)
    return {
        **SENDER,
        "company": values["entreprise"],
        "reference": values["reference"],
        "subject": filled(texts["subject"], values),
        "paragraphs": paragraphs(texts["body"], values),
        "remedies": paragraphs(texts["remedies"], values),
        "feedback": feedback,
    }


def row(name, kind, feedback, count):
    letters = [letter(kind, feedback, n) for n in range(count)]
    began, used = time.perf_counter(), processor()
    pdfs = made(letters)
    digests = {hashlib.sha256(pdf).hexdigest() for pdf in pdfs}
    took, used = time.perf_counter() - began, processor() - used
    if len(digests) != count:
        raise SystemExit("some letters are missing")
    speed = count / used
    mark = "" if speed >= AIM else " ⚠"
    pages = len(PdfReader(BytesIO(pdfs[0])).pages)
    return f"| {name} | {pages} | {took:.1f} | {used:.1f} | {speed:.1f}{mark} |"


def made(letters):
    lots = [letters[at : at + PER_CHILD] for at in range(0, len(letters), PER_CHILD)]
    return [pdf for lot in lots for pdf in typesetting.typeset_many("decision", lot)]


def processor():
    """Seconds of processor, of this process and of its children that ended."""
    own, children = (resource.getrusage(who) for who in WHO)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def poisoned(count):
    """One text that cannot be set among the others: how many leave all the same."""
    letters = [letter("award", [], n) for n in range(count)]
    letters[count // 2]["paragraphs"] = ["mot " * 3_000_000]
    typesetting.SECONDS = 10
    began = time.perf_counter()
    found = made(letters)
    failed = sum(isinstance(one, typesetting.CannotTypeset) for one in found)
    told = (
        "Un texte empoisonné parmi {n} (limite de 10 s) : {made} lettres faites, {failed} dite en"
    )
    told += " échec, en {took:.0f} s."
    return told.format(
        n=count, made=count - failed, failed=failed, took=time.perf_counter() - began
    )


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)

if __name__ == "__main__":
    main()
