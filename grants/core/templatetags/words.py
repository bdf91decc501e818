"""Django's `i18n` tags, where a fixed `{% translate "…" %}` is looked up once per language.

A list of fifty rows says the same words hundreds of times; the catalogue gives the same answer.
"""

from django import template
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(template.Node):
    def __init__(self, inner):
        self.inner = inner
        self.name, inner.asvar = inner.asvar, None
        self.kept = {}

    def render(self, context):
        language = get_language()
        words = self.kept.get(language)
        if words is None:
            words = self.kept[language] = self.inner.render(context)
        if self.name is None:
            return words
        context[self.name] = words
        return ""


@register.tag("trans")
@register.tag("translate")
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    return Words(node) if is_fixed(node) else node


def is_fixed(node):
    """A text written in the template, and nothing else of the page."""
    expression = node.filter_expression
    is_literal = isinstance(getattr(expression.var, "literal", None), str)
    return is_literal and not (expression.filters or node.message_context or node.noop)
