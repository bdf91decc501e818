"""`python -m bench.pages`: every main page against the floor page, at several sizes.

Needs DATABASE_URL (a server where databases may be created) and SECRET_KEY; each size gets its own
database, `bench_<size>`, built once. `--afresh` builds them again, `--write` keeps the table.
"""

import argparse
import json
import subprocess
import sys

from bench import table, worlds

SIZES = "10,1000,10000"
# Settings are read once per process: each size has its own.
CHILD = "import config.wsgi; from bench.measuring import print_all; print_all({rounds})"


def main():
    options = arguments()
    found = {}
    for size in map(int, options.sizes.split(",")):
        print(f"{size} dossiers…", file=sys.stderr)
        worlds.prepare(size, afresh=options.afresh)
        found[size] = in_child(size, options.rounds)
    text = table.markdown(found)
    print(text)
    if options.write:
        table.RESULTS.write_text(table.intro(options.rounds) + text + "\n", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--afresh", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def in_child(size, rounds):
    child = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", CHILD.format(rounds=int(rounds))],
        cwd=worlds.ROOT,
        env=worlds.environment(size),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(child.stdout)


if __name__ == "__main__":
    main()
