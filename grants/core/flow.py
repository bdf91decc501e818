"""A workflow is a table; `take` is the only code of the product that writes `state`."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, Rule, require


@dataclass(frozen=True)
class Step:
    """From any of `sources` to `target`, for whom `may` allows."""

    name: str
    sources: Collection[str]
    target: str
    may: Rule


class Flow:
    def __init__(self, *steps):
        self.steps = {step.name: step for step in steps}

    @transaction.atomic
    def take(self, name, obj, *, actor, reason="", **stamps):
        """Lock the row, check state and right, then write state, stamps and history together."""
        step = self.steps[name]
        lock(obj)
        if obj.state not in step.sources:
            raise Refused(refusal(obj))
        require(step.may, actor, obj)
        obj.history.create(
            actor=actor, step=name, source=obj.state, target=step.target, reason=reason
        )
        write(obj, state=step.target, **stamps)

    def open_steps(self, user, obj):
        """The steps this user could take now: the same table decides about buttons."""
        return {
            step.name
            for step in self.steps.values()
            if obj.state in step.sources and step.may.allows(user, obj)
        }

    def pairs(self):
        """Every legal (from, to), for the trigger that refuses the others in the database."""
        found = {(s, step.target) for step in self.steps.values() for s in step.sources}
        return sorted((str(source), str(target)) for source, target in found if source != target)


def refusal(obj):
    """The sentence that says the state forbids the step."""
    told = _("L’état « %(state)s » ne permet pas cette action.")
    return told % {"state": obj.get_state_display()}


def lock(obj):
    """Reload the object and hold its row until the transaction ends."""
    obj.refresh_from_db(from_queryset=type(obj).objects.select_for_update(of=["self"]))


def write(obj, **values):
    """Save these columns and no others."""
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save(update_fields=values)
