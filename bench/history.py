"""What sealing and verifying cost, and what an autosave does not pay; with a demonstration world.

    ./run manage shell -c "import bench.history as b; b.main()"

Everything happens in one transaction that is given up: no seal stays.
"""

import time
from pathlib import Path

from django.db import transaction

from bench.table import machine, today
from grants.dossiers.models import Answer
from grants.history.operations import seal
from grants.history.verifying import verify

RESULTS = Path(__file__).with_name("HISTORY.md")
SAVES = 500
HEAD = """\
# L’historique : sceller, vérifier

`./run manage shell -c "import bench.history as b; b.main()"` écrit ce fichier, sur un monde de
démonstration jamais scellé. Les lignes sont enchaînées au scellé, pas à l’écriture : une réponse
enregistrée ne paie que l’événement que les déclencheurs écrivaient déjà.

- Machine : {machine}
- Date : {date}

| mesure | valeur |
| --- | --- |
"""


def main():
    with transaction.atomic():
        rows = measured()
        transaction.set_rollback(True)
    lines = "".join(f"| {what} | {value} |\n" for what, value in rows)
    RESULTS.write_text(HEAD.format(machine=machine(), date=today()) + lines)
    print(lines)


def measured():
    made, first = timed(seal)
    _again, idle = timed(seal)
    saved = timed(save)[1] / SAVES
    _made, busy = timed(seal)
    reading, reread = timed(verify)
    last = made[-1]
    return [
        ("actes, chaînes", f"{last.acts}, {last.chains}"),
        ("premier scellé", f"{first:.2f} s"),
        ("scellé d’une heure sans rien", f"{idle * 1000:.0f} ms"),
        (f"scellé de {SAVES} réponses", f"{busy * 1000:.0f} ms"),
        ("une réponse écrite, événement compris", f"{saved * 1000:.2f} ms"),
        ("vérification entière", f"{reread:.2f} s, {len(reading.found)} constat"),
    ]


def save():
    """Touch answers of drafts, as an autosave does."""
    for answer in Answer.objects.filter(dossier__state="draft").order_by("pk")[:1]:
        for n in range(SAVES):
            answer.version += 1
            answer.value = f"Réponse {n}"
            answer.save(update_fields=["value", "version"])


def timed(act):
    start = time.perf_counter()
    told = act()
    return told, time.perf_counter() - start
