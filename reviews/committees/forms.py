from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import part, untagged
from grants.core.moments import MomentField
from grants.core.numbers import NumberField, whole
from grants.programmes.states import Role
from reviews.committees.models import Session
from reviews.committees.states import Part

PREFIX = "part-"
OUTSIDE = {
    "outside_name": _("Écrivez le nom de cette personne."),
    "outside_email": _("Écrivez l’adresse de cette personne : la convocation y part."),
    "outside_part": _("Choisissez le rôle de cette personne."),
}


class SessionForm(forms.Form):
    """When, where, by which rule, and who sits as what."""

    held_at = MomentField(
        label=_("Date et heure"),
        help_text=_("Heure de Paris."),
        error_messages={"required": _("Choisissez le jour et l’heure de la séance.")},
    )
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        help_text=_("Une salle, ou l’adresse de la visioconférence."),
        error_messages={"required": _("Dites où le comité se réunit.")},
    )
    mode = forms.ChoiceField(
        label=_("Comment le comité conclut"),
        choices=Session.Mode.choices,
        widget=forms.RadioSelect,
        initial=Session.Mode.VOTE,
    )
    quorum = forms.IntegerField(
        label=_("Quorum"),
        min_value=1,
        max_value=100,
        help_text=_(
            "Membres présents et non déportés qu’il faut pour conclure sur un dossier. "
            "Vérifié à chaque vote."
        ),
        error_messages=whole(1, 100),
    )
    outside_name = forms.CharField(label=_("Nom"), max_length=150, required=False)
    outside_email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Un compte lui est ouvert ; le courriel de convocation dit comment entrer."),
    )
    outside_part = forms.ChoiceField(
        label=_("Rôle"), choices=[("", "—"), *Part.choices], required=False
    )

    def __init__(self, *args, call, session=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in candidates(call, session)}
        parts = dict(session.members.values_list("user", "part")) if session else {}
        names = []
        for pk, person in self.people.items():
            name = f"{PREFIX}{pk}"
            names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=str(person),
                choices=[("", _("Ne siège pas")), *Part.choices],
                required=False,
                initial=parts.get(pk, ""),
            )
        self.helper = untagged(
            part(_("La séance"), "held_at", "place", "mode", "quorum"),
            part(_("Les membres"), *names),
            part(_("Une personne de plus"), "outside_name", "outside_email", "outside_part"),
        )

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.get(name) for name in OUTSIDE):
            for name, told in OUTSIDE.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, told)
        return cleaned

    def parts(self):
        return {
            person: self.cleaned_data[f"{PREFIX}{pk}"]
            for pk, person in self.people.items()
            if self.cleaned_data[f"{PREFIX}{pk}"]
        }

    def values(self):
        return {name: self.cleaned_data[name] for name in ("held_at", "place", "mode", "quorum")}

    def outside(self):
        """The further person, or nothing."""
        if not self.cleaned_data["outside_email"]:
            return None
        return {
            "email": self.cleaned_data["outside_email"],
            "full_name": self.cleaned_data["outside_name"],
        }


def candidates(call, session):
    """Experts who signed, the people of the programme, and whoever sits already."""
    signed = call.seats.filter(undertaking_signed_at__isnull=False, declined_at=None)
    duties = call.programme.duties.filter(role__in=[Role.OFFICER, Role.MANAGER], ended_at=None)
    known = Q(pk__in=signed.values("expert__user")) | Q(pk__in=duties.values("user"))
    if session:
        known |= Q(pk__in=session.members.values("user"))
    people = get_user_model().objects.filter(known, is_active=True)
    return people.order_by("plain_name", "pk")


class ProposalForm(forms.Form):
    """What the bureau puts to the members: a score and the words that go with it."""

    proposed = NumberField(label=_("Note proposée"), low=0, high=10)
    note = forms.CharField(
        label=_("Conclusion"), required=False, max_length=3000, widget=forms.Textarea({"rows": 3})
    )
