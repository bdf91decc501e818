"""Nobody reads what is not theirs: every address of the policy, in every state, as every role.

Pages, files, headers, cookies and letters are searched for tokens planted in the scene
(`secrets.py`); nothing is listed here by hand, so that a new address is searched the day its row
is written, and `test_matrix` fails the day one has no row.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.notifications.models import Letter
from accounts.notifications.sending import message_for
from tests.access.secrets import plant, secrets_of
from tests.access.test_matrix import ROWS
from tests.access.traces import found, traces_of

# Whoever is invited into a company is told which, and by whom.
TOLD = {"teams": {"a name of the company", "name of the company"}}

METHODS = {}
for feature, row in ROWS:
    METHODS.setdefault((feature, row["address"], row["state"]), set()).add(row["method"])
CASES = sorted(METHODS)


# Where a reviewer is answered, searched once more with a call that names no applicant.
ANSWERED = sorted({
    (feature, row["address"], row["state"])
    for feature, row in ROWS
    if row["reviewer"] in {"200", "302"} and feature in {"evaluations", "assignments", "experts"}
})  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} {case[2]}")
def test_no_role_reads_what_is_not_theirs(case, client):
    cast, args, fields = scene_of(case)
    people = plant(cast)

    assert leaks_of(case, client, cast, args, fields, people, {"anonymous": None, **people}) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: f"{case[1]} {case[2]}")
def test_no_reader_learns_the_name_a_call_hides(case, client):
    cast, args, fields = scene_of(case)
    people = plant(cast, blind=True)
    readers = {role: people[role] for role in ("reviewer", "colleague") if role in people}

    assert leaks_of(case, client, cast, args, fields, people, readers) == {}


def scene_of(case):
    feature, address, state = case
    return import_module(f"tests.access.scenes.{feature}").SCENES[address](state)


def leaks_of(case, client, cast, args, fields, people, roles):
    """(role, method): what was read, and where; nothing done on the way stays."""
    feature, address, _state = case
    secrets = [one for one in secrets_of(cast, people) if one.what not in TOLD.get(feature, ())]
    url = reverse(address, args=args)
    leaks = {}
    for role, person in roles.items():
        client.logout()
        if person is not None:
            client.force_login(person)
        with passing():
            leaks[role, "GET"] = found(traces_of(client.get(url)), hidden_from(person, secrets))
        if "POST" in METHODS[case]:
            with passing():
                act = Act(client, url, fields, cast, people, secrets)
                leaks[role, "POST"] = act.leaks(person)
    return {where: told for where, told in leaks.items() if told}


@contextmanager
def passing():
    """Nothing done inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def hidden_from(person, secrets):
    return [secret for secret in secrets if person is None or person.pk not in secret.known_by]


@dataclass(frozen=True)
class Act:
    """A post, with the letters it sends: what leaks there, as things stand once it is done."""

    client: Any
    url: str
    fields: Any
    cast: Any
    people: Any
    secrets: list

    def leaks(self, person):
        already = set(Letter.objects.values_list("pk", flat=True))
        response = self.client.post(self.url, self.fields)
        answer = list(traces_of(response))
        secrets = self.secrets if response.status_code >= 400 else self.secrets_now()
        letters = Letter.objects.exclude(pk__in=already).select_related("notification__recipient")
        told = found(answer, hidden_from(person, secrets))
        return told + [leak for letter in letters for leak in self.leaks_in(letter, secrets)]

    def secrets_now(self):
        known = {one.token for one in self.secrets}
        return [one for one in secrets_of(self.cast, self.people) if one.token in known]

    def leaks_in(self, letter, secrets):
        """Who lost a dossier may be told which; who was given one as well."""
        note = letter.notification
        by_address = {person.email: person for person in self.people.values()}
        reader = note.recipient if note else by_address.get(letter.address)
        before = {one.token: one for one in self.secrets}
        told = [one | before[one.token] for one in own_name_aside(reader, secrets)]
        traces = [
            ("letter", message_for(letter).message().as_string()),
            ("letter", f"{letter.subject} {letter.text} {letter.html}"),
            ("inbox", f"{note.subject} {note.body} {note.link}" if note else ""),
        ]
        return found(traces, hidden_from(reader, told))


def own_name_aside(reader, secrets):
    """Everybody is written to by name, at their own address."""
    own = f"{reader.full_name} {reader.email}" if reader else ""
    return [secret for secret in secrets if secret.token not in own]
