import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Refused
from grants.formbuilder.models import FormVersion
from grants.formbuilder.operations import adopt_form
from grants.formbuilder.starter import standard_form
from grants.programmes.models import Call
from grants.programmes.states import CallState, Role
from tests.factories import make_call, make_programme, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def manager(programme):
    return make_staff(programme, Role.MANAGER)


@pytest.fixture
def bare(programme):
    """A call in preparation without a form."""
    model = make_call(programme, state=CallState.DRAFT)
    values = {field.attname: getattr(model, field.attname) for field in Call._meta.fields}
    return Call.objects.create(**{**values, "id": None, "code": "NU"})


def test_a_call_takes_the_form_of_the_last_call(manager, bare):
    form = adopt_form(bare, actor=manager)

    last = FormVersion.objects.exclude(call=bare).get()
    assert form.definition == last.definition
    assert form.published_at is not None


def test_a_first_call_takes_the_standard_form_with_its_themes():
    programme = make_programme()
    manager = make_staff(programme, Role.MANAGER)
    other = make_call(state=CallState.DRAFT)
    values = {field.attname: getattr(other, field.attname) for field in Call._meta.fields}
    call = Call.objects.create(**{**values, "id": None, "code": "NU", "programme_id": programme.pk})

    form = adopt_form(call, actor=manager)

    assert form.definition == standard_form([["energie", "Énergie"], ["sante", "Santé"]])


def test_a_second_form_is_refused(manager, bare):
    adopt_form(bare, actor=manager)

    with pytest.raises(Refused, match="déjà son formulaire"):
        adopt_form(bare, actor=manager)


def test_an_officer_adopts_no_form(programme, bare):
    with pytest.raises(PermissionDenied):
        adopt_form(bare, actor=make_staff(programme, Role.OFFICER))
