"""Nobody reads what is not theirs: every address of the policy, in every state, as every role.

Pages, files, headers, cookies and letters are searched for tokens planted in the scene
(`planting.py`, `secrets.py`); nothing is listed here by hand, so that a new address is searched
the day its row is written, and `test_matrix` fails the day one has no row.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from accounts.notifications.models import Letter, Notification
from accounts.notifications.sending import message_for
from tests.access.cast import Cast
from tests.access.planting import plant
from tests.access.secrets import secrets_of
from tests.access.test_matrix import CHANGING, ROWS, answer_in
from tests.access.traces import Search, traces_of
from tests.access.visits import come_as, passing, stages

# Whoever is invited into a company is told which, and by whom.
TOLD = {"teams": {"a name of the company", "name of the company"}}

SHUT = {"401", "403", "404", "405", "login"}
LAST = f"""
SELECT (SELECT coalesce(max(id), 0) FROM {Letter._meta.db_table}),
       (SELECT coalesce(max(id), 0) FROM {Notification._meta.db_table})
"""  # noqa: S608 - fixed text
# Where readers and members of committees are answered: searched once more with a call that names
# no applicant.
ANSWERED = [
    (feature, row)
    for feature, row in ROWS
    if not {row["reviewer"], row["other_reviewer"]} <= SHUT
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("stage", stages(ROWS), ids=str)
def test_each_role_is_answered_as_the_policy_says_and_reads_what_is_theirs(stage, client):
    """One walk for both: the answers and what they tell come from the same requests."""
    walk = Walk.through(stage, client)

    leaks = walk.leaks({"anonymous": None, **walk.people})

    assert leaks == {}
    if str(stage) not in CHANGING:
        assert walk.answers_to(Cast.ROLES) == stage.expected(Cast.ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", stages(ANSWERED), ids=str)
def test_no_reader_learns_the_name_a_call_hides(stage, client):
    walk = Walk.through(stage, client, blind=True)
    outside = {"reviewer", "other_reviewer", "colleague", "conflicted", "removed", "member"}

    assert walk.leaks({role: walk.people[role] for role in outside & set(walk.people)}) == {}


def test_readers_are_answered_all_over_the_site():
    assert {"evaluations", "committees", "notifications", "experts"} <= {f for f, _row in ANSWERED}


@dataclass(frozen=True)
class Walk:
    """Everybody at every address of one scene; nothing done on the way stays."""

    client: Any
    stage: Any
    cast: Any
    people: Any
    secrets: list
    search: Search
    url_of: Any
    fields: Any
    letters: Any
    answers: dict = field(default_factory=dict)

    @classmethod
    def through(cls, stage, client, **how):
        cast, url_of, fields = stage.built()
        people = plant(cast, **how)
        told = TOLD.get(stage.feature, ())
        secrets = [one for one in secrets_of(cast, people) if one.what not in told]
        search = Search(secret.token for secret in secrets)
        return cls(client, stage, cast, people, secrets, search, url_of, fields, Letters())

    def leaks(self, roles):
        """(address, role, method): what was read, and where."""
        leaks = {}
        for address, methods in self.stage.methods.items():
            url = self.url_of(address)
            for role, person in self.askers(url, methods, roles):
                leaks[address, role, "GET"] = self.read(url, person, ("GET", address, role))
            for role, person in roles.items() if "POST" in methods else ():
                leaks[address, role, "POST"] = self.post(url, person, ("POST", address, role))
        return {where: told for where, told in leaks.items() if told}

    def answers_to(self, roles):
        """What was asked by the rows of the policy."""
        return {
            (row["method"], row["address"]): {
                role: self.answers[row["method"], row["address"], role] for role in roles
            }
            for row in self.stage.rows
        }

    def askers(self, url, methods, roles):
        """Everybody; where one is told that the address only takes posts, so would all."""
        if "GET" not in methods:
            somebody = next(person for person in roles.values() if person)
            come_as(self.client, somebody)
            if self.client.get(url).status_code == 405:
                return ()
        return roles.items()

    def read(self, url, person, asked):
        come_as(self.client, person)
        response = self.client.get(url)
        self.answers[asked] = answer_in(response)
        places = self.search.places(traces_of(response))
        return hidden(places, person, self.secrets)

    def post(self, url, person, asked):
        """What the answer tells, and each letter it sends, as things stand once it is done."""
        come_as(self.client, person)
        with passing():
            response = self.client.post(url, self.fields)
            self.answers[asked] = answer_in(response)
            places = self.search.places(traces_of(response))
            told = [(letter, self.search.places(traces)) for letter, traces in self.letters.sent()]
            if not places and not any(found for _letter, found in told):
                return []
            secrets = self.secrets if response.status_code >= 400 else self.secrets_now()
            leaks = hidden(places, person, secrets)
            for letter, found in told:
                leaks += self.leaks_in(letter, found, secrets)
        return leaks

    def secrets_now(self):
        known = {one.token for one in self.secrets}
        return [one for one in secrets_of(self.cast, self.people) if one.token in known]

    def leaks_in(self, letter, places, secrets):
        """Who lost a dossier may be told which; who was given one as well. Everybody is written
        to by name, at their own address."""
        by_address = {person.email: person for person in self.people.values()}
        reader = letter.recipient or by_address.get(letter.address)
        own = f"{reader.full_name} {reader.email}" if reader else ""
        before = {one.token: one for one in self.secrets}
        told = [one | before[one.token] for one in secrets if one.token not in own]
        return hidden(places, reader, told)


def hidden(places, person, secrets):
    """Of what was found, that which this person may not know."""
    return [
        (one.what, places[one.token])
        for one in secrets
        if one.token in places and (person is None or person.pk not in one.known_by)
    ]


@dataclass(frozen=True)
class Sent:
    recipient: Any
    address: str


class Letters:
    """What is written to anybody from here on: in the inbox of the site and by mail."""

    def __init__(self):
        self.before = self.last()

    @staticmethod
    def last():
        with connection.cursor() as cursor:
            cursor.execute(LAST)
            return cursor.fetchone()

    def sent(self):
        if self.last() == self.before:
            return
        letters, notes = self.before
        for letter in Letter.objects.filter(pk__gt=letters).select_related(
            "notification__recipient"
        ):
            note = letter.notification
            yield (
                Sent(note and note.recipient, letter.address),
                [
                    ("letter", message_for(letter).message().as_string()),
                    ("letter", f"{letter.subject} {letter.text} {letter.html}"),
                ],
            )
        for note in Notification.objects.filter(pk__gt=notes).select_related("recipient"):
            yield Sent(note.recipient, ""), [("inbox", f"{note.subject} {note.body} {note.link}")]
