"""What the pages say of a correction, in a sentence anyone can follow."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.templatetags.french import number

LEAST = 0.005  # below, nothing shows at two decimals


def signed(value, places=2):
    """`+0,22`, `−0,10`; `0,00` has no sign."""
    written = number(value, places)
    if not any(digit in written for digit in "123456789"):
        return written.lstrip("−")
    return f"+{written}" if value > 0 else written


def span(low, high):
    """Both ends of an interval, as text: a dash would read as a minus."""
    return _("%(low)s à %(high)s") % {"low": low, "high": high}


def why(shift, *, reviews, mean, names=None):
    """Why the corrected score is not the mean; with `names`, which experts and how much."""
    if shift is None:
        return ""
    if abs(shift.by_readers) < LEAST and abs(shift.by_shrinkage) < LEAST:
        return _("Rien à corriger : ses experts notent comme les autres.")
    told = [by_readers(shift, names or {}), by_shrinkage(shift, reviews, mean)]
    return _("Corrigée de %(total)s : %(reasons)s.") % {
        "total": signed(shift.total),
        "reasons": " ; ".join(reason for reason in told if reason),
    }


def by_readers(shift, names):
    if abs(shift.by_readers) < LEAST:
        return ""
    if shift.by_readers > 0:
        said = _("%(part)s parce que ses experts notent plus sévèrement que les autres")
    else:
        said = _("%(part)s parce que ses experts notent plus généreusement que les autres")
    said %= {"part": signed(shift.by_readers)}
    if not names:
        return said
    each = ", ".join(
        f"{names.get(int(reader), '?')} {signed(severity)}" for reader, severity in shift.readers
    )
    return f"{said} ({each})"


def by_shrinkage(shift, reviews, mean):
    if abs(shift.by_shrinkage) < LEAST:
        return ""
    return ngettext(
        "%(part)s parce qu’avec %(n)s note elle est rapprochée de la moyenne de l’appel (%(mean)s)",
        "%(part)s parce qu’avec %(n)s notes elle est rapprochée de la moyenne de l’appel "
        "(%(mean)s)",
        reviews,
    ) % {"part": signed(shift.by_shrinkage), "n": reviews, "mean": number(mean, 2)}


def leaning(low, high):
    """What an interval of severity allows to say."""
    if low is None or high is None:
        return _("non mesurée")
    if low > 0:
        return _("plus généreux que les autres")
    if high < 0:
        return _("plus sévère que les autres")
    return _("pas de différence établie")
