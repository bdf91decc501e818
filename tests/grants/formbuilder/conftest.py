import pytest

from tests.grants.formbuilder.scene import Page, make_scene


@pytest.fixture
def call():
    return make_scene()


@pytest.fixture
def page(client, call):
    client.force_login(call.manager)
    return Page(client, call)
