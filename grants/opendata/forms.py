from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.organisations.forms import SiretField
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
BY_HAND = ("created_on", "department")
COMPANY = ("size", "situation", "de_minimis")
PROJECT = ("stage", "eligible_base", "duration_months")
SIZES = [
    UNSAID,
    ("small", _("Moins de 50 salariés, 10 M€ au plus")),
    ("medium", _("Moins de 250 salariés, 50 M€ au plus")),
    ("large", _("Davantage")),
]
SITUATIONS = [
    UNSAID,
    ("sound", _("Saine")),
    ("lost", _("Plus de la moitié du capital perdue")),
    ("insolvent", _("Procédure collective en cours")),
]


class PretestForm(forms.Form):
    """Sent by GET, so that a colleague can be given the address of an answer."""

    call = forms.CharField(required=False, widget=forms.HiddenInput)
    siret = SiretField(
        label=_("SIRET de l’établissement qui mène le projet"),
        help_text=_("14 chiffres. Nous lisons la date de création et le lieu au répertoire."),
        required=False,
    )
    created_on = forms.DateField(
        label=_("Date de création de l’entreprise"),
        help_text=_("Celle de l’immatriculation. À créer ? Indiquez la date prévue."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(date(1800, 1, 1), _("Vérifiez l’année de cette date.")),
            MaxValueValidator(date(2199, 12, 31), _("Vérifiez l’année de cette date.")),
        ],
    )
    department = forms.ChoiceField(
        label=_("Département de l’établissement qui mène le projet"),
        choices=[("", _("Choisissez")), *PLACES],
        required=False,
    )
    size = forms.ChoiceField(
        label=_("Quelle est sa taille, avec toutes les entreprises de son groupe ?"),
        help_text=_("Salariés et chiffre d’affaires annuel, ensemble."),
        choices=SIZES,
        required=False,
    )
    situation = forms.ChoiceField(
        label=_("Quelle est sa situation financière ?"),
        help_text=_(
            "Capital perdu : capitaux propres inférieurs à la moitié du capital souscrit. "
            "Procédure collective : sauvegarde, redressement ou liquidation judiciaire."
        ),
        choices=SITUATIONS,
        required=False,
    )
    de_minimis = EurosField(
        label=_("Combien d’aides « de minimis » en trois ans, groupe compris ?"),
        help_text=_("Le courrier d’attribution le précise. Aucune ? Écrivez 0."),
        required=False,
    )
    stage = forms.ChoiceField(label=_("Où en est le projet ?"), choices=STAGES, required=False)
    eligible_base = EurosField(
        label=_("Combien le projet coûtera-t-il, hors taxes ?"), required=False
    )
    duration_months = forms.IntegerField(
        label=_("Combien de mois durera-t-il ?"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, look_up=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.look_up = look_up
        self.found = None
        self.helper = layout_of(self)

    def clean(self):
        """What the register says comes first; what it does not say is asked for."""
        told = super().clean()
        told["active"] = None
        if told.get("siret") and self.look_up:
            self.found = self.look_up(told["siret"])
            if self.found.only:
                self.take(told, self.found.only)
        for name in BY_HAND:
            if not told.get(name) and not {name, "siret"} & set(self.errors):
                self.add_error(name, self.missing(name))
        return told

    def take(self, told, registered):
        told["active"] = registered.is_open
        told["created_on"] = told.get("created_on") or registered.registered_on
        known = registered.department in DEPARTMENTS
        told["department"] = told.get("department") or (
            registered.department if known else ELSEWHERE
        )

    def missing(self, name):
        if self.found and self.found.sentence:
            return _("Le répertoire ne le dit pas : indiquez-le ici.")
        if name == "created_on":
            return _("Indiquez le SIRET ci-dessus, ou bien cette date.")
        return _("Indiquez le SIRET ci-dessus, ou bien ce département.")

    @property
    def is_by_hand(self):
        return any(self.data.get(name) or name in self.errors for name in BY_HAND)

    def was_sent(self):
        return any(name in self.data for name in self.fields if name != "call")


BY_HAND_OPENS = '<details class="why mb-3"{% if form.is_by_hand %} open{% endif %}>'


def by_hand():
    """The two facts a SIRET would have told, folded away until they are needed."""
    summary = format_html("<summary>{}</summary>", _("Pas de SIRET, ou entreprise à créer"))
    return HTML(BY_HAND_OPENS + summary), *BY_HAND, HTML("</details>")


def layout_of(form):
    drawn = FormHelper(form)
    drawn.form_method = "get"
    drawn.disable_csrf = True
    drawn.form_class = "pretest"
    drawn.attrs = {"novalidate": ""}
    drawn.layout = Layout(
        "call",
        Fieldset(_("Votre entreprise"), "siret", *by_hand(), *COMPANY),
        Fieldset(_("Votre projet"), *PROJECT),
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
