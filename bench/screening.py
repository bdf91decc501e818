"""`python -m bench.screening`: the officers' queue at several sizes, and what leaves it as a file.

Needs DATABASE_URL (a server where databases may be created) and SECRET_KEY. Each size gets its own
database, `bench_queue_<size>`, filled by SQL. `--afresh` builds them again, `--write` keeps
the table.
"""

import argparse
import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from bench import table, worlds

SIZES = "100,10000,100000"
RESULTS = table.RESULTS.with_name("SCREENING.md")
CHILD = """
import django; django.setup()
from bench.{place} import {act}; {act}({values})
"""


def main():
    options = arguments()
    found, sizes = {}, [int(size) for size in options.sizes.split(",")]
    for size in sizes:
        prepare(size, afresh=options.afresh)
        found[size] = child(size, "measure_pages", options.rounds)
    exports = {kind: child(sizes[-2 if len(sizes) > 1 else 0], "measure_export", repr(kind))
               for kind in ("csv", "xlsx")}  # fmt: skip
    text = report(found, exports)
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


def environment(size):
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(parts._replace(path=f"/bench_queue_{size}"))
    return {**worlds.environment(size), "DATABASE_URL": address}


def prepare(size, *, afresh):
    """The database of this size, filled once."""
    if worlds.create(f"bench_queue_{size}", afresh=afresh):
        return
    for words in (["collectstatic", "--no-input", "-v0"], ["migrate", "-v0"]):
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=worlds.ROOT, env=environment(size), check=True)  # noqa: S603
    child(size, "fill", size, place="filling")


def child(size, act, values, place="queue"):
    """Settings are read once per process: each size has its own."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", CHILD.format(place=place, act=act, values=values)],
        cwd=worlds.ROOT, env=environment(size), check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(done.stdout or b"null")


def report(found, exports):
    sizes = sorted(found)
    lines = [
        "# Mesures de l’instruction",
        "",
        "`python -m bench.screening --write` écrit ce fichier : file d’attente de 50 lignes, "
        "médiane du rapport à la page plancher du même tour, requêtes SQL ; export de toute "
        "la file, mémoire du processus entier.",
        "",
        f"- Machine : {table.machine()}",
        f"- Charge pendant la mesure (1 min) : {os.getloadavg()[0]:.1f}",
        "",
        "| page | " + " | ".join(f"× à {size} | ms | req." for size in sizes) + " |",
        "| --- |" + " --- | --- | --- |" * len(sizes),
    ]
    for name in found[sizes[0]]:
        rows = [found[size][name] for size in sizes]
        cells = " | ".join(f"{r['ratio']:.1f} | {r['ms']:.0f} | {r['queries']}" for r in rows)
        lines.append(f"| {name} | {cells} |")
    lines += ["", "| export | s | première ligne, s | Mo au plus | dont l’export | octets |",
              "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [
        f"| {kind} | {r['seconds']} | {r['first']} | {r['peak']} | {r['added']} | {r['bytes']} |"
        for kind, r in exports.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
