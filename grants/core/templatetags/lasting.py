"""What depends on nobody, or on a few values: rendered once per language and values, then kept."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 500_000  # letters, for each place in a template


class Lasting(template.Node):
    def __init__(self, nodelist, names=()):
        self.nodelist = nodelist
        self.names = names
        self.kept = {}
        self.letters = 0

    def render(self, context):
        values = tuple(context.get(name, "") for name in self.names)
        if settings.DEBUG:
            return self.written(context, values)
        key = (get_language(), *values)
        found = self.kept.get(key)
        return self.keep(key, self.written(context, values)) if found is None else found

    def written(self, context, values):
        # Nothing else of this request may stay: what is inside sees these values alone.
        bare = context.new(dict(zip(self.names, values, strict=True)))
        bare.template = context.template
        return self.nodelist.render(bare)

    def keep(self, key, text):
        if self.letters + len(text) > MOST_KEPT:
            self.kept.clear()
            self.letters = 0
        self.kept[key] = text
        self.letters += len(text)
        return text


@register.tag
def lasting(parser, token):
    """`{% lasting %}…{% endlasting %}`: static addresses and links that depend on nobody.

    `{% lasting chart id %}`: a drawing that depends on these values alone, which never change once
    made (frozen dataclasses of texts and numbers, tuples): two equal ones give the same drawing.
    """
    _tag, *names = token.split_contents()
    nodelist = parser.parse(("endlasting",))
    parser.delete_first_token()
    return Lasting(nodelist, tuple(names))
