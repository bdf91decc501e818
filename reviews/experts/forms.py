from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as siren_number

from reviews.experts.models import Expert, Expertise, Seat

MOST_DOSSIERS = 200


class SirenField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            label=_("SIREN de l’organisme"),
            required=False,
            max_length=20,
            help_text=_(
                "9 chiffres, si l’organisme en a un. Il sert à repérer les liens avec les "
                "entreprises candidates."
            ),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value):
        text = "".join(super().to_python(value).split())
        if text and not (text.isascii() and text.isdigit() and siren_number.is_valid(text)):
            raise forms.ValidationError(
                _("Ce numéro n’est pas un SIREN : il compte 9 chiffres. Relisez-le."),
                code="siren",
            )
        return text


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Dossiers au plus"), min_value=0, max_value=MOST_DOSSIERS)


class InvitationForm(CapacityForm):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Si la personne n’a pas de compte, il est créé et elle choisit son mot de passe."
        ),
    )
    full_name = forms.CharField(label=_("Prénom et nom"), max_length=150)
    organisation = forms.CharField(label=_("Organisme"), max_length=150)
    siren = SirenField()

    field_order = ["email", "full_name", "organisation", "siren", "capacity"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].initial = Seat().capacity


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi déclinez-vous ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une phrase suffit, par exemple : « Je n’ai pas le temps ce mois-ci. »"),
    )


class UndertakingForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("J’ai lu cet engagement et je le respecterai."),
        error_messages={"required": _("Cochez cette case pour signer l’engagement.")},
    )


class ProfileForm(forms.ModelForm):
    """An expert's own words, and one level per theme."""

    siren = SirenField()

    class Meta:
        model = Expert
        fields = ["organisation", "siren", "title", "biography"]

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = {f"theme-{theme.pk}": theme for theme in themes}
        held = {e.theme_id: e.level for e in self.instance.expertise.all()}
        for name, theme in self.themes.items():
            self.fields[name] = forms.TypedChoiceField(
                label=theme.name,
                choices=[("", _("Je ne connais pas ce thème")), *Expertise.Level.choices],
                coerce=int,
                empty_value=None,
                required=False,
                initial=held.get(theme.pk, ""),
            )

    @property
    def levels(self):
        return {theme: self.cleaned_data[name] for name, theme in self.themes.items()}

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
