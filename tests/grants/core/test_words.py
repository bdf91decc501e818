"""A fixed text is looked up once per language; anything else is still Django's."""

import pytest
from django.template import engines
from django.utils import translation

from grants.core.templatetags import words

FIXED = "{% load i18n %}{% translate 'Aller au contenu' %}"
NAMED = "{% load i18n %}{% translate 'Aller au contenu' as skip %}[{{ skip }}|{{ skip }}]"


def template(source):
    return engines["django"].from_string(source)


def test_each_language_has_its_own_words():
    page = template(FIXED)

    assert page.render() == "Aller au contenu"
    with translation.override("en"):
        assert page.render() == "Skip to content"
    assert page.render() == "Aller au contenu"


def test_a_text_can_still_be_given_a_name():
    page = template(NAMED)

    assert page.render() == page.render() == "[Aller au contenu|Aller au contenu]"


def test_the_catalogue_is_asked_once():
    page = template(FIXED)
    [node] = page.template.nodelist.get_nodes_by_type(words.Words)
    page.render()
    node.inner = None

    assert page.render() == "Aller au contenu"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{% load i18n %}{% translate word %}", "<b>Aller"),
        ("{% load i18n %}{% translate 'Aller au contenu'|upper %}", "ALLER AU CONTENU"),
        ("{% load i18n %}{% translate 'Aller au contenu' noop %}", "Aller au contenu"),
        ("{% load i18n %}{% translate 'Mai' context 'abrev. month' %}", "Mai"),
    ],
)
def test_what_depends_on_the_page_is_not_kept(source, told):
    page = template(source)

    assert not page.template.nodelist.get_nodes_by_type(words.Words)
    assert page.render({"word": "<b>Aller"}) == told.replace("<", "&lt;").replace(">", "&gt;")


def test_a_percent_sign_is_said_once():
    assert template("{% load i18n %}{% translate '100 % pur' %}").render() == "100 % pur"
