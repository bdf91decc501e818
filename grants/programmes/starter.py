"""What a new programme starts from: the standard criteria, and the scheme of the demonstration."""

STANDARD_CRITERIA = (
    {
        "key": "innovation",
        "name": "Innovation de rupture",
        "guidance": (
            "Ce que le projet change par rapport à l’existant, la solidité de la preuve "
            "scientifique ou technique, le lien avec un laboratoire, la protection."
        ),
        "weight": 30,
        "anchors": [
            "Rien de nouveau : la solution existe déjà sur le marché.",
            "Amélioration mineure ; la différence avec l’existant n’est pas démontrée.",
            "Innovation réelle mais incrémentale ; la preuve technique reste à faire.",
            "Innovation nette, preuve de concept obtenue ; l’avance peut être rattrapée vite.",
            "Rupture crédible, preuves mesurées, travail suivi avec un laboratoire.",
            "Rupture démontrée et protégée, avec plusieurs années d’avance reconnues.",
        ],
    },
    {
        "key": "marche",
        "name": "Marché et modèle économique",
        "guidance": (
            "La taille du marché visé, l’engagement de premiers clients, le prix et la marge, "
            "la cohérence du plan de financement avec l’aide demandée."
        ),
        "weight": 25,
        "anchors": [
            "Aucun client identifié, aucun prix.",
            "Marché décrit en termes généraux ; les chiffres ne sont pas justifiés.",
            "Marché identifié, quelques contacts ; le modèle de revenus reste à éprouver.",
            "Premiers clients intéressés par écrit, prix et marge plausibles.",
            "Premières ventes ou pilotes payés ; plan de financement cohérent et équilibré.",
            "Demande prouvée par des commandes ; rentabilité atteignable et bien argumentée.",
        ],
    },
    {
        "key": "equipe",
        "name": "Équipe et capacité à réaliser",
        "guidance": (
            "Les compétences réunies, le temps consacré, les partenaires, le réalisme du "
            "calendrier et la maîtrise des risques."
        ),
        "weight": 20,
        "anchors": [
            "Équipe absente ou compétences sans rapport avec le projet.",
            "Une compétence clé manque et rien n’est prévu pour la trouver.",
            "Équipe motivée mais incomplète ; calendrier peu détaillé.",
            "Compétences techniques réunies ; le volet commercial ou industriel reste à renforcer.",
            "Équipe complète et à plein temps ; calendrier réaliste, risques identifiés.",
            "Équipe reconnue, qui a déjà mené un projet de cette taille ; risques maîtrisés.",
        ],
    },
    {
        "key": "impact",
        "heading": "Retombées pour la région",
        "name": "Impact social et environnemental",
        "guidance": (
            "L’effet attendu sur l’énergie, la mobilité, la santé, l’environnement ou le "
            "logement, la façon de le mesurer, les effets indésirables."
        ),
        "weight": 15,
        "anchors": [
            "Aucun effet positif, ou un effet négatif qui n’est pas traité.",
            "Effet affirmé sans explication.",
            "Effet plausible mais indirect ; aucun indicateur.",
            "Effet direct, estimé par un ordre de grandeur justifié.",
            "Effet chiffré avec une méthode claire et des indicateurs suivis.",
            "Effet majeur, mesuré sur tout le cycle de vie et vérifié par un tiers.",
        ],
    },
    {
        "key": "ancrage",
        "heading": "Retombées pour la région",
        "name": "Ancrage et emploi en Occitanie",
        "guidance": (
            "Les emplois créés dans les 13 départements, l’activité produite sur place, "
            "les fournisseurs et laboratoires régionaux."
        ),
        "weight": 10,
        "anchors": [
            "Aucune activité prévue en Occitanie.",
            "Une adresse en Occitanie, l’activité est ailleurs.",
            "Quelques emplois maintenus ; peu de liens avec le territoire.",
            "Création de un à trois emplois en Occitanie d’ici trois ans.",
            "Quatre emplois ou plus, partenaires régionaux engagés.",
            "Production implantée en Occitanie, emplois durables et filière régionale entraînée.",
        ],
    },
)

