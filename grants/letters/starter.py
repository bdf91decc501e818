"""The letters a programme begins with; its first edition is kept as version 1."""

from grants.letters.kinds import Kind

RANKED = (
    "Classement : rang {rang} sur {classes}, note {note} sur {note_maximale}, établie sur "
    "{evaluations} évaluations indépendantes, pour un seuil publié de {seuil}.\n\n"
    "Point le plus fort : {point_fort}. Point le plus faible : {point_faible}."
)
AGREEMENT = "Une convention vous sera proposée à la signature. Aucun versement n’a lieu avant."
SUBJECTS = {
    Kind.AWARD: "Votre projet est retenu",
    Kind.PARTIAL: "Votre projet est retenu, pour une partie de l’aide demandée",
    Kind.RESERVE: "Votre projet est inscrit sur la liste de réserve",
    Kind.REFUSE: "Votre projet n’est pas retenu",
}
BODIES = {
    Kind.AWARD: (
        "La Région vous attribue une aide de {montant} pour votre projet « {projet} ».\n\n"
        f"Motif : {{motif}}\n\n{AGREEMENT}\n\n{RANKED}"
    ),
    Kind.PARTIAL: (
        "La Région vous attribue une aide de {montant} pour votre projet « {projet} ». Vous "
        f"demandiez {{demande}}.\n\nMotif : {{motif}}\n\n{AGREEMENT}\n\n{RANKED}"
    ),
    Kind.RESERVE: (
        "Votre dossier est au rang {rang_reserve} de la liste de réserve, valable jusqu’au "
        "{fin_reserve}. L’enveloppe est épuisée par les dossiers mieux classés.\n\n"
        "Si des crédits se libèrent, nous vous écrirons. Vous n’avez rien à faire d’ici là.\n\n"
        f"Motif : {{motif}}\n\n{RANKED}"
    ),
    Kind.REFUSE: (
        "Votre demande d’aide pour votre projet « {projet} » n’est pas retenue.\n\n"
        "{motifs}\n\nMotif : {motif}\n\n"
        "Vous pourrez déposer un nouveau dossier lors d’un prochain appel.\n\n" + RANKED
    ),
}
# CJA R.421-1 and R.421-5, CRPA L.411-2 and L.231-4: the delay, who to ask, what silence means.
REMEDIES = (
    "Si vous contestez cette décision, vous pouvez, dans les deux mois qui suivent sa "
    "notification :\n\n"
    "– demander à la Région de la réexaminer (recours gracieux, à l’adresse du service ci-dessus "
    "ou depuis la page de votre dossier) ou former un recours hiérarchique auprès de la "
    "Présidente de Région ; deux mois de silence valent rejet ;\n\n"
    "– saisir le tribunal administratif de Toulouse, 68 rue Raymond-IV, 31000 Toulouse, ou par "
    "www.telerecours.fr.\n\n"
    "Un recours gracieux ou hiérarchique formé dans ce délai l’interrompt : vous disposez de deux "
    "mois après son rejet, exprès ou né du silence, pour saisir le tribunal."
)


def starter(kind):
    """The three texts of a letter before anybody changed them."""
    return {"subject": SUBJECTS[kind], "body": BODIES[kind], "remedies": REMEDIES}
