"""One page of the queue: its rows and how many there are, in one query.

The search is written by the ORM, what a row shows by hand: only the fifty dossiers of the page
pay for it. Counts stop at a thousand, pages at the twentieth: beyond, one narrows or exports.
"""

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection

from grants.screening import listing
from grants.screening.checklist import ITEMS
from grants.screening.surroundings import MOST

PER_PAGE = 50
ROWS = """
SELECT d.id AS pk, d.number, d.title, d.state, d.department, d.requested, d.submitted_at,
    d.reopened_until, d.call_id, d.eligible_base AS base,
    o.name AS company, o.siret, o.city,
    (SELECT name FROM grants_theme WHERE id = d.theme_id) AS theme,
    (SELECT u.full_name FROM grants_charge c JOIN accounts_user u ON u.id = c.officer_id
     WHERE c.dossier_id = d.id) AS officer,
    (SELECT count(*) FROM grants_check WHERE dossier_id = d.id) AS answered,
    ARRAY(SELECT t.name FROM grants_tagging g JOIN grants_tag t ON t.id = g.tag_id
          WHERE g.dossier_id = d.id ORDER BY t.key) AS tags,
    p.reached
FROM (
    WITH found AS MATERIALIZED (SELECT id, row_number() OVER () AS place FROM ({search}) AS f (id))
    SELECT id, place, (SELECT count(*) FROM found) AS reached
    FROM found ORDER BY place OFFSET %s LIMIT %s
) AS p
JOIN grants_dossier d ON d.id = p.id JOIN accounts_organisation o ON o.id = d.organisation_id
ORDER BY p.place
"""


class Pages(Paginator):
    """Pages of a list counted only as far as people turn them."""

    def __init__(self, reached):
        super().__init__(range(min(reached, MOST)), PER_PAGE)
        self.is_cut = reached > MOST


def page_of(calls, query, *, typed, sort, user, at):
    """The page whose number was typed, or the nearest there is."""
    last = MOST // PER_PAGE
    number = min(int(typed), last) if typed.isascii() and typed.isdecimal() else 1
    number = max(number, 1)
    rows, reached = read(calls, query, number, sort=sort, user=user, at=at)
    if not rows and number > 1:
        _first, reached = read(calls, query, 1, sort=sort, user=user, at=at)
        number = Pages(reached).num_pages
        rows, reached = read(calls, query, number, sort=sort, user=user, at=at)
    return Page(rows, number, Pages(reached))


def read(calls, query, number, *, sort, user, at):
    """Rows of one page, and how many were found: MOST + 1 says more."""
    start = (number - 1) * PER_PAGE
    rows, is_all = listing.found_up_to(MOST, calls, query, user=user, at=at)
    most = MOST + 1 if is_all else start + PER_PAGE
    shown, reached = rows_of(rows, calls, start, sort, most=most)
    return shown, reached if is_all else MOST + 1


def rows_of(rows, calls, start, sort, *, most):
    ordered = rows.order_by(*listing.order_of(sort)).values("pk")[:most]
    try:
        search, values = ordered.query.sql_with_params()
    except EmptyResultSet:  # somebody who follows no call
        return [], 0
    # Each search has its own plan: one made for all words would read far too many rows.
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(search=search), [*values, start, PER_PAGE])
        names = [column.name for column in cursor.description]
        shown = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    known = {call["pk"]: call for call in calls}
    for row in shown:
        call = known[row["call_id"]]
        row["code"], row["lines"] = call["code"], call["lines"] or len(ITEMS)
    return shown, shown[0]["reached"] if shown else 0
