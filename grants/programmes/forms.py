from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import part, untagged
from grants.core.moments import DayField, MomentField, on_day, twice_note
from grants.core.numbers import NumberField
from grants.programmes.models import Call, Programme

PARIS = _("Heure de Paris.")


class ProgrammeForm(forms.ModelForm):
    new_theme = forms.CharField(label=_("Ajouter un thème"), max_length=80, required=False)

    class Meta:
        model = Programme
        fields = [
            "name", "purpose", "funder", "rules", "rules_reference", "goal_text", "goal_from",
            "goal_to", "goal_year", "contact_service", "contact_email", "contact_phone",
            "contact_address",
        ]  # fmt: skip
        widgets = {"rules": forms.Textarea(attrs={"rows": 22})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("goal_from", "goal_to", "goal_year"):
            self.fields[name].required = False
        self.theme_fields = {f"theme_{theme.pk}": theme for theme in self.instance.themes.all()}
        for name, theme in self.theme_fields.items():
            self.fields[name] = forms.CharField(
                label=_("Thème %(rank)s") % {"rank": theme.rank + 1},
                max_length=80,
                initial=theme.name,
            )
        self.helper = untagged(
            part(_("Le programme"), "name", "purpose", "funder"),
            part(_("Le règlement"), "rules", "rules_reference"),
            part(_("L’objectif"), "goal_text", "goal_from", "goal_to", "goal_year"),
            part(_("Les thèmes"), *self.theme_fields, "new_theme"),
            part(
                _("À qui s’adresser"),
                "contact_service",
                "contact_email",
                "contact_phone",
                "contact_address",
            ),
        )

    def values(self):
        """What `revise_programme` takes."""
        cleaned = dict(self.cleaned_data)
        cleaned["theme_names"] = {
            theme.pk: cleaned.pop(name) for name, theme in self.theme_fields.items()
        }
        return cleaned


MOMENTS = ("opens_at", "closes_at", "reviews_due_at")
DAYS = ("committee_on", "decision_on", "reserve_until")


class CallForm(forms.ModelForm):
    opens_at = MomentField(label=_("Ouverture"), help_text=PARIS)
    closes_at = MomentField(
        label=_("Clôture"),
        help_text=_("Heure de Paris. Après cet instant, aucun dossier n’est reçu."),
    )
    reviews_due_at = MomentField(label=_("Évaluations attendues le"), help_text=PARIS)
    committee_on = DayField(label=_("Comité de sélection"))
    decision_on = DayField(label=_("Vote attendu"))
    reserve_until = DayField(label=_("Fin de validité de la liste de réserve"))
    max_rate = NumberField(label=_("Taux maximal de l’aide, en %"), low=1, high=100, scale=100)
    top_score = NumberField(
        label=_("Note maximale d’un critère"),
        low=1,
        high=10,
        places=0,
        help_text=_("Chaque critère est noté de 0 à cette note, par notes entières."),
    )
    threshold = NumberField(
        label=_("Note minimale pour être financé"),
        low=0,
        high=10,
        help_text=_("Moyenne pondérée des critères ; chaque critère peut avoir la sienne."),
    )
    reading_minutes = NumberField(
        label=_("Durée prévue d’une lecture, en minutes"),
        low=5,
        high=999,
        places=0,
        help_text=_("Annoncée aux experts, tant qu’ils n’ont pas mesuré la leur."),
    )

    class Meta:
        model = Call
        fields = [
            "title", "code", "year", "summary", *MOMENTS, *DAYS, "max_rate", "max_aid",
            "max_grant", "min_base_mvp", "min_base", "max_months", "max_age_years",
            "four_eyes", "reviews_per_dossier", "reading_minutes", "method", "top_score",
            "threshold", "experts_read_personal",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged(
            part(_("L’appel"), "title", "code", "year", "summary"),
            part(_("Le calendrier"), *MOMENTS, *DAYS),
            part(
                _("Ce que l’aide paie"), "max_rate", "max_aid", "max_grant", "min_base_mvp",
                "min_base", "max_months", "max_age_years",
            ),
            part(_("Le dépôt"), "four_eyes"),
            part(
                _("La sélection"), "reviews_per_dossier", "reading_minutes", "method", "top_score",
                "threshold", "experts_read_personal",
            ),
        )  # fmt: skip

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()

    def clean_top_score(self):
        return int(self.cleaned_data["top_score"])

    def clean_reading_minutes(self):
        return int(self.cleaned_data["reading_minutes"])

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Choisissez une année entre 2000 et 2100."))
        return year

    def clean(self):
        cleaned = super().clean()
        due, committee = cleaned.get("reviews_due_at"), cleaned.get("committee_on")
        if due and committee and committee < on_day(due):
            self.add_error(
                "committee_on", _("Le comité se réunit après le retour des évaluations.")
            )
        top, threshold = cleaned.get("top_score"), cleaned.get("threshold")
        if top is not None and threshold is not None and threshold > top:
            self.add_error("threshold", above_scale(top))
        return cleaned

    def notes(self):
        """Sentences about hours that come twice in a night."""
        said = [twice_note(self.fields[name].label, self.cleaned_data[name]) for name in MOMENTS]
        return [note for note in said if note]


def above_scale(top):
    return _("La note minimale ne dépasse pas la note maximale, %(top)s.") % {"top": top}


class CriterionForm(forms.Form):
    """One criterion: its weight and one sentence per score."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)
    heading = forms.CharField(
        label=_("Critère d’ensemble"),
        max_length=80,
        required=False,
        help_text=_(
            "À remplir pour un sous-critère : ceux qui portent le même nom sont réunis, et leurs "
            "poids s’ajoutent. Vide pour un critère noté seul."
        ),
        widget=forms.TextInput(attrs={"list": "headings", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Critère"), max_length=80)
    guidance = forms.CharField(
        label=_("Ce que l’on regarde"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    weight = NumberField(label=_("Poids, sur 100"), low="0.01", high=100)
    threshold = NumberField(
        label=_("Note minimale sur ce critère"),
        low=0,
        high=10,
        required=False,
        help_text=_("Un dossier dont la moyenne est en dessous n’est pas financé. Vide : aucune."),
    )
    comment_required = forms.BooleanField(
        label=_("L’expert justifie sa note par un commentaire"), required=False, initial=True
    )

    def __init__(self, *args, top_score, **kwargs):
        super().__init__(*args, **kwargs)
        self.top_score = top_score
        self.fields["weight"].widget.attrs["data-weight"] = ""
        self.anchor_names = [f"anchor_{score}" for score in range(top_score + 1)]
        anchors = self.initial.get("anchors", [])
        for score, name in enumerate(self.anchor_names):
            self.fields[name] = forms.CharField(
                label=_("Note %(score)s : ce qu’elle veut dire") % {"score": score},
                max_length=300,
                required=False,
                initial=anchors[score] if score < len(anchors) else "",
            )

    def clean_heading(self):
        return " ".join(self.cleaned_data["heading"].split())

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_threshold(self):
        threshold = self.cleaned_data["threshold"]
        if threshold is not None and threshold > self.top_score:
            raise forms.ValidationError(above_scale(self.top_score))
        return threshold

    def has_changed(self):
        """A new criterion is what somebody wrote; the box ticked beforehand says nothing."""
        return any(name != "comment_required" for name in self.changed_data)

    def row(self):
        """What `set_criteria` takes."""
        cleaned = self.cleaned_data
        plain = ("key", "heading", "name", "guidance", "weight", "threshold", "comment_required")
        return {
            **{name: cleaned[name] for name in plain},
            "anchors": [cleaned[name] for name in self.anchor_names],
        }


class CriteriaRows(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Retirer ce critère")
        form.helper = untagged(*(name for name in form.fields))

    def clean(self):
        """Two criteria of one name could not be told apart, on screen or in a letter."""
        first = {}
        for form in self.kept():
            name = form.cleaned_data.get("name", "")
            if name and first.setdefault(name.casefold(), form) is not form:
                form.add_error("name", _("Un autre critère porte déjà ce nom."))

    def kept(self):
        """Those to keep, blank ones left out."""
        filled = [form for form in self.forms if form.has_changed() or form.initial.get("key")]
        return [form for form in filled if not form.cleaned_data.get("DELETE")]

    def rows(self):
        """What `set_criteria` takes; the sub-criteria of one criterion stand together."""
        rows = [form.row() for form in self.kept()]
        place = {}
        for row in rows:
            place.setdefault(row["heading"].casefold() or row["name"].casefold(), len(place))
        return sorted(
            rows, key=lambda row: place[row["heading"].casefold() or row["name"].casefold()]
        )

    @property
    def headings(self):
        return sorted({form.initial.get("heading", "") for form in self.forms} - {""})


CriteriaFormSet = forms.formset_factory(
    CriterionForm,
    formset=CriteriaRows,
    extra=1,
    max_num=12,
    absolute_max=12,
    can_delete=True,
    can_delete_extra=False,
)
