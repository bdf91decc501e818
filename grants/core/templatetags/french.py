"""Template filters over `grants.core.wording`, in the reader's language and time zone."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from grants.core import wording

register = template.Library()


def _voice():
    return wording.ENGLISH if (get_language() or "fr").startswith("en") else wording.FRENCH


def _here(value):
    """An instant is read in the current zone; a plain day has none."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _blank(value):
    return None if value == "" else value


@register.filter
def euros(amount):
    return wording.euros(_blank(amount), voice=_voice())


@register.filter
def number(value, places=0):
    return wording.number(_blank(value), places=places, voice=_voice())


@register.filter
def percent(share, places=0):
    return wording.percent(_blank(share), places=places, voice=_voice())


@register.filter
def day(when):
    return wording.day(_here(_blank(when)), weekday=False, voice=_voice())


@register.filter
def weekday(when):
    return wording.day(_here(_blank(when)), voice=_voice())


@register.filter
def hour(when):
    return wording.hour(_here(_blank(when)), voice=_voice())


@register.filter
def moment(when):
    return wording.moment(_here(_blank(when)), voice=_voice())


@register.filter
def short_moment(when):
    return wording.moment(_here(_blank(when)), weekday=False, voice=_voice())


@register.filter
def instant(text):
    """The instant written in a kept document."""
    return parse_datetime(text)


@register.filter
def countdown(until):
    return wording.countdown(_blank(until), now=timezone.now(), voice=_voice())


@register.filter
def counted(n, words):
    """`{{ n|counted:"dossier,dossiers" }}`; the two words come translated."""
    singular, plural = words.split(",")
    return wording.count(n, singular, plural, voice=_voice())
