"""The pages around the ranking: reasons, methods, severity, agreement and fairness."""

import csv
import re
from datetime import date

import pytest

from grants.programmes.states import Role
from reviews.panels.inputs import digest_of
from reviews.panels.operations import settle
from reviews.panels.success import SIZES, age_on, band, counts_of, success_of
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_programme,
    make_staff,
)

pytestmark = pytest.mark.django_db

# A generous expert, a fair one, a severe one; the second dossier was read by the severe pair.
MARKS = [(5, 4, 2), (4, 3, 2), (4, 2, 1), (5, 3, 3), (3, 2, 0), (4, 4, 2), (5, 4, 3), (3, 1, 0)]
NAMES = ("Aline Large", "Bruno Juste", "Claire Sec")


@pytest.fixture
def call():
    call = make_call(make_programme(), state="reviewing")
    make_envelope(call.programme, year=call.year, endowed=320_000)
    return call


def scored(call, rows=MARKS, skip=()):
    """Each row the marks of the three experts; pairs in `skip` were never given."""
    experts = [make_expert(call, full_name=name) for name in NAMES]
    dossiers = []
    for place, row in enumerate(rows):
        dossier = make_dossier(call=call, state="in_review", title=f"Projet {place}")
        dossiers.append(dossier)
        for column, mark in enumerate(row):
            if (place, column) not in skip:
                pair = make_assignment(dossier=dossier, expert=experts[column])
                scores = {"innovation": mark, "impact": mark}
                make_evaluation(assignment=pair, scores=scores, submitted=True)
    return dossiers


SKIPPED = {(1, 0), (4, 2), (6, 2)}


