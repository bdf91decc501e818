import pytest

from grants.programmes.states import Role
from tests.factories import make_programme, make_staff


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def manager(programme):
    return make_staff(programme, Role.MANAGER)


@pytest.fixture
def finance(programme):
    return make_staff(programme, Role.FINANCE)
