"""Who is where in a dossier, right now: kept in the cache for a few seconds, never in the base."""

from dataclasses import dataclass

from django.core.cache import cache

SECONDS = 25
LONGEST = 60


@dataclass(frozen=True)
class Place:
    name: str
    section: str
    field: str


def beat(dossier, person, *, section, field):
    """This person is here; without another beat they are gone in a moment."""
    place = (section[:LONGEST], field[:LONGEST])
    cache.set(key_of(dossier.pk, person.pk), place, timeout=SECONDS)


def present(dossier, people):
    """Those of `people` who are in the dossier now, with their place in it."""
    names = {key_of(dossier.pk, person.pk): str(person) for person in people}
    found = cache.get_many(names)
    return [Place(names[key], *found[key]) for key in names if key in found]


def key_of(dossier, person):
    return f"presence:{dossier}:{person}"
