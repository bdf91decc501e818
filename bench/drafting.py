"""`python -m bench.drafting`: writing a dossier, with short and long forms, alone or among many.

Needs DATABASE_URL (a server where databases may be created) and SECRET_KEY; the databases are those
of `bench.screening`. `--afresh` builds them again, `--write` keeps the table.
"""

import argparse
import json
import subprocess
import sys

from bench import screening, table, worlds

SIZES = "100,10000"
RESULTS = table.RESULTS.with_name("DRAFTING.md")
CHILD = (
    "import django; django.setup(); from bench.writing import measure_drafts; measure_drafts({})"
)
AIMS = {
    "section": (8, None),
    "liste des sections": (6, None),
    "enregistrement d’un champ": (8, 3.0),
}
INTRO = """\
# Rédiger un dossier

`python -m bench.drafting --write` écrit ce fichier. Un formulaire de 30 ou de 300 questions,
dix par section, toutes répondues, dans une base de {sizes} dossiers ; chaque page en alternance
avec la page plancher. Objectifs : 8, 6 et 8 requêtes ; un enregistrement en 3 fois au plus ; ⚠
marque ce qui les dépasse.

- Machine : {machine}
- Date : {date}

"""


def main():
    options = arguments()
    found = {}
    for size in map(int, options.sizes.split(",")):
        screening.prepare(size, afresh=options.afresh)
        found[size] = in_child(size, options.rounds)
    text = report(found)
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--afresh", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def in_child(size, rounds):
    child = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", CHILD.format(int(rounds))],
        cwd=worlds.ROOT,
        env=screening.environment(size),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(child.stdout)


def report(found):
    head = ["page", *(f"{n} questions, {size} dossiers" for size in found for n in found[size])]
    columns = [pages for size in found for pages in found[size].values()]
    lines = [head, ["---"] * len(head)]
    lines += [[name, *(told(name, pages[name]) for pages in columns)] for name in columns[0]]
    return intro(found) + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def told(name, measure):
    queries, ratio = AIMS.get(name, (None, None))
    many = " ⚠" if queries and measure["queries"] > queries else ""
    slow = " ⚠" if ratio and measure["ratio"] > ratio else ""
    return f"{measure['queries']} req.{many}, {measure['ratio']:.1f} ×{slow}, {measure['ms']} ms"


def intro(found):
    sizes = " ou ".join(f"{size:,}".replace(",", "\u202f") for size in found)
    return INTRO.format(sizes=sizes, machine=table.machine(), date=table.today())


if __name__ == "__main__":
    main()
