"""How the readings of a call go, added up from the counts the database keeps: no reading is read.

Written by hand: what is late depends on the hour, which no kept text of the ORM may hold.
"""

from datetime import datetime
from typing import NamedTuple

from grants.core.planned import planned_cursor

# Begins with SELECT: what begins otherwise is taken for a write, and carries its history along.
PER_EXPERT = """
    SELECT t.expert_id, sum(t.given)::int AS given, sum(t.handed_in)::int AS done,
        coalesce(sum(t.given - t.handed_in) FILTER (WHERE t.due_at <= %(now)s), 0)::int AS late,
        min(t.due_at) FILTER (WHERE t.given > t.handed_in) AS due
    FROM reviews_readingtally t WHERE t.call_id = %(call)s AND NOT t.is_held AND t.given > 0
    GROUP BY t.expert_id
"""
TOTALS = f"""
    SELECT coalesce(sum(given), 0)::int, coalesce(sum(done), 0)::int, coalesce(sum(late), 0)::int,
        count(*), count(*) FILTER (WHERE given > done AND expert_id NOT IN (
            SELECT e.id FROM reviews_expert e JOIN accounts_user u ON u.id = e.user_id
            WHERE NOT u.is_active))
    FROM ({PER_EXPERT}) AS counted
"""  # noqa: S608 - fixed text
PEOPLE = f"""
    SELECT counted.*, e.user_id, u.full_name, u.email
    FROM ({PER_EXPERT}) AS counted
    JOIN reviews_expert e ON e.id = counted.expert_id JOIN accounts_user u ON u.id = e.user_id
    WHERE {{which}}
    ORDER BY late DESC, {{then}}, u.plain_name, expert_id OFFSET %(start)s LIMIT %(most)s
"""  # noqa: S608 - fixed text
EVERYBODY = PEOPLE.format(which="true", then="late")
DEBTORS = PEOPLE.format(which="given > done AND u.is_active", then="due")


class Totals(NamedTuple):
    """Readings given, handed in and late; experts who have some, and who still owe some."""

    given: int
    done: int
    late: int
    people: int
    debtors: int


class Tally(NamedTuple):
    """The readings of one expert; `due` is the first day something of theirs is awaited."""

    expert: int
    given: int
    done: int
    late: int
    due: datetime | None
    user: int
    full_name: str
    email: str

    @property
    def name(self) -> str:
        return self.full_name or self.email

    @property
    def waiting(self) -> int:
        return self.given - self.done


def totals_of(call, *, now) -> Totals:
    [row] = read(TOTALS, call=call, now=now)
    return Totals(*row)


def latest(call, *, now, most) -> list[Tally]:
    """Who reads for this call, those who are late first."""
    return [Tally(*row) for row in read(EVERYBODY, call=call, now=now, start=0, most=most)]


def debtors_of(call, *, now, start, most) -> list[Tally]:
    """Those who may still sign in and owe something, the latest first."""
    return [Tally(*row) for row in read(DEBTORS, call=call, now=now, start=start, most=most)]


def read(text, *, call, **values):
    with planned_cursor() as cursor:
        cursor.execute(text, {"call": call, **values})
        return cursor.fetchall()
