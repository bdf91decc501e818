"""What every page shares is rendered once per language, and holds nothing of one request."""

from django.template import engines
from django.utils import translation

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
