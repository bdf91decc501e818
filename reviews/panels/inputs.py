"""Everything the order of a call rests on, told apart without being read."""

from grants.core.planned import planned_cursor

# Begins with SELECT: what begins otherwise is taken for a write, and carries its history along.
READ = """
    SELECT
        ARRAY(SELECT token::text FROM reviews_rankingstamp WHERE call_id = %(call)s ORDER BY slot),
        ARRAY(SELECT id || ' ' || weight FROM grants_criterion WHERE call_id = %(call)s
              ORDER BY id),
        ARRAY(SELECT id || ' ' || endowed - committed FROM grants_envelope
              WHERE programme_id = %(programme)s AND year = %(year)s ORDER BY id)
"""


def digest_of(call):
    """The state of its scores and dossiers, its rules, and what is left of its envelopes."""
    values = {"call": call.pk, "programme": call.programme_id, "year": call.year}
    with planned_cursor() as cursor:
        cursor.execute(READ, values)
        found = cursor.fetchone()
    return (
        call.pk,
        call.method,
        (call.max_rate, call.max_aid, call.max_grant),
        *(tuple(part) for part in found),
    )
