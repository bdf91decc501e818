"""Where a dossier stands, in the words of the people who filed it, and whose turn it is."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.dossiers.states import State

YOU, REGION, NOBODY = "you", "region", "nobody"
HANDS = {
    YOU: _("À vous d’agir"),
    REGION: _("À la Région d’agir"),
    NOBODY: _("Procédure terminée"),
}


@dataclass(frozen=True)
class Standing:
    title: Any
    meaning: Any
    hand: str

    @property
    def hand_label(self):
        return HANDS[self.hand]


STANDINGS = {
    State.DRAFT: Standing(
        _("Votre dossier est en cours d’écriture"),
        _("Personne à la Région ne le lit tant que vous ne l’avez pas déposé."),
        YOU,
    ),
    State.SUBMITTED: Standing(
        _("Votre dossier est déposé"),
        _(
            "Le service vérifie qu’il est complet et recevable. S’il manque quelque chose, "
            "il vous l’écrit ; d’ici là, vous n’avez rien à faire."
        ),
        REGION,
    ),
    State.INCOMPLETE: Standing(
        _("La Région attend vos compléments"),
        _(
            "Reprenez les points demandés, puis déposez de nouveau. Ce que vous écrivez reste "
            "privé jusque-là."
        ),
        YOU,
    ),
    State.ADMISSIBLE: Standing(
        _("Votre dossier est recevable"),
        _("Il attend d’être confié à des experts indépendants."),
        REGION,
    ),
    State.IN_REVIEW: Standing(
        _("Des experts lisent votre dossier"),
        _("Ils sont indépendants et le notent séparément, sur les critères publiés."),
        REGION,
    ),
    State.RANKED: Standing(
        _("La décision se prépare"),
        _(
            "Les évaluations sont terminées. La Région décide par un vote de ses élus, "
            "puis vous écrit."
        ),
        REGION,
    ),
    State.INADMISSIBLE: Standing(
        _("Votre dossier n’est pas recevable"),
        _("Il ne sera pas évalué. Le motif et vos recours sont écrits ci-dessous."),
        NOBODY,
    ),
    State.AWARDED: Standing(
        _("Votre projet est retenu"),
        _("Une convention vous sera proposée à la signature. Aucun versement n’a lieu avant."),
        REGION,
    ),
    State.RESERVE: Standing(
        _("Votre projet est sur la liste de réserve"),
        _("Si des crédits se libèrent, la Région vous écrit. Vous n’avez rien à faire d’ici là."),
        REGION,
    ),
    State.REFUSED: Standing(
        _("Votre projet n’est pas retenu"),
        _(
            "La lettre dit pourquoi, et comment contester. Vous pourrez déposer un nouveau "
            "dossier lors d’un prochain appel."
        ),
        NOBODY,
    ),
    State.WITHDRAWN: Standing(
        _("Ce dossier est retiré"),
        _("Il ne sera ni évalué, ni financé. Vos textes restent lisibles."),
        NOBODY,
    ),
}
COMPLETED = Standing(
    _("Vos compléments sont reçus"),
    _("Le service reprend l’examen de votre dossier complété. Vous n’avez rien à faire."),
    REGION,
)
NOT_FILED = Standing(
    _("Ce dossier n’a pas été déposé à temps"),
    _("L’appel est clos : il ne sera pas étudié. Vos réponses restent lisibles."),
    NOBODY,
)
NOT_COMPLETED = Standing(
    _("Le délai pour compléter est passé"),
    _("Le service se prononce sur la dernière version déposée. Vous pouvez encore lui écrire."),
    REGION,
)


def standing(state, *, is_open, versions):
    """`is_open`: its authors may still hand it in; `versions`: how often they did."""
    if state == State.DRAFT and not is_open:
        return NOT_FILED
    if state == State.INCOMPLETE and not is_open:
        return NOT_COMPLETED
    if state == State.SUBMITTED and versions > 1:
        return COMPLETED
    return STANDINGS[state]
