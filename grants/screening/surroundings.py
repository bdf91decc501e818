"""What stands around the queue of one person: calls, columns, saved views, counts. One query.

Written by hand: six look-ups through the ORM cost more than the fifty rows they surround.
"""

from dataclasses import dataclass
from typing import Any

from grants.core.planned import planned_cursor
from grants.programmes.permissions import duties_of
from grants.programmes.states import Role
from grants.screening.query import LATE, OFFICER, TAG, THEME, WORD_OF_STATE

MOST = 1000  # a search is counted as far as its pages go
COUNTED = 500  # and each state, along its index, as far as a number still says something
SHARING = frozenset({Role.OFFICER, Role.MANAGER})
# Begins with SELECT: what begins otherwise is taken for a write, and carries its history along.
READ = """
SELECT around.* FROM (
    WITH calls AS (
        SELECT c.id AS pk, c.code, c.title, c.programme_id, p.name AS programme__name,
            (SELECT count(*) FROM grants_checkline l WHERE l.call_id = c.id) AS lines,
            c.opens_at
        FROM grants_call c JOIN grants_programme p ON p.id = c.programme_id
        WHERE c.programme_id = ANY(%(programmes)s)
    ), own AS (SELECT array_agg(pk) AS calls FROM calls)
    SELECT
        (SELECT json_agg(calls ORDER BY opens_at DESC, pk DESC) FROM calls) AS calls,
        (SELECT json_build_array(columns, has_pane) FROM grants_queuechoice
         WHERE user_id = %(user)s) AS choice,
        (SELECT json_agg(v ORDER BY name, pk) FROM (
            SELECT id AS pk, owner_id = %(user)s AS is_own, name, query, sort
            FROM grants_savedview
            WHERE owner_id = %(user)s OR programme_id = ANY(%(programmes)s)) AS v) AS views,
        (SELECT json_object_agg(word, (SELECT count(*) FROM (
            SELECT 1 FROM grants_dossier
            WHERE call_id = ANY(own.calls) AND state = word LIMIT %(most)s) AS first_ones))
         FROM unnest(%(states)s::varchar[]) AS word, own) AS counts,
        (SELECT count(*) FROM (
            SELECT 1 FROM own, grants_dossier
            WHERE call_id = ANY(own.calls) AND state = 'incomplete' AND reopened_until < %(at)s
            LIMIT %(most)s) AS late_ones) AS late,
        (SELECT json_agg(json_build_array(kind, pk, key, name) ORDER BY kind, name) FROM (
            SELECT %(theme)s AS kind, id AS pk, key, name
            FROM grants_theme WHERE programme_id = ANY(%(programmes)s)
            UNION ALL SELECT %(tag)s, id, key, name
            FROM grants_tag WHERE programme_id = ANY(%(programmes)s)
            UNION ALL SELECT %(officer)s, id, email, full_name
            FROM accounts_user WHERE is_active AND id IN (
                SELECT user_id FROM grants_duty WHERE ended_at IS NULL
                AND programme_id = ANY(%(programmes)s) AND role = ANY(%(sharing)s))
        ) AS known) AS words
) AS around
"""


@dataclass(frozen=True)
class Surroundings:
    """`views` are one's own and those of one's teams; `counts`, by state, and of late answers;
    `words`, the themes, tags and officers of these programmes: (kind, pk, key, name)."""

    calls: list[dict[str, Any]]
    columns: list[str]
    has_pane: bool
    views: list[dict[str, Any]]
    counts: dict[str, int]
    words: list[tuple[str, int, str, str]]
    may_choose: bool


def surroundings(user, *, at) -> Surroundings:
    held = duties_of(user)
    values = {
        "user": user.pk,
        "programmes": sorted({programme for programme, _role in held}),
        "states": [str(state) for state in WORD_OF_STATE],
        "most": COUNTED + 1,
        "at": at,
        "sharing": sorted(SHARING),
        "theme": THEME,
        "tag": TAG,
        "officer": OFFICER,
    }
    with planned_cursor() as cursor:
        cursor.execute(READ, values)
        calls, choice, views, counts, late, words = cursor.fetchone()
    columns, has_pane = choice or ([], False)
    return Surroundings(
        calls=calls or [],
        columns=columns,
        has_pane=has_pane,
        views=views or [],
        counts={**counts, LATE: late},
        words=words or [],
        may_choose=any(role in SHARING for _programme, role in held),
    )
