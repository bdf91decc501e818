"""What the page of the import says of columns, of doubts and of files it cannot read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LABELS = {
    "full_name": gettext_lazy("Nom"),
    "organisation": gettext_lazy("Organisme"),
    "siren": gettext_lazy("SIREN"),
    "title": gettext_lazy("Fonction"),
    "capacity": gettext_lazy("Dossiers au plus"),
    "laboratory": gettext_lazy("Laboratoire"),
    "incubator": gettext_lazy("Incubateur"),
    "address": gettext_lazy("Adresse"),
    "city": gettext_lazy("Commune"),
    "languages": gettext_lazy("Langues"),
    "departments": gettext_lazy("Départements"),
}
DOUBTS = {
    "email": lambda: _("« %(value)s » n’est pas une adresse électronique."),
    "missing": lambda: _("La case « %(value)s » est vide."),
    "long": lambda: _("« %(value)s… » est trop long."),
    "siren": lambda: _("« %(value)s » n’est pas un SIREN : il compte 9 chiffres."),
    "capacity": lambda: _("« %(value)s » n’est pas un nombre de dossiers entre 0 et 200."),
    "language": lambda: _(
        "Langue inconnue : « %(value)s ». Écrivez fr, en, es, ca, oc, de, it, pt."
    ),
    "department": lambda: _("Département inconnu : « %(value)s »."),
    "theme": lambda: _("Thème inconnu de ce programme : « %(value)s »."),
    "level": lambda: _("Niveau hors de 1 à 3 : « %(value)s »."),
    "repeat": lambda: _("Même adresse qu’à la ligne %(value)s : gardez-en une."),
}
FILES = {
    "long": lambda: _("Ce fichier dépasse 1 Mo : ce n’est sans doute pas une liste d’experts."),
    "binary": lambda: _("Ce fichier n’est pas un texte. Enregistrez votre tableau au format CSV."),
    "empty": lambda: _(
        "Ce tableau est vide : il faut une ligne de titres, puis une ligne par expert."
    ),
    "many": lambda: _("Ce tableau a plus de 500 lignes : coupez-le en plusieurs."),
    "columns": lambda: _("Il manque une colonne : %(names)s."),
}


def doubt(one):
    return DOUBTS[one.code]() % {"value": one.value}


def unreadable(problem):
    return FILES[problem.code]() % {"names": ", ".join(problem.names)}
