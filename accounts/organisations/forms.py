from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.organisations.departments import DEPARTMENTS, department_name
from accounts.organisations.models import Organisation
from accounts.organisations.siret import NotASiret, read_siret, spaced

LEGAL_FORMS = [
    "SAS",
    "SASU",
    "SARL",
    "EURL",
    "SA",
    "SCOP",
    "SCIC",
    "Entreprise individuelle",
    "Association",
    "Autre",
]


class SiretField(forms.CharField):
    default_error_messages = {
        "format": _("Un SIRET ne contient que des chiffres : 14, par exemple 362 521 879 00034."),
        "length": _("Un SIRET compte 14 chiffres. Il figure sur votre extrait Kbis."),
        "checksum": _("Ce numéro n’est pas un SIRET : un chiffre est faux ou déplacé. Relisez-le."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("SIRET"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "help_text", _("Les 14 chiffres de l’établissement, tels qu’ils figurent sur le Kbis.")
        )
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return text
        try:
            return read_siret(text)
        except NotASiret as error:
            raise forms.ValidationError(self.error_messages[error.code], code=error.code) from error

    def prepare_value(self, value):
        return spaced(value) if value and len(value) == 14 and value.isdigit() else value


class FactsForm(forms.ModelForm):
    """What a company says of itself."""

    legal_form = forms.ChoiceField(
        label=_("Forme juridique"),
        choices=[("", _("Choisissez")), *((name, name) for name in LEGAL_FORMS)],
    )
    registered_on = forms.DateField(
        label=_("Date de création"),
        help_text=_("Celle de l’immatriculation."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    city = forms.CharField(label=_("Commune"), max_length=100)
    department = forms.ChoiceField(
        label=_("Département"),
        choices=[("", _("Choisissez")), *((code, department_name(code)) for code in DEPARTMENTS)],
        help_text=_("L’aide s’adresse aux entreprises implantées en Occitanie."),
    )
    headcount = forms.IntegerField(
        label=_("Effectif"),
        min_value=0,
        max_value=100_000,
        help_text=_("Nombre de salariés aujourd’hui, dirigeants salariés compris."),
    )

    field_order = [
        "siret",
        "name",
        "legal_form",
        "registered_on",
        "city",
        "department",
        "headcount",
    ]

    class Meta:
        model = Organisation
        fields = ["name", "legal_form", "registered_on", "city", "department", "headcount"]
        labels = {"name": _("Dénomination")}

    def clean_registered_on(self):
        day = self.cleaned_data["registered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("Cette date est dans l’avenir. L’entreprise doit être immatriculée.")
            )
        if day.year < 1800:
            raise forms.ValidationError(_("Vérifiez l’année : elle s’écrit avec quatre chiffres."))
        return day


class FoundForm(FactsForm):
    siret = SiretField()
