"""Same company, earlier application, near-identical text: with a score."""

import pytest
from django.urls import reverse

from grants.dossiers.operations import save_answer, submit
from grants.programmes.models import Call
from grants.programmes.states import Role
from grants.resemblance.finding import resembling
from grants.resemblance.models import ProjectText
from tests.factories import (
    luhn_siret,
    make_call,
    make_dossier,
    make_organisation,
    make_programme,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
PUMP = (
    "Nous fabriquons une pompe à chaleur solaire qui stocke l’été dans un sel fondu et le rend "
    "l’hiver aux maisons anciennes, sans gaz ni fioul, pour un prix inférieur à celui du réseau."
)
PROSTHESIS = (
    "Notre prothèse de genou imprimée en titane poreux se pose en une heure, s’adapte au patient "
    "par un scanner et réduit de moitié la rééducation après l’opération, selon deux hôpitaux."
)


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def call(programme):
    return make_call(programme)


@pytest.fixture
def officer(programme, client):
    user = make_staff(programme, Role.OFFICER)
    client.force_login(user)
    return user


def handed_in(call, summary=PUMP, **overrides):
    author = make_user()
    organisation = overrides.pop("organisation", None) or make_organisation(owner=author)
    if not organisation.memberships.filter(user=author).exists():
        organisation.memberships.create(user=author)
    dossier = make_dossier(call=call, author=author, organisation=organisation, **overrides)
    for key, text in {
        "title": "Un projet", "summary": summary, "eligible_base": "2000", "requested": "1000",
    }.items():  # fmt: skip
        save_answer(dossier, key, text, version=0, actor=author)
    submit(dossier, actor=author)
    return dossier


def found(dossier, officer):
    calls = Call.objects.followed_by(officer).values("pk")
    return {one.dossier: one for one in resembling(dossier, calls=calls)}


def test_a_text_told_almost_word_for_word_is_found_with_its_score(call, officer):
    mine = handed_in(call)
    copied = handed_in(call, PUMP.replace("sel fondu", "bac de sable"))
    handed_in(call, PROSTHESIS)

    (one,) = found(mine, officer).values()

    assert one.dossier == copied
    assert 80 <= one.percent < 100
    assert one.same_company is False


def test_an_earlier_application_is_found_whatever_it_says(programme, call, officer):
    company = make_organisation()
    before = handed_in(make_call(programme), PROSTHESIS, organisation=company)
    other_site = make_organisation(siret=company.siret[:9] + luhn_siret(9)[9:])
    elsewhere = handed_in(call, PROSTHESIS.upper() + "X" * 300, organisation=other_site)
    mine = handed_in(call, organisation=company)

    close = found(mine, officer)

    assert set(close) == {before, elsewhere}
    assert close[before].same_company
    assert close[before].percent is None


def test_the_calls_of_others_and_drafts_stay_unseen(call, officer):
    mine = handed_in(call)
    handed_in(make_call())
    draft = make_dossier(call=call)
    ProjectText.objects.create(dossier=draft, text=PUMP)

    assert found(mine, officer) == {}


def test_the_text_follows_the_last_deposit(call, officer):
    mine = handed_in(call)
    text = ProjectText.objects.get(dossier=mine)

    assert text.text.startswith(PUMP) or PUMP in text.text
    assert "Un projet" in text.text
    assert "2000" not in text.text


def test_a_very_long_text_is_cut_and_a_short_one_not_compared(call, officer):
    long = handed_in(call, "mot " * 150)
    short = handed_in(call, "Court.")
    same = handed_in(call, "Court.")

    assert len(ProjectText.objects.get(dossier=long).text) <= 6000
    assert same not in found(short, officer)


def test_the_page_shows_the_score_and_htmx_gets_the_list_alone(client, call, officer):
    mine = handed_in(call)
    handed_in(call)
    url = reverse("resemblance:dossier", args=[mine.pk])

    page = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "Texte proche à 100" in page
    assert "<html" not in part
    assert "Texte proche à 100" in part


def test_the_page_costs_the_same_for_one_and_three(client, call, officer, count_queries):
    mine = handed_in(call)
    handed_in(call)
    url = reverse("resemblance:dossier", args=[mine.pk])
    one = count_queries(lambda: client.get(url))
    handed_in(call)
    handed_in(call)

    assert count_queries(lambda: client.get(url)) == one == 11
