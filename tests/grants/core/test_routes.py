"""The quick `{% url %}` says what Django would have said, for every address there is."""

import pytest
from django.template import engines
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix

from grants.core.addresses import address
from tests.access.test_matrix import addresses

NUMBERS = (41, 7, 1)


def numbered():
    """Every address made of a name and whole numbers, with how many it takes."""
    for name in sorted(set(addresses())):
        for count in range(len(NUMBERS) + 1):
            try:
                yield name, NUMBERS[:count], reverse(name, args=NUMBERS[:count])
            except NoReverseMatch:
                continue


def test_every_address_is_the_one_django_makes():
    known = list(numbered())

    assert len(known) > 100
    assert {name: address(name, numbers) for name, numbers, _ in known} == {
        name: made for name, _, made in known
    }


def written(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("{% url 'dossiers:detail' pk %}", {"pk": 5}),
        ("{% url 'dossiers:detail' pk=pk %}", {"pk": 5}),
        ("{% url 'dossiers:detail' pk as there %}{{ there }}", {"pk": 5}),
        ("{% url name pk %}", {"name": "dossiers:detail", "pk": 5}),
        ("{% url 'dossiers:detail' pk %}", {"pk": "5"}),
    ],
)
def test_every_way_of_writing_it_gives_the_same(source, values):
    assert written(source, **values) == reverse("dossiers:detail", args=[5])


def test_a_number_written_as_a_text_is_put_in_at_once():
    assert address("dossiers:detail", ("5",)) == reverse("dossiers:detail", args=[5])
    assert address("dossiers:detail", ("05",)) is None


@pytest.mark.parametrize("pk", [None, "", "cinq", -5, True])
def test_a_wrong_number_is_refused_as_django_refuses_it(pk):
    with pytest.raises(NoReverseMatch):
        written("{% url 'dossiers:detail' pk %}", pk=pk)


def test_an_unknown_name_is_refused():
    with pytest.raises(NoReverseMatch):
        written("{% url 'dossiers:nowhere' 5 %}")


def test_it_follows_the_routes_and_the_prefix():
    before = written("{% url 'dossiers:detail' 5 %}")
    try:
        set_script_prefix("/aides/")
        assert written("{% url 'dossiers:detail' 5 %}") == "/aides" + before
    finally:
        set_script_prefix("/")
    with override_settings(ROOT_URLCONF="bench.urls"):
        assert written("{% url 'bench_floor' 5 %}") == reverse("bench_floor", args=[5])
    with pytest.raises(NoReverseMatch):
        written("{% url 'bench_floor' 5 %}")
