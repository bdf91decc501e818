"""The table of the studio, put together once per content: three hundred lines cost more to write
than to keep. What PostgreSQL digests below is all that a line shows and that can change.
"""

from functools import lru_cache

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from grants.decisions.models import Allocation
from grants.decisions.studio import head_of, studio_of, totals_of
from grants.decisions.studio_rows import rows_as_html

TOKEN = "csrf-token-of-the-page"  # noqa: S105 - a mark, where the page puts its own
LAST_RANK = 2**31 - 1
CONTENT = """
    SELECT md5(string_agg(concat_ws('|', d.id, d.outcome, d.amount, d.reason, d.reserve_rank,
        d.rule, d.by_rule, d.version, s.title, s.state, o.name, t.name, b.ceiling, b.because,
        b.undertaking, e.signed_at, e.amount), chr(10) ORDER BY d.rank))
    FROM grants_decision d
    JOIN grants_dossier s ON s.id = d.dossier_id
    JOIN accounts_organisation o ON o.id = s.organisation_id
    LEFT JOIN grants_theme t ON t.id = s.theme_id
    LEFT JOIN grants_aidbasis b ON b.decision_id = d.id
    LEFT JOIN grants_aidexception e ON e.decision_id = d.id
    WHERE d.allocation_id = %s
"""


def table_of(allocation, *, token, typed=None):
    """The lines as HTML, and what stands above them; a refused line is never kept."""
    if typed:
        studio = studio_of(allocation)
        return rows_as_html(studio["rows"], token=token, typed=typed), studio
    totals = totals_of(allocation, LAST_RANK)
    text = kept(allocation.pk, content_of(allocation.pk), get_language(), token is not None)
    rows = SafeString(text.replace(TOKEN, token or ""))
    return rows, head_of(allocation, totals["proposed"], totals)


def content_of(allocation_id):
    """A digest of everything the lines are made of."""
    with connection.cursor() as cursor:
        cursor.execute(CONTENT, [allocation_id])
        return cursor.fetchone()[0]


@lru_cache(maxsize=8)
def kept(allocation_id, content, language, is_editable):
    """The lines of this very content; the arguments say all that can make them differ."""
    allocation = Allocation.objects.for_detail().get(pk=allocation_id)
    rows = studio_of(allocation)["rows"]
    return str(rows_as_html(rows, token=TOKEN if is_editable else None))
