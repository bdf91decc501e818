"""Rights and unread letters of whoever reads a page, in one query.

Written by hand: four look-ups through the ORM cost more than the rest of a light page.
"""

from django.utils.functional import SimpleLazyObject

from accounts.access import Rights, rights_of
from accounts.people.models import User
from grants.core.planned import planned_cursor

READ = """
SELECT
    ARRAY(SELECT organisation_id FROM accounts_membership
          WHERE user_id = %(user)s AND left_at IS NULL ORDER BY id),
    ARRAY(SELECT role FROM accounts_membership
          WHERE user_id = %(user)s AND left_at IS NULL ORDER BY id),
    ARRAY(SELECT programme_id FROM grants_duty
          WHERE user_id = %(user)s AND ended_at IS NULL ORDER BY id),
    ARRAY(SELECT role FROM grants_duty
          WHERE user_id = %(user)s AND ended_at IS NULL ORDER BY id),
    EXISTS(SELECT FROM reviews_expert WHERE user_id = %(user)s),
    EXISTS(SELECT FROM reviews_member m JOIN reviews_session s ON s.id = m.session_id
           WHERE m.user_id = %(user)s AND s.state <> 'cancelled'),
    (SELECT count(*) FROM accounts_notification WHERE recipient_id = %(user)s AND read_at IS NULL)
"""


def rights_once(get_response):
    """A page that reads asks once; a request that writes asks the database at every act."""

    def middleware(request):
        if request.method in {"GET", "HEAD"} and request.user.is_authenticated:
            request.user.rights = SimpleLazyObject(lambda: read(request.user.pk))
        return get_response(request)

    return middleware


def known_or_read(user: User) -> Rights:
    return rights_of(user) or read(user.pk)


def read(user: int) -> Rights:
    with planned_cursor() as cursor:
        cursor.execute(READ, {"user": user})
        companies, parts, programmes, roles, is_expert, sits, unread = cursor.fetchone()
    return Rights(
        memberships=frozenset(zip(companies, parts, strict=True)),
        duties=frozenset(zip(programmes, roles, strict=True)),
        is_expert=is_expert,
        sits=sits,
        unread=unread,
    )