THEMES = (
    ("energie", "Énergie"),
    ("mobilite", "Mobilité durable"),
    ("sante", "Santé"),
    ("environnement", "Environnement"),
    ("logement", "Logement"),
)

RULES = """\
Règlement de démonstration. Ce texte illustre le fonctionnement de la plateforme ; il ne \
remplace pas le règlement voté par la Région.

Article 1 — Objet
Le programme aide de jeunes entreprises à mettre sur le marché une innovation de rupture qui \
répond à un défi social ou environnemental : énergie, mobilité durable, santé, \
environnement, logement.

Article 2 — Bénéficiaires
Peuvent déposer un dossier les petites et moyennes entreprises de moins de 8 ans au jour du \
dépôt, dont le siège ou un établissement actif se trouve dans l’un des 13 départements \
d’Occitanie au plus tard à la signature de la convention. L’entreprise est à jour de ses \
obligations fiscales et sociales et n’est pas en difficulté au sens du droit européen.

Article 3 — Projets
Trois étapes sont aidées : la mise au point d’un premier produit, la présérie et la \
préindustrialisation, le lancement commercial. Le programme de dépenses dure au plus 36 mois \
à compter du dépôt. Une dépense engagée avant le dépôt du dossier n’est pas prise en compte.

Article 4 — Montant
L’aide totale ne dépasse ni 50 % des dépenses éligibles hors taxes, ni 200 000 €. La part \
versée en subvention ne dépasse pas 50 000 € ; le reste est une avance remboursable. Les \
dépenses éligibles atteignent au moins 40 000 € HT pour un premier produit et 100 000 € HT \
pour les autres étapes.

Article 5 — Cumul
L’entreprise déclare toutes les aides de minimis reçues par elle et par les sociétés qui lui \
sont liées pendant les trois dernières années. Leur total, nouvelle aide comprise, ne \
dépasse pas 300 000 € (règlement (UE) 2023/2831).

Article 6 — Instruction et sélection
Chaque dossier reçu fait l’objet d’un accusé de réception. Un dossier incomplet donne lieu à \
une demande de pièces. Les dossiers recevables sont notés par des experts indépendants selon \
les critères publiés avec l’appel. Le comité de sélection donne un avis ; la Commission \
permanente décide.

Article 7 — Délai
La demande est réputée rejetée si aucune réponse n’est donnée dans les deux mois qui suivent \
la réception du dossier complet. Une décision expresse peut intervenir plus tard, selon le \
calendrier publié.

Article 8 — Versement
Au-delà de 23 000 €, une convention fixe les conditions de l’aide. Les versements suivent la \
justification des dépenses payées. L’activité aidée est maintenue cinq ans en Occitanie.
"""


def standard_programme():
    """The columns of « Start-up industrie de demain » and its themes, as (key, name)."""
    fields = {
        "slug": "start-up-industrie-de-demain",
        "name": "Start-up industrie de demain",
        "purpose": (
            "Aider les jeunes entreprises d’Occitanie à mettre sur le marché une innovation de "
            "rupture au service de la société et de l’environnement."
        ),
        "funder": "Région Occitanie / Pyrénées-Méditerranée",
        "rules": RULES,
        "rules_reference": "Règlement de démonstration, version 1",
        "contact_service": "Direction de l’économie et de l’innovation (démonstration)",
        "contact_email": "startup@eclore.example",
        "contact_phone": "05 00 00 00 00",
        "contact_address": "22 boulevard du Maréchal-Juin, 31406 Toulouse Cedex 9",
        "goal_text": "Doubler le nombre de jeunes entreprises innovantes créées chaque année",
        "goal_from": 50,
        "goal_to": 100,
        "goal_year": 2028,
    }
    return fields, THEMES
