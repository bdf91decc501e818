"""A letter of the cast's dossier, and the templates of its programme."""

from grants.letters.kinds import Kind
from grants.letters.models import DecisionLetter
from grants.letters.operations import current_template, open_letter, texts_of
from tests.access.cast import Cast
from tests.access.scenes.decisions import scene_at


def no_object(state):
    return Cast(), [], {}


def template(state):
    cast = Cast()
    current = current_template(cast.programme, Kind.AWARD)
    fields = {**texts_of(current), "subject": "Votre projet {projet}", "version": 1}
    return cast, [cast.programme.pk, "award"], fields


def version(state):
    cast = Cast()
    return cast, [current_template(cast.programme, Kind.AWARD).pk], {}


def allocation(state):
    cast, _envelope = scene_at("announced")
    return cast, [cast.call.allocation.pk], {}


def decision(state):
    cast, _envelope = scene_at("announced")
    return cast, [cast.dossier.decision.pk], {}


def letter(state):
    cast, _envelope = scene_at("announced")
    found = DecisionLetter.objects.get()
    if state == "opened":
        open_letter(found, actor=cast.applicant)
    return cast, [found.pk], {}


SCENES = {
    "letters:templates": no_object,
    "letters:template": template,
    "letters:version": version,
    "letters:sent": allocation,
    "letters:retry": decision,
    **dict.fromkeys(("letters:letter", "letters:pdf", "letters:open"), letter),
}
