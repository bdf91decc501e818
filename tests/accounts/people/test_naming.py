import pytest

from accounts.people.models import User
from accounts.people.naming import plain
from tests.factories import make_user

NAMES = ["aïcha Benali", "Aurore Maynard", "Étienne Delmas", "Eva Ruiz", "Łucja Nowak", "Zoé Cros"]


def test_names_already_read_stand_as_in_a_directory():
    assert sorted(NAMES[3::-1], key=plain) == NAMES[:4]


@pytest.mark.django_db
def test_the_database_orders_them_the_same_way():
    for name in reversed(NAMES):
        make_user(full_name=name)

    found = User.objects.filter(full_name__in=NAMES).order_by("plain_name")

    names = list(found.values_list("full_name", flat=True))
    assert names == sorted(NAMES, key=plain)
    assert names[:4] == NAMES[:4]
