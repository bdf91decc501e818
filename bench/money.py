"""`python -m bench.money`: forty people at once on one envelope, and a ledger that is interrupted.

Needs DATABASE_URL (a server where databases and roles may be made) and SECRET_KEY. Makes the
database `bench_money` anew, and works in it as a role that owns nothing, as the product does.
`--rounds`, `--sql-rounds` and `--steps` set how much; `--write` keeps the table.
"""

import argparse
import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench import table, worlds

RESULTS = table.RESULTS.with_name("MONEY.md")
NAME, ROLE, WORD = "bench_money", "bench_money_web", "bench-money-web"
CHILD = (
    "import django; django.setup(); "
    "from bench.money import measure; measure({http}, {sql}, {steps})"
)
GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
"""
INTRO = """\
# L’argent

`python -m bench.money --write` écrit ce fichier.

**Engagements.** Chaque manche ouvre une enveloppe de 1 000 000 € et 40 fils partent au même
instant. Par HTTP : 40 gestionnaires, chacun avec sa session, annoncent chacun une attribution de
50 000 € (requêtes entières à travers l’application WSGI, jeton CSRF compris) ; vingt tiennent. Par
SQL : 40 connexions sous le rôle de l’application insèrent chacune un engagement de 60 000 € ; seize
tiennent. Les témoins retirent une garde dans cette base jetable. Le dépassement est la somme des
écritures moins la dotation, jamais un total.

**Grand livre.** Des actes tirés au sort (dotations, coupes, CP, sous-enveloppes, reports,
engagements, dégagements, paiements, reversements) par quatre fils sur les mêmes enveloppes ; une
fois sur dix la connexion est tuée avant ou pendant la validation. L’écart est la somme des
différences entre totaux et écritures, la somme des virements sans retour comprise.

- Machine : {machine}
- Date : {date}

"""


def main():
    options = arguments()
    prepare()
    found = in_child(options)
    text = report(found)
    print(text)
    if options.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000, help="by HTTP, some 3 s each")
    parser.add_argument("--sql-rounds", type=int, default=1_000)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def address(user="", word=""):
    """The throwaway database, as its owner or as the role of the product."""
    parts = urlsplit(os.environ["BENCH_OWNER_URL"])
    place = parts.netloc
    if user:
        place = f"{user}:{word}@{place.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place, path=f"/{NAME}"))


def prepare():
    os.environ["BENCH_OWNER_URL"] = os.environ["DATABASE_URL"]
    worlds.create(NAME, afresh=True)
    with psycopg.connect(os.environ["BENCH_OWNER_URL"], autocommit=True) as owner:
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        if not known:
            owner.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{WORD}'")
    for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"]):
        manage = [sys.executable, "manage.py", *words]
        subprocess.run(manage, cwd=worlds.ROOT, env=environment(address()), check=True)  # noqa: S603
    with psycopg.connect(address(), autocommit=True) as owner:
        owner.execute(GRANTS)


def environment(database):
    """No broker: letters wait for a sweep that nobody runs here."""
    return {
        **worlds.environment(0),
        "DATABASE_URL": database,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "LOG_LEVEL": "CRITICAL",
    }


def in_child(options):
    code = CHILD.format(http=options.rounds, sql=options.sql_rounds, steps=options.steps)
    child = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code],
        cwd=worlds.ROOT,
        env=environment(address(ROLE, WORD)),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(child.stdout)


def measure(http, sql, steps):
    # Django must know its settings before these are read.
    from bench import commitments, ledger  # noqa: PLC0415

    found = {"races": commitments.measure(http, sql, owner=address()), "steps": None}
    found["steps"] = ledger.measure(steps, owner=address())
    json.dump(found, sys.stdout)


def report(found):
    head = ["voie", "gardes", "manches", "acceptés", "manches dépassées", "pire dépassement",
            "ms par manche"]  # fmt: skip
    lines = [head, ["---"] * len(head), *(race_cells(race) for race in found["races"])]
    intro = INTRO.format(machine=table.machine(), date=table.today())
    return (
        intro
        + "\n".join("| " + " | ".join(line) + " |" for line in lines)
        + "\n\n"
        + steps_told(found["steps"])
    )


def race_cells(race):
    mark = "" if (race["over"] == 0) == race["safe"] else " ⚠"
    return [
        race["way"],
        race["guards"],
        str(race["rounds"]),
        f"{race['least']} à {race['most']}",
        f"{race['over']}{mark}",
        f"{race['worst']:.2f} €",
        f"{race['ms']:.0f}",
    ]


def steps_told(steps):
    return (
        f"Grand livre : {steps['steps']} pas, {steps['done']} inscrits, "
        f"{steps['refused']} refusés, {steps['killed']} connexions tuées, "
        f"{steps['broken']} erreurs ; "
        f"{steps['entries']} écritures ; écart entre totaux et écritures : "
        f"**{steps['difference']} €**, en {steps['seconds']:.0f} s."
    )


if __name__ == "__main__":
    main()
