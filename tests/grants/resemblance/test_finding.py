"""Same company, same group, near-identical text: each with a score and words."""

import json

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from grants.dossiers.models import Submission
from grants.dossiers.operations import save_answer, submit
from grants.programmes.models import Call
from grants.programmes.states import Role
from grants.resemblance.finding import resembling
from grants.resemblance.models import ProjectText, RelatedCompany
from tests.factories import (
    SMALL_FORM,
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


def handed_in(call, summary=PUMP, related_companies="", **overrides):
    author = make_user()
    organisation = overrides.pop("organisation", None) or make_organisation(owner=author)
    if not organisation.memberships.filter(user=author).exists():
        organisation.memberships.create(user=author)
    dossier = make_dossier(call=call, author=author, organisation=organisation, **overrides)
    for key, text in {
        "title": "Un projet", "summary": summary, "eligible_base": "2000", "requested": "1000",
        **({"related_companies": related_companies} if related_companies else {}),
    }.items():  # fmt: skip
        save_answer(dossier, key, text, version=0, actor=author)
    submit(dossier, actor=author)
    return dossier


def words(one):
    return [sign.words.replace("\u202f", " ") for sign in one.signs]


def found(dossier, officer):
    calls = Call.objects.followed_by(officer).values("pk")
    return {one.dossier: one for one in resembling(dossier, calls=calls)}


def test_a_text_told_almost_word_for_word_is_found_with_its_score(call, officer):
    mine = handed_in(call)
    copied = handed_in(call, PUMP.replace("sel fondu", "bac de sable"))
    handed_in(call, PROSTHESIS)

    (one,) = found(mine, officer).values()

    assert one.dossier == copied
    assert 80 <= one.score < 100
    assert [sign.is_text for sign in one.signs] == [True]


def test_an_earlier_application_is_found_whatever_it_says(programme, call, officer):
    company = make_organisation()
    before = handed_in(make_call(programme), PROSTHESIS, organisation=company)
    other_site = make_organisation(siret=company.siret[:9] + "99999")
    elsewhere = handed_in(call, PROSTHESIS.upper() + "X" * 300, organisation=other_site)
    mine = handed_in(call, organisation=company)

    close = found(mine, officer)

    assert set(close) == {before, elsewhere}
    assert words(close[before]) == ["Même entreprise (SIREN) : demande antérieure ou parallèle"]
    assert words(close[elsewhere]) == ["Même entreprise (SIREN), même appel"]
    assert {one.score for one in close.values()} == {100}


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


GROUP_FORM = {
    "sections": [
        {
            "key": "project",
            "title": "Projet",
            "questions": [
                *SMALL_FORM["sections"][0]["questions"],
                {
                    "key": "related_companies", "kind": "table", "label": "Groupe",
                    "columns": [{"key": "name", "label": "Nom"},
                                {"key": "siret", "label": "SIRET", "kind": "siret"}],
                },
            ],
        }
    ]
}  # fmt: skip


@pytest.fixture
def group_call(programme):
    return make_call(programme, definition=GROUP_FORM)


def declaring(call, *sirets, **overrides):
    rows = json.dumps([{"name": "Société", "siret": siret} for siret in sirets])
    return handed_in(call, "Un mot.", related_companies=rows, **overrides)


def test_a_company_declared_in_the_dossier_is_of_its_group(group_call, officer):
    sister = handed_in(group_call, PUMP)
    stranger = handed_in(group_call, "Autre chose.")
    mine = declaring(group_call, sister.organisation.siret)

    there, back = found(mine, officer), found(sister, officer)

    assert set(there) == {sister}
    assert there[sister].score == 90
    assert words(there[sister])[0].startswith("Même groupe : société déclarée liée ou partenaire")
    assert set(back) == {mine}
    assert back[mine].score == 90
    assert "ce dossier déclare l’entreprise" in words(back[mine])[0]
    assert stranger not in there


def test_two_companies_of_one_parent_are_told_apart_from_sisters(group_call, officer):
    parent = make_organisation().siret
    mine, other = declaring(group_call, parent), declaring(group_call, parent)

    (one,) = found(mine, officer).values()

    assert (one.dossier, one.score) == (other, 70)
    siren = f"{parent[:3]} {parent[3:6]} {parent[6:9]}"
    assert words(one) == [
        f"Même groupe possible : les deux dossiers déclarent la société SIREN {siren}"
    ]


def test_the_group_told_last_year_still_counts(programme, group_call, officer):
    sister = handed_in(group_call, PUMP)
    company = make_organisation()
    before = declaring(
        make_call(programme, definition=GROUP_FORM), sister.organisation.siret, organisation=company
    )
    mine = handed_in(group_call, PROSTHESIS, organisation=company)

    close = found(mine, officer)

    assert {other: one.score for other, one in close.items()} == {before: 100, sister: 90}
    assert words(close[before]) == ["Même entreprise (SIREN) : demande antérieure ou parallèle"]


def test_a_group_declared_to_calls_of_others_stays_unseen(programme, group_call, officer):
    mine = handed_in(group_call, PUMP)
    declaring(make_call(definition=GROUP_FORM), mine.organisation.siret)

    assert found(mine, officer) == {}


def test_only_what_is_a_siren_is_kept_and_the_last_deposit_counts(group_call, officer):
    first, second = make_organisation().siret, make_organisation().siret
    mine = declaring(group_call, first, first)
    content = Submission.objects.get(dossier=mine).content

    def declared():
        return set(RelatedCompany.objects.filter(dossier=mine).values_list("siren", flat=True))

    assert declared() == {first[:9]}
    content["answers"] = {
        "amount": "12345678901234", "phone": "0561000000", "siren": second[:9],
        "rows": [{"siren": "123456789", "siret": first[:8]}, {"siret": None}, ["x"]],
    }  # fmt: skip
    Submission.objects.create(
        dossier=mine, version=2, at=timezone.now(), by=mine.created_by, sha256="0" * 64,
        deadline_at=mine.call.closes_at, content=content,
    )  # fmt: skip
    assert declared() == {second[:9]}


def test_the_database_keeps_sirens_only(group_call):
    with pytest.raises(IntegrityError, match="related_company_is_a_siren"):
        RelatedCompany.objects.create(dossier=make_dossier(call=group_call), siren="12345678A")


def test_the_page_costs_the_same_for_one_and_three(client, call, officer, count_queries):
    mine = handed_in(call)
    handed_in(call)
    url = reverse("resemblance:dossier", args=[mine.pk])
    one = count_queries(lambda: client.get(url))
    handed_in(call)
    handed_in(call)

    assert count_queries(lambda: client.get(url)) == one == 12
