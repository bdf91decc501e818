import pytest

from reviews.assignments.links import CompanyFacts, ExpertFacts, link_between

COMPANY = CompanyFacts(
    id=1, siren="800000011", people=frozenset({7}), emails=frozenset({"ana@heliotis.fr"})
)


@pytest.mark.parametrize(
    ("expert", "found"),
    [
        (ExpertFacts(1, 7, "a@gmail.com"), ("person", "")),
        (ExpertFacts(1, 8, "a@labo.fr", "800000011"), ("siren", "800000011")),
        (ExpertFacts(1, 8, "Bob@HELIOTIS.fr"), ("domain", "heliotis.fr")),
        (ExpertFacts(1, 8, "bob@labo.fr", "800000029"), None),
        (ExpertFacts(1, 8, "bob@labo.fr"), None),
    ],
)
def test_links_seen_in_the_data(expert, found):
    assert link_between(expert, COMPANY) == found


def test_a_public_mail_domain_links_nobody():
    company = CompanyFacts(id=1, siren="800000011", emails=frozenset({"ana@orange.fr"}))

    assert link_between(ExpertFacts(1, 8, "bob@orange.fr"), company) is None


def test_no_siren_links_nobody():
    assert link_between(ExpertFacts(1, 8, "b@labo.fr", ""), CompanyFacts(id=1, siren="")) is None
