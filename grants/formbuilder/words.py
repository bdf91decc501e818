"""The names managers read: kinds of questions, comparisons, calculations."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "short_text": _("Texte court"),
    "long_text": _("Texte long"),
    "integer": _("Nombre entier"),
    "decimal": _("Nombre décimal"),
    "money": _("Montant en euros"),
    "percentage": _("Pourcentage"),
    "date": _("Date"),
    "yes_no": _("Oui ou non"),
    "one_of": _("Un choix parmi plusieurs"),
    "several_of": _("Plusieurs choix"),
    "siret": _("SIRET"),
    "commune": _("Commune d’Occitanie"),
    "iban": _("IBAN"),
    "url": _("Adresse web"),
    "email": _("Adresse électronique"),
    "phone": _("Téléphone"),
    "table": _("Tableau"),
    "file": _("Pièces jointes"),
    "computed": _("Valeur calculée"),
}

HELPS = {
    "short_text": _("Une ligne."),
    "long_text": _(
        "Plusieurs paragraphes ; les mots ou les signes sont comptés pendant la frappe."
    ),
    "integer": _("Sans virgule."),
    "decimal": _("Jusqu’à six chiffres après la virgule."),
    "money": _("Au centime ; « 1 000,50 » et « 1000.50 » sont lus pareil."),
    "percentage": _("De 0 à 100."),
    "date": _("Un jour du calendrier."),
    "yes_no": _("Peut servir d’engagement : seul « oui » permet alors de déposer."),
    "one_of": _("Des boutons jusqu’à sept choix, une liste au-delà."),
    "several_of": _("Des cases à cocher."),
    "siret": _("14 chiffres, clé vérifiée."),
    "commune": _("Nom et département, ou code INSEE ; les 13 départements seulement."),
    "iban": _("Clé vérifiée ; à classer en coordonnées bancaires."),
    "url": _("Commence par http ou https."),
    "email": _("Forme vérifiée."),
    "phone": _("Français ou étranger."),
    "table": _("Lignes et colonnes : budget, équipe, jalons ; avec totaux."),
    "file": _("Un ou plusieurs fichiers de 25 Mo au plus."),
    "computed": _("Somme, différence ou rapport d’autres réponses ; rien à remplir."),
}

COMPARISONS = {
    "equals": _("est"),
    "differs": _("n’est pas"),
    "at_least": _("vaut au moins"),
    "at_most": _("vaut au plus"),
    "above": _("dépasse"),
    "below": _("est inférieur à"),
    "holds": _("comprend"),
    "lacks": _("ne comprend pas"),
    "given": _("est remplie"),
    "missing": _("est vide"),
}

ACTS = {
    "sum": _("Somme de tous les termes"),
    "difference": _("Le premier terme moins les autres"),
    "ratio": _("Le premier terme divisé par la somme des autres"),
}

SHOWN_AS = {
    "money": _("Montant en euros"),
    "percentage": _("Pourcentage"),
    "decimal": _("Nombre décimal"),
    "integer": _("Nombre entier"),
}
