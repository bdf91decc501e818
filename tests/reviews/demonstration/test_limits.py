"""Where nothing can be told twice, and where no world may be built."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.people.models import User
from reviews.demonstration import oddities, stock
from tests.factories import make_programme


def test_a_world_of_one_project_has_no_twin():
    [alone] = stock.upcoming()[:1]

    assert oddities.with_a_twin([alone]) == [alone]


@pytest.mark.parametrize("debug", [True, False])
def test_it_is_refused_where_it_has_no_place(db, settings, capsys, debug):
    """Outside DEBUG without --force, and where a world already stands."""
    settings.DEBUG = debug
    if debug:
        make_programme()
    errors = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("demo", stderr=errors)
    assert exit_.value.code == 2
    assert ("DEBUG" in errors.getvalue()) is not debug
    assert not User.objects.filter(email__endswith="fungilene.example").exists()
