from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.organisations.departments import DEPARTMENTS
from grants.core.numbers import whole
from reviews.experts.languages import LANGUAGES
from reviews.experts.models import Expert, Expertise, Seat
from reviews.experts.rows import SirenField
from reviews.experts.sheet import LONGEST, Unreadable, decoded
from reviews.experts.wording import unreadable

MOST_DOSSIERS = 200


HOUSE = _(
    "9 chiffres, si l’organisme en a un. Il sert à repérer les liens avec les entreprises "
    "candidates."
)
WORKS_FOR = _("Écrivez l’organisme, ou « indépendant ».")


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Dossiers au plus"),
        min_value=0,
        max_value=MOST_DOSSIERS,
        error_messages=whole(0, MOST_DOSSIERS),
    )


class InvitationForm(CapacityForm):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Si la personne n’a pas de compte, il est créé et elle choisit son mot de passe."
        ),
        error_messages={"required": _("Écrivez l’adresse à laquelle l’inviter.")},
    )
    full_name = forms.CharField(
        label=_("Prénom et nom"),
        max_length=150,
        error_messages={"required": _("Écrivez le nom de la personne invitée.")},
    )
    organisation = forms.CharField(
        label=_("Organisme"), max_length=150, error_messages={"required": WORKS_FOR}
    )
    siren = SirenField(label=_("SIREN de l’organisme"), help_text=HOUSE)

    field_order = ["email", "full_name", "organisation", "siren", "capacity"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].initial = Seat().capacity


class TableForm(forms.Form):
    """A table of experts, as a file or typed; the file wins."""

    table = forms.FileField(
        label=_("Fichier CSV"),
        required=False,
        help_text=_(
            "Une ligne par expert. Colonnes nécessaires : email, nom, organisme. Possibles : "
            "siren, fonction, capacité, thèmes, langues, départements, laboratoire, incubateur, "
            "adresse, commune."
        ),
    )
    text = forms.CharField(
        label=_("Ou le tableau, collé ici"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self):
        cleaned = super().clean()
        try:
            if cleaned.get("table"):
                cleaned["text"] = decoded(cleaned["table"].read(LONGEST + 1))
        except Unreadable as problem:
            self.add_error("table", unreadable(problem))
        if not self.errors and not (cleaned.get("text") or "").strip():
            self.add_error("table", _("Choisissez un fichier, ou collez un tableau."))
        return cleaned


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi déclinez-vous ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une phrase suffit, par exemple : « Je n’ai pas le temps ce mois-ci. »"),
        error_messages={"required": _("Dites-le en une phrase : le service cherchera ailleurs.")},
    )


class UndertakingForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("J’ai lu cet engagement et je le respecterai."),
        error_messages={"required": _("Cochez cette case pour signer l’engagement.")},
    )


class ProfileForm(forms.ModelForm):
    """An expert's own words, one level per theme, and how many dossiers of each call at most."""

    siren = SirenField(label=_("SIREN de l’organisme"), help_text=HOUSE)
    languages = forms.MultipleChoiceField(
        label=_("Langues que vous lisez"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    departments = forms.MultipleChoiceField(
        label=_("Départements que vous connaissez"),
        choices=[(code, f"{name} ({code})") for code, name in DEPARTMENTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Expert
        fields = [
            "organisation", "siren", "title", "biography", "address", "city", "laboratory",
            "incubator", "languages", "departments",
        ]  # fmt: skip
        help_texts = {
            "laboratory": _("Nom et numéro, par exemple « LAAS (UPR 8001) »."),
            "incubator": _("Si vous y travaillez ou y accompagnez des entreprises."),
            "address": _("Numéro et rue du lieu où vous travaillez."),
        }
        error_messages = {"organisation": {"required": WORKS_FOR}}

    def __init__(self, *args, themes, levels, seats=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = {f"theme-{theme.pk}": theme for theme in themes}
        self.seats = {f"seat-{seat.pk}": seat for seat in seats}
        for name, theme in self.themes.items():
            self.fields[name] = forms.TypedChoiceField(
                label=theme.name,
                choices=[("", _("Je ne connais pas ce thème")), *Expertise.Level.choices],
                coerce=int,
                empty_value=None,
                required=False,
                initial=levels.get(theme.pk, ""),
            )
        for name, seat in self.seats.items():
            self.fields[name] = capacity_of(seat)

    @property
    def levels(self):
        return {theme: self.cleaned_data[name] for name, theme in self.themes.items()}

    @property
    def capacities(self):
        """Seat → how many at most, for those whose number was lowered."""
        told = {seat: self.cleaned_data[name] for name, seat in self.seats.items()}
        return {seat: n for seat, n in told.items() if n is not None and n != seat.capacity}

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def part(self, *names):
        return [self[name] for name in names]

    def about_you(self):
        return self.part("organisation", "siren", "title", "biography", "address", "city")

    def about_circles(self):
        return self.part("laboratory", "incubator")

    def about_themes(self):
        return self.part(*self.themes)

    def about_time(self):
        return self.part("languages", "departments", *self.seats)


def capacity_of(seat):
    return forms.IntegerField(
        label=_("Dossiers au plus : %(call)s") % {"call": seat.call},
        min_value=0,
        max_value=seat.capacity,
        required=False,
        initial=seat.capacity,
        help_text=_("Vous pouvez baisser ce nombre ; le service peut l’augmenter."),
    )
