from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.core.layouts import part, untagged
from grants.core.territories import DEPARTMENT_CHOICES
from grants.decisions.problem import Rule
from grants.decisions.proposing import cents
from grants.decisions.published import of
from grants.programmes.sharing import SharingBound, SharingMode

STUDIO, RULES = "studio", "rules"


class ScenarioForm(forms.Form):
    """What to try: the studio as it stands, or other rules."""

    name = forms.CharField(label=_("Nom du scénario"), max_length=80)
    source = forms.ChoiceField(
        label=_("À partir de"),
        choices=[(STUDIO, _("Les montants de l’atelier")), (RULES, _("D’autres règles"))],
        initial=STUDIO,
        widget=forms.RadioSelect,
    )
    base = forms.ModelChoiceField(label=_("Règles de départ"), queryset=None, required=False)
    mode = forms.ChoiceField(label=_("Ce qui décide"), choices=SharingMode.choices, required=False)
    max_awards = forms.IntegerField(
        label=_("Nombre maximal de lauréats"), min_value=0, max_value=9999, required=False
    )
    envelope = EurosField(
        label=_("Enveloppe limitée à"),
        required=False,
        help_text=_("Pour voir ce que donnerait moins d’argent. Vide : tout ce qui reste."),
    )
    kind = forms.ChoiceField(
        label=_("Borne à ajouter"),
        choices=[("", "—"), *SharingBound.Kind.choices],
        required=False,
    )
    theme = forms.ModelChoiceField(label=_("Thème"), queryset=None, required=False)
    department = forms.ChoiceField(
        label=_("Département"), choices=[("", "—"), *DEPARTMENT_CHOICES], required=False
    )
    amount = EurosField(label=_("Montant de la borne"), required=False)
    keep_pins = forms.BooleanField(
        label=_("Garder les montants fixés à la main"), required=False, initial=True
    )

    def __init__(self, *args, scenarios, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = scenarios
        self.fields["base"].empty_label = _("Les règles de l’appel")
        self.fields["theme"].queryset = themes
        self.helper = untagged(
            "name",
            "source",
            part(
                _("Les autres règles"), "base", "mode", "max_awards", "envelope", "kind", "theme",
                "department", "amount", "keep_pins",
            ),
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind"):
            if not (cleaned.get("theme") or cleaned.get("department")):
                self.add_error("theme", _("Nommez un thème ou un département."))
            if cleaned.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Indiquez le montant de cette borne."))
        return cleaned

    @property
    def tries_rules(self):
        return self.cleaned_data["source"] == RULES

    def change(self):
        """What the rules of departure become."""
        cleaned = self.cleaned_data
        envelope = cleaned["envelope"]
        bound = None
        if cleaned["kind"]:
            theme = str(cleaned["theme"]) if cleaned["theme"] else ""
            rule = Rule(of(theme, cleaned["department"]), cents(cleaned["amount"]))
            bound = (f"{cleaned['kind']}s", rule)
        return {
            "mode": cleaned["mode"] or SharingMode.RANK,
            "max_awards": cleaned["max_awards"],
            "envelope": None if envelope is None else cents(envelope),
            "bound": bound,
        }


class NameForm(forms.Form):
    name = forms.CharField(max_length=80)
