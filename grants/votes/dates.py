"""When a vote can have taken place; pure."""

from datetime import date

from django.utils.translation import gettext as _

from grants.core.wording import day


def date_fault(held_on: date, *, today: date, ranked_on: date, reported_on: date) -> str:
    """The sentence that refuses this day, or nothing."""
    if held_on > today:
        return _("Cette délibération n’a pas encore eu lieu.")
    if held_on < ranked_on:
        told = _("Le classement a été arrêté le %(day)s : le vote ne peut pas être antérieur.")
        return told % {"day": day(ranked_on)}
    if held_on < reported_on:
        told = _("Le rapport a été établi le %(day)s : le vote ne peut pas être antérieur.")
        return told % {"day": day(reported_on)}
    return ""
