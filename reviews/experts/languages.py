"""The languages a dossier or its pieces may be read in."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "fr": _("français"),
    "en": _("anglais"),
    "es": _("espagnol"),
    "ca": _("catalan"),
    "oc": _("occitan"),
    "de": _("allemand"),
    "it": _("italien"),
    "pt": _("portugais"),
}
