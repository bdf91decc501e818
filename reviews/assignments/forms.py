from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.numbers import whole
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi lui retirer ce dossier ?"),
        max_length=300,
        error_messages={"required": _("Écrivez pourquoi : l’expert le lira.")},
    )


class WishForm(forms.ModelForm):
    class Meta:
        model = Wish
        fields = ["kind", "reason"]
        widgets = {"kind": forms.RadioSelect}
        error_messages = {
            "kind": {"required": _("Choisissez ce qui doit être proposé.")},
            "reason": {"required": _("Écrivez pourquoi : vos collègues le liront.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Wish.Kind.choices


class RulesForm(forms.ModelForm):
    per_house = forms.IntegerField(
        label=_("Lecteurs d’un même organisme, au plus"),
        min_value=1,
        max_value=20,
        error_messages=whole(1, 20),
    )
    per_profile = forms.IntegerField(
        label=_("Lecteurs d’un même profil, au plus"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("Vide : les profils ne sont pas mêlés exprès."),
        error_messages=whole(1, 20),
    )

    class Meta:
        model = AssignmentRules
        fields = ["per_house", "per_profile"]

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SeatsForm(forms.Form):
    """One line an expert: the readings promised, the profile. Unknown names are left alone."""

    def __init__(self, typed=None, *, seats):
        super().__init__(typed)
        self.seats = list(seats)
        for seat in self.seats:
            rule = getattr(seat, "rule", None)
            self.fields[f"least-{seat.pk}"] = forms.IntegerField(
                label=_("Dossiers au moins : %(expert)s") % {"expert": seat.expert},
                min_value=0,
                max_value=seat.capacity,
                required=False,
                initial=rule.least if rule else 0,
                error_messages=whole(0, seat.capacity),
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )
            self.fields[f"profile-{seat.pk}"] = forms.ChoiceField(
                label=_("Profil : %(expert)s") % {"expert": seat.expert},
                choices=[("", "—"), *SeatRule.Profile.choices],
                required=False,
                initial=rule.profile if rule else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def lines(self):
        return [
            {"seat": seat, "least": self[f"least-{seat.pk}"], "profile": self[f"profile-{seat.pk}"]}
            for seat in self.seats
        ]

    def changed(self):
        """The seats whose line is not what it was."""
        for seat in self.seats:
            names = f"least-{seat.pk}", f"profile-{seat.pk}"
            least, profile = (self.cleaned_data[name] for name in names)
            before = tuple(self.fields[name].initial for name in names)
            if (least or 0, profile) != before:
                yield seat, {"least": least or 0, "profile": profile}
