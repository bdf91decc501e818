"""Why a line has its outcome, in words."""

from django.utils.translation import gettext as _

from grants.core.wording import euros


def why_award(row, because, *, portfolio=False):
    """Of an amount: in full, at its ceiling, or cut, and by what."""
    if because is None or because in {"State-aid ceiling", "portfolio"}:
        if portfolio:
            return _("Retenu par le portefeuille.")
        if row.ceiling.amount < row.requested:
            return _("Au plafond : %(because)s.") % {"because": row.ceiling.because}
        return _("En entier, dans l’ordre du classement.")
    if because == "envelope":
        least = {"least": euros(row.minimum)}
        return _("Ce qui reste de l’enveloppe : utile à partir de %(least)s.") % least
    if because == "already decided":
        return _("Montant fixé à la main.")
    return _("Limité par une règle publiée : %(rule)s.") % {"rule": label(because)}


def why_not(because):
    """Of a dossier a rule keeps out."""
    said = {
        "one award per group": _(
            "Une seule aide par entreprise unique : un autre est mieux placé."
        ),
        "State-aid ceiling": _("Le plafond d’aide d’État ne laisse pas de montant utile."),
        "already decided": _("Écarté à la main."),
        "portfolio": _("Mieux classé, mais hors du meilleur portefeuille."),
        "ties score": _("Ex aequo à la limite, départagé selon les règles publiées."),
        "ties grey": _("Zone grise à la limite, départagé selon les règles publiées."),
    }
    if because in said:
        return said[because]
    return _("Une règle publiée l’écarte : %(rule)s.") % {"rule": label(because)}


def why_nothing(row):
    """Of a dossier no rule names."""
    if not row.passes:
        return _("Sous la note minimale.")
    if row.ceiling.amount <= 0:
        return _("Aucune aide possible : %(because)s.") % {"because": row.ceiling.because}
    return _("L’enveloppe est épuisée par les dossiers mieux classés.")


def label(named):
    """« cap department=31, theme=Énergie » in French; several rules are joined by commas."""
    words = {
        "floor": _("plancher"),
        "cap": _("plafond"),
        "payments": _("crédits de paiement"),
        "decided": _("montant fixé de"),
    }
    fixed = {
        "envelope": _("enveloppe"),
        "max_awards": _("nombre de lauréats"),
        "one award per group": _("une aide par entreprise"),
    }
    if named in fixed:
        return fixed[named]
    kind, _space, rest = named.partition(" ")
    attributes = {
        "theme=": _("thème"),
        "department=": _("département"),
        "group=": _("groupe"),
    }
    for key, word in attributes.items():
        rest = rest.replace(key, f"{word} ")
    return f"{words.get(kind, kind)} {rest}"
