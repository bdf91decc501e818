"""A queue of any size by SQL; apart, so that what is measured does not carry the factories."""

from django.db import connection

from tests.factories import make_call, make_dossier, make_programme, make_staff

FILL = """
ALTER TABLE grants_dossier DISABLE TRIGGER USER;
ALTER TABLE grants_check DISABLE TRIGGER USER;
ALTER TABLE grants_charge DISABLE TRIGGER USER;
ALTER TABLE accounts_organisation DISABLE TRIGGER USER;
INSERT INTO accounts_organisation
SELECT made.* FROM accounts_organisation AS one, generate_series(1, %(size)s) AS n,
    jsonb_populate_record(one, jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('accounts_organisation', 'id')),
        'siret', lpad(n::text, 14, '0'),
        'name', CASE WHEN n %% 1000 = 0 THEN 'Ovalie ' ELSE '' END
            || (ARRAY['Solaire', 'Fonderie', 'Bois', 'Santé', 'Mobilité', 'Hydrogène', 'Agro',
                      'Numérique'])[1 + n %% 8]
            || (ARRAY[' du Lez ', ' de Thau ', ' du Midi ', ' de Garonne ', ' du Gers ']
               )[1 + n %% 5] || n)) AS made
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
