"""Steps of many dossiers at once: what the flow writes, in few statements and without mail."""

from collections.abc import Sequence
from datetime import datetime

from grants.dossiers.flow import FLOW
from grants.dossiers.models import Dossier, DossierStep


def take(name: str, dossiers: Sequence[Dossier], moments: Sequence[datetime], actors) -> None:
    """Each dossier takes the step at its moment; the database checks that it may."""
    step = FLOW.steps[name]
    sources = [dossier.state for dossier in dossiers]
    for dossier in dossiers:
        dossier.state = step.target
    Dossier.objects.bulk_update(dossiers, ["state", "submitted_at"], batch_size=500)
    DossierStep.objects.bulk_create(
        DossierStep(
            dossier=dossier, actor=actor, step=name, source=source, target=step.target, at=moment
        )
        for dossier, actor, source, moment in zip(dossiers, actors, sources, moments, strict=True)
    )
