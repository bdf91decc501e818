from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.organisations.comparing import band_text
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


STATED = [
    "name", "legal_form", "registered_on", "address", "city", "department", "headcount",
    "activity", "remark",
]  # fmt: skip


class SiretField(forms.CharField):
    default_error_messages = {
        "format": _("Un SIRET ne contient que des chiffres : 14, par exemple 362 521 879 00034."),
        "length": _("Un SIRET compte 14 chiffres. Il figure sur votre extrait Kbis."),
        "checksum": _("Ce numéro n’est pas un SIRET : un chiffre est faux ou déplacé. Relisez-le."),
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
    address = forms.CharField(label=_("Adresse"), max_length=250, required=False)
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
    activity = forms.RegexField(
        r"^\s*\d{2}\.?\d{2}\s*[A-Za-z]\s*$",
        label=_("Activité (code NAF)"),
        required=False,
        max_length=10,
        help_text=_("Quatre chiffres et une lettre, par exemple 72.19Z."),
        error_messages={"invalid": _("Écrivez quatre chiffres et une lettre, comme 72.19Z.")},
    )
    remark = forms.CharField(
        label=_("Une précision pour l’instruction"),
        required=False,
        max_length=500,
        help_text=_(
            "Si le répertoire des entreprises se trompe, corrigez les champs ci-dessus et dites "
            "ici pourquoi. L’instruction lira les deux versions."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["siret", *STATED]

    class Meta:
        model = Organisation
        fields = STATED
        labels = {"name": _("Dénomination")}

    def __init__(self, *args, told=None, **kwargs):
        super().__init__(*args, **kwargs)
        if told and band_text(told.band):
            headcount = self.fields["headcount"]
            registered = _("Au répertoire : %(band)s.") % {"band": band_text(told.band)}
            headcount.help_text = f"{headcount.help_text} {registered}"

    def clean_activity(self):
        letters = "".join(self.cleaned_data["activity"].split()).replace(".", "").upper()
        return f"{letters[:2]}.{letters[2:]}" if letters else ""

    def clean_registered_on(self):
        day = self.cleaned_data["registered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("Cette date est dans l’avenir. L’entreprise doit être immatriculée.")
            )
        if day.year < 1800:
            raise forms.ValidationError(_("Vérifiez l’année : elle s’écrit avec quatre chiffres."))
        return day


class FoundForm(FactsForm):
    siret = SiretField()


def initial_of(told):
    """What the register says, as the form would have been filled in; nothing it cannot hold."""
    return {
        "siret": told.siret,
        "name": told.name,
        "legal_form": told.legal_form if told.legal_form in LEGAL_FORMS else "",
        "registered_on": told.registered_on,
        "address": told.address,
        "city": told.city.title(),
        "department": told.department if told.department in DEPARTMENTS else "",
        "activity": told.activity,
    }
