"""The child of `bench.screening`: one size, once Django is set up."""

import json
import resource
import sys
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.people.models import User
from grants.programmes.models import Programme
from grants.screening.operations import make_export
from tests.factories import make_call, make_dossier, make_programme, make_staff

PAGES = {
    "file d’attente": "",
    "tous": "?q=tous",
    "état et département": "?q=état:déposé+dept:31",
    "montant": "?q=montant:>150000",
    "mot du titre": "?q=batterie",
    "instructeur": "?q=instructeur:@moi",
    "tri par montant": "?q=tous&tri=-montant",
    "page 20": "?q=tous&page=20",
}
FILL = """
ALTER TABLE grants_dossier DISABLE TRIGGER USER;
ALTER TABLE grants_check DISABLE TRIGGER USER;
ALTER TABLE grants_charge DISABLE TRIGGER USER;
ALTER TABLE accounts_organisation DISABLE TRIGGER USER;
INSERT INTO accounts_organisation
SELECT made.* FROM accounts_organisation AS one, generate_series(1, %(size)s) AS n,
    jsonb_populate_record(one, jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('accounts_organisation', 'id')),
        'siret', lpad(n::text, 14, '0'), 'name', 'Entreprise ' || n)) AS made
WHERE one.id = %(organisation)s;
INSERT INTO grants_dossier
SELECT made.* FROM grants_dossier AS one, generate_series(1, %(size)s) AS n
    JOIN accounts_organisation AS o ON o.siret = lpad(n::text, 14, '0'),
    jsonb_populate_record(one, jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('grants_dossier', 'id')),
        'organisation_id', o.id, 'number', n,
        'state', (ARRAY['submitted', 'submitted', 'incomplete', 'admissible', 'in_review',
                        'refused'])[1 + n %% 6],
        'submitted_at', now() - n * interval '1 minute',
        'reopened_until',
            CASE WHEN n %% 6 = 2 THEN now() + (n %% 20 - 5) * interval '1 day' END,
        'title', (ARRAY['Batterie', 'Éolienne', 'Isolant', 'Prothèse', 'Chaudière'])[1 + n %% 5]
            || ' de nouvelle génération ' || n,
        'department', (ARRAY['09', '11', '12', '30', '31', '32', '34', '46', '48', '65', '66',
                             '81', '82'])[1 + n %% 13],
        'requested', 20000 + (n * 7919) %% 180000)) AS made
WHERE one.id = %(dossier)s;
INSERT INTO grants_check (dossier_id, key, outcome, note, checked_by_id, checked_at)
SELECT d.id, key, 'met', '', %(user)s, now()
FROM grants_dossier AS d, unnest(ARRAY['siret','territory','size']) AS key;
INSERT INTO grants_charge (dossier_id, officer_id, given_by_id, given_at)
SELECT id, %(user)s, %(user)s, now() FROM grants_dossier WHERE number %% 4 = 0;
ALTER TABLE grants_dossier ENABLE TRIGGER USER;
ALTER TABLE grants_check ENABLE TRIGGER USER;
ALTER TABLE grants_charge ENABLE TRIGGER USER;
ALTER TABLE accounts_organisation ENABLE TRIGGER USER;
"""


def fill(size):
    programme = make_programme()
    call = make_call(programme)
    user = make_staff(programme, "officer", email="instruction@exemple.fr")
    one = make_dossier(call=call, author=user, number=size + 1, state="submitted")
    values = {
        "size": size,
        "user": user.pk,
        "dossier": one.pk,
        "organisation": one.organisation_id,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")


def measure_pages(rounds):
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = signed_in()
        floor = reverse("bench_floor", args=[programme_pk()])
        found = {}
        for name, query in PAGES.items():
            found[name] = measure(client, reverse("screening:queue") + query, floor, rounds)
        json.dump(found, sys.stdout)


def measure(client, address, floor, rounds):
    for _time in range(3):
        ask(client, floor)
        ask(client, address)
    with CaptureQueriesContext(connection) as captured:
        ask(client, address)
    queries = len(captured)
    ratios, seconds = [], []
    for _time in range(rounds):
        base, taken = ask(client, floor), ask(client, address)
        ratios.append(taken / base)
        seconds.append(taken)
    return {
        "queries": queries,
        "ratio": round(median(ratios), 2),
        "ms": round(1000 * median(seconds), 1),
    }


def measure_export(kind):
    """Memory of the whole process; what the file adds is the difference with before."""
    client = signed_in()
    ask(client, reverse("screening:queue"))
    before, start = peak(), time.perf_counter()
    size, first = (stream_csv if kind == "csv" else write_sheet)(client, start)
    told = {
        "seconds": round(time.perf_counter() - start, 1),
        "first": round(first, 2),
        "peak": peak(),
        "added": peak() - before,
        "bytes": size,
    }
    json.dump(told, sys.stdout)


def stream_csv(client, start):
    response = client.get(reverse("screening:export_csv") + "?q=tous", secure=True)
    size, first = 0, 0.0
    for line in response.streaming_content:
        first = first or time.perf_counter() - start
        size += len(line)
    return size, first


def write_sheet(client, start):
    address = reverse("screening:prepare_export")
    response = client.post(address, {"next": "?q=tous"}, secure=True)
    first = time.perf_counter() - start
    pk = int(response["Location"].strip("/").split("/")[-1])

    return make_export(pk).file.size, first


def signed_in():

    client = Client()
    client.force_login(User.objects.get(email="instruction@exemple.fr"))
    return client


def programme_pk():

    return Programme.objects.values_list("pk", flat=True).first()


def ask(client, address):
    start = time.perf_counter()
    response = client.get(address, secure=True)
    taken = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"{address}: HTTP {response.status_code}")
    return taken


def peak():
    """Megabytes at most since the process began (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
