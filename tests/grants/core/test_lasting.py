"""What every page shares is rendered once per language, and holds nothing of one request."""

import pytest
from django.template import engines
from django.utils import translation

from grants.core.templatetags import lasting
from grants.core.templatetags.lasting import Lasting

LOADED = "{% load lasting i18n %}"
NAMED = LOADED + "{% lasting %}[{% if who %}{{ who }}{% endif %}]{% endlasting %}"
TRANSLATED = LOADED + "{% lasting %}{% translate 'Aller au contenu' %}{% endlasting %}"


def test_it_knows_nothing_of_who_asked_first():
    template = engines["django"].from_string(NAMED)

    assert template.render({"who": "Léa"}) == "[]"
    assert template.render({"who": "Ève"}) == "[]"


def test_each_language_has_its_own():
    template = engines["django"].from_string(TRANSLATED)
    template.render()

    with translation.override("en"):
        assert template.render() == "Skip to content"
    assert template.render() == "Aller au contenu"


def test_it_is_rendered_once():
    class Counted:
        times = 0

        def render(self, context):
            Counted.times += 1
            return "x"

    template = engines["django"].from_string("{% load lasting %}{% lasting %}x{% endlasting %}")
    node = template.template.nodelist[1]
    node.nodelist = Counted()

    assert template.render() + template.render() == "xx"
    assert Counted.times == 1


DRAWN = (
    "{% load lasting %}"
    "{% lasting chart %}[{{ chart.0 }}{% if who %}{{ who }}{% endif %}]{% endlasting %}"
)


def test_what_it_is_given_decides_alone():
    template = engines["django"].from_string(DRAWN)

    assert template.render({"chart": ("a",), "who": "Léa"}) == "[a]"
    assert template.render({"chart": ("b",), "who": "Ève"}) == "[b]"
    assert template.render({"chart": ("a",)}) == "[a]"
    [node] = template.template.nodelist.get_nodes_by_type(Lasting)
    assert len(node.kept) == 2


def test_what_can_change_is_not_kept():
    with pytest.raises(TypeError):
        engines["django"].from_string(DRAWN).render({"chart": ["a"]})


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(lasting, "MOST_KEPT", 10)
    template = engines["django"].from_string(DRAWN)
    [node] = template.template.nodelist.get_nodes_by_type(Lasting)

    for number in range(20):
        assert template.render({"chart": (f"{number:02d}",)}) == f"[{number:02d}]"
        assert sum(map(len, node.kept.values())) == node.letters <= 10


def test_a_template_being_written_is_rendered_again_each_time(settings):
    settings.DEBUG = True
    template = engines["django"].from_string(TRANSLATED)

    assert template.render() == template.render() == "Aller au contenu"
    assert [node.kept for node in template.template.nodelist.get_nodes_by_type(Lasting)] == [{}]
