"""The figures as a table, and as the file that keeps them."""

import os
import platform
from datetime import date
from pathlib import Path

from bench.aims import AIMS, DETAIL, LIST

RESULTS = Path(__file__).parent / "RESULTS.md"
INTRO = """\
# Mesures

`python -m bench.pages --write` écrit ce fichier. Chaque page est demandée {rounds} fois en
alternance avec la page plancher (une ligne par clé primaire, mêmes intergiciels, sans gabarit),
après échauffement, `DEBUG` éteint, dans le processus. « × » est la médiane du rapport au plancher,
« p95 » son 95e centile, « req. » le nombre de requêtes SQL. La ligne « mise en page seule » dit ce
que coûte le gabarit commun. Objectifs : listes et tableaux de bord ≤ {list:g} ×, détails et
formulaires ≤ {detail:g} ×, nombre de requêtes constant ; ⚠ marque ce qui les dépasse.

- Machine : {machine}
- Date : {date}
- Charge de la machine pendant la mesure (1 min) : {load}

"""


def markdown(by_size: dict[int, list[dict]]) -> str:
    sizes = sorted(by_size)
    head = ["page", "identité", "genre"]
    for size in sizes:
        head += [f"× à {size}", "p95", "req."]
    lines = [head, ["---"] * len(head), *(line for line in body(by_size, sizes))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def body(by_size, sizes):
    rows = {size: {(r["label"], r["identity"], n_of(r, by_size[size])): r for r in by_size[size]}
            for size in sizes}  # fmt: skip
    for key in dict.fromkeys(key for size in sizes for key in rows[size]):
        found = [rows[size].get(key) for size in sizes]
        counts = {row["queries"] for row in found if row}
        kind = next(row["kind"] for row in found if row)
        flag = " ⚠ requêtes" if len(counts) > 1 else ""
        cells = [cell for row in found for cell in cells_of(row)]
        yield [f"{key[0]}{flag}", key[1], kind, *cells]


def n_of(row, rows):
    """Pages of one name on several rows keep their place among themselves."""
    same = [r for r in rows if (r["label"], r["identity"]) == (row["label"], row["identity"])]
    return same.index(row)


def cells_of(row):
    if row is None:
        return ["–", "–", "–"]
    if row["status"] != 200:
        return [f"HTTP {row['status']}", "–", str(row["queries"])]
    mark = " ⚠" if row["ratio"] > AIMS[row["kind"]] else ""
    return [f"{row['ratio']:.1f}{mark}", f"{row['p95']:.1f}", str(row["queries"])]


def intro(rounds: int) -> str:
    return INTRO.format(
        rounds=rounds,
        list=AIMS[LIST],
        detail=AIMS[DETAIL],
        machine=machine(),
        date=today(),
        load=f"{os.getloadavg()[0]:.1f}",
    )


def today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - the day of the machine


def machine() -> str:
    model = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        names = [line for line in known.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return f"{os.cpu_count()} cœurs, {model}, Python {platform.python_version()}"
