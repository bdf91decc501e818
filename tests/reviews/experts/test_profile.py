"""The profile page: themes, sub-topics, ties, circles, languages, departments, capacity."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Refused
from reviews.conflicts.tasks import look_where_due
from reviews.experts import operations
from reviews.experts.background import Tie
from reviews.links.models import DetectedLink
from tests.factories import make_call, make_dossier, make_expert, make_staff

pytestmark = pytest.mark.django_db
URL = "/experts/profil/"


@pytest.fixture
def call():
    return make_call(state="reviewing")


@pytest.fixture
def expert(call):
    return make_expert(call, capacity=9)


def rows(prefix, *lines):
    typed = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": 0}
    for n, line in enumerate(lines):
        typed |= {f"{prefix}-{n}-{name}": value for name, value in line.items()}
    return typed


def typed(*, topics=(), ties=(), **more):
    return {"organisation": "CNRS", **rows("topics", *topics), **rows("ties", *ties), **more}


def test_everything_typed_is_kept(client, call, expert):
    energy = call.programme.themes.first()
    client.force_login(expert.user)

    answer = client.post(
        URL,
        typed(
            topics=[
                {"name": "Batteries", "theme_id": energy.pk, "level": "3"},
                {"name": "Réseaux", "theme_id": energy.pk, "level": "1"},
            ],
            ties=[
                {"name": "Hélio", "kind": "former", "siren": "732 829 320", "until": "2023"},
                {"name": "Fonds Sud", "kind": "shares"},
            ],
            languages=["fr", "ca"],
            departments=["31", "09"],
            laboratory="LAAS (UPR 8001)",
            incubator="Nubbo",
            address="7 avenue du Colonel-Roche",
            city="Toulouse",
            **{f"theme-{energy.pk}": "2", f"seat-{expert.seats.get().pk}": "5"},
        ),
    )

    assert answer.status_code == 302
    expert.refresh_from_db()
    assert [(t.name, t.level) for t in expert.subtopics.all()] == [("Batteries", 3), ("Réseaux", 1)]
    assert list(expert.ties.values_list("kind", "name", "siren", "until")) == [
        ("former", "Hélio", "732829320", 2023),
        ("shares", "Fonds Sud", "", None),
    ]
    assert (expert.languages, expert.departments) == (["fr", "ca"], ["31", "09"])
    assert (expert.laboratory, expert.incubator) == ("LAAS (UPR 8001)", "Nubbo")
    assert expert.seats.get().capacity == 5
    shown = client.get(URL).content.decode()
    assert 'value="Batteries"' in shown
    assert 'value="732829320"' in shown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"name": "Hélio"}, "de quelle nature"),
        ({"name": "Hélio", "kind": "mandate", "siren": "123456789"}, "n’est pas un SIREN"),
        ({"siren": "732829320"}, "Nommez cette société"),
        ({"name": "Hélio", "kind": "former", "until": "2999"}, "pas encore venue"),
        ({"name": "Hélio", "kind": "former", "until": "hier"}, "Écrivez une année"),
    ],
)
def test_a_wrong_line_is_told_and_nothing_typed_is_lost(client, expert, line, told):
    client.force_login(expert.user)

    answer = client.post(URL, typed(ties=[line], biography="Vingt ans."))

    page = answer.content.decode()
    assert told in page
    assert "Vingt ans." in page
    assert line.get("name", line.get("siren")) in page
    assert not Tie.objects.exists()


def test_a_subtopic_twice_is_told(client, call, expert):
    theme = call.programme.themes.first().pk
    client.force_login(expert.user)

    answer = client.post(
        URL,
        typed(
            topics=[
                {"name": "Batteries", "theme_id": theme, "level": "3"},
                {"name": "BATTERIES", "theme_id": theme, "level": "1"},
            ]
        ),
    )

    assert "écrit deux fois" in answer.content.decode()
    assert not expert.subtopics.exists()


def test_emptied_lines_go(client, expert):
    Tie.objects.create(expert=expert, kind="mandate", name="Hélio")
    client.force_login(expert.user)

    client.post(URL, typed(ties=[{"name": ""}]))

    assert not Tie.objects.exists()


def test_a_seat_is_lowered_by_its_expert_and_raised_by_the_officers_only(client, call, expert):
    seat = expert.seats.get()
    client.force_login(expert.user)

    answer = client.post(URL, typed(**{f"seat-{seat.pk}": "10"}))

    assert answer.status_code == 200
    with pytest.raises(Refused, match="Seul le service"):
        operations.lower(seat, 10, actor=expert.user)
    with pytest.raises(PermissionDenied):
        operations.lower(seat, 3, actor=make_staff(call.programme))
    seat.refresh_from_db()
    assert seat.capacity == 9


def test_a_mandate_typed_closes_the_dossier_of_that_company(client, call, expert):
    dossier = make_dossier(call=call, state="in_review")
    client.force_login(expert.user)
    tie = {"name": "La société", "kind": "mandate", "siren": dossier.organisation.siren}

    client.post(URL, typed(ties=[tie]))

    expert.refresh_from_db()
    assert expert.links_due_at is not None
    look_where_due()
    [link] = DetectedLink.objects.all()
    assert (link.expert, link.dossier, link.state) == (expert, dossier, "open")


def test_the_profile_costs_the_same_with_one_and_three_rows(client, expert, count_queries):
    client.force_login(expert.user)
    Tie.objects.create(expert=expert, kind="mandate", name="Un")
    one = count_queries(lambda: client.get(URL))
    for name in ("Deux", "Trois"):
        Tie.objects.create(expert=expert, kind="mandate", name=name)

    assert count_queries(lambda: client.get(URL)) == one == 6


def test_officers_read_the_profile_in_the_pool(client, call, expert):
    theme = call.programme.themes.first()
    expert.subtopics.create(theme=theme, name="Batteries sodium", level=3)
    expert.ties.create(kind="former", name="Hélio")
    expert.departments, expert.languages = ["31"], ["oc"]
    expert.save()
    client.force_login(make_staff(call.programme))

    page = client.get(f"/experts/appels/{call.pk}/").content.decode()

    assert "Batteries sodium — Ancien employeur · Hélio — occitan — Haute-Garonne (31)" in page


def test_what_was_told_is_listed_best_known_first(client, call, expert):
    theme = call.programme.themes.first()
    for name, level in (("Réseaux", 1), ("Batteries", 3), ("Alternateurs", 3)):
        expert.subtopics.create(theme=theme, name=name, level=level)
    expert.ties.create(name="Zéphyr", kind="former", until=2023)
    expert.ties.create(name="Hélio", kind="former", siren="732829320")
    client.force_login(expert.user)

    page = client.get(URL).content.decode()

    names = ["Alternateurs", "Batteries", "Réseaux", "Hélio", "Zéphyr"]
    assert sorted(names, key=lambda name: page.index(f'value="{name}"')) == names
    assert 'value="2023"' in page