def page(client, call, end="", role=Role.MANAGER):
    client.force_login(make_staff(call.programme, role))
    response = client.get(f"/classements/{call.pk}/{end}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_reason_names_its_experts_to_those_who_answer_for_them(client, call):
    scored(call, skip=SKIPPED)

    officer = page(client, call, role=Role.OFFICER)
    auditor = page(client, call, role=Role.AUDITOR)

    assert "notent plus sévèrement que les autres (Claire Sec −" in officer
    assert "notent plus sévèrement que les autres" in auditor
    assert not any(name in auditor for name in NAMES)


def test_each_method_has_its_order_and_the_changes_are_drawn(client, call):
    scored(call, skip=SKIPPED)

    by_mean = page(client, call, "methodes/")
    corrected = page(client, call, "methodes/?par=calibrated")

    assert titles(by_mean) != titles(corrected)
    assert sorted(titles(by_mean)) == sorted(titles(corrected))
    assert "▲" in by_mean
    assert "▼" in by_mean
    assert by_mean.count("<circle") >= 2 * 8 - 2
    assert 'data-move="up"' in by_mean


def titles(text):
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', text)


def test_an_unknown_method_shows_the_published_one(client, call):
    scored(call, skip=SKIPPED)

    text = page(client, call, "methodes/?par=tirage")

    assert "Le règlement de l’appel a fixé la méthode" in text
    assert titles(text) == titles(page(client, call, "methodes/"))


def test_severity_is_shown_with_what_it_allows_to_say(client, call):
    scored(call)

    text = page(client, call, "severite/", role=Role.OFFICER)

    assert text.index("Claire Sec") < text.index("Bruno Juste")
    assert "plus sévère que les autres" in text
    assert "plus généreux que les autres" in text


def test_severity_that_was_not_measured_says_so(client, call):
    scored(call, MARKS[:3])

    text = page(client, call, "severite/")

    assert "les experts ont noté trop peu de dossiers" in text
    assert "non mesurée" in text
    assert "chart-row-dot" not in text


@pytest.mark.parametrize("end", ["", "methodes/", "severite/", "equite/"])
def test_a_call_without_a_mark_shows_an_empty_page(client, call, end):
    make_dossier(call=call, state="in_review")

    assert "Claire Sec" not in page(client, call, end)


def test_a_page_beyond_the_last_is_the_last(client, call):
    scored(call, MARKS[:2])

    assert "Projet 0" in page(client, call, "?page=99")
    assert "Projet 0" in page(client, call, "methodes/?page=abc")


def test_a_settled_order_is_shown_from_its_copy(client, call):
    scored(call, skip=SKIPPED)
    settle(call, actor=make_staff(call.programme, Role.MANAGER))

    ranking, methods, severity = (page(client, call, end) for end in ("", "methodes/", "severite/"))

    assert "il ne change plus" in ranking
    assert "Projet 3" in ranking
    assert "▲" in methods
    assert "Rang attendu" not in methods.split("<table")[0].split("<nav")[-1]
    assert "plus sévère que les autres" in severity


def test_agreement_is_told_per_criterion(client, call):
    scored(call)

    text = page(client, call, "equite/", role=Role.AUDITOR)

    assert "Innovation" in text
    assert "8</td>" in text  # dossiers two experts scored
    assert "3 experts ont moins de 12 lectures partagées" in text


def test_small_groups_are_shown_together(client, call):
    dossiers = scored(call)
    call.dossiers.filter(pk__in=[d.pk for d in dossiers[:2]]).update(department="48")

    text = page(client, call, "equite/")

    assert "Lozère" not in text
    assert "Haute-Garonne" not in text  # shown, it would tell the other by subtraction
    assert "2 groupes réunis (petits effectifs)" in text


def test_themes_stand_in_the_order_of_a_dictionary(call):
    dossiers = scored(call)
    health = call.programme.themes.create(key="sante-2", name="Santé", rank=9)
    call.programme.themes.filter(key="energie").update(name="Énergie")
    call.dossiers.filter(pk__in=[d.pk for d in dossiers[:4]]).update(theme=health)

    assert list(counts_of(call)["theme"]) == ["Énergie", "Santé"]


def test_the_file_holds_what_the_page_shows_and_runs_no_formula(client, call):
    scored(call)
    programme = call.programme
    programme.themes.filter(key="energie").update(name="=2+3")

    client.force_login(make_staff(programme, Role.AUDITOR))
    response = client.get(f"/classements/{call.pk}/equite.csv")

    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:3] == ["rubrique", "libellé", "effectif"]
    themes = [row for row in rows if row[0] == "Par thème"]
    assert [row[1:4] for row in themes] == [["'=2+3", "8", "3"]]
    assert float(themes[0][4].replace(",", ".")) == 0.375
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("end", "first", "then"),
    [("methodes/", 13, 6), ("severite/", 13, 6), ("equite/", 15, 7), ("equite.csv", 15, 7)],
)
def test_pages_cost_the_same_for_one_and_three_dossiers(client, count_queries, end, first, then):
    one, three = (make_call(make_programme(), state="reviewing") for _ in range(2))
    scored(one, MARKS[:1])
    scored(three, MARKS[:3])

    costs = [cost_of(client, count_queries, call, end) for call in (one, three)]

    assert costs == [[first, then], [first, then]]


def cost_of(client, count_queries, call, end):
    client.force_login(make_staff(call.programme, Role.MANAGER))
    address = f"/classements/{call.pk}/{end}"
    return [count_queries(lambda: client.get(address)) for _time in range(2)]


def test_success_counts_the_dossiers_the_envelope_reaches(client, call):
    """Eight dossiers of 100 000 €: an envelope of 320 000 € reaches three."""
    scored(call)

    success = success_of(call, digest_of(call))

    assert [(one.count, one.successes) for one in success["theme"]] == [(8, 3)]


def test_success_once_decided_is_being_awarded(call):
    dossiers = scored(call)
    settle(call, actor=make_staff(call.programme, Role.MANAGER))
    call.dossiers.filter(pk=dossiers[7].pk).update(state="awarded")
    call.refresh_from_db()
    walk_to_decided(call)

    assert [(one.count, one.successes) for one in success_of(call, digest_of(call))["theme"]] == [
        (8, 1)
    ]


def walk_to_decided(call):
    call.state = "decided"
    call.save(update_fields=["state"])


@pytest.mark.parametrize(
    ("born", "whole"),
    [(date(2020, 3, 1), 6), (date(2020, 3, 2), 5), (date(2027, 1, 1), 0), (None, None)],
)
def test_a_company_has_its_whole_years(born, whole):
    assert age_on(date(2026, 3, 1), born) == whole


def test_bands_hold_their_lower_end():
    assert [band(SIZES, n) for n in (0, 4, 5, 49, 50, 10_000, None)] == [
        "0", "0", "1", "3", "4", "4", "",
    ]  # fmt: skip
