from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.core.layouts import part, untagged
from grants.core.money import LARGEST
from grants.programmes.sharing import SharingBound, SharingRules

PARTS = 4


class SharingForm(forms.ModelForm):
    """The rules; what part of an award is paid in which year is four boxes."""

    class Meta:
        model = SharingRules
        fields = ["mode", "grey_is_tied", "draws", "max_awards"]

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mode"].widget = forms.RadioSelect(choices=self.fields["mode"].choices)
        parts = self.instance.payment_parts or []
        self.parts = [f"part_{place}" for place in range(PARTS)]
        for place, name in enumerate(self.parts):
            self.fields[name] = forms.IntegerField(
                label=_("Payé en %(year)s, en %%") % {"year": call.year + place},
                min_value=0,
                max_value=100,
                required=False,
                initial=parts[place] if place < len(parts) else None,
            )
        self.helper = untagged(
            part(_("Ce qui décide"), "mode", "max_awards"),
            part(_("Les ex aequo"), "grey_is_tied", "draws"),
            part(_("Les paiements"), *self.parts),
        )

    def clean(self):
        cleaned = super().clean()
        parts = [cleaned.get(name) or 0 for name in self.parts]
        while parts and not parts[-1]:
            parts.pop()
        if parts and sum(parts) != 100:
            self.add_error(self.parts[0], _("Les parts payées font 100 au total, ou rien."))
        cleaned["payment_parts"] = parts
        self.instance.payment_parts = parts
        return cleaned

    def values(self):
        names = (*self.Meta.fields, "payment_parts")
        return {name: self.cleaned_data[name] for name in names}


class BoundForm(forms.Form):
    kind = forms.ChoiceField(label=_("Borne"), choices=SharingBound.Kind.choices)
    theme = forms.ModelChoiceField(label=_("Thème"), queryset=None, required=False)
    department = forms.ChoiceField(label=_("Département"), required=False)
    amount = EurosField(label=_("Montant"), required=False)

    def __init__(self, *args, themes, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes
        self.fields["department"].choices = [("", "—"), *departments]
        self.helper = untagged()

    def clean(self):
        cleaned = super().clean()
        amount, named = cleaned.get("amount"), cleaned.get("theme") or cleaned.get("department")
        if "amount" in self.errors:
            return cleaned
        if amount is None and named:
            self.add_error("amount", _("Indiquez le montant de cette borne."))
        if amount is not None and not named:
            self.add_error("theme", _("Nommez un thème ou un département."))
        if amount is not None and amount > LARGEST:
            self.add_error("amount", _("Ce montant est trop grand."))
        return cleaned

    @property
    def row(self):
        """What `set_sharing` takes; None for an empty line."""
        cleaned = self.cleaned_data
        return cleaned if cleaned.get("amount") is not None else None


BoundFormSet = forms.formset_factory(BoundForm, extra=2, max_num=40, absolute_max=40)


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("Graine"),
        min_length=12,
        max_length=100,
        strip=False,
        help_text=_(
            "Un texte que vous seul connaissez, douze signes au moins. Il n’est pas conservé : "
            "gardez-le pour le publier une fois le classement arrêté."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
