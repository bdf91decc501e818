import pytest

from tests.accounts.organisations.register_double import running


@pytest.fixture
def register(settings):
    """The company register, played by a server of ours."""
    with running() as double:
        settings.COMPANY_API_URL = double.url
        yield double
