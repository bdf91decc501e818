"""Instants and days as people type them: Paris time, with its two odd nights a year."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from grants.core.wording import comes_twice

FIRST_YEAR, LAST_YEAR = 2000, 2100


def exists(naive, zone):
    """False for the hour that the clocks jump over in March."""
    there = naive.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


def happens_twice(moment):
    """True for the hour that the clocks live through twice in October."""
    return comes_twice(timezone.localtime(moment))


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentFieldOnPage(forms.BoundField):
    """The field says beside itself that its hour comes twice, typed or kept."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        note = twice_note(self.label, field.read_or_none(self.value()))
        self.help_text = " ".join(str(text) for text in (self.help_text, note) if text)


class MomentField(forms.DateTimeField):
    """An instant typed in Paris time; the first occurrence counts when an hour comes twice."""

    widget = MomentInput
    bound_field_class = MomentFieldOnPage
    default_error_messages = {
        "invalid": _("Écrivez un jour et une heure, par exemple 14/01/2027 12:00."),
        "skipped": _(
            "Cette heure n’existe pas : dans la nuit du passage à l’heure d’été, les horloges "
            "passent de 2 h à 3 h. Choisissez une autre heure."
        ),
        "far": _("Choisissez une année entre 2000 et 2100."),
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        naive = self.read(value)
        if not FIRST_YEAR <= naive.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], code="far")
        if timezone.is_aware(naive):
            return naive
        zone = timezone.get_current_timezone()
        if not exists(naive, zone):
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        # In UTC: Python never finds two instants of an hour that comes twice equal across zones.
        return naive.replace(tzinfo=zone).astimezone(UTC)

    def read_or_none(self, value):
        """The instant of a value that may still be wrong."""
        try:
            return self.to_python(value)
        except ValidationError:
            return None

    def read(self, value):
        if isinstance(value, datetime):
            return value
        try:
            found = parse_datetime(value.strip())
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        # The parent of DateTimeField tries the formats of the language and attaches no zone.
        return found or super(forms.DateTimeField, self).to_python(value)


class DayField(forms.DateField):
    widget = forms.DateInput
    default_error_messages = {
        "invalid": _("Écrivez un jour, par exemple 14/01/2027."),
        "far": MomentField.default_error_messages["far"],
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], code="far")
        return day


def twice_note(label, moment):
    """The sentence that says which of the two hours was kept, or None."""
    if not isinstance(moment, datetime) or not happens_twice(moment):
        return None
    return _(
        "« %(label)s » : cette heure arrive deux fois, la nuit du passage à l’heure d’hiver. "
        "La première est retenue (heure d’été)."
    ) % {"label": label}


def on_day(moment: datetime) -> date:
    """The Paris day of an instant."""
    return timezone.localtime(moment).date()


def end_of_day(days: int, *, now: datetime) -> datetime:
    """The end of the Paris day that comes in `days` days."""
    day = timezone.localtime(now) + timedelta(days=days)
    return day.replace(hour=23, minute=59, second=0, microsecond=0)
