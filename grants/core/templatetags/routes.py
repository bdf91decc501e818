"""`{% url %}` that puts its arguments into the shape of the address, when it is as simple as that.

A list of fifty rows makes a hundred addresses. Anything but a plain name followed by whole numbers
or plain words is left to Django.
"""

from django import template
from django.template.defaulttags import URLNode, url

from grants.core.addresses import address

register = template.Library()


class Route(URLNode):
    def render(self, context):
        values = [arg.resolve(context) for arg in self.args]
        found = address(self.view_name.var, values)
        return super().render(context) if found is None else found


@register.tag("url")
def quick_url(parser, token):
    node = url(parser, token)
    is_plain = isinstance(node.view_name.var, str) and not node.view_name.filters
    if is_plain and not node.kwargs and node.asvar is None:
        return Route(node.view_name, node.args, node.kwargs, None)
    return node
