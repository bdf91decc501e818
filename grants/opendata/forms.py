from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.eligibility.territory import DEPARTMENTS
from grants.opendata.pretest import ELSEWHERE

UNSAID = ("", _("Je ne sais pas encore"))
STAGES = [
    UNSAID,
    ("mvp", _("Premier produit testé par des clients (MVP)")),
    ("preseries", _("Préséries et pré-industrialisation")),
    ("launch", _("Lancement commercial et équipe de vente")),
]
PLACES = [
    *((code, f"{name} ({code})") for code, name in DEPARTMENTS.items()),
    (ELSEWHERE, _("Un autre département")),
]
COMPANY = (
    "created_on", "department", "headcount", "turnover", "balance_sheet", "alone", "insolvency",
)  # fmt: skip
PROJECT = ("stage", "eligible_base", "requested", "duration_months")
YES_NO = [UNSAID, ("yes", _("Oui")), ("no", _("Non"))]


class PretestForm(forms.Form):
    """Sent by GET, so that a colleague can be given the address of an answer."""

    call = forms.CharField(required=False, widget=forms.HiddenInput)
    created_on = forms.DateField(
        label=_("Date de création de l’entreprise"),
        help_text=_("Celle de l’immatriculation. À créer ? Indiquez la date prévue."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(date(1800, 1, 1), _("Vérifiez l’année de cette date.")),
            MaxValueValidator(date(2199, 12, 31), _("Vérifiez l’année de cette date.")),
        ],
    )
    department = forms.ChoiceField(
        label=_("Département de l’établissement qui mène le projet"),
        choices=[("", _("Choisissez")), *PLACES],
    )
    headcount = forms.IntegerField(
        label=_("Effectif, en équivalents temps plein"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    turnover = EurosField(label=_("Chiffre d’affaires annuel, hors taxes"), required=False)
    balance_sheet = EurosField(label=_("Total du bilan"), required=False)
    alone = forms.ChoiceField(
        label=_("Votre entreprise est-elle indépendante ?"),
        help_text=_("Oui si aucune entreprise n’en détient 25 % ou plus, et inversement."),
        choices=YES_NO,
        required=False,
    )
    insolvency = forms.ChoiceField(
        label=_("Une procédure collective est-elle ouverte ?"),
        help_text=_("Sauvegarde, redressement ou liquidation judiciaire."),
        choices=YES_NO,
        required=False,
    )
    stage = forms.ChoiceField(label=_("Étape du projet"), choices=STAGES, required=False)
    eligible_base = EurosField(label=_("Dépenses du projet, hors taxes"), required=False)
    requested = EurosField(label=_("Aide souhaitée"), required=False)
    duration_months = forms.IntegerField(
        label=_("Durée du projet, en mois"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    de_minimis = EurosField(
        label=_("Aides « de minimis » reçues ces trois dernières années, au total"),
        help_text=_("Le courrier d’attribution le précise. Aucune ? Écrivez 0."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout_of(self)

    def was_sent(self):
        return any(name in self.data for name in self.fields if name != "call")


def layout_of(form):
    drawn = FormHelper(form)
    drawn.form_method = "get"
    drawn.disable_csrf = True
    drawn.form_class = "pretest"
    drawn.attrs = {"novalidate": ""}
    drawn.layout = Layout(
        "call",
        Fieldset(_("Votre entreprise"), *COMPANY),
        Fieldset(_("Votre projet"), *PROJECT),
        Fieldset(_("Les aides déjà reçues"), "de_minimis"),
        Submit("", _("Voir la réponse"), css_class="btn-primary"),
    )
    return drawn


class AwardFilter(forms.Form):
    """An address with a filter nobody knows shows the whole list."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    year = forms.ChoiceField(label=_("Année"), required=False)
    theme = forms.ChoiceField(label=_("Thème"), required=False)
    department = forms.ChoiceField(
        label=_("Département"),
        required=False,
        choices=[("", _("Tous")), *(place for place in PLACES if place[0] != ELSEWHERE)],
    )

    COLUMNS = {
        "programme": "dossier__call__programme__slug",
        "year": "year",
        "theme": "dossier__theme__name",
        "department": "dossier__department",
    }

    def __init__(self, data, *, known):
        super().__init__(data)
        for name in ("programme", "year", "theme"):
            everything = _("Toutes") if name == "year" else _("Tous")
            self.fields[name].choices = [("", everything), *known[name]]
        if len(known["programme"]) < 2:
            del self.fields["programme"]

    def conditions(self):
        """What stays of the filter once read, as look-ups on awards."""
        self.is_valid()
        return {self.COLUMNS[name]: value for name, value in self.cleaned_data.items() if value}
