from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.moments import MomentField, twice_note


class EndsForm(forms.Form):
    """One end per phase, in order."""

    def __init__(self, *args, phases, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [f"end_{phase.rank}" for phase in phases]
        for name, phase in zip(self.names, phases, strict=True):
            self.fields[name] = MomentField(
                label=_("Fin de « %(phase)s »") % {"phase": phase.name},
                initial=phase.closes_at,
                help_text=_("Heure de Paris."),
                error_messages={"required": _("Choisissez le jour et l’heure où elle finit.")},
            )

    def ends(self):
        return [self.cleaned_data[name] for name in self.names]

    def notes(self):
        said = [twice_note(self.fields[name].label, self.cleaned_data[name]) for name in self.names]
        return [note for note in said if note]
