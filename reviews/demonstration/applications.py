"""Dossiers as their authors write and hand them in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from grants.dossiers.models import Answer, Document, Dossier
from grants.dossiers.operations import submit
from grants.formbuilder.answers import read
from grants.formbuilder.definition import parse
from reviews.demonstration import texts
from reviews.demonstration.chance import awake, stream
from reviews.demonstration.clock import at
from reviews.demonstration.companies import Register
from reviews.demonstration.files import pdf
from reviews.demonstration.numbers import plan_of
from reviews.demonstration.stock import Project

PIECES = (
    ("kbis", "Extrait Kbis"),
    ("accounts", "Liasse fiscale"),
    ("business_plan", "Plan d’affaires"),
)
FICTION = "Document fictif, produit pour la démonstration de la plateforme."


@dataclass(frozen=True)
class Application:
    """A project on its way to a call; `share` is how much of the form is filled in."""

    project: Project
    handed_in_at: datetime
    share: float = 1.0
    is_light: bool = False  # one file serves the whole desk: for volume


class Desk:
    """Writes the dossiers of one call."""

    def __init__(self, call, register: Register, seed: int):
        self.call = call
        self.register = register
        self.seed = seed
        self.form = call.forms.get()
        self.questions = parse(self.form.definition).questions
        self.themes = {theme.key: theme for theme in call.programme.themes.all()}
        self.number = call.dossiers.count()
        self.shared: dict[str, tuple[bytes, str]] = {}

    def write(self, applications: list[Application]) -> list[Dossier]:
        """Drafts with their answers and files, in a handful of queries."""
        chances = [stream(self.seed, self.call.code, one.project.title) for one in applications]
        self.register.found([one.project for one in applications], stream(self.seed, self.call))
        typed = [self.typed(*pair) for pair in zip(applications, chances, strict=True)]
        dossiers = Dossier.objects.bulk_create(
            self.draft(one, values, chance)
            for one, values, chance in zip(applications, typed, chances, strict=True)
        )
        Answer.objects.bulk_create(
            [
                Answer(dossier=dossier, key=key, value=value,
                       saved_at=dossier.created_at, saved_by=dossier.created_by)
                for dossier, values in zip(dossiers, typed, strict=True)
                for key, value in values.items()
            ],
            batch_size=2_000,
        )  # fmt: skip
        Document.objects.bulk_create(
            piece
            for dossier, one, chance in zip(dossiers, applications, chances, strict=True)
            for piece in self.pieces(dossier, one, chance)
        )
        return dossiers

    def typed(self, one: Application, chance: Random) -> dict:
        """Typed values, read the way the form reads them; an unfinished draft has the first."""
        project = one.project
        author = texts.Author(
            project=project,
            organisation=self.register.organisations[project.company],
            sister=self.register.organisations.get(project.sister),
            person=self.register.owners[project.company].full_name,
            plan=plan_of(project.stage, project.base, chance),
            day=one.handed_in_at.date(),
            names=self.register.names,
            chance=chance,
        )
        said = texts.answers(author)
        keys = [key for key in self.questions if said.get(key)]
        kept = keys[: max(1, round(len(keys) * one.share))]
        values = {}
        for key in kept:
            reading = read(self.questions[key], said[key])
            if reading.error:
                raise ValueError(f"{project.title}, {key}: {reading.error}")
            values[key] = reading.value
        return values

    def draft(self, one: Application, values: dict, chance: Random) -> Dossier:
        self.number += 1
        writing = timedelta(days=chance.randint(3, 25), minutes=chance.randint(0, 600))
        return Dossier(
            call=self.call,
            organisation=self.register.organisations[one.project.company],
            form=self.form,
            number=self.number,
            created_at=max(one.handed_in_at - writing, self.call.opens_at),
            created_by=self.register.owners[one.project.company],
            title=values.get("title", ""),
            theme=self.themes.get(values.get("theme")),
            stage=values.get("stage", ""),
            department=values.get("department", ""),
            eligible_base=values.get("eligible_base"),
            requested=values.get("requested"),
        )

    def pieces(self, dossier: Dossier, one: Application, chance: Random):
        """The files of a dossier; an unfinished draft has none yet."""
        if one.share < 1:
            return
        for key, label in PIECES:
            content, place = self.stored(dossier, one, key, label, chance)
            yield Document(
                dossier=dossier,
                key=key,
                name=f"{label} {one.project.company}.pdf",
                kind="application/pdf",
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                file=place,
                uploaded_at=dossier.created_at,
                uploaded_by=dossier.created_by,
            )

    def stored(self, dossier: Dossier, one: Application, key: str, label: str, chance: Random):
        """The bytes of a file and where they are kept."""
        if one.is_light and key in self.shared:
            return self.shared[key]
        project = one.project
        content = pdf(
            f"{label} - {project.company}",
            [FICTION, f"{dossier.reference} - {project.title}", project.market, project.impact],
        )
        place = f"dossiers/{dossier.pk}/{chance.getrandbits(128):032x}.pdf"
        self.shared[key] = content, default_storage.save(place, ContentFile(content))
        return self.shared[key]

    def hand_in(self, dossiers: list[Dossier], applications: list[Application]) -> None:
        """Submit each at its time, in order of arrival."""
        pairs = zip(dossiers, applications, strict=True)
        for dossier, one in sorted(pairs, key=lambda pair: pair[1].handed_in_at):
            with at(one.handed_in_at) as moment:
                submit(dossier, actor=dossier.created_by, at=moment)


def arrivals(projects: list[Project], first: datetime, last: datetime, chance: Random):
    """Applications spread over the call; half of them in its last days, as always."""
    span = (last - first).total_seconds()
    found = []
    for project in projects:
        late = chance.random() < 0.5
        share = 1 - chance.random() ** 2 * 0.08 if late else 0.2 + 0.7 * chance.random()
        moment = awake(first + timedelta(seconds=int(span * share)), chance)
        found.append(Application(project, min(moment, last - timedelta(minutes=9))))
    return found
