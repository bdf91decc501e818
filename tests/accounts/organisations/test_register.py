import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from accounts.organisations import register as asking
from accounts.organisations.register import LONGEST_ANSWER, Unavailable, find, search, seconds_in
from tests.accounts.organisations.register_double import SIRET, answer, company
from tests.factories import luhn_siret


def test_a_siret_is_found_once_and_remembered(register):
    assert find(SIRET) == find(SIRET)

    assert register.last_query() == {"q": [SIRET]}
    assert len(register.asked) == 1


def test_that_it_is_unknown_is_remembered_too(register):
    register.says(answer())

    assert (find(SIRET), find(SIRET), len(register.asked)) == (None, None, 1)


def test_we_say_who_we_are(register, settings):
    settings.SITE_NAME = "Éclore"
    find(SIRET)

    told = register.asked[0][1]["User-Agent"]
    assert told.encode("latin-1").decode() == f"Éclore {settings.SITE_URL}"


def test_a_name_is_searched_in_the_region_among_what_is_open(register):
    elsewhere = company(luhn_siret(43), siege__commune="75056")
    shut = company(luhn_siret(44), siege__etat_administratif="F")
    register.says(answer(company(), elsewhere, shut))

    assert [one.siret for one in search("algues  du lez")] == [SIRET]
    assert register.last_query()["region"] == ["76"]
    assert register.last_query()["q"] == ["algues du lez"]


def test_a_number_shows_the_closed_ones_too(register):
    register.says(answer(company(siege__etat_administratif="F")))

    assert [one.is_open for one in search(SIRET[:9])] == [False]


def test_without_an_address_nothing_is_asked(settings):
    settings.COMPANY_API_URL = ""

    with pytest.raises(Unavailable, match="off"):
        find(SIRET)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ({"body": "{}", "status": 500}, "status 500"),
        ({"body": "{}", "status": 404}, "status 404"),
        ({"body": '{"results": ['}, "nonsense"),
        ({"body": answer(company()), "cut": 40}, "nonsense"),
        ({"body": " " * (LONGEST_ANSWER + 1)}, "ValueError"),
        ({"body": answer(company()), "Content_Type": "text/html"}, "ValueError"),
        ({"body": "", "status": 302, "Location": "http://127.0.0.1:1/"}, "status 302"),
        ({"body": answer(company("73282932000074"))}, "nonsense"),
    ],
)
def test_whatever_goes_wrong_is_unavailable_and_lets_it_rest(register, says, reason):
    register.says(says.pop("body"), **says)

    with pytest.raises(Unavailable, match=reason):
        find(SIRET)
    with pytest.raises(Unavailable, match="resting"):
        find(SIRET)
    assert len(register.asked) == 1


@pytest.mark.parametrize("slowness", [{"wait": 8}, {"drip": 0.1}])
def test_a_short_time_is_all_it_gets(register, slowness, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT", 0.6)
    register.says(answer(company()), **slowness)
    begun = time.monotonic()

    with pytest.raises(Unavailable):
        find(SIRET)

    assert 0.5 < time.monotonic() - begun < 6


def test_the_short_time_is_three_seconds():
    assert asking.TIMEOUT == 3


def test_nobody_there_is_unavailable(settings):
    settings.COMPANY_API_URL = "http://127.0.0.1:9"

    with pytest.raises(Unavailable, match="ConnectionRefusedError"):
        find(SIRET)


def test_too_many_requests_are_followed_by_the_rest_it_asks_for(register):
    register.says("{}", status=429, Retry_After="1")
    with pytest.raises(Unavailable, match="status 429"):
        find(SIRET)
    register.says(answer(company()))

    with pytest.raises(Unavailable, match="resting"):
        find(SIRET)
    time.sleep(1.1)

    assert find(SIRET).siret == SIRET


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("17", 17), ("0", 1), ("999999", 3600), ("", 60), ("bientôt", 60), ("-5", 60), ("١٢", 60)],
)
def test_retry_after_is_read_within_reason(told, seconds):
    assert seconds_in(told) == seconds


def test_retry_after_may_be_a_date():
    soon = format_datetime(timezone.now() + timedelta(seconds=90))

    assert 80 <= seconds_in(soon) <= 90


def test_a_second_holds_five_requests_at_most(register):
    register.says(answer())
    refused = 0
    for n in range(12):
        try:
            find(luhn_siret(n))
        except Unavailable as reason:
            refused += str(reason) == "busy"

    # The twelve may fall into two seconds.
    assert len(register.asked) <= 10
    assert refused >= 2
