"""The cast most screening tests share."""

import pytest

from grants.programmes.states import Role
from tests.factories import make_call, make_programme, make_staff


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def call(programme):
    return make_call(programme)


@pytest.fixture
def officer(programme, client):
    user = make_staff(programme, Role.OFFICER, full_name="Aline Roux")
    client.force_login(user)
    return user
