"""A search as conditions on dossiers; `calls` are those whose dossiers this person may read."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.organisations.models import Organisation
from grants.dossiers.records import Attempt
from grants.dossiers.states import TO_SCREEN, State
from grants.programmes.models import Call
from grants.screening import query as words
from grants.screening.bounds import amounts, days
from grants.screening.models import Tagging


def narrowed(rows, query, *, user, at):
    """Values of one filter widen it, filters narrow each other; words are left for later."""
    if query.waits_only:
        rows = rows.filter(state__in=TO_SCREEN)
    if query.is_late:
        rows = rows.filter(state=State.INCOMPLETE, reopened_until__lt=at)
    if query.was_turned_away:
        rows = rows.filter(pk__in=Attempt.objects.values("dossier"))
    for kind, narrow in NARROW.items():
        if query.values(kind):
            rows = rows.filter(any_of(narrow(value, user) for value in query.values(kind)))
    return rows


def any_of(conditions):
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def of_officer(value, user):
    if value == words.ME:
        return Q(charge__officer=user)
    if value == words.NOBODY:
        return Q(charge__isnull=True)
    return Q(charge__officer__full_name__icontains=value) | Q(charge__officer__email=value)


def of_amount(value, user):
    found = amounts(value)
    return between("requested", found.low, found.high, found)


def of_days(value, user):
    """Whole days of Paris: until a day is until its end."""
    found = days(value)
    low = midnight(found.low, found.low_out)
    high = midnight(found.high, not found.high_out)
    where = Q()
    if low:
        where &= Q(submitted_at__gte=low)
    if high:
        where &= Q(submitted_at__lt=high)
    return where


def midnight(day, is_next):
    if day is None:
        return None
    start = datetime.combine(day, time(0)) + timedelta(days=int(is_next))
    return timezone.make_aware(start)


def between(field, low, high, found):
    where = Q()
    if low is not None:
        where &= Q(**{f"{field}__{'gt' if found.low_out else 'gte'}": low})
    if high is not None:
        where &= Q(**{f"{field}__{'lt' if found.high_out else 'lte'}": high})
    return where


def of_tag(value, user):
    return Q(pk__in=Tagging.objects.filter(tag__key=value).values("dossier"))


NARROW = {
    words.STATE: lambda value, user: Q(state=words.STATE_WORDS[value]),
    words.THEME: lambda value, user: Q(theme__key=value),
    words.CALL: lambda value, user: Q(call__code=value),
    words.DEPARTMENT: lambda value, user: Q(department=value.upper()),
    words.OFFICER: of_officer,
    words.AMOUNT: of_amount,
    words.FILED: of_days,
    words.TAG: of_tag,
}


def holding(word):
    """A word of the title or the company, a SIRET, or the number of a dossier."""
    either = Q(title__icontains=word) | Q(organisation__name__icontains=word)
    either |= Q(organisation__siret__startswith=word)
    numbered = with_number(word)
    return either if numbered is None else either | numbered


def with_number(word):
    """The dossier of this reference (`SID27-0012`), if it looks like one."""
    code, dash, number = word.rpartition("-")
    if dash and number.isascii() and number.isdecimal() and len(number) < 9:
        return Q(call__in=Call.objects.filter(code__iexact=code), number=int(number))
    return None


def holding_all(rows, words):
    """`rows` that hold every word: judged one after the other, quick where nearly all do."""
    for word in words:
        rows = rows.filter(holding(word))
    return rows


def by_index(rows, words):
    """The keys of the same dossiers, each once, in no order.

    The longest word is looked up where it may stand, one search after the other: each has its
    index, which one condition over two tables has not. The other words judge what was found.
    """
    first, *others = sorted(words, key=len, reverse=True)
    rows = holding_all(rows, others)
    companies = Organisation.objects.filter(name__icontains=first)
    sites = Organisation.objects.filter(siret__startswith=first)
    places = [
        Q(title__icontains=first), with_number(first), Q(organisation__in=sites),
        Q(organisation__in=companies),
    ]  # fmt: skip
    searches, before = [], Q()
    for place in filter(None, places):
        searches.append(rows.filter(place).exclude(before) if before else rows.filter(place))
        before |= place
    found = [search.order_by().values_list("pk", flat=True) for search in searches]
    return found[0].union(*found[1:], all=True)
