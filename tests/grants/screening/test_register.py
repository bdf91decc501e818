import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.organisations import operations
from accounts.organisations.establishment import read_establishment
from grants.programmes.states import Role
from tests.accounts.organisations.register_double import answer, company
from tests.factories import make_dossier, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(client):
    stated = make_organisation(
        name="Algues et Mer", standing="to_verify", remark="Nom d’usage depuis 2025."
    )
    found = make_dossier(organisation=stated, state="submitted")
    client.force_login(make_staff(found.call.programme, Role.OFFICER))
    return found


def page(client, dossier):
    return client.get(reverse("screening:dossier", args=[dossier.pk])).text


def test_the_officer_sees_what_is_still_to_verify(client, dossier):
    assert "À vérifier" in page(client, dossier)
    assert "Différences avec le répertoire" not in page(client, dossier)


def test_the_officer_reads_both_versions_and_the_reason(client, dossier):
    told = establishment(dossier.organisation.siret)
    operations.receive(dossier.organisation_id, told, timezone.now())

    found = page(client, dossier)

    assert "Vérifiée au répertoire" in found
    assert found.index("Algues et Mer") < found.index("ALGUES DU LEZ")
    assert "Nom d’usage depuis 2025." in found


def establishment(siret):
    raw = answer(company(siret)).encode()
    return read_establishment(raw, siret, on=timezone.localdate())
