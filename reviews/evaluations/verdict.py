"""What the marks given so far come to, in words; the page repeats it while marks change."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from grants.core.numbers import written

# The page fills the same sentences: `{n}` and the like are theirs and ours.
SENTENCES = {
    "none": _("Aucune note pour l’instant."),
    "partly": _("Provisoire : {n}/{of} critères notés, {weight} points de poids sur 100."),
    "above": _("Au-dessus du minimum de {threshold}."),
    "below": _("Sous le minimum de {threshold}, publié pour être financé."),
    "short": _("{name} ({mark} pour un minimum de {threshold})"),
    "under": _("Sous la note minimale du critère : {names}."),
}


def verdict_of(marks, *, mean, threshold):
    """`marks` are pairs of criterion and mark; `mean` is None before the first."""
    given = [(criterion, mark) for criterion, mark in marks if mark is not None]
    if mean is None:
        return str(SENTENCES["none"])
    told = []
    if len(given) < len(marks):
        weight = sum((criterion.weight for criterion, _mark in given), Decimal(0))
        told.append(say("partly", n=len(given), of=len(marks), weight=written(weight)))
    told.append(say("above" if mean >= threshold else "below", threshold=written(threshold)))
    short = [
        say("short", name=criterion.name, mark=mark, threshold=written(criterion.threshold))
        for criterion, mark in given
        if criterion.threshold is not None and mark < criterion.threshold
    ]
    if short:
        told.append(say("under", names=", ".join(short)))
    return " ".join(told)


def say(sentence, /, **values):
    return str(SENTENCES[sentence]).format(**values)
