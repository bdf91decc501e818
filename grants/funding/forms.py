from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.core.layouts import part, untagged
from grants.core.moments import FIRST_YEAR, LAST_YEAR, DayField
from grants.core.wording import euros
from grants.funding.models import Envelope
from grants.funding.operations import Act

AE, CP = "ae", "cp"


class EnvelopeForm(forms.ModelForm):
    class Meta:
        model = Envelope
        fields = ["year", "name", "voted_reference"]
        help_texts = {"voted_reference": _("Par exemple : délibération du budget primitif.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("Choisissez une année entre 2000 et 2100."))
        return year


class SignedForm(forms.Form):
    """What every act says of itself: its number, its day, why."""

    act = forms.CharField(
        label=_("Acte"), max_length=45, help_text=_("Par exemple : délibération 2027/AP-02/14.")
    )
    acted_on = DayField(label=_("Date de l’acte"))
    reason = forms.CharField(label=_("Motif"), max_length=250)

    def clean_acted_on(self):
        day = self.cleaned_data["acted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("L’acte est déjà signé : sa date n’est pas à venir."))
        return day

    @property
    def signed(self):
        cleaned = self.cleaned_data
        return Act(reason=cleaned["reason"], reference=cleaned["act"], acted_on=cleaned["acted_on"])


def positive(amount):
    """An amount that moves something."""
    if amount is not None and amount <= 0:
        raise forms.ValidationError(_("Le montant est supérieur à zéro."))
    return amount


class ActForm(SignedForm):
    """A dated act that raises or lowers the credits of an envelope."""

    direction = forms.ChoiceField(
        label=_("Sens"),
        choices=[("endow", _("Ajouter des crédits")), ("reduce", _("Retirer des crédits"))],
        widget=forms.RadioSelect,
        initial="endow",
    )
    credits = forms.ChoiceField(
        label=_("Nature des crédits"),
        choices=[
            (AE, _("Crédits d’engagement (AE) : ce qui peut être attribué")),
            (CP, _("Crédits de paiement (CP) : ce qui peut être payé dans l’année")),
        ],
        widget=forms.RadioSelect,
        initial=AE,
        required=False,
    )
    payable_in = forms.IntegerField(
        label=_("Exercice de paiement"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text=_("Pour des crédits de paiement : l’année où ils se paient."),
    )
    amount = EurosField(label=_("Montant"), help_text=_("En euros, par exemple 500 000."))
    funder = forms.ModelChoiceField(label=_("Financeur"), queryset=None, required=False)
    order = ["direction", "credits", "payable_in", "amount", "funder", "act", "acted_on", "reason"]

    def __init__(self, *args, envelope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["payable_in"].initial = envelope.year
        if envelope.parent_id:
            del self.fields["funder"]
        else:
            self.fields["funder"].queryset = envelope.programme.funders.order_by("name")
            self.fields["funder"].empty_label = envelope.programme.funder
        self.order_fields(self.order)
        self.helper = untagged()

    def clean_amount(self):
        return positive(self.cleaned_data["amount"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("credits") == CP and not cleaned.get("payable_in"):
            self.add_error("payable_in", _("Indiquez l’exercice de paiement."))
        return cleaned

    @property
    def year(self):
        """The year of the payment credits; None for commitment credits."""
        of_payment = self.cleaned_data["credits"] == CP
        return self.cleaned_data["payable_in"] if of_payment else None


class PartForm(SignedForm):
    """A sub-envelope and the credits it begins with."""

    name = forms.CharField(
        label=_("Intitulé"),
        max_length=120,
        help_text=_("Un thème, un département, un volet : par exemple « Santé » ou « Lozère »."),
    )
    amount = EurosField(label=_("Crédits d’engagement"))
    order = ["name", "amount", "act", "acted_on", "reason"]

    def __init__(self, *args, envelope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("Au plus %(left)s, pris sur « %(where)s ».") % {
            "left": euros(envelope.left),
            "where": envelope,
        }
        self.order_fields(self.order)
        self.helper = untagged()

    def clean_amount(self):
        return positive(self.cleaned_data["amount"])


class CarryForm(SignedForm):
    """What goes on to the next year."""

    amount = EurosField(label=_("Crédits d’engagement (AE)"), required=False)
    to = forms.ModelChoiceField(label=_("Enveloppe qui les reçoit"), queryset=None, required=False)
    credits = EurosField(label=_("Crédits de paiement (CP)"), required=False)
    order = ["amount", "to", "credits", "act", "acted_on", "reason"]

    def __init__(self, *args, envelope, payable, **kwargs):
        super().__init__(*args, **kwargs)
        following = envelope.year + 1
        fields = self.fields
        fields["amount"].help_text = _("Au plus %(left)s non engagés.") % {
            "left": euros(envelope.left)
        }
        fields["credits"].help_text = _(
            "Au plus %(left)s non payés en %(year)s ; ils deviennent des CP %(next)s de la même "
            "enveloppe."
        ) % {"left": euros(payable), "year": envelope.year, "next": following}
        same_name = {"year": following, "name": envelope.name}
        choices = Envelope.objects.filter(programme=envelope.programme, year=following)
        fields["to"].queryset = choices.exclude(**same_name).order_by("name")
        fields["to"].empty_label = f"{envelope.name} {following}"
        fields["to"].help_text = _("Elle est ouverte si elle ne l’est pas encore.")
        self.order_fields(self.order)
        self.helper = untagged(
            part(_("Ce qui est reporté"), "amount", "to", "credits"),
            part(_("L’acte"), "act", "acted_on", "reason"),
        )


class FunderForm(forms.Form):
    name = forms.CharField(
        label=_("Nom du financeur"), max_length=80, help_text=_("Par exemple : FEDER, État.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class ScheduleForm(forms.Form):
    """One amount a year."""

    def __init__(self, *args, years, planned, **kwargs):
        super().__init__(*args, **kwargs)
        for year in years:
            self.fields[f"y{year.year}"] = EurosField(
                label=str(year.year),
                required=False,
                initial=planned.get(year.year),
                help_text=_("%(left)s de CP disponibles sur %(opened)s ouverts.")
                % {"left": euros(year.left), "opened": euros(year.opened)},
            )
        self.helper = untagged()

    @property
    def amounts(self):
        return {int(name[1:]): amount for name, amount in self.cleaned_data.items()}
