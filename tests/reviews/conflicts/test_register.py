"""What only the company register tells links experts too: directors, the companies that direct."""

import pytest
from django.utils import timezone

from accounts.organisations.establishment import Establishment
from tests.factories import luhn_siret
from tests.reviews.conflicts.scene import Reading

pytestmark = pytest.mark.django_db
HOLDING = luhn_siret(9_999)[:9]


@pytest.fixture
def reading():
    return Reading()


def register(reading, **told):
    organisation = reading.dossier.organisation
    establishment = Establishment(
        siret=organisation.siret, name=organisation.name, is_open=True, **told
    )
    organisation.register = establishment.as_json()
    organisation.standing, organisation.verified_at = "open", timezone.now()
    organisation.save()


def named(reading, name):
    user = reading.expert.user
    user.full_name = name
    user.save()


def test_an_expert_who_directs_the_company_is_kept_apart(reading):
    named(reading, "Paule Vidal")
    assert reading.look() == []

    register(reading, officers=("PAULE MARIE VIDAL",))
    (link,) = reading.look()

    assert [row["kind"] for row in link.evidence] == ["person"]
    assert link.evidence[0]["theirs"] == "PAULE MARIE VIDAL"
    reading.assignment.refresh_from_db()
    assert reading.assignment.state == "recused"


def test_a_mandate_in_the_company_that_directs_it_is_a_link(reading):
    reading.expert.ties.create(kind="mandate", name="Occitane de Gestion", siren=HOLDING)
    assert reading.look() == []

    register(reading, houses=(("OCCITANE DE GESTION", HOLDING),))
    (link,) = reading.look()

    assert "mandate" in {row["kind"] for row in link.evidence}


def test_a_namesake_of_nobody_is_no_link(reading):
    named(reading, "Paule Vidal")

    register(reading, officers=("MARC VIDAL",), houses=(("SANS NUMERO", ""),), brands=("TUILO",))

    assert reading.look() == []
