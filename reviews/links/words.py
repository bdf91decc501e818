"""What a piece of evidence says, in a sentence, in the language of who reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LABELS = {
    "account": gettext_lazy("Membre de l’entreprise"),
    "siren": gettext_lazy("Même SIREN"),
    "group": gettext_lazy("Même groupe"),
    "mandate": gettext_lazy("Mandat"),
    "shares": gettext_lazy("Parts ou actions"),
    "former": gettext_lazy("Ancien employeur"),
    "person": gettext_lazy("Même nom"),
    "employer": gettext_lazy("Même organisme"),
    "domain": gettext_lazy("Même messagerie"),
    "address": gettext_lazy("Même adresse"),
    "laboratory": gettext_lazy("Laboratoire"),
    "incubator": gettext_lazy("Incubateur"),
    "named": gettext_lazy("Cité dans le dossier"),
}


def sentence(row):
    """`row` is a stored piece of evidence."""
    told = SENTENCES[row["kind"]]()
    return told % {"ours": row["ours"], "theirs": row["theirs"]}


# Functions, so that each sentence is translated when it is read.
SENTENCES = {
    "account": lambda: _("Membre de l’entreprise sur la plateforme."),
    "siren": lambda: _("Son organisme, %(ours)s, est l’entreprise candidate (SIREN %(theirs)s)."),
    "group": lambda: _(
        "Son organisme, %(ours)s, est du groupe de l’entreprise, selon son dossier ou le "
        "répertoire (SIREN %(theirs)s)."
    ),
    "mandate": lambda: _("A un mandat dans %(ours)s, l’entreprise ou son groupe (%(theirs)s)."),
    "shares": lambda: _("A des parts de %(ours)s, l’entreprise ou son groupe (%(theirs)s)."),
    "former": lambda: _("A travaillé pour %(ours)s, l’entreprise ou son groupe (%(theirs)s)."),
    "person": lambda: _(
        "Porte le nom d’une personne de l’entreprise : « %(ours)s », « %(theirs)s »."
    ),
    "employer": lambda: _("Son organisme, %(ours)s, a le nom de l’entreprise (%(theirs)s)."),
    "domain": lambda: _("Même domaine de messagerie : %(ours)s et %(theirs)s."),
    "address": lambda: _("Même adresse : « %(ours)s », « %(theirs)s »."),
    "laboratory": lambda: _("Le dossier cite son laboratoire : %(ours)s."),
    "incubator": lambda: _("Le dossier cite son incubateur : %(ours)s."),
    "named": lambda: _(
        "Le dossier ou le répertoire cite %(theirs)s, où l’expert travaille, a travaillé ou a un "
        "intérêt."
    ),
}
