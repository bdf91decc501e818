"""What was handed in, frozen, and what the eligibility engine was asked about it."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils import timezone

from accounts.organisations.models import Organisation
from grants.dossiers.forms_of import handed_in
from grants.dossiers.verdict_inputs import caps_of, company_of, project_of


def deposits_of(dossier):
    """Every deposit by its digest, the last one whole."""
    rows = list(dossier.submissions.select_related("by").order_by("version"))
    told = [
        {
            "version": row.version,
            "at": row.at.isoformat(),
            "by": str(row.by),
            "sha256": row.sha256,
            "content": row.content if row is rows[-1] else None,
        }
        for row in rows
    ]
    return told, (rows[-1] if rows else None)


def eligibility_of(dossier, submission):
    """The question as `manage.py eligibility` takes it, and the verdict kept with the deposit."""
    if submission is None or "verdict" not in submission.content:
        return None
    form = handed_in(dossier, submission)
    on = timezone.localdate(submission.at)
    return {
        "asked": {
            "on": on.isoformat(),
            "company": as_json(company_of(company_at(dossier, submission.at), form)),
            "project": as_json(project_of(form)),
            "caps": {
                key: value
                for key, value in as_json(caps_of(dossier.call)).items()
                if key != "certainty"
            },
        },
        "verdict": submission.content["verdict"],
    }


def company_at(dossier, at):
    """The company as it was known when the dossier came in."""
    events = dossier.organisation.events.order_by("pgh_id")
    event = events.filter(pgh_created_at__lte=at).last() or events.first()
    kept = {field.attname for field in Organisation._meta.concrete_fields}  # noqa: SLF001
    return Organisation(**{name: value for name, value in vars(event).items() if name in kept})


def as_json(value):
    """Plain values; what nobody has told is left out, amounts are numbers of two places."""
    if is_dataclass(value):
        told = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: as_json(found) for name, found in told if found is not None}
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else value
