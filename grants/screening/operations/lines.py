"""What officers of a call verify: lines written by its team, before or while dossiers come."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.programmes import permissions as programmes_may
from grants.programmes.checks import CheckLine
from grants.screening.checklist import BY_KEY
from grants.screening.models import Check

MOST_LINES = 40


@transaction.atomic
def set_lines(call, lines, *, actor):
    """Replace the checklist: each line is {key or "", label, guide}; an answered one stays.

    A line keeps its key, and with it the answers given and what the verdict says about it.
    """
    require(programmes_may.ORGANISE, actor, call)
    lock(call)
    if not 0 < len(lines) <= MOST_LINES:
        raise Refused(_("Une liste a entre 1 et 40 contrôles."))
    known = {line.key: line.rules for line in CheckLine.objects.filter(call=call)}
    known = known or {key: list(item.rules) for key, item in BY_KEY.items()}
    keyed = with_keys(lines, known)
    refuse_dropping_answers(call, set(known) - {line["key"] for line in keyed})
    CheckLine.objects.filter(call=call).delete()
    return CheckLine.objects.bulk_create(
        CheckLine(call=call, rank=rank, rules=known.get(line["key"], []), **line)
        for rank, line in enumerate(keyed)
    )


def with_keys(lines, known):
    """New lines get a key of their own from their words."""
    taken, keyed = set(known), []
    for line in lines:
        key = line["key"] if line["key"] in known else new_key(line["label"], taken)
        taken.add(key)
        keyed.append({"key": key, "label": line["label"], "guide": line["guide"]})
    if len({line["key"] for line in keyed}) < len(keyed):
        raise Refused(_("Un contrôle est en double."))
    return keyed


def new_key(label, taken):
    stem = slugify(label)[:40] or "controle"
    return next(k for k in (stem, *(f"{stem}-{n}" for n in range(2, 100))) if k not in taken)


def refuse_dropping_answers(call, dropped):
    answered = Check.objects.filter(dossier__call=call, key__in=dropped)
    labels = sorted(set(answered.values_list("key", flat=True)))
    if labels:
        raise Refused(
            _("Des dossiers ont déjà une réponse à : %(keys)s. Ces contrôles restent.")
            % {"keys": ", ".join(labels)}
        )
