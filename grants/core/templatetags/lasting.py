"""What is the same on every page of a process: rendered once per language, then kept."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


class Lasting(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist
        self.kept = {}

    def render(self, context):
        if settings.DEBUG:
            return self.nodelist.render(context)
        language = get_language()
        if language not in self.kept:
            # Nothing of this request may stay: what is inside sees an empty context.
            bare = context.new()
            bare.template = context.template
            self.kept[language] = self.nodelist.render(bare)
        return self.kept[language]


@register.tag
def lasting(parser, token):
    """`{% lasting %}…{% endlasting %}`: static addresses and links that depend on nobody."""
    nodelist = parser.parse(("endlasting",))
    parser.delete_first_token()
    return Lasting(nodelist)
